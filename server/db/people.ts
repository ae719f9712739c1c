import { sql } from 'kysely';
import type { Person, PersonId, TenantId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import { loadOpenErasures } from './erasures.ts';
import { readInPages } from './read-in-pages.ts';
import { anyOf, at, type TenantTransaction } from './schema.ts';

const COLUMNS = [
  'personId',
  'displayName',
  'mail',
  'jobTitle',
  'department',
  'officeLocation',
  'country',
  'preferredLanguage',
  'accountEnabled',
  'isGuest',
  'managerId',
] as const;

/** Rows per insert: keeps the number of parameters of one statement far below PostgreSQL's 65,535. */
const CHUNK = 500;

/** Stores people as the directory gives them, new or changed. */
export async function savePeople(
  tx: TenantTransaction,
  tenantId: TenantId,
  people: readonly Person[],
  now: Instant,
): Promise<void> {
  for (let i = 0; i < people.length; i += CHUNK) {
    await tx
      .insertInto('people')
      .values(people.slice(i, i + CHUNK).map((person) => ({ tenantId, ...person, removedAt: null, seenAt: at(now) })))
      .onConflict((oc) =>
        oc.columns(['tenantId', 'personId']).doUpdateSet((eb) => ({
          displayName: eb.ref('excluded.displayName'),
          mail: eb.ref('excluded.mail'),
          formerMail: sql<
            string | null
          >`case when people.mail is distinct from excluded.mail then people.mail else people.former_mail end`,
          jobTitle: eb.ref('excluded.jobTitle'),
          department: eb.ref('excluded.department'),
          officeLocation: eb.ref('excluded.officeLocation'),
          country: eb.ref('excluded.country'),
          preferredLanguage: eb.ref('excluded.preferredLanguage'),
          accountEnabled: eb.ref('excluded.accountEnabled'),
          isGuest: eb.ref('excluded.isGuest'),
          managerId: eb.ref('excluded.managerId'),
          removedAt: null,
          seenAt: at(now),
        })),
      )
      .execute();
  }
}

/** Marks people whom the directory reported as removed; their rows stay until the retention clock ends them. */
export async function markRemoved(tx: TenantTransaction, ids: readonly PersonId[], now: Instant): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('people')
    .set({ removedAt: at(now), accountEnabled: false })
    .where('personId', '=', anyOf(ids))
    .where('removedAt', 'is', null)
    .execute();
}

/** Everybody who is kept, removed people included (`accountEnabled` false). */
export async function loadPeople(tx: TenantTransaction): Promise<Map<PersonId, Person>> {
  const rows = await readInPages((last: Person | undefined, limit) => {
    const query = tx.selectFrom('people').select(COLUMNS).orderBy('personId').limit(limit);
    return (last ? query.where('personId', '>', last.personId) : query).execute();
  });
  return new Map(rows.map((row) => [row.personId, row]));
}

/** The given people; missing ones are left out. */
export async function loadPeopleById(tx: TenantTransaction, ids: readonly PersonId[]): Promise<Map<PersonId, Person>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('people')
    .select(COLUMNS)
    .where('personId', '=', anyOf(new Set(ids)))
    .execute();
  return new Map(rows.map((row) => [row.personId, row]));
}

/** Those of the given people who left, are disabled, or want to be erased: nothing more is asked of them or booked for them. */
export async function loadGonePeople(tx: TenantTransaction, ids: readonly PersonId[]): Promise<Set<PersonId>> {
  const asked = new Set(ids);
  const rows = await tx
    .selectFrom('people')
    .select('personId')
    .where('personId', '=', anyOf(asked))
    .where((eb) => eb.or([eb('accountEnabled', '=', false), eb('removedAt', 'is not', null)]))
    .execute();
  const erasing = (await loadOpenErasures(tx)).filter((id) => asked.has(id));
  return new Set([...rows.map(({ personId }) => personId), ...erasing]);
}

/** The person with this mail address (compared without case), or undefined. */
export async function findPersonByMail(tx: TenantTransaction, mail: string): Promise<Person | undefined> {
  return tx
    .selectFrom('people')
    .select(COLUMNS)
    .where(sql<string>`lower(mail)`, '=', mail.toLowerCase())
    .executeTakeFirst();
}
