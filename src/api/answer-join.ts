import type * as z from 'zod/mini';
import { doneReply, type joinBody } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** The mentor's yes with skills, or the no. */
export async function answerJoin(client: ApiClient, body: z.input<typeof joinBody>): Promise<void> {
  await client.send({ method: 'POST', path: '/api/asks/join', body, reply: doneReply });
}
