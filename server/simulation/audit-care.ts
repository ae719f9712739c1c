import type { PersonId } from '../domain/people/person.ts';
import { MINUTE, type Instant, type ZoneId } from '../domain/time/instant.ts';
import { addWorkingDays } from '../domain/time/working-days.ts';
import type { CalendarWrite } from '../sandbox/world.ts';
import type { Violation } from './audit.ts';
import { fateOf, lastPlace, type BookedDate } from './booked-dates.ts';
import { hoursAsSeen } from './hours-as-seen.ts';
import type { Records } from './records.ts';
import type { Truth } from './truth.ts';

/** No automatic change within so many of the executive's working days before a session (product.md D4). */
const FREEZE_WORKING_DAYS = 1;
/** And so many of them per session (product.md D4). */
const MOST_AUTO_MOVES = 2;

/**
 * Holds how series were looked after against the truth: nothing changed inside the freeze, nothing placed again that a
 * person took away or moved without a click on an offered time, at most two automatic moves per session, no session in
 * two states. `autoMoves`: how many sessions we moved by ourselves, by how often.
 */
export function auditCare(
  truth: Truth,
  records: Records,
  dates: readonly BookedDate[],
): { violations: Violation[]; autoMoves: Record<string, number> } {
  const moves = countAutoMoves(truth, records, dates);
  const autoMoves: Record<string, number> = {};
  for (const times of moves.values()) autoMoves[times] = (autoMoves[times] ?? 0) + 1;
  const violations = [
    ...changedWhenFrozen(truth, records),
    ...cancelledWhenFrozen(truth, records, dates),
    ...undoneWithoutClick(truth, records),
    ...movedTooOften(records, moves),
    ...twoStates(records),
  ];
  return { violations, autoMoves };
}

const isOurs = ({ by }: CalendarWrite): boolean => by.startsWith('app:');

/** A date that the pattern puts over something is moved within this time of the booking; until then it does not count. */
export const MOVED_WITHIN = 60 * MINUTE;

/**
 * A move that belongs to the booking: the executive said yes to these very dates, however soon the first one is; the
 * pattern's place was never theirs.
 */
function isOfBooking(write: CalendarWrite, { writes }: Truth, { sessions }: Records): boolean {
  const session = sessions.find((row) => row.eventId === write.eventId);
  const booked = writes.find(({ kind, masterId }) => kind === 'create' && masterId === write.masterId);
  return (
    session !== undefined &&
    booked !== undefined &&
    write.placed[0]?.start === session.plannedStart &&
    write.at - booked.at <= MOVED_WITHIN
  );
}

/** A click on an offered time takes effect within this time. */
const CLICK_WITHIN = 2 * 60 * MINUTE;

/** A move of ours, by nobody's click, to a date that was to begin within the executive's next working day. */
function changedWhenFrozen(truth: Truth, records: Records): Violation[] {
  const found: Violation[] = [];
  // Until somebody moves it, a date is where its series has it.
  const startOf = new Map(
    records.sessions.flatMap((row) =>
      row.eventId === null ? [] : [[row.eventId, row.originalStart as number] as const],
    ),
  );
  const menteeOf = menteesByMaster(records);
  for (const write of truth.writes) {
    if (isOurs(write) && write.kind === 'update' && write.placed.length === 1) {
      const before = startOf.get(write.eventId);
      const mentee = menteeOf.get(write.masterId);
      const isFrozen = before !== undefined && mentee !== undefined && write.at > frozenFrom(before, mentee, truth);
      if (isFrozen && !isOfBooking(write, truth, records) && !wasClicked(records, write, CLICK_WITHIN))
        found.push({
          invariant: 'changedWhenFrozen',
          detail: `${write.eventId} of ${new Date(before).toISOString()} at ${new Date(write.at).toISOString()}`,
        });
    }
    if (write.kind !== 'respond' && write.placed.length === 1) startOf.set(write.eventId, write.placed[0]!.start);
  }
  return found;
}

interface Mentee {
  menteeId: string;
  zone: ZoneId;
}

/** From when on a session is left alone, by the executive's working days. */
function frozenFrom(start: number, { menteeId, zone }: Mentee, { mailboxes }: Truth): number {
  const mailbox = mailboxes.get(menteeId);
  return addWorkingDays(start as Instant, -FREEZE_WORKING_DAYS, zone, mailbox ? hoursAsSeen(mailbox) : null);
}

/** The executive of each series of ours, and the zone that it was made in. */
function menteesByMaster({ series, pairs }: Records): Map<string, Mentee> {
  return new Map(
    series.flatMap(({ eventId, pairId, timeZone }) => {
      const pair = pairs.find((one) => one.pairId === pairId);
      return eventId === null || !pair ? [] : [[eventId, { menteeId: pair.menteeId, zone: timeZone }] as const];
    }),
  );
}

/** A standing date that we took away inside the freeze, by nobody's click, while its series goes on. */
function cancelledWhenFrozen(truth: Truth, records: Records, dates: readonly BookedDate[]): Violation[] {
  const menteeOf = menteesByMaster(records);
  const going = new Set(records.series.flatMap(({ state, eventId }) => (state === 'confirmed' ? eventId : [])));
  const byId = new Map(dates.map((date) => [date.iCalUId, date]));
  return truth.writes.flatMap((write): Violation[] => {
    const date = byId.get(write.iCalUId);
    const mentee = menteeOf.get(write.masterId);
    if (!isOurs(write) || write.kind !== 'cancel' || !date || !mentee || !going.has(write.masterId)) return [];
    const { start } = lastPlace(date);
    const isFrozen = write.at > frozenFrom(start, mentee, truth) && write.at < start;
    const isAnswered = records.offers.some(
      ({ sessionId, state, answeredAt }) =>
        sessionId === date.sessionId &&
        (state === 'answered' || state === 'skipped') &&
        answeredAt !== null &&
        answeredAt <= write.at,
    );
    const isTakenAway =
      fateOf(date, start, write.at) === 'declined' || date.acts.some(({ kind }) => kind === 'declined');
    if (!isFrozen || isAnswered || isTakenAway) return [];
    const detail = `${write.eventId} of ${new Date(start).toISOString()} was cancelled at ${new Date(write.at).toISOString()}`;
    return [{ invariant: 'changedWhenFrozen', detail }];
  });
}

/**
 * How often each date was moved by us without anybody's wish: neither to its agreed place with the booking, nor by a click
 * on an offered time, nor to the time that one of the two had asked for.
 */
function countAutoMoves(truth: Truth, records: Records, dates: readonly BookedDate[]): Map<BookedDate, number> {
  const moves = new Map<BookedDate, number>();
  const byId = new Map(dates.map((date) => [date.iCalUId, date]));
  for (const write of truth.writes) {
    const date = byId.get(write.iCalUId);
    if (!isOurs(write) || write.kind !== 'update' || !date || write.placed.length !== 1) continue;
    const [{ start }] = write.placed as [CalendarWrite['placed'][number]];
    const isAskedFor = date.acts.some((act) => act.at <= write.at && act.start === start);
    if (isAskedFor || isOfBooking(write, truth, records) || wasClicked(records, write, CLICK_WITHIN)) continue;
    moves.set(date, (moves.get(date) ?? 0) + 1);
  }
  return moves;
}

/** Whether somebody chose an offered time for this date before the write, at most so long ago. */
function wasClicked({ sessions, offers }: Records, write: CalendarWrite, within = Infinity): boolean {
  const session = sessions.find((row) => row.eventId === write.eventId);
  return offers.some(
    ({ sessionId, state, answeredAt }) =>
      sessionId === session?.sessionId &&
      state === 'answered' &&
      answeredAt !== null &&
      answeredAt <= write.at &&
      write.at - answeredAt <= within,
  );
}

/** R7: what a person declined, cancelled, deleted or moved stands elsewhere only by a click on an offered time. */
function undoneWithoutClick({ writes }: Truth, records: Records): Violation[] {
  const found: Violation[] = [];
  const takenAway = new Map<string, number>();
  for (const write of writes) {
    if (!isOurs(write)) {
      if (write.kind === 'cancel' || write.kind === 'delete') takenAway.set(write.iCalUId, write.at);
      continue;
    }
    const at = takenAway.get(write.iCalUId);
    if (at === undefined || write.kind !== 'update') continue;
    if (!wasClicked(records, write))
      found.push({ invariant: 'humanUndone', detail: `${write.eventId} was placed again after a person took it away` });
  }
  return found;
}

/** By what calendars show, and by our own count, which may be higher: a move that was refused counts, too. */
function movedTooOften({ sessions }: Records, moves: ReadonlyMap<BookedDate, number>): Violation[] {
  const seen = [...moves].map(([{ sessionId, iCalUId }, times]) => ({ name: sessionId ?? iCalUId, times }));
  const counted = sessions.map(({ sessionId, autoMoves }) => ({ name: sessionId, times: autoMoves }));
  return [...seen, ...counted]
    .filter(({ times }) => times > MOST_AUTO_MOVES)
    .map(({ name, times }) => ({ invariant: 'movedTooOften', detail: `${name}: ${times} automatic moves` }));
}

/** A session is asked about once at a time, and once it is over only if it did not take place. */
export function twoStates({ sessions, offers }: Records): Violation[] {
  const open = new Map<string, number>();
  for (const offer of offers)
    if (offer.state === 'open') open.set(offer.sessionId, (open.get(offer.sessionId) ?? 0) + 1);
  return sessions.flatMap(({ sessionId, held }): Violation[] => {
    const n = open.get(sessionId) ?? 0;
    if (n > 1) return [{ invariant: 'twoStates', detail: `${sessionId} has ${n} open offers` }];
    return n === 1 && held !== 'open' && held !== 'notHeld'
      ? [{ invariant: 'twoStates', detail: `${sessionId} is over and still asked` }]
      : [];
  });
}

/** Somebody's own appointment over a session of ours, as the calendars show it at one moment. */
export interface Clash {
  sessionId: string;
  personId: PersonId;
  /** When the appointment was put there. */
  since: Instant;
}

/**
 * Sessions over which something was put so long ago that a round must have seen it, and that are in no state: neither
 * moved, asked, locked nor lost. An offer counts for what it is about: one that was over before the first of what stands
 * there now was put there is about something else. `dueBy`: when it had to be seen at the latest.
 */
export function findUnattended(
  clashes: readonly (Clash & { dueBy: Instant })[],
  { sessions, offers }: Pick<Records, 'sessions' | 'offers'>,
  now: Instant,
): Violation[] {
  const firstSince = new Map<string, Instant>();
  for (const { sessionId, since } of clashes)
    firstSince.set(sessionId, Math.min(since, firstSince.get(sessionId) ?? since) as Instant);
  return clashes.flatMap(({ sessionId, personId, since, dueBy }): Violation[] => {
    const session = sessions.find((row) => row.sessionId === sessionId);
    if (!session || dueBy > now || session.state !== 'booked' || session.locked) return [];
    const isAsked = offers.some(
      (offer) =>
        offer.sessionId === sessionId && (offer.state === 'open' || offer.askedAt >= firstSince.get(sessionId)!),
    );
    if (isAsked) return [];
    const detail = `${sessionId}: ${personId} is taken since ${new Date(since).toISOString()} (${session.disturbedBy ?? 'unnoticed'})`;
    return [{ invariant: 'unattended', detail }];
  });
}
