import { moduleReply, type ModuleReply } from '../../server/contract/training.ts';
import type { ApiClient } from './client.ts';

/** One module of the training, without the right answers. */
export function readModule(client: ApiClient, moduleId: string, signal?: AbortSignal): Promise<ModuleReply> {
  return client.send({
    method: 'GET',
    path: `/api/training/${encodeURIComponent(moduleId)}`,
    reply: moduleReply,
    signal,
  });
}
