import type { HeldState, SessionState } from '../../contract/vocabulary.ts';
import { DAY, plus, type Instant, type ZoneId } from '../time/instant.ts';
import { addWorkingDays } from '../time/working-days.ts';

/** Why a pair is at risk (product.md D4). */
export type MomentumAlarm = 'noFirstSession' | 'longPause' | 'lostSession';

/** A pair without a first session by this day is at risk. */
const FIRST_SESSION_DAYS = 21;
/** So many working days a lost session may stay without a new place. */
const REPLACE_WORKING_DAYS = 10;

export interface PairMomentum {
  agreedAt: Instant;
  everyWeeks: number;
  /** The mentee's zone: working days are counted there. */
  timeZone: ZoneId;
  sessions: readonly {
    state: SessionState;
    held: HeldState;
    startsAt: Instant;
    endsAt: Instant;
    lostAt: Instant | null;
    /** When a date was last put in the place of a lost one. */
    placedAt: Instant | null;
  }[];
}

/**
 * The alarms of one pair now, none for a pair whose sessions are all over. A lost session (cancelled, declined, deleted)
 * counts until another one was placed after its loss, which `lostAt` names.
 */
export function momentumAlarms(pair: PairMomentum, now: Instant): MomentumAlarm[] {
  const { sessions, everyWeeks, timeZone, agreedAt } = pair;
  const isOver = sessions.length > 0 && sessions.every(({ endsAt }) => endsAt <= now);
  if (isOver) return [];
  const alarms: MomentumAlarm[] = [];
  const held = sessions.filter(
    (session) => session.state === 'booked' && session.held !== 'notHeld' && session.endsAt <= now,
  );
  const last = Math.max(...held.map(({ endsAt }) => endsAt));
  if (held.length === 0 && now > plus(agreedAt, FIRST_SESSION_DAYS * DAY)) alarms.push('noFirstSession');
  if (held.length > 0 && now - last > 1.5 * everyWeeks * 7 * DAY) alarms.push('longPause');
  const lastPlaced = Math.max(...sessions.map(({ placedAt }) => placedAt ?? -Infinity));
  const isLost = sessions.some(
    ({ lostAt }) =>
      lostAt !== null && lastPlaced <= lostAt && now > addWorkingDays(lostAt, REPLACE_WORKING_DAYS, timeZone),
  );
  if (isLost) alarms.push('lostSession');
  return alarms;
}
