import { sessionLookupReply, type SessionLookupReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Which of the caller's sessions an Outlook item is, and which come next. */
export function lookUpSession(
  client: ApiClient,
  item: { organizer: string | null; start: string | null },
  signal?: AbortSignal,
): Promise<SessionLookupReply> {
  const query = new URLSearchParams();
  if (item.organizer !== null) query.set('organizer', item.organizer);
  if (item.start !== null) query.set('start', item.start);
  const path = query.size > 0 ? `/api/sessions/lookup?${query}` : '/api/sessions/lookup';
  return client.send({ method: 'GET', path, reply: sessionLookupReply, signal });
}
