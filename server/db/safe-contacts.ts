import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { ManagerOf } from '../domain/people/reporting-line.ts';
import { toIso, type Instant, type LocalDate } from '../domain/time/instant.ts';
import { loadGonePeople } from './people.ts';
import { anyOf, type TenantTransaction } from './schema.ts';

/** The safe contact of a cohort. */
export interface SafeContact {
  cohortId: string;
  cohortName: string;
  personId: PersonId;
  displayName: string;
  mail: string | null;
}

/** The safe contacts of the given cohorts who can be reached: of one that has none, or whose account is off, there is none. */
export async function loadSafeContacts(tx: TenantTransaction, cohortIds: Iterable<string>): Promise<SafeContact[]> {
  const rows = await tx
    .selectFrom('cohorts')
    .innerJoin('people', 'people.personId', 'cohorts.safeContactId')
    .select(['cohorts.cohortId', 'cohorts.name as cohortName', 'people.personId', 'people.displayName', 'people.mail'])
    .where('cohorts.cohortId', '=', anyOf(new Set(cohortIds)))
    .orderBy('cohorts.createdAt')
    .orderBy('cohorts.cohortId')
    .execute();
  const gone = await loadGonePeople(
    tx,
    rows.map(({ personId }) => personId),
  );
  return rows.filter(({ personId }) => !gone.has(personId));
}

/** Whether somebody is the safe contact of a cohort that is not closed, or was asked as one. */
export async function isSafeContact(tx: TenantTransaction, personId: PersonId): Promise<boolean> {
  const cohort = await tx
    .selectFrom('cohorts')
    .select('cohortId')
    .where('safeContactId', '=', personId)
    .where('state', '!=', 'closed')
    .executeTakeFirst();
  return cohort !== undefined || (await loadContactRequests(tx, personId)).length > 0;
}

/** Who reports to whom, of everybody who is kept. */
export async function loadManagers(tx: TenantTransaction): Promise<ManagerOf> {
  const rows = await tx.selectFrom('people').select(['personId', 'managerId']).execute();
  const managers = new Map(rows.map(({ personId, managerId }) => [personId, managerId]));
  return (personId) => managers.get(personId);
}

/** Keeps that somebody asks to be contacted; false: they did so on the same day (UTC) before. */
export async function keepContactRequest(
  tx: TenantTransaction,
  request: { tenantId: TenantId; cohortId: string; personId: PersonId; contactId: PersonId },
  now: Instant,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('contactRequests')
    .values({ ...request, askedOn: toIso(now).slice(0, 10) as LocalDate })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The names of those who asked this person to get in touch, each once, by the alphabet. */
export async function loadContactRequests(
  tx: TenantTransaction,
  contactId: PersonId,
): Promise<{ displayName: string }[]> {
  const rows = await tx
    .selectFrom('contactRequests')
    .innerJoin('people', 'people.personId', 'contactRequests.personId')
    .select(['people.personId', 'people.displayName'])
    .distinct()
    .where('contactRequests.contactId', '=', contactId)
    .orderBy('people.displayName')
    .orderBy('people.personId')
    .execute();
  return rows.map(({ displayName }) => ({ displayName }));
}
