import { checkReply, type CheckReply } from '../../server/contract/training.ts';
import type { ApiClient } from './client.ts';

/** What was answered so far of a module's check, null for what was not; gives what is said about each answer. */
export function answerCheck(
  client: ApiClient,
  moduleId: string,
  answers: readonly (number | null)[],
): Promise<CheckReply> {
  return client.send({
    method: 'POST',
    path: `/api/training/${encodeURIComponent(moduleId)}/check`,
    body: { answers },
    reply: checkReply,
  });
}
