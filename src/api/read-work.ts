import { workReply, type WorkReply } from '../../server/contract/session-work.ts';
import type { ApiClient } from './client.ts';

/** The caller's notes about a session, what their partner shared, and what both try until they meet again. */
export function readWork(client: ApiClient, sessionId: string, signal?: AbortSignal): Promise<WorkReply> {
  const path = `/api/sessions/${encodeURIComponent(sessionId)}/work`;
  return client.send({ method: 'GET', path, reply: workReply, signal });
}
