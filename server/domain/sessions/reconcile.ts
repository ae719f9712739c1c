import type { SessionState, Side } from '../../contract/vocabulary.ts';
import type { Instant } from '../time/instant.ts';

/** A session as it is stored. */
export interface KnownSession {
  state: SessionState;
  startsAt: Instant;
  endsAt: Instant;
  /** A write of ours to this date is planned or not yet confirmed: until then another time is no act of a person. */
  isWriting?: boolean;
}

/** The same date in the organizer's calendar. */
export interface SeenDate {
  start: Instant;
  end: Instant;
  isCancelled: boolean;
  answers: readonly {
    address: string;
    response: 'none' | 'organizer' | 'tentativelyAccepted' | 'accepted' | 'declined' | 'notResponded';
    proposed: { start: Instant; end: Instant } | null;
  }[];
}

type Both = Readonly<Record<Side, string | null>>;
/** Where invitations of the two go, and went before their addresses changed (F36); letter case does not matter. */
export type Addresses = Both & { readonly former?: Both };

/** What people did to a session. It is recorded and never undone (reliability.md R7). */
export type SessionChange =
  | { kind: 'unchanged' }
  | { kind: 'deleted' }
  | { kind: 'cancelled' }
  | { kind: 'declined'; by: Side | 'both' }
  | { kind: 'moved'; start: Instant; end: Instant };

/**
 * Holds a stored session against the organizer's calendar. A session that will not take place (deleted, cancelled,
 * declined) is told before one at another time: its time matters to nobody. `seen` null: surely missing (R6: its own
 * read said 404), never merely not found in a list.
 */
export function compareSession(known: KnownSession, seen: SeenDate | null, addresses: Addresses): SessionChange {
  const isLost = known.state === 'deleted' || known.state === 'cancelled';
  if (seen === null) return isLost || known.isWriting ? { kind: 'unchanged' } : { kind: 'deleted' };
  if (seen.isCancelled) return isLost ? { kind: 'unchanged' } : { kind: 'cancelled' };
  const sides = sidesOf(seen, addresses);
  const declined = (side: Side): boolean =>
    seen.answers.some((answer, index) => answer.response === 'declined' && sides[index] === side);
  const [mentor, mentee] = [declined('mentor'), declined('mentee')];
  if (mentor || mentee) {
    return known.state === 'declined'
      ? { kind: 'unchanged' }
      : { kind: 'declined', by: mentor && mentee ? 'both' : mentor ? 'mentor' : 'mentee' };
  }
  const isElsewhere = seen.start !== known.startsAt || seen.end !== known.endsAt;
  return isElsewhere && !known.isWriting ? { kind: 'moved', start: seen.start, end: seen.end } : { kind: 'unchanged' };
}

/** The other times that the two propose for this date. Each is a request; the date stands until the organizer's event moves. */
export function proposedTimes(seen: SeenDate, addresses: Addresses): { by: Side; start: Instant; end: Instant }[] {
  const sides = sidesOf(seen, addresses);
  return seen.answers.flatMap(({ proposed }, index) => {
    const by = sides[index] ?? null;
    if (by === null || proposed === null) return [];
    return proposed.start === seen.start && proposed.end === seen.end ? [] : [{ by, ...proposed }];
  });
}

/** Whether this side has accepted the date, as far as the organizer knows. */
export function hasAccepted(seen: SeenDate, addresses: Addresses, side: Side): boolean {
  const sides = sidesOf(seen, addresses);
  return seen.answers.some(({ response }, index) => response === 'accepted' && sides[index] === side);
}

/**
 * Whose answer each is; null: neither's. The invitation keeps the address it was sent to when somebody's address changes
 * (reliability.md F36), so of two guests the one who is not known by address is the other side.
 */
function sidesOf({ answers }: SeenDate, addresses: Addresses): (Side | null)[] {
  const sides = answers.map(({ address }) => sideOf(address, addresses));
  const guests = answers.flatMap(({ response }, index) => (response === 'organizer' ? [] : [index]));
  const [first, second] = guests;
  if (guests.length !== 2 || first === undefined || second === undefined) return sides;
  const other = (side: Side): Side => (side === 'mentor' ? 'mentee' : 'mentor');
  if (sides[first] && !sides[second]) sides[second] = other(sides[first]);
  else if (sides[second] && !sides[first]) sides[first] = other(sides[second]);
  return sides;
}

function sideOf(address: string, addresses: Addresses): Side | null {
  const wanted = address.toLowerCase();
  // An address that somebody else has by now is theirs.
  for (const known of [addresses, addresses.former])
    for (const side of ['mentor', 'mentee'] as const) if (known?.[side]?.toLowerCase() === wanted) return side;
  return null;
}
