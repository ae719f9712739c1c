import { doneReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Changes the caller's answer about the pair to "I would like another match". */
export async function wishAnotherMatch(client: ApiClient, sessionId: string): Promise<void> {
  const path = `/api/sessions/${encodeURIComponent(sessionId)}/another-match`;
  await client.send({ method: 'POST', path, reply: doneReply });
}
