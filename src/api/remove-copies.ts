import { doneReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Has what is left of a pair's series taken out of the caller's own calendar. */
export async function removeCopies(client: ApiClient, pairId: string): Promise<void> {
  const path = `/api/pairs/${encodeURIComponent(pairId)}/remove-copies`;
  await client.send({ method: 'POST', path, reply: doneReply });
}
