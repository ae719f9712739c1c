import { doneReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Looks for other times for a session; they are among the questions of home afterwards. Nothing is changed. */
export async function askOtherTimes(client: ApiClient, sessionId: string): Promise<void> {
  const path = `/api/sessions/${encodeURIComponent(sessionId)}/other-times`;
  await client.send({ method: 'POST', path, reply: doneReply });
}
