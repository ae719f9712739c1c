import { ownDataReply, type OwnDataReply } from '../../server/contract/own-data.ts';
import type { ApiClient } from './client.ts';

/** All that is kept about the caller. */
export function readOwnData(client: ApiClient, signal?: AbortSignal): Promise<OwnDataReply> {
  return client.send({ method: 'GET', path: '/api/me/export', reply: ownDataReply, signal });
}
