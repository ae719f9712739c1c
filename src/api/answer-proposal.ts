import type * as z from 'zod/mini';
import { doneReply, type proposalAnswerBody } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** The mentee's answer to the one proposal. */
export async function answerProposal(
  client: ApiClient,
  pairId: string,
  body: z.input<typeof proposalAnswerBody>,
): Promise<void> {
  await client.send({
    method: 'POST',
    path: `/api/pairs/${encodeURIComponent(pairId)}/proposal-answer`,
    body,
    reply: doneReply,
  });
}
