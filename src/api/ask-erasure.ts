import { doneReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** The caller leaves, and everything about them is erased. */
export async function askErasure(client: ApiClient): Promise<void> {
  await client.send({ method: 'POST', path: '/api/me/erasure', reply: doneReply });
}
