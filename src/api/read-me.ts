import { meReply, type MeReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Who the caller is. */
export function readMe(client: ApiClient, signal?: AbortSignal): Promise<MeReply> {
  return client.send({ method: 'GET', path: '/api/me', reply: meReply, signal });
}
