import type { PersonId } from '../domain/people/person.ts';
import { MINUTE, type Instant, type ZoneId } from '../domain/time/instant.ts';
import { addWorkingDays } from '../domain/time/working-days.ts';
import type { CalendarWrite } from '../sandbox/world.ts';
import type { Violation } from './audit.ts';
import type { Records } from './records.ts';
import type { Truth } from './truth.ts';

/** No automatic change within so many of the executive's working days before a session (product.md D4). */
const FREEZE_WORKING_DAYS = 1;

/**
 * Holds how series were looked after against the truth: nothing changed inside the freeze, nothing placed again that a
 * person took away or moved without a click on an offered time, at most two automatic moves per session, no session in
 * two states.
 */
export function auditCare(truth: Truth, records: Records): Violation[] {
  return [
    ...changedWhenFrozen(truth, records),
    ...undoneWithoutClick(truth, records),
    ...movedTooOften(records),
    ...twoStates(records),
  ];
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
  const zoneOf = zonesByMaster(records);
  for (const write of truth.writes) {
    if (isOurs(write) && write.kind === 'update' && write.placed.length === 1) {
      const before = startOf.get(write.eventId);
      const zone = zoneOf.get(write.masterId);
      const isFrozen = before !== undefined && zone !== undefined && write.at > frozenFrom(before, zone);
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

const frozenFrom = (start: number, zone: ZoneId): number =>
  addWorkingDays(start as Instant, -FREEZE_WORKING_DAYS, zone, null);

/** The executive's zone for each series of ours. */
function zonesByMaster({ series }: Records): Map<string, ZoneId> {
  return new Map(series.flatMap((row) => (row.eventId === null ? [] : [[row.eventId, row.timeZone] as const])));
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

function movedTooOften({ sessions }: Records): Violation[] {
  return sessions
    .filter(({ autoMoves }) => autoMoves > 2)
    .map(({ sessionId, autoMoves }) => ({
      invariant: 'movedTooOften',
      detail: `${sessionId}: ${autoMoves} automatic moves`,
    }));
}

/** A session is asked about once at a time, and once it is over only if it did not take place. */
function twoStates({ sessions, offers }: Records): Violation[] {
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
 * moved, asked, locked nor lost. `dueBy`: when it had to be seen at the latest.
 */
export function findUnattended(
  clashes: readonly (Clash & { dueBy: Instant })[],
  { sessions, offers }: Pick<Records, 'sessions' | 'offers'>,
  now: Instant,
): Violation[] {
  return clashes.flatMap(({ sessionId, personId, since, dueBy }): Violation[] => {
    const session = sessions.find((row) => row.sessionId === sessionId);
    if (!session || dueBy > now || session.state !== 'booked') return [];
    const isCared =
      session.locked || session.disturbedBy !== null || offers.some((offer) => offer.sessionId === sessionId);
    return isCared
      ? []
      : [
          {
            invariant: 'unattended',
            detail: `${sessionId}: ${personId} is taken since ${new Date(since).toISOString()}`,
          },
        ];
  });
}
