import { loadParticipants } from '../../db/cohorts.ts';
import { deriveId } from '../../db/derive-id.ts';
import { queueMessage } from '../../db/messages.ts';
import { loadPeopleById } from '../../db/people.ts';
import { keepContactRequest, loadSafeContacts } from '../../db/safe-contacts.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import { can } from '../../domain/access.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { toIso } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { knowsSafeContact } from './describe-safe-contacts.ts';

/**
 * Asks the cohort's safe contact to get in touch with the caller: sends the caller's name and nothing else, as a chat
 * message through the outbox, once a day however often it is clicked (product.md F6). Only the caller's own click ever
 * leads here, and the name goes to `contactId`, whom they were shown, or to nobody. Throws `notFound` for who has no part in
 * the cohort, `conflict` where nobody can be reached, or it is somebody else by now.
 */
export async function askContact(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  {
    tenantId,
    personId,
    cohortId,
    contactId,
  }: { tenantId: TenantId; personId: PersonId; cohortId: string; contactId: PersonId },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const rows = (await loadParticipants(tx, { cohortId, personId })).filter(knowsSafeContact);
    if (!can({ tenantId, personId, roles: [] }, 'askContact', { tenantId, people: rows }))
      throw new AppError('notFound');
    const [contact] = await loadSafeContacts(tx, [cohortId]);
    if (!contact) throw new AppError('conflict', { reason: 'safeContactMissing' });
    if (contact.personId !== contactId) throw new AppError('conflict', { reason: 'safeContactChanged' });
    if (!(await keepContactRequest(tx, { tenantId, cohortId, personId, contactId }, now))) return;
    const { salt } = await loadTenant(tx);
    const name = (await loadPeopleById(tx, [personId])).get(personId)?.displayName ?? '';
    await queueMessage(tx, {
      tenantId,
      salt,
      personId: contactId,
      subjectKey: `contact:${deriveId(salt, 'contact', cohortId, personId, toIso(now).slice(0, 10))}`,
      data: { kind: 'contactRequest', personName: name },
      notBefore: now,
      now,
    });
  });
  jobs.wake('sendMessages');
}
