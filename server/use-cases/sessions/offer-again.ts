import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { findSeries, loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { findNeighbors } from '../../domain/sessions/find-neighbors.ts';
import { otherStarts, windowOfOtherStarts } from '../../domain/sessions/other-starts.ts';
import { DAY, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { loadCareContext, loadHeldTimes } from './care-context.ts';
import { offerNewTime } from './offer-new-time.ts';
import { readTimes } from './read-times.ts';

/** Older refusals are over: their sessions have passed, or were looked after otherwise. */
const RECENT = 2 * DAY;

/**
 * Sessions whose time a person chose or asked for, or agreed to with the series, but which could not be written: mostly
 * because the last look found it taken (reliability.md F17). Nothing was offered since.
 */
export async function loadTakenSessions(tx: TenantTransaction, now: Instant): Promise<string[]> {
  const rows = await tx
    .selectFrom('calendarWrites')
    .innerJoin('sessions', 'sessions.sessionId', 'calendarWrites.sessionId')
    .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
    .select('sessions.sessionId')
    .distinct()
    .where('calendarWrites.kind', 'in', ['moveDate', 'createDate'])
    .where('calendarWrites.state', '=', 'refused')
    // What a person did, or decided, in its place stands.
    .where('calendarWrites.code', 'not in', ['movedByAPerson', 'superseded', 'seriesEnded', 'seriesGone'])
    .where('calendarWrites.doneAt', '>', at(plus(now, -RECENT)))
    // What moves by itself is decided anew as long as the conflict stands.
    .where((eb) => eb.or([eb('sessions.locked', '=', true), eb('sessions.cause', '=', 'notMovable')]))
    .where('sessions.startsAt', '>', at(now))
    .where('pairs.state', '=', 'booked')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('sessionOffers')
            .select('sessionOffers.round')
            .whereRef('sessionOffers.sessionId', '=', 'sessions.sessionId')
            .whereRef('sessionOffers.askedAt', '>=', 'calendarWrites.doneAt')
            // The answer that led to the refused write may have come at the same instant.
            .where('sessionOffers.state', '!=', 'answered'),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('calendarWrites as later')
            .select('later.writeId')
            .whereRef('later.sessionId', '=', 'sessions.sessionId')
            .where('later.kind', 'in', ['moveDate', 'createDate'])
            .whereRef('later.createdAt', '>', 'calendarWrites.createdAt'),
        ),
      ),
    )
    .execute();
  return rows.map(({ sessionId }) => sessionId).sort();
}

/** Offers fresh times for such a session. A calendar that cannot be read now leaves it to the next round. */
export async function offerAgain(
  { db, calendar, clock, jobs }: { db: Database; calendar: Calendar; clock: Pick<Clock, 'track'>; jobs: Jobs },
  tenant: TenantRow,
  sessionId: string,
  now: Instant,
): Promise<void> {
  const { tenantId } = tenant;
  const known = await inTenant(db, tenantId, async (tx) => {
    const [session] = await loadSessions(tx, { sessionIds: [sessionId] });
    const series = session && (await findSeries(tx, session.seriesId));
    const context = series && (await loadCareContext(tx, tenant, series));
    return session && context && { session, context, held: await loadHeldTimes(tx, context, session, now) };
  });
  if (!known) return;
  const { session, context, held } = known;
  const span = { start: session.startsAt, end: session.endsAt };
  const read = await readTimes(calendar, tenant, context, windowOfOtherStarts(span, now), now, clock);
  if (read.outcome === 'later') return;
  const { tentativeIsFree } = context;
  const neighbors = findNeighbors(context.sessions, session);
  const starts = otherStarts({ session: span, ...neighbors, ...read.value, held, tentativeIsFree, now });
  await inTenant(db, tenantId, (tx) => offerNewTime(tx, context, session, { because: 'taken', starts, now }));
  jobs.wake('sendMessages');
}
