import { doneReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Asks the safe contact of a cohort to get in touch with the caller: sends the caller's name only. */
export async function askContact(client: ApiClient, cohortId: string): Promise<void> {
  await client.send({ method: 'POST', path: '/api/contact-requests', body: { cohortId }, reply: doneReply });
}
