import type * as z from 'zod/mini';
import { doneReply, type goalsBody } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** The mentee's goals, each with the level wanted. */
export async function answerGoals(client: ApiClient, body: z.input<typeof goalsBody>): Promise<void> {
  await client.send({ method: 'POST', path: '/api/asks/goals', body, reply: doneReply });
}
