import type { WaitingReply } from '../../contract/running.ts';
import type { Side } from '../../contract/vocabulary.ts';
import { findCohort, loadParticipants, type CohortRow, type ParticipantRow } from '../../db/cohorts.ts';
import { findPair, loadPairs, type PairRow } from '../../db/pairs.ts';
import { anyOf, type Database, type TenantTransaction } from '../../db/schema.ts';
import { loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import {
  waitsOfCohort,
  waitsOfPair,
  waitsOfParticipant,
  waitsOfTenant,
  type CohortSituation,
  type PairSituation,
} from '../../domain/evaluation/what-is-waited-for.ts';
import { answerDeadlines } from '../../domain/matching/deadlines.ts';
import { LIVE_STATES } from '../../domain/matching/pair.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { toIsoOrNull, type Instant, type ZoneId } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { describeSafeContact } from '../people/check-safe-contact.ts';

/** Pairs of which the overview tells nothing: that they were declined. */
const UNTOLD: readonly PairRow['state'][] = ['mentorDeclined', 'menteeDeclined'];

/**
 * "Why did nothing happen?" (product.md G1): what the program waits for with one pair, one participant or the cohort, and
 * until when. Throws `notFound`, also for a pair that was declined, of which no view tells.
 */
export async function explainWaiting(
  { db, clock }: { db: Database; clock: Clock },
  {
    tenantId,
    cohortId,
    pairId,
    personId,
    side,
  }: { tenantId: TenantId; cohortId: string; pairId?: string; personId?: PersonId; side?: Side },
): Promise<WaitingReply> {
  const now = clock.now();
  return inTenant(db, tenantId, async (tx) => {
    const row = await findCohort(tx, cohortId);
    if (!row) throw new AppError('notFound');
    const tenant = await loadTenant(tx);
    const cohort = await describeCohort(tx, row);
    const general = waitsOfTenant(
      {
        isAppRemoved: tenant.appRemovedAt !== null,
        isShutOut: tenant.status === 'parked',
        areWritesStopped: tenant.writesStopped,
        hasProgramMailbox: tenant.programMailboxId !== null,
        areCalendarsDown: tenant.calendarsFailingSince !== null,
      },
      now,
    );
    const own =
      pairId !== undefined
        ? waitsOfPair(await describePair(tx, cohortId, pairId, now), cohort, now)
        : personId !== undefined
          ? waitsOfParticipant(await describeParticipant(tx, cohortId, personId, side), cohort, now)
          : waitsOfCohort(cohort, now);
    return { waits: [...general, ...own].map(({ code, until }) => ({ code, until: toIsoOrNull(until) })) };
  });
}

async function describeCohort(tx: TenantTransaction, cohort: CohortRow): Promise<CohortSituation> {
  const invited = await loadParticipants(tx, { cohortId: cohort.cohortId, states: ['invited'] });
  const dues = invited.flatMap(({ dueAt }) => dueAt ?? []);
  return {
    state: cohort.state,
    isAutomatic: cohort.automatic,
    dueAt: cohort.dueAt,
    hasSafeContact: (await describeSafeContact(tx, cohort)).problem === null,
    answersUntil: dues.length === 0 ? null : (Math.max(...dues) as Instant),
  };
}

async function describePair(
  tx: TenantTransaction,
  cohortId: string,
  pairId: string,
  now: Instant,
): Promise<PairSituation> {
  const pair = await findPair(tx, pairId);
  if (!pair || pair.cohortId !== cohortId || UNTOLD.includes(pair.state)) throw new AppError('notFound');
  const rows = await loadParticipants(tx, { cohortId, personIds: [pair.mentorId, pair.menteeId] });
  const reader = pair.state === 'mentorAsked' ? 'mentor' : pair.state === 'menteeAsked' ? 'mentee' : null;
  const readerId = reader === 'mentor' ? pair.mentorId : pair.menteeId;
  const asked = rows.find((row) => row.personId === readerId && row.side === reader);
  const sessions = await loadSessions(tx, { pairIds: [pairId] });
  const ahead = sessions.filter(({ state, startsAt }) => state === 'booked' && startsAt > now);
  const write = await tx
    .selectFrom('calendarWrites')
    .innerJoin('series', 'series.seriesId', 'calendarWrites.seriesId')
    .select((eb) => eb.fn.min<Instant | null>('calendarWrites.notBefore').as('at'))
    .where('series.pairId', '=', pairId)
    .where('calendarWrites.kind', '=', 'create')
    .where('calendarWrites.state', '=', 'planned')
    .executeTakeFirst();
  return {
    state: pair.state,
    dueAt: pair.dueAt,
    expiresAt:
      reader === null
        ? null
        : answerDeadlines(pair.stateSince, asked?.timeZone ?? ('UTC' as ZoneId), asked?.workingHours).expiresAt,
    hasChat: reader === null || (await hasChat(tx, readerId)),
    isCalendarUnreadable: rows.some(isUnreadable),
    writeAt: write?.at ?? null,
    nextSession: ahead.length === 0 ? null : (Math.min(...ahead.map(({ startsAt }) => startsAt)) as Instant),
    isOver: sessions.length > 0 && sessions.every(({ endsAt }) => endsAt <= now),
  };
}

async function describeParticipant(tx: TenantTransaction, cohortId: string, personId: PersonId, side?: Side) {
  const rows = await loadParticipants(tx, { cohortId, personId, side });
  const row = rows[0];
  if (!row) throw new AppError('notFound');
  const pairs = await loadPairs(tx, { cohortId, personId, states: LIVE_STATES });
  const taken = pairs.filter((pair) => (row.side === 'mentor' ? pair.mentorId : pair.menteeId) === personId).length;
  return {
    side: row.side,
    state: row.state,
    isTrained: row.isTrained,
    isCalendarUnreadable: isUnreadable(row),
    hasChat: await hasChat(tx, personId),
    isPrepared: row.preparedAt !== null,
    dueAt: row.dueAt,
    free: Math.max(0, row.seats - taken),
  };
}

const isUnreadable = ({ calendar }: ParticipantRow): boolean => calendar === 'none' || calendar === 'pending';

const hasChat = async (tx: TenantTransaction, personId: PersonId): Promise<boolean> =>
  (await tx
    .selectFrom('conversations')
    .select('personId')
    .where('personId', '=', anyOf([personId]))
    .where('blockedAt', 'is', null)
    .executeTakeFirst()) !== undefined;
