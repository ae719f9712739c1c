import type { SafeContactRefusal } from '../../contract/vocabulary.ts';
import { findCohort } from '../../db/cohorts.ts';
import { findErased } from '../../db/erasures.ts';
import { findPersonByMail, savePeople } from '../../db/people.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { Person, TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Directory, Jobs } from '../../ports.ts';
import { checkSafeContact } from './check-safe-contact.ts';
import { askForFullRound } from './sync-org.ts';

/** Somebody with this address, and whether we keep them already. */
export interface FoundContact {
  person: Person;
  isKnown: boolean;
  /** The field that named them. */
  field: 'safeContact' | 'address';
}

/**
 * Names another safe contact of a cohort. Who waited because of the one before is asked now. Throws `notFound`, `badInput`
 * with a reason of SAFE_CONTACT_REFUSALS, `unavailable` when the directory does not answer.
 */
export async function nameSafeContact(
  { db, directory, clock, jobs }: { db: Database; directory: Directory; clock: Clock; jobs: Jobs },
  { tenantId, cohortId, address }: { tenantId: TenantId; cohortId: string; address: string },
): Promise<{ displayName: string }> {
  if (!(await inTenant(db, tenantId, (tx) => findCohort(tx, cohortId)))) throw new AppError('notFound');
  const found = await findContact({ db, directory }, { tenantId, address, field: 'address' });
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    await setSafeContact(tx, tenantId, cohortId, found, now);
    // Who stands above them is read now.
    await askForFullRound(tx, tenantId, now);
  });
  jobs.wake('syncOrganization');
  jobs.wake('prepareParticipants');
  return { displayName: found.person.displayName };
}

/** Who has the address. Throws as `nameSafeContact`. */
export async function findContact(
  { db, directory }: { db: Database; directory: Directory },
  { tenantId, address, field }: { tenantId: TenantId; address: string; field: FoundContact['field'] },
): Promise<FoundContact> {
  const known = await inTenant(db, tenantId, (tx) => findPersonByMail(tx, address));
  if (known) return { person: known, isKnown: true, field };
  const read = await directory.findPerson(tenantId, address);
  if (read.outcome !== 'done') throw new AppError('unavailable', { reason: 'directory' });
  if (read.value === null) throw refusal(field, 'safeContactUnknown');
  return { person: read.value, isKnown: false, field };
}

/**
 * Makes somebody the safe contact, and has the app installed for them, so that a request can reach them in a chat. Throws
 * `badInput` for somebody who may not be one, as far as the directory is known; what it says later is looked at whenever
 * somebody is asked to take part.
 */
export async function setSafeContact(
  tx: TenantTransaction,
  tenantId: TenantId,
  cohortId: string,
  { person, isKnown, field }: FoundContact,
  now: Instant,
): Promise<void> {
  const { personId } = person;
  if (person.isGuest) throw refusal(field, 'safeContactGuest');
  if (!person.accountEnabled) throw refusal(field, 'safeContactDisabled');
  if ((await findErased(tx, await loadTenant(tx), [personId])).has(personId))
    throw refusal(field, 'safeContactUnknown');
  if (!isKnown) await savePeople(tx, tenantId, [person], now);
  await tx.updateTable('cohorts').set({ safeContactId: personId }).where('cohortId', '=', cohortId).execute();
  const { problem } = await checkSafeContact(tx, { cohortId, safeContactId: personId });
  if (problem === 'gone') throw refusal(field, 'safeContactDisabled');
  if (problem === 'participant') throw refusal(field, 'safeContactParticipant');
  if (problem === 'inLine') throw refusal(field, 'safeContactInLine');
  await tx
    .insertInto('installations')
    .values({ tenantId, personId, state: 'planned' })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

const refusal = (path: string, reason: SafeContactRefusal): AppError =>
  new AppError('badInput', { reason, fields: [{ path, reason }] });
