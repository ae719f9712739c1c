import { libraryReply, type LibraryReply } from '../../server/contract/training.ts';
import type { ApiClient } from './client.ts';

/** All guides in a line each. */
export function readGuides(client: ApiClient, signal?: AbortSignal): Promise<LibraryReply> {
  return client.send({ method: 'GET', path: '/api/guides', reply: libraryReply, signal });
}
