import { doneReply } from '../../server/contract/http.ts';
import type { NoteBody } from '../../server/contract/session-work.ts';
import type { ApiClient } from './client.ts';

/** Keeps a note about a session, for the reader that was chosen. */
export async function keepNote(client: ApiClient, sessionId: string, body: NoteBody): Promise<void> {
  const path = `/api/sessions/${encodeURIComponent(sessionId)}/note`;
  await client.send({ method: 'POST', path, body, reply: doneReply });
}
