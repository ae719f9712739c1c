import type * as z from 'zod/mini';
import { doneReply, type restartBody } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Whether to look for new times when all dates of a pair are gone. */
export async function answerRestart(
  client: ApiClient,
  pairId: string,
  body: z.input<typeof restartBody>,
): Promise<void> {
  await client.send({
    method: 'POST',
    path: `/api/pairs/${encodeURIComponent(pairId)}/restart`,
    body,
    reply: doneReply,
  });
}
