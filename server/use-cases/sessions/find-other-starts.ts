import type { Database } from '../../db/schema.ts';
import { findSeries, loadSessions, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { findNeighbors } from '../../domain/sessions/find-neighbors.ts';
import { otherStarts, windowOfOtherStarts } from '../../domain/sessions/other-starts.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Later } from '../../ports.ts';
import { loadCareContext, loadHeldTimes, type CareContext } from './care-context.ts';
import { readTimes } from './read-times.ts';

/** Other times for one session, and all that is known of it. */
export interface FoundStarts {
  outcome: 'done';
  session: SessionRow;
  context: CareContext;
  starts: Instant[];
}

/**
 * Other times for one session, as both calendars stand now; `later` when they cannot be read right now, undefined when one of
 * the two is not in the cohort any more.
 */
export async function findOtherStarts(
  { db, calendar, clock }: { db: Database; calendar: Calendar; clock: Pick<Clock, 'track'> },
  tenant: TenantRow,
  sessionId: string,
  now: Instant,
): Promise<FoundStarts | Later | undefined> {
  const known = await inTenant(db, tenant.tenantId, async (tx) => {
    const [session] = await loadSessions(tx, { sessionIds: [sessionId] });
    const series = session && (await findSeries(tx, session.seriesId));
    const context = series && (await loadCareContext(tx, tenant, series));
    return session && context && { session, context, held: await loadHeldTimes(tx, context, session, now) };
  });
  if (!known) return undefined;
  const { session, context, held } = known;
  const span = { start: session.startsAt, end: session.endsAt };
  const read = await readTimes(calendar, tenant, context, windowOfOtherStarts(span, now), now, clock);
  if (read.outcome === 'later') return read;
  const { tentativeIsFree } = context;
  const neighbors = findNeighbors(context.sessions, session);
  const starts = otherStarts({ session: span, ...neighbors, ...read.value, held, tentativeIsFree, now });
  return { outcome: 'done', session, context, starts };
}
