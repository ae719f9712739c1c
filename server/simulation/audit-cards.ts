import { DAY, MINUTE, plus, type Instant, type ZoneId } from '../domain/time/instant.ts';
import { localDate } from '../domain/time/wall-time.ts';
import { nextWorkingMorning, workingPeriods } from '../domain/time/working-days.ts';
import { wasAnswerLost } from './answer-lost.ts';
import type { Violation } from './audit.ts';
import { fateOf, isUnseen, lastPlace, type BookedDate } from './booked-dates.ts';
import { groupBy } from './group-by.ts';
import { hoursAsSeen, isAtWork } from './hours-as-seen.ts';
import { remindersShown } from './reminders-shown.ts';
import { FEEDBACK, type BotRequest, type ShownCard } from './seen.ts';
import type { Records } from './records.ts';
import type { Truth } from './truth.ts';

/** Why a held session has no card on one side, or more than one. Everything else is a violation. */
export interface CardExceptions {
  /** Older than three working days when it could be asked about. */
  tooOld: number;
  /** The bot is blocked, or the app was taken away. */
  blocked: number;
  /** The card is not due yet. */
  endOfRun: number;
  /** One of the two has left. */
  personLeft: number;
  /** The other side had said already that it did not take place: nobody is asked any more. */
  saidNotHeld: number;
  /** Cancelled or declined after its end and before the question. */
  takenBackAfterwards: number;
  /** One deleted it without a word, which nobody else can see: asked or not, both are right. */
  deletedSilently: number;
  /** Declined with its series after it was moved out of it, which the organizer's calendar does not show: as above. */
  declinedWithSeries: number;
  /** Sent again because the connector's answer was lost: Teams gives no way to look (reliability.md F58). */
  answerLost: number;
}

export interface CardCounts {
  /** Dates that stood in the calendars to their end. */
  heldDates: number;
  /** First cards that they ask for, one for each side. */
  expected: number;
  /** First cards that appeared in chats; those to dates of which it cannot be known whether they were held among them. */
  shown: number;
  shownUnsure: number;
  exceptions: CardExceptions;
  /** Cards that came later than they should because something refused them, and the longest of these waits. */
  late: { cards: number; mostMinutes: number };
}

/** The mentor is asked so long after the real end, and nobody before that (product.md F1). */
const AFTER = 5 * MINUTE;
/** One round of the outbox may be under way. */
const TOLERANCE = MINUTE;
/** An executive who is asked in the morning is asked at the start of the day. */
const MORNING = 15 * MINUTE;

/**
 * Each date that stood in the calendars to its end has one first card on each side, at its time; none has one that did
 * not. Judged per booked date, from calendars and chats.
 */
export function auditCards(
  truth: Truth,
  records: Records,
  booked: readonly BookedDate[],
): { violations: Violation[]; counts: CardCounts } {
  const run: Run = {
    truth,
    records,
    violations: [],
    counts: {
      heldDates: 0,
      expected: 0,
      shown: 0,
      shownUnsure: 0,
      exceptions: {
        tooOld: 0,
        blocked: 0,
        endOfRun: 0,
        personLeft: 0,
        saidNotHeld: 0,
        takenBackAfterwards: 0,
        deletedSilently: 0,
        declinedWithSeries: 0,
        answerLost: 0,
      },
      late: { cards: 0, mostMinutes: 0 },
    },
    requests: groupBy(truth.seen.requests, ({ thread }) => thread),
  };
  const cards = groupBy(firstCards(truth, records), ({ personId, question }) => `${personId} ${question.sessionId}`);
  for (const list of cards.values()) run.counts.shown += list.length;
  // Who was erased has another id in our records than in the chats: their sessions cannot be judged any more.
  const isErased = ({ mentorId, menteeId }: { mentorId: string; menteeId: string }): boolean =>
    !truth.people.has(mentorId) || !truth.people.has(menteeId);
  const erasedPairs = new Set(records.pairs.filter(isErased).map(({ pairId }) => pairId));
  const erased = new Set(records.sessions.flatMap((one) => (erasedPairs.has(one.pairId) ? one.sessionId : [])));
  const dates = booked.filter((date) => date.sessionId !== null && !isErased(date));
  for (const [sessionId, ofSession] of groupBy(dates, (date) => date.sessionId!)) {
    for (const side of ['mentorId', 'menteeId'] as const) {
      const key = `${ofSession[0]![side]} ${sessionId}`;
      auditSide(run, side, ofSession, cards.get(key) ?? []);
      cards.delete(key);
    }
  }
  for (const [key, [card]] of cards)
    if (!erased.has(card!.question.sessionId ?? ''))
      report(run, 'cardForUnheldSession', `${key}: nothing was booked, asked ${iso(card!.at)}`);
  return { violations: run.violations, counts: run.counts };
}

interface Run {
  truth: Truth;
  records: Records;
  violations: Violation[];
  counts: CardCounts;
  requests: ReadonlyMap<string, readonly BotRequest[]>;
}

const iso = (at: number): string => new Date(at).toISOString();
const report = ({ violations }: Run, invariant: Violation['invariant'], detail: string): void =>
  void violations.push({ invariant, detail });

/** Questions about sessions that are no reminders. */
function firstCards(truth: Truth, records: Records): ShownCard[] {
  const reminders = new Set(remindersShown(truth, records).map(({ activityId }) => activityId));
  return truth.seen.cards.filter(
    ({ activityId, question }) => question.verb === FEEDBACK && !reminders.has(activityId),
  );
}

type Side = 'mentorId' | 'menteeId';

/** Each card belongs to the last date that was over by then. */
function auditSide(run: Run, side: Side, dates: readonly BookedDate[], cards: readonly ShownCard[]): void {
  const { now } = run.truth;
  const byEnd = dates.toSorted((a, b) => lastPlace(a).end - lastPlace(b).end);
  const mayBeAsked = byEnd.filter((date) => {
    const fate = fateOf(date, now);
    return fate === 'held' || isUnseen(fate);
  });
  const cardsOf = new Map<BookedDate, ShownCard[]>(mayBeAsked.map((date) => [date, []]));
  for (const card of cards) {
    const date = mayBeAsked.findLast((one) => lastPlace(one).end <= card.at);
    if (date) cardsOf.get(date)!.push(card);
    else {
      const fates = byEnd.map((one) => `${fateOf(one, now)}, end ${iso(lastPlace(one).end)}${storyOf(one)}`);
      const who = `${card.question.sessionId} ${card.personId}`;
      report(run, 'cardForUnheldSession', `${who}: asked ${iso(card.at)}, ${fates.join('; ')}`);
    }
  }
  for (const [date, own] of cardsOf) auditDate(run, side, date, own);
}

/** What was done to a date, for whoever looks into a violation. */
const storyOf = ({ places, acts }: BookedDate): string =>
  [
    ...places.map(({ at, start, by }) => ({ at, what: `at ${iso(start)} by ${by.slice(0, 12)}` })),
    ...acts.map(({ at, kind, personId }) => ({ at, what: `${kind} by ${personId}` })),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ at, what }) => `; ${iso(at)} ${what}`)
    .join('');

function auditDate(run: Run, side: Side, date: BookedDate, cards: readonly ShownCard[]): void {
  const { counts, truth } = run;
  const fate = fateOf(date, truth.now);
  const isSure = fate === 'held';
  if (isSure && side === 'mentorId') counts.heldDates++;
  if (isSure) counts.expected++;
  const [first, ...again] = cards;
  const who = `${date.sessionId} ${date[side]}`;
  if (!first) {
    const why = isUnseen(fate) ? fate : whyNoCard(run, side, date);
    if (why) counts.exceptions[why]++;
    else report(run, 'missingCard', `${who}: held until ${iso(lastPlace(date).end)}, never asked`);
    return;
  }
  if (!isSure) counts.shownUnsure += cards.length;
  let last = first;
  for (const card of again) {
    if (wasAnswerLost(run.requests.get(last.thread) ?? [], last)) counts.exceptions.answerLost++;
    else report(run, 'doubledCard', `${who}: asked ${iso(last.at)} and ${iso(card.at)}`);
    last = card;
  }
  auditMoment(run, side, date, first);
}

function whyNoCard(run: Run, side: Side, date: BookedDate): keyof CardExceptions | null {
  const { truth, records } = run;
  const { end } = lastPlace(date);
  const personId = date[side];
  const left = [date.mentorId, date.menteeId].map((id) => truth.seen.leftAfter.get(id));
  const due = dueOf(run, side, date);
  if (left.some((after) => after !== undefined && after <= due)) return 'personLeft';
  if (truth.closedChats.has(personId)) return 'blocked';
  const isTakenBack = fateOf(date, truth.now, due + TOLERANCE) !== 'held';
  if (isTakenBack) return 'takenBackAfterwards';
  const isDenied = truth.seen.answers.some(
    (answer) =>
      answer.sessionId === date.sessionId &&
      answer.personId !== personId &&
      answer.at >= end &&
      answer.at <= due + TOLERANCE &&
      answer.data['tookPlace'] === 'no',
  );
  if (isDenied) return 'saidNotHeld';
  if (due + TOLERANCE > truth.now) return 'endOfRun';
  const request = records.requests.find((row) => row.sessionId === date.sessionId && row.personId === personId);
  const wasAway = truth.seen.failures.length > 0 || truth.seen.requests.some(({ fault }) => fault !== null);
  return request?.skippedBecause === 'tooOld' && wasAway ? 'tooOld' : null;
}

/** When this side has been asked at the latest, were nothing in the way. */
function dueOf({ truth }: Run, side: Side, date: BookedDate): Instant {
  const end = lastPlace(date).end as Instant;
  if (side === 'mentorId') return plus(end, AFTER);
  const mailbox = truth.mailboxes.get(date.menteeId);
  if (!mailbox) return plus(end, DAY);
  return plus(nextWorkingMorning(end, mailbox.zone as ZoneId, hoursAsSeen(mailbox)), MORNING);
}

/** Not before the real end, and at the time that suits the side. */
function auditMoment(run: Run, side: Side, date: BookedDate, card: ShownCard): void {
  const { end } = lastPlace(date);
  if (card.at < end + AFTER) {
    report(run, 'cardAtWrongTime', `${date.sessionId} ${card.personId}: end ${iso(end)}, asked ${iso(card.at)}: early`);
    return;
  }
  const late = side === 'mentorId' ? card.at - (end + AFTER) : menteeLateBy(date, card);
  if (late <= TOLERANCE) return;
  if (!wasHindered(run, date, end, card)) {
    const what =
      side === 'mentorId' ? 'late' : `${isAtWork(card) ? 'in a meeting or late' : 'out of hours'} (${card.zone})`;
    report(
      run,
      'cardAtWrongTime',
      `${date.sessionId} ${card.personId}: end ${iso(end)}, asked ${iso(card.at)}: ${what}`,
    );
    return;
  }
  run.counts.late.cards++;
  run.counts.late.mostMinutes = Math.max(run.counts.late.mostMinutes, Math.round(late / MINUTE));
}

/** How long behind the last moment at which the executive could well be asked; 0 in a gap of the day, or in the morning. */
function menteeLateBy(date: BookedDate, card: ShownCard): number {
  const end = lastPlace(date).end as Instant;
  const zone = card.zone as ZoneId;
  const hours = hoursAsSeen(card);
  const morning = nextWorkingMorning(end, zone, hours);
  if (card.at >= morning && card.at <= morning + MORNING) return 0;
  const isSameDay = localDate(card.at as Instant, zone) === localDate(end, zone);
  if (isSameDay && isAtWork(card) && card.isInGap) return 0;
  // Before the working day of the session there is no earlier morning: a session at night is asked about in the morning.
  const [today] = workingPeriods(localDate(end, zone), zone, hours);
  return Math.max(TOLERANCE + 1, card.at - (isSameDay && today ? end : morning));
}

/** Whether something on the way to this card was refused: in the chat itself, reading the date, or signing in. */
function wasHindered({ truth, requests }: Run, date: BookedDate, since: number, { thread, at }: ShownCard): boolean {
  const isBetween = (one: { at: number }): boolean => one.at >= since && one.at <= at;
  return (
    (requests.get(thread) ?? []).some((request) => isBetween(request) && request.fault !== null) ||
    truth.seen.failures.some((failure) => isBetween(failure) && concerns(failure.about, date))
  );
}

const concerns = (about: string, { masterId }: BookedDate): boolean =>
  about.includes(masterId.slice(0, -1)) || about.includes('/oauth2/') || about.includes('getSchedule');
