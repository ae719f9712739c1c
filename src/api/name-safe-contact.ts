import { safeContactReply } from '../../server/contract/administrator.ts';
import type { ApiClient } from './client.ts';

/** Names, by work address, another safe contact of a cohort; gives the name. */
export function nameSafeContact(
  client: ApiClient,
  cohortId: string,
  address: string,
): Promise<{ displayName: string }> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/safe-contact`;
  return client.send({ method: 'POST', path, body: { address }, reply: safeContactReply });
}
