import type { CardMessage, DoneText } from '../../contract/card-messages.ts';
import { planWrite } from '../../db/calendar-writes.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { changeOffer } from '../../db/session-offers.ts';
import { updateSession, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { findNeighbors } from '../../domain/sessions/find-neighbors.ts';
import { isStanding } from '../../domain/sessions/is-standing.ts';
import { otherStarts, windowOfOtherStarts } from '../../domain/sessions/other-starts.ts';
import { plus, type Instant } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { planDate } from '../slots/plan-date.ts';
import { loadHeldTimes, type CareContext } from './care-context.ts';
import { loadAskedOffer, type AskedOffer, type NewTimeInput } from './load-asked-offer.ts';
import { answerBy, closeOfferCards, newTimeMessage, sendOffer } from './offer-new-time.ts';
import { readTimes } from './read-times.ts';
import { lose, planMove } from './record-care.ts';
import { tellOfChange } from './tell-of-change.ts';

export interface AnswerNewTimePorts {
  db: Database;
  calendar: Calendar;
  clock: Clock;
  jobs: Jobs;
}

/** `refreshed`: the time was taken meanwhile; nothing was changed, and these are others. */
export type NewTimeOutcome =
  | { outcome: 'taken' | 'kept' | 'skipped' }
  | { outcome: 'refreshed'; message: Extract<CardMessage, { kind: 'newTime' }> };

/**
 * The answer to other times for one session, from card, tab or pane: one of the times, the session as it stands, or doing
 * without it. The first answer counts, and the same again is the same answer; both calendars are looked at once more
 * before a time is taken. Throws `notFound` for whom it does not concern, `closed` when it is past answering, `badInput`
 * for a time that was not offered, `unavailable` when the calendars cannot be read right now.
 */
export async function answerNewTime(ports: AnswerNewTimePorts, input: NewTimeInput): Promise<NewTimeOutcome> {
  const { db, clock, jobs } = ports;
  const now = clock.now();
  const asked = await inTenant(db, input.tenantId, (tx) => loadAskedOffer(tx, input, now));
  if ('outcome' in asked) return asked;
  const outcome = input.answer === 'take' ? await takeTime(ports, input, asked, now) : await settle(ports, input, now);
  jobs.wake('writeCalendar');
  jobs.wake('sendMessages');
  return outcome;
}

/** Keeps the session, or does without it. */
async function settle({ db }: AnswerNewTimePorts, input: NewTimeInput, now: Instant): Promise<NewTimeOutcome> {
  return inTenant(db, input.tenantId, async (tx) => {
    const asked = await loadAskedOffer(tx, input, now);
    if ('outcome' in asked) return asked;
    const { context, session, offer } = asked;
    const { personId } = input;
    if (input.answer === 'keep') {
      await changeOffer(tx, offer, { state: 'answered', answeredBy: personId, now });
      // A person has decided: no repair of ours touches it again.
      await updateSession(tx, session.sessionId, { locked: true, now });
      await closeOfferCards(
        tx,
        context,
        offer,
        (reader) => (reader === personId ? 'sessionKept' : 'newTimeElsewhere'),
        now,
      );
      return { outcome: 'kept' };
    }
    await changeOffer(tx, offer, { state: 'skipped', answeredBy: personId, now });
    await cancelStanding(tx, context, session, now);
    if (isStanding(session)) {
      await lose(tx, session, 'cancelled', 'skipped', now);
      const reader = personId === context.pair.mentorId ? ('mentee' as const) : ('mentor' as const);
      await tellOfChange(tx, context, session, { newStart: null }, [reader], now);
    }
    await closeOfferCards(
      tx,
      context,
      offer,
      (reader) => (reader === personId ? 'sessionSkipped' : 'newTimeElsewhere'),
      now,
    );
    return { outcome: 'skipped' };
  });
}

/** Takes the date out of the calendars where it still stands, so that nobody waits for the other. */
async function cancelStanding(
  tx: TenantTransaction,
  { tenant, series }: CareContext,
  session: SessionRow,
  now: Instant,
): Promise<void> {
  if (session.state === 'cancelled' || session.eventId === null || session.startsAt <= now) return;
  await planWrite(tx, {
    tenantId: tenant.tenantId,
    salt: tenant.salt,
    organizerId: series.organizerId,
    seriesId: series.seriesId,
    sessionId: session.sessionId,
    kind: 'cancelDate',
    now,
  });
}

/** One more look at both calendars, then the intent to move; or fresh times where this one is gone. */
async function takeTime(
  { db, calendar, clock }: AnswerNewTimePorts,
  input: NewTimeInput,
  { context, session }: AskedOffer,
  now: Instant,
): Promise<NewTimeOutcome> {
  const window = windowOfOtherStarts({ start: session.startsAt, end: session.endsAt }, now);
  const read = await readTimes(calendar, context.tenant, context, window, now, clock);
  if (read.outcome === 'later' || read.value.mentee.busy === null || read.value.mentor.busy === null)
    throw new AppError('unavailable', { reason: 'calendars' });
  const times = read.value;
  return inTenant(db, input.tenantId, async (tx): Promise<NewTimeOutcome> => {
    const asked = await loadAskedOffer(tx, input, now);
    if ('outcome' in asked) return asked;
    const { offer } = asked;
    const search = {
      session: { start: session.startsAt, end: session.endsAt },
      ...findNeighbors(asked.context.sessions, session),
      ...times,
      held: await loadHeldTimes(tx, context, session, now),
      tentativeIsFree: context.tentativeIsFree,
      now,
    };
    const start = input.start!;
    if (!isStillOffered(search, start)) return refresh(tx, asked, otherStarts(search), input.personId, now);
    await changeOffer(tx, offer, {
      state: 'answered',
      chosen: offer.starts.indexOf(start),
      answeredBy: input.personId,
      now,
    });
    await planChosen(tx, asked, start, input.personId, now);
    const textFor = (reader: PersonId): DoneText => (reader === input.personId ? 'newTimeTaken' : 'newTimeElsewhere');
    await closeOfferCards(tx, context, offer, textFor, now);
    return { outcome: 'taken' };
  });
}

type Search = Parameters<typeof otherStarts>[0];

/** Whether a time is still free, in order and not frozen: as the search would find it with everything else taken. */
function isStillOffered(search: Search, start: Instant): boolean {
  const end = plus(start, search.session.end - search.session.start);
  const far = { before: 0 as Instant, behind: plus(end, 366 * 86_400_000) };
  const held = [...search.held, { start: far.before, end: start }, { start: end, end: far.behind }];
  return otherStarts({ ...search, held }).includes(start);
}

/**
 * Moves the date that stands, or puts one in the place of a lost one, or of one that did not take place: that is over, and
 * stays in the calendars as it is. What a person chose is locked.
 */
async function planChosen(
  tx: TenantTransaction,
  { context, session, offer }: AskedOffer,
  start: Instant,
  personId: PersonId,
  now: Instant,
): Promise<void> {
  const { tenant, series, pair } = context;
  const tell = { sides: [personId === pair.mentorId ? ('mentee' as const) : ('mentor' as const)] };
  if (isStanding(session)) await planMove(tx, context, session, start, { tell, now });
  else if (session.held === 'notHeld') {
    const other = personId === pair.mentorId ? ('mentee' as const) : ('mentor' as const);
    if (session.state === 'booked') await lose(tx, session, 'cancelled', 'notHeld', now);
    const over = { ...session, state: 'cancelled' as const };
    const told = { sides: [other], why: 'notHeld' as const };
    await planDate(tx, { tenant, series, session: over, start, round: offer.round, tell: told, now });
  } else {
    // A date that one side declined or deleted still stands in the other calendar, and leaves it with this.
    const state = session.state === 'deleted' ? ('declined' as const) : session.state;
    await planDate(tx, { tenant, series, session: { ...session, state }, start, round: offer.round, tell, now });
  }
  await updateSession(tx, session.sessionId, { locked: true, movedBy: 'person', now });
}

async function refresh(
  tx: TenantTransaction,
  { context, session, offer }: AskedOffer,
  starts: readonly Instant[],
  personId: PersonId,
  now: Instant,
): Promise<NewTimeOutcome> {
  const side = offer.askedOf === context.pair.mentorId ? ('mentor' as const) : ('mentee' as const);
  const change = { starts: [...starts], answerBy: answerBy(context, session, starts, side, now) };
  await changeOffer(tx, offer, { ...change, now });
  const fresh = { ...offer, ...change };
  await sendOffer(tx, context, session, fresh, now);
  const { pair, people } = context;
  const isOwn = personId === pair.menteeId || personId === pair.mentorId;
  const forName = isOwn ? null : (people.get(pair.menteeId)?.displayName ?? '');
  return {
    outcome: 'refreshed',
    message: newTimeMessage(context, session, fresh, { personId, forName, isRefreshed: true }),
  };
}
