import type { Side } from '../../contract/vocabulary.ts';
import { isStillFree } from '../slots/is-still-free.ts';
import { isWithinHours } from '../slots/is-within-hours.ts';
import type { Instant } from '../time/instant.ts';
import { localDate } from '../time/wall-time.ts';
import { keyOf, type Disturbance } from './find-disturbance.ts';
import { isFrozen } from './freeze.ts';
import { otherStarts, type OtherStartsSearch } from './other-starts.ts';

/** A session is moved by us so often at most; then the people are asked (product.md D4). */
export const MOST_AUTO_MOVES = 2;

/** A disturbed session, with what was decided about it before and what a new time has to keep to. */
export interface CareCase extends OtherStartsSearch {
  disturbance: Disturbance;
  /** The agreement lets a session move by itself within its week. */
  movesAllowed: boolean;
  /** A person moved it, or said that it stays: later repairs leave it alone. */
  locked: boolean;
  autoMoves: number;
  /** Key of what stood against it at the last look (`keyOf`). */
  disturbedBy: string | null;
  /** The mentor's own mailbox holds the series: what is cancelled there, the mentor cancelled. */
  isMentorOrganizer: boolean;
}

/**
 * What happens to a disturbed session: left alone, locked where a person put it, skipped (lost), moved by itself, moved
 * because one of the two asked for it, or asked about. `starts`: to be offered; null: nobody is asked.
 */
export type CareDecision =
  | { kind: 'nothing'; because: 'frozen' | 'asked' | 'locked' }
  | { kind: 'lock'; start: Instant; end: Instant }
  | { kind: 'skip'; state: 'cancelled' | 'deleted' | 'declined'; by: Side | 'both' | null; starts: Instant[] | null }
  | { kind: 'moveBySelf'; start: Instant }
  | { kind: 'follow'; start: Instant; by: Side }
  | { kind: 'ask'; starts: Instant[]; isDeclined: boolean; by: Side | null };

/** Whether a decision about this needs both calendars: only then are they read. */
export const needsTimes = (disturbance: Disturbance, isMentorOrganizer: boolean): boolean =>
  disturbance.kind === 'conflict' ||
  disturbance.kind === 'proposed' ||
  (disturbance.kind === 'cancelled' && isMentorOrganizer) ||
  ((disturbance.kind === 'declined' || disturbance.kind === 'deleted') && disturbance.by === 'mentor');

/**
 * Exactly one decision for each disturbed session (product.md D4, reliability.md R7). A human's act is recorded as it is
 * and never undone; a request is followed where the other side is free; a hard conflict moves the session by itself only
 * where the agreement allows it, at most twice, in the same week, never within 24 h; everything else is asked, once.
 */
export function decideCare(given: CareCase): CareDecision {
  const { disturbance } = given;
  switch (disturbance.kind) {
    case 'moved':
      return { kind: 'lock', start: disturbance.start, end: disturbance.end };
    case 'cancelled':
      return lost(given, 'cancelled', given.isMentorOrganizer ? 'mentor' : null);
    case 'deleted':
      return lost(given, 'deleted', disturbance.by);
    case 'declined':
      return lost(given, 'declined', disturbance.by);
    case 'proposed':
      return decideRequest(given, disturbance);
    case 'conflict':
      return decideConflict(given);
  }
}

/** Only what the mentor took back is asked about: an executive who cannot come is left in peace. */
function lost(given: CareCase, state: 'cancelled' | 'deleted' | 'declined', by: Side | 'both' | null): CareDecision {
  return { kind: 'skip', state, by, starts: by === 'mentor' ? alternatives(given) : null };
}

function decideRequest(given: CareCase, request: Extract<Disturbance, { kind: 'proposed' }>): CareDecision {
  const { session, mentee, now, disturbedBy } = given;
  const isCold = isFrozen(session.start, now, mentee.timeZone, mentee.workingHours);
  if (request.isDeclined && isCold) return lost(given, 'declined', request.by);
  if (disturbedBy === keyOf(request)) return { kind: 'nothing', because: 'asked' };
  if (isCold) return { kind: 'nothing', because: 'frozen' };
  if (canFollow(given, request)) return { kind: 'follow', start: request.start, by: request.by };
  return { kind: 'ask', starts: alternatives(given), isDeclined: request.isDeclined, by: request.by };
}

/** The other side is at work and free then, and order, spacing and freeze allow it. Who asks knows their own calendar best. */
function canFollow(
  { session, previous, next, mentee, mentor, held, tentativeIsFree, now }: CareCase,
  { by, start }: { by: Side; start: Instant },
): boolean {
  const end = (start + session.end - session.start) as Instant;
  const other = by === 'mentor' ? mentee : mentor;
  const day = localDate(start, mentee.timeZone);
  if (other.busy === null || start <= now) return false;
  if (previous !== null && day <= localDate(previous, mentee.timeZone)) return false;
  if (next !== null && day >= localDate(next, mentee.timeZone)) return false;
  if (isFrozen(start, now, mentee.timeZone, mentee.workingHours)) return false;
  if (held.some((span) => span.start < end && start < span.end)) return false;
  // An empty evening is not an offer to work in it.
  if (!isWithinHours([{ start, end }], other.timeZone, other.workingHours)) return false;
  return isStillFree([{ start, end }], other.busy, { tentativeIsFree, ours: [session] });
}

function decideConflict(given: CareCase): CareDecision {
  const { session, mentee, now, disturbance } = given;
  if (given.locked) return { kind: 'nothing', because: 'locked' };
  if (given.disturbedBy === keyOf(disturbance)) return { kind: 'nothing', because: 'asked' };
  if (isFrozen(session.start, now, mentee.timeZone, mentee.workingHours)) return { kind: 'nothing', because: 'frozen' };
  const mayMove = given.movesAllowed && given.autoMoves < MOST_AUTO_MOVES;
  const [nearest] = mayMove ? otherStarts(given, { sameWeek: true }) : [];
  if (nearest !== undefined) return { kind: 'moveBySelf', start: nearest };
  return { kind: 'ask', starts: alternatives(given), isDeclined: false, by: null };
}

const alternatives = (given: CareCase): Instant[] => otherStarts(given);
