import { sessionReply, type SessionReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** One session of the caller, with its guide and the caller's own answer. */
export function readSession(client: ApiClient, sessionId: string, signal?: AbortSignal): Promise<SessionReply> {
  return client.send({
    method: 'GET',
    path: `/api/sessions/${encodeURIComponent(sessionId)}`,
    reply: sessionReply,
    signal,
  });
}
