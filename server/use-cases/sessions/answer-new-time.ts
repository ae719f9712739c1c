import type { CardMessage, DoneText } from '../../contract/card-messages.ts';
import type { NewTimeAnswer } from '../../contract/vocabulary.ts';
import { assistantsOf } from '../../db/assistants.ts';
import { planWrite } from '../../db/calendar-writes.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { changeOffer, findOffer, type SessionOfferRow } from '../../db/session-offers.ts';
import { findSeries, loadSessions, updateSession, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { findNeighbors } from '../../domain/sessions/find-neighbors.ts';
import { isFrozen } from '../../domain/sessions/freeze.ts';
import { otherStarts, windowOfOtherStarts } from '../../domain/sessions/other-starts.ts';
import { plus, type Instant } from '../../domain/time/instant.ts';
import { AppError, badInput } from '../../errors.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { planDate } from '../slots/plan-date.ts';
import { loadCareContext, loadHeldTimes, type CareContext } from './care-context.ts';
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

export interface NewTimeInput {
  tenantId: TenantId;
  personId: PersonId;
  sessionId: string;
  round: number;
  answer: NewTimeAnswer;
  /** The time that is taken, for `take`. */
  start?: Instant;
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
  const asked = await inTenant(db, input.tenantId, (tx) => loadAsked(tx, input, now));
  if ('outcome' in asked) return asked;
  const outcome = input.answer === 'take' ? await takeTime(ports, input, asked, now) : await settle(ports, input, now);
  jobs.wake('writeCalendar');
  jobs.wake('sendMessages');
  return outcome;
}

interface Asked {
  context: CareContext;
  session: SessionRow;
  offer: SessionOfferRow;
}

const DONE = { take: 'taken', keep: 'kept', skip: 'skipped' } as const;

/** The open offer that is answered, held until the transaction ends; what was answered the same way before is done. */
async function loadAsked(
  tx: TenantTransaction,
  { personId, sessionId, round, answer, start }: NewTimeInput,
  now: Instant,
): Promise<Asked | { outcome: 'taken' | 'kept' | 'skipped' }> {
  const [session] = await loadSessions(tx, { sessionIds: [sessionId] });
  const offer = session && (await findOffer(tx, sessionId, { lock: true }));
  const series = session && (await findSeries(tx, session.seriesId));
  const context = series && (await loadCareContext(tx, await loadTenant(tx), series));
  if (!session || !offer || !context || !(await mayAnswer(tx, context, offer, personId)))
    throw new AppError('notFound');
  if (offer.round !== round) throw new AppError('closed', { reason: 'answeredElsewhere' });
  if (offer.state !== 'open') {
    if (isSameAgain(offer, answer, start)) return { outcome: DONE[answer] };
    throw new AppError('closed', { reason: 'answeredElsewhere' });
  }
  const { timeZone, workingHours } = context.mentee;
  // A session that stands is left alone from its freeze on; Outlook remains.
  if (session.state === 'booked' && answer !== 'keep' && isFrozen(session.startsAt, now, timeZone, workingHours))
    throw new AppError('closed', { reason: 'tooLate' });
  if (answer === 'keep' && session.state !== 'booked') throw badInput('answer', 'this session does not stand any more');
  if (answer === 'take' && (start === undefined || !offer.starts.includes(start)))
    throw badInput('start', 'this time was not offered');
  return { context, session, offer };
}

/** The executive and who answers for them; the mentor once the offer went over. */
async function mayAnswer(
  tx: TenantTransaction,
  { pair }: CareContext,
  offer: SessionOfferRow,
  personId: PersonId,
): Promise<boolean> {
  if (personId === pair.menteeId) return true;
  if (personId === pair.mentorId) return offer.askedOf === pair.mentorId;
  return (await assistantsOf(tx, pair.menteeId)).some((assistant) => assistant.personId === personId);
}

/** The answer that was given before, once more: a second click or a repeated delivery. */
function isSameAgain(offer: SessionOfferRow, answer: NewTimeAnswer, start: Instant | undefined): boolean {
  if (answer === 'skip') return offer.state === 'skipped';
  if (offer.state !== 'answered') return false;
  return answer === 'keep' ? offer.chosen === null : offer.chosen !== null && offer.starts[offer.chosen] === start;
}

/** Keeps the session, or does without it. */
async function settle({ db }: AnswerNewTimePorts, input: NewTimeInput, now: Instant): Promise<NewTimeOutcome> {
  return inTenant(db, input.tenantId, async (tx) => {
    const asked = await loadAsked(tx, input, now);
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
    if (session.state === 'booked') {
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
  { context, session }: Asked,
  now: Instant,
): Promise<NewTimeOutcome> {
  const window = windowOfOtherStarts({ start: session.startsAt, end: session.endsAt }, now);
  const read = await readTimes(calendar, context.tenant, context, window, now, clock);
  if (read.outcome === 'later' || read.value.mentee.busy === null || read.value.mentor.busy === null)
    throw new AppError('unavailable', { reason: 'calendars' });
  const times = read.value;
  return inTenant(db, input.tenantId, async (tx): Promise<NewTimeOutcome> => {
    const asked = await loadAsked(tx, input, now);
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
    await planChosen(tx, asked, start, now);
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

/** Moves the date that stands, or puts one in the place of a lost one. What a person chose is locked. */
async function planChosen(tx: TenantTransaction, { context, session, offer }: Asked, start: Instant, now: Instant) {
  const { tenant, series } = context;
  const tell = { sides: ['mentor' as const] };
  if (session.state === 'booked') await planMove(tx, context, session, start, { tell, now });
  else {
    // A date that one side declined or deleted still stands in the other calendar, and leaves it with this.
    const state = session.state === 'deleted' ? ('declined' as const) : session.state;
    await planDate(tx, { tenant, series, session: { ...session, state }, start, round: offer.round, tell, now });
  }
  await updateSession(tx, session.sessionId, { locked: true, movedBy: 'person', now });
}

async function refresh(
  tx: TenantTransaction,
  { context, session, offer }: Asked,
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
