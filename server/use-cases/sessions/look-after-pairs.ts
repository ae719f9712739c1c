import { loadPeopleById } from '../../db/people.ts';
import { addToRunLog, type RunLogKind } from '../../db/run-log.ts';
import { anyOf, at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { momentumAlarms, type MomentumAlarm, type PairMomentum } from '../../domain/sessions/momentum.ts';
import { DAY, HOUR, MINUTE, plus, type Instant, type ZoneId } from '../../domain/time/instant.ts';
import type { Jobs } from '../../ports.ts';
import { finishErasures } from '../people/finish-erasures.ts';
import { endPairsOfLeavers } from './end-pairs-of-leavers.ts';

/** Leavers are noticed as often as the directory is read (reliability.md F38), and alarms with them. */
const EVERY = 3 * HOUR;
const STATE = 'lookAfterPairs';
/** While somebody waits to be erased, since a write about them is under way. */
const ERASE_EVERY = 15 * MINUTE;
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
    const pairs = await loadGoingPairs(tx);
    const course = await loadCourse(tx, pairs);
    for (const pair of pairs) await raiseAlarms(tx, tenantId, pair, course.get(pair.seriesId) ?? [], now);
    const waiting = await finishErasures(tx, tenant, now);
    const next = plus(now, waiting > 0 ? ERASE_EVERY : EVERY);
    await tx
      .insertInto('syncStates')
      .values({ tenantId, kind: STATE, deltaLink: null, dueAt: at(next) })
      .onConflict((oc) => oc.columns(['tenantId', 'kind']).doUpdateSet({ dueAt: at(next) }))
      .execute();
    return ended;
  });
  if (ended.length > 0) for (const job of ['writeCalendar', 'sendMessages', 'advanceCohorts'] as const) jobs.wake(job);
}

/** The question when pairs are looked after next, as a part of another; null: never yet. */
export const selectPairsDue = (tx: TenantTransaction) =>
  tx.selectFrom('syncStates').select('dueAt').where('kind', '=', STATE);

type MomentumSession = PairMomentum['sessions'][number];

interface GoingPair {
  pairId: string;
  seriesId: string;
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
      'series.seriesId',
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

/** The sessions of each pair's present series, as far as its momentum hangs on them: one that ended tells nothing of it. */
async function loadCourse(tx: TenantTransaction, pairs: readonly GoingPair[]): Promise<Map<string, MomentumSession[]>> {
  const seriesIds = pairs.map(({ seriesId }) => seriesId);
  const rows = await tx
    .selectFrom('sessions')
    .select(['sessionId', 'seriesId', 'state', 'held', 'startsAt', 'endsAt', 'changedAt'])
    .where('seriesId', '=', anyOf(seriesIds))
    .execute();
  const placed = await tx
    .selectFrom('calendarWrites')
    .select('sessionId')
    .select((eb) => eb.fn.max<Instant>('doneAt').as('at'))
    .where('seriesId', '=', anyOf(seriesIds))
    .where('kind', '=', 'createDate')
    .where('state', '=', 'confirmed')
    .groupBy('sessionId')
    .execute();
  const placedAt = new Map(placed.map((row) => [row.sessionId, row.at]));
  const course = new Map<string, MomentumSession[]>();
  for (const { sessionId, seriesId, changedAt, ...session } of rows) {
    const isStanding = session.state === 'booked' || session.state === 'planned';
    const sessions = course.get(seriesId) ?? [];
    sessions.push({ ...session, lostAt: isStanding ? null : changedAt, placedAt: placedAt.get(sessionId) ?? null });
    course.set(seriesId, sessions);
  }
  return course;
}

async function raiseAlarms(
  tx: TenantTransaction,
  tenantId: TenantId,
  pair: GoingPair,
  sessions: readonly MomentumSession[],
  now: Instant,
): Promise<void> {
  if (pair.agreedAt === null) return;
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
