import { overviewReply, type OverviewReply } from '../../server/contract/administrator.ts';
import type { ApiClient } from './client.ts';

/** The administrator's overview. */
export function readOverview(client: ApiClient, signal?: AbortSignal): Promise<OverviewReply> {
  return client.send({ method: 'GET', path: '/api/admin/overview', reply: overviewReply, signal });
}
