import type { PinProblem, Wish, WishChange } from '../domain/matching/wishes.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import { at, type TenantTransaction } from './schema.ts';

export interface WishRow {
  menteeId: PersonId;
  mentorId: PersonId;
  wish: Wish;
  /** Why the last matching could not keep the pin; null: it did, or it is none. */
  refusedBy: PinProblem | null;
}

/** The wishes of a cohort, in a stable order. */
export async function loadWishes(tx: TenantTransaction, cohortId: string): Promise<WishRow[]> {
  const rows = await tx
    .selectFrom('matchWishes')
    .select(['menteeId', 'mentorId', 'wish', 'refusedBy'])
    .where('cohortId', '=', cohortId)
    .orderBy('menteeId')
    .orderBy('mentorId')
    .execute();
  return rows.map((row) => ({ ...row, refusedBy: row.refusedBy as PinProblem | null }));
}

/** Sets wishes and takes wishes back. */
export async function keepWishes(
  tx: TenantTransaction,
  {
    tenantId,
    cohortId,
    changes,
    now,
  }: { tenantId: TenantId; cohortId: string; changes: readonly WishChange[]; now: Instant },
): Promise<void> {
  for (const { menteeId, mentorId, wish } of changes) {
    await tx
      .deleteFrom('matchWishes')
      .where('cohortId', '=', cohortId)
      .where('menteeId', '=', menteeId)
      .where('mentorId', '=', mentorId)
      .execute();
    if (wish === null) continue;
    await tx
      .insertInto('matchWishes')
      .values({ tenantId, cohortId, menteeId, mentorId, wish, wishedAt: at(now) })
      .execute();
  }
}

/** Notes which pins the matching that is being stored could not keep, and why; all others were kept. */
export async function noteRefusals(
  tx: TenantTransaction,
  cohortId: string,
  refused: readonly { pair: readonly [menteeId: PersonId, mentorId: PersonId]; rule: PinProblem }[],
): Promise<void> {
  const wishes = tx.updateTable('matchWishes').where('cohortId', '=', cohortId);
  await wishes.set({ refusedBy: null }).where('refusedBy', 'is not', null).execute();
  for (const { pair, rule } of refused)
    await wishes.set({ refusedBy: rule }).where('menteeId', '=', pair[0]).where('mentorId', '=', pair[1]).execute();
}
