import type { HeldState, SessionState, Topic } from '../contract/vocabulary.ts';
import type { PersonId } from '../domain/people/person.ts';
import type { Instant, WallTime, ZoneId } from '../domain/time/instant.ts';
import { anyOf, at, type TenantTransaction } from './schema.ts';

export interface SeriesRow {
  seriesId: string;
  pairId: string;
  generation: number;
  organizerId: PersonId;
  subject: string;
  timeZone: ZoneId;
  firstStart: WallTime;
  minutes: number;
  everyWeeks: number;
  /** Every so many months by weekday, in place of weeks. */
  everyMonths: number | null;
  count: number;
  state: 'planned' | 'sending' | 'unknown' | 'confirmed' | 'refused' | 'cancelled' | 'lost';
  key: string;
  eventId: string | null;
  icalUid: string | null;
  joinUrl: string | null;
  confirmedAt: Instant | null;
}

const SERIES = [
  'seriesId',
  'pairId',
  'generation',
  'organizerId',
  'subject',
  'timeZone',
  'firstStart',
  'minutes',
  'everyWeeks',
  'everyMonths',
  'count',
  'state',
  'key',
  'eventId',
  'icalUid',
  'joinUrl',
  'confirmedAt',
] as const;

export const findSeries = (tx: TenantTransaction, seriesId: string): Promise<SeriesRow | undefined> =>
  tx.selectFrom('series').select(SERIES).where('seriesId', '=', seriesId).executeTakeFirst();

/** Series of the given states (and organizer), in a stable order. */
export function loadSeries(
  tx: TenantTransaction,
  filter: { states?: readonly SeriesRow['state'][]; organizerId?: PersonId; pairIds?: readonly string[] },
): Promise<SeriesRow[]> {
  let query = tx.selectFrom('series').select(SERIES).orderBy('seriesId');
  if (filter.states) query = query.where('state', 'in', [...filter.states]);
  if (filter.organizerId) query = query.where('organizerId', '=', filter.organizerId);
  if (filter.pairIds) query = query.where('pairId', '=', anyOf(filter.pairIds));
  return query.execute();
}

/** Confirmed series of which a date, or the check of the join link, is still to come. */
export function loadUnlinkedSeries(tx: TenantTransaction): Promise<SeriesRow[]> {
  return tx
    .selectFrom('series')
    .select(SERIES)
    .where('state', '=', 'confirmed')
    .where((eb) =>
      eb.or([
        eb('linkCheckedAt', 'is', null),
        eb.exists(
          eb
            .selectFrom('sessions')
            .select('sessions.sessionId')
            .whereRef('sessions.seriesId', '=', 'series.seriesId')
            .where('sessions.state', '=', 'planned')
            .where('sessions.eventId', 'is', null),
        ),
      ]),
    )
    .orderBy('seriesId')
    .execute();
}

export interface SessionRow {
  sessionId: string;
  seriesId: string;
  pairId: string;
  number: number;
  originalStart: Instant;
  startsAt: Instant;
  endsAt: Instant;
  plannedStart: Instant;
  state: SessionState;
  held: HeldState;
  /** Which of its dates it stands at, from 1: one that did not take place may be held at another. */
  attempt: number;
  topic: Topic | null;
  eventId: string | null;
  icalUid: string | null;
  locked: boolean;
  wasMoved: boolean;
  feedbackDueAt: Instant | null;
}

const SESSIONS = [
  'sessionId',
  'seriesId',
  'pairId',
  'number',
  'originalStart',
  'startsAt',
  'endsAt',
  'plannedStart',
  'state',
  'held',
  'attempt',
  'topic',
  'eventId',
  'icalUid',
  'locked',
  'wasMoved',
  'feedbackDueAt',
] as const;

/**
 * Sessions of one organizer's confirmed series that stand in the calendar and either begin in [from, to) or are one of
 * the events, by start.
 */
export function loadStandingSessions(
  tx: TenantTransaction,
  organizerId: PersonId,
  { from, to, eventIds }: { from: Instant; to: Instant; eventIds: readonly string[] },
): Promise<SessionRow[]> {
  return tx
    .selectFrom('sessions')
    .select(SESSIONS)
    .where('state', '=', 'booked')
    .where('eventId', 'is not', null)
    .where('seriesId', 'in', (eb) =>
      eb
        .selectFrom('series')
        .select('series.seriesId')
        .where('series.state', '=', 'confirmed')
        .where('series.organizerId', '=', organizerId),
    )
    .where((eb) =>
      eb.or([
        eb.and([eb('startsAt', '>=', at(from)), eb('startsAt', '<', at(to))]),
        ...(eventIds.length > 0 ? [eb('eventId', '=', anyOf(eventIds))] : []),
      ]),
    )
    .orderBy('startsAt')
    .orderBy('sessionId')
    .execute();
}

/** Sessions to come of one organizer's confirmed series that somebody declined; their dates still stand there. By start. */
export function loadDeclinedSessions(
  tx: TenantTransaction,
  organizerId: PersonId,
  after: Instant,
): Promise<SessionRow[]> {
  return tx
    .selectFrom('sessions')
    .select(SESSIONS)
    .where('state', '=', 'declined')
    .where('eventId', 'is not', null)
    .where('startsAt', '>', at(after))
    .where('seriesId', 'in', (eb) =>
      eb
        .selectFrom('series')
        .select('series.seriesId')
        .where('series.state', '=', 'confirmed')
        .where('series.organizerId', '=', organizerId),
    )
    .orderBy('startsAt')
    .orderBy('sessionId')
    .execute();
}

/** Sessions of some series of which a date of its own, outside the series, took the place of a lost one. */
export async function loadSingleDates(tx: TenantTransaction, seriesIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('calendarWrites')
    .select('sessionId')
    .where('seriesId', '=', anyOf(seriesIds))
    .where('kind', '=', 'createDate')
    .where('state', '=', 'confirmed')
    .execute();
  return new Set(rows.flatMap(({ sessionId }) => sessionId ?? []));
}

/** Whether a series has ended, or is about to: nothing new is put into the calendars for it. */
export async function isSeriesEnding(tx: TenantTransaction, seriesId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('series')
    .select('seriesId')
    .where('seriesId', '=', seriesId)
    .where((eb) =>
      eb.or([
        eb('state', '=', 'cancelled'),
        eb.exists(
          eb
            .selectFrom('calendarWrites')
            .select('calendarWrites.writeId')
            .whereRef('calendarWrites.seriesId', '=', 'series.seriesId')
            .where('calendarWrites.kind', 'in', ['cancelSeries', 'endSeries']),
        ),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** Sessions by any of the given properties, by start. */
export function loadSessions(
  tx: TenantTransaction,
  filter: {
    pairIds?: readonly string[];
    seriesId?: string;
    sessionIds?: readonly string[];
    feedbackDueBy?: Instant;
    endsAfter?: Instant;
  },
): Promise<SessionRow[]> {
  let query = tx.selectFrom('sessions').select(SESSIONS).orderBy('startsAt').orderBy('sessionId');
  if (filter.pairIds) query = query.where('pairId', '=', anyOf(filter.pairIds));
  if (filter.sessionIds) query = query.where('sessionId', '=', anyOf(filter.sessionIds));
  if (filter.seriesId) query = query.where('seriesId', '=', filter.seriesId);
  if (filter.endsAfter !== undefined) query = query.where('endsAt', '>', at(filter.endsAfter));
  if (filter.feedbackDueBy !== undefined) query = query.where('feedbackDueAt', '<=', at(filter.feedbackDueBy));
  return query.execute();
}

/** Changes a session; instants are turned into statements' values here. */
export async function updateSession(
  tx: TenantTransaction,
  sessionId: string,
  change: Partial<
    Pick<SessionRow, 'state' | 'held' | 'attempt' | 'topic' | 'eventId' | 'icalUid' | 'locked' | 'wasMoved'>
  > & {
    startsAt?: Instant;
    endsAt?: Instant;
    feedbackDueAt?: Instant | null;
    movedBy?: string;
    cause?: string;
    now: Instant;
  },
): Promise<void> {
  const { now, startsAt, endsAt, feedbackDueAt, ...rest } = change;
  await tx
    .updateTable('sessions')
    .set({
      ...rest,
      changedAt: at(now),
      ...(startsAt === undefined ? {} : { startsAt: at(startsAt) }),
      ...(endsAt === undefined ? {} : { endsAt: at(endsAt) }),
      ...(feedbackDueAt === undefined ? {} : { feedbackDueAt: feedbackDueAt === null ? null : at(feedbackDueAt) }),
    })
    .where('sessionId', '=', sessionId)
    .execute();
}
