import type { Side } from '../../contract/vocabulary.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { isBlocking } from '../../domain/slots/is-still-free.ts';
import { DAY, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, OwnItem, WantedView } from '../../ports.ts';
import type { StandingSession } from './match-dates.ts';

/** What one side's own calendar shows of a session: its copy of it, and whether something else lies over it. */
export interface OwnLook {
  isClashing: boolean;
  /** Null: no copy in the days around the session. */
  copy: { start: Instant; end: Instant } | null;
}

/** Own calendars are read only so far around our sessions (reliability.md R6 b). */
const AROUND = 3 * DAY;

export const lookKey = (sessionId: string, side: Side): string => `${sessionId}:${side}`;

/**
 * With full rights: what the own calendars of both show around their sessions, 20 parts in a call. A calendar that may not
 * be read is left out; `notBefore`: ask again then.
 */
export async function readCopies(
  calendar: Calendar,
  tenantId: TenantId,
  sessions: readonly StandingSession[],
): Promise<Map<string, OwnLook> | { notBefore: Instant }> {
  const asked: { key: string; one: StandingSession; view: WantedView }[] = [];
  for (const one of sessions) {
    for (const side of ['mentee', 'mentor'] as const) {
      const mailbox = side === 'mentee' ? one.pair.menteeId : one.pair.mentorId;
      const { sessionId, startsAt, endsAt } = one.session;
      const view = { mailbox, from: plus(startsAt, -AROUND), to: plus(endsAt, AROUND) };
      asked.push({ key: lookKey(sessionId, side), one, view });
    }
  }
  const views = await calendar.readViews(
    tenantId,
    asked.map(({ view }) => view),
  );
  const looks = new Map<string, OwnLook>();
  for (const [index, view] of views.entries()) {
    const { key, one } = asked[index]!;
    if (view.outcome === 'later') return { notBefore: view.notBefore };
    if (view.outcome === 'done') looks.set(key, lookAt(view.value, one));
  }
  return looks;
}

/** Our own item is told by its iCalUId, which is equal in every mailbox (platform.md correction 3). */
function lookAt(items: readonly OwnItem[], { session, seen }: StandingSession): OwnLook {
  const live = items.filter(({ isCancelled }) => !isCancelled);
  const own = live.find(({ iCalUId }) => iCalUId === session.icalUid);
  const isClashing = live.some(
    (item) => item !== own && item.start < seen.end && seen.start < item.end && isBlocking(item.status, true),
  );
  return { isClashing, copy: own ? { start: own.start, end: own.end } : null };
}
