import { homeReply, type HomeReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** What the caller is asked, and the caller's pairs. */
export function readHome(client: ApiClient, signal?: AbortSignal): Promise<HomeReply> {
  return client.send({ method: 'GET', path: '/api/home', reply: homeReply, signal });
}
