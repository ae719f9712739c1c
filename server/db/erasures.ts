import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import { deriveId } from './derive-id.ts';
import { anyOf, at, type TenantTransaction } from './schema.ts';

/** What is left of somebody: follows from the id by the tenant's secret salt, and gives it to nobody. */
const markOf = (salt: string, personId: PersonId): string => deriveId(salt, 'erased', personId.toLowerCase());

/** Keeps the wish to be erased, until it is done; asked twice is asked once. */
export async function keepErasure(
  tx: TenantTransaction,
  { tenantId, salt }: { tenantId: TenantId; salt: string },
  personId: PersonId,
  now: Instant,
): Promise<void> {
  await tx
    .insertInto('erasures')
    .values({ tenantId, mark: markOf(salt, personId), personId, askedAt: at(now) })
    .onConflict((oc) => oc.columns(['tenantId', 'mark']).doUpdateSet({ personId, doneAt: null }))
    .execute();
}

/** Whose erasure is not done yet, the oldest wish first. */
export async function loadOpenErasures(tx: TenantTransaction): Promise<PersonId[]> {
  const rows = await tx
    .selectFrom('erasures')
    .select('personId')
    .where('personId', 'is not', null)
    .orderBy('askedAt')
    .orderBy('mark')
    .execute();
  return rows.flatMap(({ personId }) => personId ?? []);
}

/** It is done: only the mark stays. */
export async function closeErasure(
  tx: TenantTransaction,
  { salt }: { salt: string },
  personId: PersonId,
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('erasures')
    .set({ personId: null, doneAt: at(now) })
    .where('mark', '=', markOf(salt, personId))
    .execute();
}

/** When somebody asked to be erased, and when it was done; undefined: they did not. */
export async function findErasure(
  tx: TenantTransaction,
  { salt }: { salt: string },
  personId: PersonId,
): Promise<{ askedAt: Instant; doneAt: Instant | null } | undefined> {
  return tx
    .selectFrom('erasures')
    .select(['askedAt', 'doneAt'])
    .where('mark', '=', markOf(salt, personId))
    .executeTakeFirst();
}

/** Those of the given people who are erased, or asked to be: nothing about them is stored again (reliability.md F40). */
export async function findErased(
  tx: TenantTransaction,
  { salt }: { salt: string },
  people: Iterable<PersonId>,
): Promise<Set<PersonId>> {
  const anybody = await tx.selectFrom('erasures').select('mark').limit(1).executeTakeFirst();
  if (!anybody) return new Set();
  const byMark = new Map([...people].map((personId) => [markOf(salt, personId), personId]));
  const rows = await tx.selectFrom('erasures').select('mark').where('mark', '=', anyOf(byMark.keys())).execute();
  return new Set(rows.flatMap(({ mark }) => byMark.get(mark) ?? []));
}
