import { executivePageReply, type ExecutivePageReply } from '../../server/contract/training.ts';
import type { ApiClient } from './client.ts';

/** The two minutes for executives. */
export function readExecutivePage(client: ApiClient, signal?: AbortSignal): Promise<ExecutivePageReply> {
  return client.send({ method: 'GET', path: '/api/training/executive', reply: executivePageReply, signal });
}
