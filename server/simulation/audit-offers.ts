import { DAY, MINUTE, type Instant, type ZoneId } from '../domain/time/instant.ts';
import { addDays, localDate } from '../domain/time/wall-time.ts';
import { isWorkingTime, workingPeriods } from '../domain/time/working-days.ts';
import { firstUnfrozen } from '../domain/sessions/freeze.ts';
import { wasAnswerLost } from './answer-lost.ts';
import type { Violation } from './audit.ts';
import { lastPlace, placeAt, type BookedDate } from './booked-dates.ts';
import { findConflicts } from './find-conflicts.ts';
import { groupBy } from './group-by.ts';
import { hoursAsSeen } from './hours-as-seen.ts';
import type { Records } from './records.ts';
import type { ShownCard } from './seen.ts';
import type { Truth } from './truth.ts';

type Offer = Records['offers'][number];

export interface OfferCounts {
  made: number;
  /** By what the offer says. */
  because: Record<string, number>;
  /** Offers that reached somebody, and those of them that held fewer than three times. */
  shown: number;
  fewerThanThree: number;
}

/** The verb of an answer to other times for a session. */
const NEW_TIME = 'session.newTime';
const WANTED = 3;

/**
 * D4: a disturbed session is asked about once for each disturbance, by one card to each reader, with three alternatives
 * wherever there are three. Disturbances are what people did, as calendars and chats tell it.
 */
export function auditOffers(
  truth: Truth,
  records: Records,
  dates: readonly BookedDate[],
): { violations: Violation[]; counts: OfferCounts } {
  const violations: Violation[] = [];
  const bySession = groupBy(
    dates.filter(({ sessionId }) => sessionId !== null),
    ({ sessionId }) => sessionId!,
  );
  const conflicts = findConflicts(truth, dates);
  for (const [sessionId, offers] of groupBy(records.offers, (offer) => offer.sessionId)) {
    const causes = causesOf(sessionId, { truth, offers, dates: bySession.get(sessionId) ?? [], conflicts });
    violations.push(...offeredOnce(sessionId, offers, causes));
  }
  const first = firstShown(truth, violations);
  const few = first.filter(({ question }) => question.times < WANTED);
  for (const card of few) {
    const own = bySession.get(card.question.sessionId ?? '') ?? [];
    const free = own.length === 0 ? 0 : countFreeDays(truth, own, dates, card.at);
    if (free > SURE_DAYS)
      violations.push({
        invariant: 'fewAlternatives',
        detail: `${nameOf(card)}: ${card.question.times} times of ${free} days at ${new Date(card.at).toISOString()}`,
      });
  }
  const because: Record<string, number> = {};
  for (const offer of records.offers) because[offer.because] = (because[offer.because] ?? 0) + 1;
  const counts = { made: records.offers.length, because, shown: first.length, fewerThanThree: few.length };
  return { violations, counts };
}

/** When something happened that an offer of each kind may be about. */
type Causes = Partial<Record<string, number[]>>;

function causesOf(
  sessionId: string,
  given: {
    truth: Truth;
    offers: readonly Offer[];
    dates: readonly BookedDate[];
    conflicts: ReadonlyMap<string, readonly number[]>;
  },
): Causes {
  const { truth, dates, offers, conflicts } = given;
  const acts = dates.flatMap((date) => date.acts);
  const at = (...kinds: string[]): number[] => acts.flatMap((act) => (kinds.includes(act.kind) ? act.at : []));
  const chosen = offers.flatMap(({ state, answeredAt }) => (state === 'answered' ? (answeredAt ?? []) : []));
  const denied = truth.seen.answers.filter(
    (answer) => answer.sessionId === sessionId && answer.data['tookPlace'] === 'no',
  );
  return {
    conflict: [...(conflicts.get(sessionId) ?? [])],
    proposed: at('proposed', 'copyMoved'),
    declined: at('declined', 'removed'),
    // A time that was chosen, asked for or agreed to, and that was gone when it was to be written.
    taken: [...chosen, ...at('proposed', 'copyMoved'), ...dates.map(({ places }) => places[0]!.at)],
    notHeld: denied.map((answer) => answer.at),
  };
}

/** An offer bears the beginning of the round that made it, which may have waited for calendars until something happened. */
const LONGEST_ROUND = 5 * MINUTE;

/** The n-th offer of a kind needs n causes before it. */
function offeredOnce(sessionId: string, offers: readonly Offer[], causes: Causes): Violation[] {
  return [...groupBy(offers, ({ because }) => because)].flatMap(([because, own]) =>
    own
      .toSorted((a, b) => a.askedAt - b.askedAt)
      .flatMap(({ askedAt, round }, index): Violation[] => {
        const before = (causes[because] ?? []).filter((at) => at <= askedAt + LONGEST_ROUND).length;
        if (before > index) return [];
        const detail = `${sessionId} round ${round} (${because}) at ${new Date(askedAt).toISOString()}: ${before} causes`;
        return [{ invariant: 'offeredTwice', detail }];
      }),
  );
}

const nameOf = ({ question, personId }: ShownCard): string =>
  `${question.sessionId} round ${question.round} to ${personId}`;

/** The first card of each offer; a second one to the same reader is a violation, unless the first one's answer was lost. */
function firstShown({ seen }: Truth, violations: Violation[]): ShownCard[] {
  const chats = groupBy(seen.requests, ({ thread }) => thread);
  const asked = seen.cards.filter(({ question }) => question.verb === NEW_TIME);
  for (const [name, [first, ...again]] of groupBy(asked, nameOf)) {
    let last = first!;
    for (const card of again) {
      if (!wasAnswerLost(chats.get(last.thread) ?? [], last))
        violations.push({
          invariant: 'offeredTwice',
          detail: `${name}: shown again ${new Date(card.at).toISOString()}`,
        });
      last = card;
    }
  }
  return [...groupBy(asked, ({ question }) => `${question.sessionId} ${question.round}`).values()].map(
    ([first]) => first!,
  );
}

/**
 * So many free days have to be there before fewer than three times are held against an offer: holidays and what open
 * proposals hold are not counted here.
 */
const SURE_DAYS = WANTED + 2;
const AROUND_DAYS = 28;
const STEP = 15 * MINUTE;

/** Days between the neighbors on which both were free for the session at that moment; plain, from their calendars. */
function countFreeDays(truth: Truth, own: readonly BookedDate[], all: readonly BookedDate[], at: number): number {
  const date = own.findLast(({ places }) => places[0]!.at <= at) ?? own[0]!;
  const place = placeAt(date, at) ?? lastPlace(date);
  const length = place.end - place.start;
  const mentee = truth.mailboxes.get(date.menteeId);
  const mentor = truth.mailboxes.get(date.mentorId);
  if (!mentee || !mentor) return 0;
  const zone = mentee.zone as ZoneId;
  const hours = hoursAsSeen(mentee);
  const others = all
    .filter((one) => one !== date && one.menteeId === date.menteeId && (one.goneAt === null || one.goneAt > at))
    .flatMap((one) => placeAt(one, at)?.start ?? []);
  const after = Math.max(-Infinity, ...others.filter((start) => start < place.start));
  const before = Math.min(Infinity, ...others.filter((start) => start > place.start));
  const from = Math.max(firstUnfrozen(at as Instant, zone, hours), place.start - AROUND_DAYS * DAY, after + DAY);
  const to = Math.min(place.start + AROUND_DAYS * DAY, before - DAY);
  const busy = [date.menteeId, date.mentorId].flatMap((id) => truth.busyOf(id, from, to));
  let days = 0;
  let day = localDate(from as Instant, zone);
  for (const last = localDate(to as Instant, zone); day < last; day = addDays(day, 1)) {
    const isFree = workingPeriods(day, zone, hours).some(({ start: begin, end }) => {
      for (let start = begin as number; start + length <= end; start += STEP) {
        const isOurs = start < place.end && start + length > place.start;
        const isAtWork = [start, start + length - 1].every((moment) =>
          isWorkingTime(moment as Instant, mentor.zone as ZoneId, hoursAsSeen(mentor)),
        );
        if (start >= from && !isOurs && isAtWork && !busy.some((one) => one.start < start + length && one.end > start))
          return true;
      }
      return false;
    });
    if (isFree) days++;
  }
  return days;
}
