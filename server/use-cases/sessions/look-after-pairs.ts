import { loadPeopleById } from '../../db/people.ts';
import { addToRunLog, type RunLogKind } from '../../db/run-log.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { momentumAlarms, type MomentumAlarm } from '../../domain/sessions/momentum.ts';
import { DAY, HOUR, plus, type Instant, type ZoneId } from '../../domain/time/instant.ts';
import type { Jobs } from '../../ports.ts';
import { endPairsOfLeavers } from './end-pairs-of-leavers.ts';

/** Leavers are noticed as often as the directory is read (reliability.md F38), and alarms with them. */
const EVERY = 3 * HOUR;
const STATE = 'lookAfterPairs';
/** The same alarm of a pair is told again only after this. */
const QUIET = 28 * DAY;

/**
 * Ends the series of people who left, and raises the momentum alarms, the only thing about single pairs that the
 * administrator hears (product.md D4): that something is missing, never who or why.
 */
export async function lookAfterPairs(
  { db, jobs }: { db: Database; jobs: Jobs },
  tenant: TenantRow,
  now: Instant,
): Promise<void> {
  const { tenantId } = tenant;
  const ended = await inTenant(db, tenantId, async (tx) => {
    const ended = await endPairsOfLeavers(tx, tenant, now);
    for (const pair of await loadGoingPairs(tx)) await raiseAlarms(tx, tenantId, pair, now);
    const next = plus(now, EVERY);
    await tx
      .insertInto('syncStates')
      .values({ tenantId, kind: STATE, deltaLink: null, dueAt: at(next) })
      .onConflict((oc) => oc.columns(['tenantId', 'kind']).doUpdateSet({ dueAt: at(next) }))
      .execute();
    return ended;
  });
  if (ended > 0) for (const job of ['writeCalendar', 'sendMessages', 'advanceCohorts'] as const) jobs.wake(job);
}

/** When pairs are looked after next; null: never yet. */
export async function nextPairsDue(tx: TenantTransaction): Promise<Instant | null> {
  const state = await tx.selectFrom('syncStates').select('dueAt').where('kind', '=', STATE).executeTakeFirst();
  return state?.dueAt ?? null;
}

interface GoingPair {
  pairId: string;
  cohortId: string;
  mentorId: PersonId;
  menteeId: PersonId;
  agreedAt: Instant | null;
  everyWeeks: number;
  timeZone: ZoneId;
}

const loadGoingPairs = (tx: TenantTransaction): Promise<GoingPair[]> =>
  tx
    .selectFrom('pairs')
    .innerJoin('series', (join) =>
      join.onRef('series.pairId', '=', 'pairs.pairId').onRef('series.generation', '=', 'pairs.generation'),
    )
    .select([
      'pairs.pairId',
      'pairs.cohortId',
      'pairs.mentorId',
      'pairs.menteeId',
      'pairs.agreedAt',
      'series.everyWeeks',
      'series.timeZone',
    ])
    .where('pairs.state', '=', 'booked')
    .orderBy('pairs.pairId')
    .execute();

const KINDS: Record<MomentumAlarm, RunLogKind> = {
  noFirstSession: 'noFirstSession',
  longPause: 'longPause',
  lostSession: 'lostSession',
};

async function raiseAlarms(tx: TenantTransaction, tenantId: TenantId, pair: GoingPair, now: Instant): Promise<void> {
  if (pair.agreedAt === null) return;
  const rows = await tx
    .selectFrom('sessions')
    .select(['state', 'held', 'startsAt', 'endsAt', 'changedAt'])
    .where('pairId', '=', pair.pairId)
    .execute();
  const sessions = rows.map(({ changedAt, ...session }) => ({
    ...session,
    lostAt: session.state === 'booked' || session.state === 'planned' ? null : changedAt,
  }));
  const alarms = momentumAlarms({ ...pair, agreedAt: pair.agreedAt, sessions }, now);
  for (const alarm of alarms) {
    const kind = KINDS[alarm];
    const told = await tx
      .selectFrom('runLog')
      .select('entryId')
      .where('kind', '=', kind)
      .where('subjectId', '=', pair.pairId)
      .where('at', '>', at(plus(now, -QUIET)))
      .executeTakeFirst();
    if (told) continue;
    const people = await loadPeopleById(tx, [pair.mentorId, pair.menteeId]);
    const nameOf = (id: PersonId): string => people.get(id)?.displayName ?? '';
    await addToRunLog(tx, tenantId, {
      at: now,
      kind,
      cohortId: pair.cohortId,
      subjectId: pair.pairId,
      detail: { mentor: nameOf(pair.mentorId), mentee: nameOf(pair.menteeId) },
    });
  }
}
