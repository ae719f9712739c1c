import type { CardMessage } from '../../contract/card-messages.ts';
import type { SafeContactView } from '../../contract/http.ts';
import type { ParticipantState } from '../../contract/vocabulary.ts';
import { loadParticipants } from '../../db/cohorts.ts';
import { loadSafeContacts } from '../../db/safe-contacts.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';

/** Whether a participant is told of the safe contact and may turn to them; who has left still may. */
export const knowsSafeContact = ({ state }: { state: ParticipantState }): boolean =>
  state !== 'nominated' && state !== 'declined';

/** The safe contacts of cohorts as participants see them: name and address. Cohorts without one are left out. */
export async function describeSafeContacts(
  tx: TenantTransaction,
  cohortIds: Iterable<string>,
): Promise<SafeContactView[]> {
  const contacts = await loadSafeContacts(tx, cohortIds);
  return contacts.map((contact) => ({ ...contact }));
}

/** The safe contacts of a person's cohorts as cards, for the bot's "safe contact". */
export async function findSafeContacts(
  { db }: { db: Database },
  { tenantId, personId }: { tenantId: TenantId; personId: PersonId },
): Promise<CardMessage[]> {
  return inTenant(db, tenantId, async (tx) => {
    const own = (await loadParticipants(tx, { personId })).filter(knowsSafeContact);
    const contacts = await describeSafeContacts(
      tx,
      own.map(({ cohortId }) => cohortId),
    );
    return contacts.map(({ cohortId, personId: contactId, displayName, mail }) => ({
      kind: 'safeContact',
      cohortId,
      contactId,
      contactName: displayName,
      mail,
    }));
  });
}
