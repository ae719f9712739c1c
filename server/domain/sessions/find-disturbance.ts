import type { Side } from '../../contract/vocabulary.ts';
import type { Instant } from '../time/instant.ts';
import { compareSession, proposedTimes, type Addresses, type KnownSession, type SeenDate } from './reconcile.ts';

/** What stands against a session now. Acts of people come before what calendars alone show. */
export type Disturbance =
  /** A person moved the organizer's event: it stays where they put it. */
  | { kind: 'moved'; start: Instant; end: Instant }
  /** The organizer's event is gone, cancelled or missing. */
  | { kind: 'cancelled' }
  /** One side took it out of their calendar without an answer (seen with full rights alone). */
  | { kind: 'deleted'; by: Side }
  | { kind: 'declined'; by: Side | 'both' }
  /** A request for another time. `isDeclined`: the one who asks has declined the time that stands. */
  | { kind: 'proposed'; by: Side; start: Instant; end: Instant; isDeclined: boolean }
  /** Something that blocks was put over it later, in the calendars of these. */
  | { kind: 'conflict'; of: readonly Side[] };

/** What the calendars of the two show of one session, besides the organizer's own date. */
export interface SeenInCalendars {
  /** Sides whose calendar has something blocking over the session. */
  clashes: readonly Side[];
  /** A side's own copy, with full rights: `elsewhere` differs from the organizer's date, `gone` was seen before. */
  copies?: Partial<Record<Side, { kind: 'elsewhere'; start: Instant; end: Instant } | { kind: 'gone' }>>;
}

const SIDES: readonly Side[] = ['mentee', 'mentor'];

/**
 * The one thing that stands against a session, or null. What people did to the organizer's event counts first, then what
 * they answered or asked for, then their own copies (reliability.md F30), last a conflict. While we write to the date
 * ourselves nothing but its loss is believed: the copies are still on their way.
 */
export function findDisturbance(
  known: KnownSession,
  seen: SeenDate,
  addresses: Addresses,
  { clashes, copies = {} }: SeenInCalendars,
): Disturbance | null {
  const change = compareSession(known, seen, addresses);
  const request = known.isWriting ? undefined : requestOf(seen, addresses, copies);
  switch (change.kind) {
    case 'cancelled':
    case 'deleted':
      return { kind: 'cancelled' };
    case 'moved':
      return change;
    case 'declined':
      return request?.by === change.by ? { ...request, isDeclined: true } : change;
    case 'unchanged':
      break;
  }
  if (known.state !== 'booked') return null;
  const gone = SIDES.find((side) => copies[side]?.kind === 'gone');
  if (gone) return { kind: 'deleted', by: gone };
  if (request) return { ...request, isDeclined: false };
  return clashes.length > 0 && !known.isWriting ? { kind: 'conflict', of: clashes } : null;
}

interface Request {
  kind: 'proposed';
  by: Side;
  start: Instant;
  end: Instant;
}

/** The time that one of the two asks for, the executive's first: a proposal, or an own copy at another time. */
function requestOf(
  seen: SeenDate,
  addresses: Addresses,
  copies: NonNullable<SeenInCalendars['copies']>,
): Request | undefined {
  const proposals = proposedTimes(seen, addresses);
  for (const by of SIDES) {
    const proposal = proposals.find((one) => one.by === by);
    if (proposal) return { kind: 'proposed', ...proposal };
    const copy = copies[by];
    if (copy?.kind === 'elsewhere') return { kind: 'proposed', by, start: copy.start, end: copy.end };
  }
  return undefined;
}

/** Names a disturbance: as long as it stays the same, nobody is asked again. // => 'proposed:1796112000000' */
export const keyOf = (disturbance: Disturbance): string =>
  disturbance.kind === 'proposed' ? `proposed:${disturbance.start}` : disturbance.kind;
