import { doneReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Adds what the caller will try until the two meet again. */
export async function addAction(client: ApiClient, sessionId: string, text: string): Promise<void> {
  const path = `/api/sessions/${encodeURIComponent(sessionId)}/actions`;
  await client.send({ method: 'POST', path, body: { text }, reply: doneReply });
}
