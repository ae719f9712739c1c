import type * as z from 'zod/mini';
import { doneReply, type newTimeBody } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** The answer to other times for one session. */
export async function answerNewTime(
  client: ApiClient,
  sessionId: string,
  body: z.input<typeof newTimeBody>,
): Promise<void> {
  await client.send({
    method: 'POST',
    path: `/api/sessions/${encodeURIComponent(sessionId)}/new-time`,
    body,
    reply: doneReply,
  });
}
