import type { HeldState, ParticipantState, SessionState, Side } from '../../contract/vocabulary.ts';
import { judgeFeedback } from '../sessions/feedback.ts';
import type { Instant } from '../time/instant.ts';

export interface CountedSession {
  state: SessionState;
  held: HeldState;
  startsAt: Instant;
  endsAt: Instant;
}

/** Booked, held and confirmed are three things (product.md F2). */
export interface SessionCounts {
  /** Standing in the calendars, past ones included. */
  booked: number;
  /** Over, and nobody said that they did not take place: presumed or confirmed. */
  held: number;
  /** Held by the word of at least one person. */
  confirmed: number;
}

/** Counts sessions as they stand at an instant. */
export function countSessions(sessions: readonly CountedSession[], now: Instant): SessionCounts {
  const booked = sessions.filter(({ state }) => state === 'booked');
  const held = booked.filter((session) => session.endsAt <= now && session.held !== 'notHeld');
  return {
    booked: booked.length,
    held: held.length,
    confirmed: held.filter((session) => session.held === 'confirmed').length,
  };
}

/** The start of the next session that stands, or null. */
export function nextSession(sessions: readonly CountedSession[], now: Instant): Instant | null {
  const coming = sessions
    .filter(({ state, endsAt }) => state === 'booked' && endsAt > now)
    .map(({ startsAt }) => startsAt);
  return coming.reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);
}

/** How many of a pair's feedback questions may be answered now and are not: asked ones alone. */
export const countWaiting = (
  requests: readonly { state: 'planned' | 'asked' | 'answered' | 'closed' | 'skipped'; session: CountedSession }[],
  now: Instant,
): number =>
  requests.filter(({ state, session }) => state === 'asked' && judgeFeedback(session, now) === 'open').length;

/** Participants per side and state, in the order of the first of each. */
export function countParticipants(
  participants: readonly { side: Side; state: ParticipantState }[],
): { side: Side; state: ParticipantState; count: number }[] {
  const counts = new Map<string, { side: Side; state: ParticipantState; count: number }>();
  for (const { side, state } of participants) {
    const entry = counts.get(`${side}:${state}`);
    if (entry) entry.count++;
    else counts.set(`${side}:${state}`, { side, state, count: 1 });
  }
  return [...counts.values()];
}
