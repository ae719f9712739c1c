import { doneReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Ends a match that waits for the administrator, so that both people can be matched again. */
export async function releasePair(client: ApiClient, pairId: string): Promise<void> {
  const path = `/api/admin/pairs/${encodeURIComponent(pairId)}/release`;
  await client.send({ method: 'POST', path, body: {}, reply: doneReply });
}
