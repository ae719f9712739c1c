import { anyOf, type TenantTransaction } from '../../db/schema.ts';
import { momentumAlarms, type MomentumAlarm, type PairMomentum } from '../../domain/sessions/momentum.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { loadToldSessions } from './load-told-sessions.ts';

/**
 * The momentum alarms of pairs now (product.md D4), by pair; pairs without one are left out. Whether a session was held is
 * what the answers of closed days say, so that no alarm comes or goes with a single answer of today.
 */
export async function loadAlarms(
  tx: TenantTransaction,
  pairIds: readonly string[],
  now: Instant,
): Promise<Map<string, MomentumAlarm[]>> {
  const going = await tx
    .selectFrom('pairs')
    .innerJoin('series', (join) =>
      join.onRef('series.pairId', '=', 'pairs.pairId').onRef('series.generation', '=', 'pairs.generation'),
    )
    .select(['pairs.pairId', 'pairs.agreedAt', 'series.seriesId', 'series.everyWeeks', 'series.timeZone'])
    .where('pairs.state', '=', 'booked')
    .where('pairs.pairId', '=', anyOf(pairIds))
    .execute();
  const sessions = await loadToldSessions(
    tx,
    going.map(({ pairId }) => pairId),
    now,
  );
  const placed = await loadPlaced(
    tx,
    going.map(({ seriesId }) => seriesId),
  );
  const lost = await loadLost(
    tx,
    going.map(({ seriesId }) => seriesId),
  );
  const courses = new Map<string, PairMomentum['sessions'][number][]>();
  for (const { sessionId, seriesId, state, held, startsAt, endsAt } of sessions) {
    const course = courses.get(seriesId) ?? [];
    courses.set(seriesId, course);
    const own = { lostAt: lost.get(sessionId) ?? null, placedAt: placed.get(sessionId) ?? null };
    course.push({ state, held, startsAt, endsAt, ...own });
  }
  const alarms = new Map<string, MomentumAlarm[]>();
  for (const { pairId, seriesId, agreedAt, everyWeeks, timeZone } of going) {
    if (agreedAt === null) continue;
    const found = momentumAlarms({ agreedAt, everyWeeks, timeZone, sessions: courses.get(seriesId) ?? [] }, now);
    if (found.length > 0) alarms.set(pairId, found);
  }
  return alarms;
}

/** When dates were put in the place of lost ones. */
async function loadPlaced(tx: TenantTransaction, seriesIds: readonly string[]): Promise<Map<string, Instant>> {
  const rows = await tx
    .selectFrom('calendarWrites')
    .select('sessionId')
    .select((eb) => eb.fn.max<Instant>('doneAt').as('at'))
    .where('seriesId', '=', anyOf(seriesIds))
    .where('kind', '=', 'createDate')
    .where('state', '=', 'confirmed')
    .groupBy('sessionId')
    .execute();
  return new Map(rows.flatMap(({ sessionId, at }) => (sessionId === null ? [] : [[sessionId, at]])));
}

/** Since when sessions stand nowhere any more. */
async function loadLost(tx: TenantTransaction, seriesIds: readonly string[]): Promise<Map<string, Instant>> {
  const rows = await tx
    .selectFrom('sessions')
    .select(['sessionId', 'changedAt'])
    .where('seriesId', '=', anyOf(seriesIds))
    .where('state', 'not in', ['booked', 'planned'])
    .execute();
  return new Map(rows.map(({ sessionId, changedAt }) => [sessionId, changedAt]));
}
