import type * as z from 'zod/mini';
import { doneReply, type mentorAnswerBody } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** The mentor's answer to a match. A no is never told to the mentee. */
export async function answerMentor(
  client: ApiClient,
  pairId: string,
  body: z.input<typeof mentorAnswerBody>,
): Promise<void> {
  await client.send({
    method: 'POST',
    path: `/api/pairs/${encodeURIComponent(pairId)}/mentor-answer`,
    body,
    reply: doneReply,
  });
}
