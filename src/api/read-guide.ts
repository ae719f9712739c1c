import { libraryGuideReply, type LibraryGuideReply } from '../../server/contract/training.ts';
import type { ApiClient } from './client.ts';

/** The guide of one topic. */
export function readGuide(client: ApiClient, topic: string, signal?: AbortSignal): Promise<LibraryGuideReply> {
  return client.send({
    method: 'GET',
    path: `/api/guides/${encodeURIComponent(topic)}`,
    reply: libraryGuideReply,
    signal,
  });
}
