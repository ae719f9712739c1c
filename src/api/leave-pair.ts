import { doneReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** The caller stops a pair of theirs; its sessions to come are cancelled. */
export async function leavePair(client: ApiClient, pairId: string): Promise<void> {
  await client.send({ method: 'POST', path: `/api/pairs/${encodeURIComponent(pairId)}/leave`, reply: doneReply });
}
