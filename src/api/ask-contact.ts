import { doneReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Asks a cohort's safe contact, who was shown, to get in touch with the caller: sends the caller's name only. */
export async function askContact(client: ApiClient, cohortId: string, contactId: string): Promise<void> {
  await client.send({ method: 'POST', path: '/api/contact-requests', body: { cohortId, contactId }, reply: doneReply });
}
