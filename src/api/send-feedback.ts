import type * as z from 'zod/mini';
import { doneReply, type feedbackBody } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Stores the caller's answer about a session; a second one replaces the first until the form closes. */
export async function sendFeedback(
  client: ApiClient,
  sessionId: string,
  body: z.input<typeof feedbackBody>,
): Promise<void> {
  await client.send({
    method: 'POST',
    path: `/api/sessions/${encodeURIComponent(sessionId)}/feedback`,
    body,
    reply: doneReply,
  });
}
