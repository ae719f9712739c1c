import { movePair } from '../../db/pairs.ts';
import { addToRunLog } from '../../db/run-log.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { loadSessions, updateSession, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { SessionChange } from '../../domain/sessions/reconcile.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { feedbackDue } from '../slots/plan-series.ts';
import { tellOfChange } from './tell-of-change.ts';

/** Records what a person did to a session, and tells the other one; false when there was nothing to record. */
export async function recordSessionChange(
  tx: TenantTransaction,
  tenant: TenantRow,
  series: SeriesRow,
  session: SessionRow,
  change: SessionChange,
  now: Instant,
): Promise<boolean> {
  if (change.kind === 'unchanged') return false;
  // What was held stays held: an act after the feedback question was asked changes nothing about the past.
  if (session.held !== 'open' && change.kind !== 'moved') return false;
  if (change.kind === 'moved') {
    await updateSession(tx, session.sessionId, {
      startsAt: change.start,
      endsAt: change.end,
      locked: true,
      wasMoved: true,
      movedBy: 'person',
      ...(session.held === 'open' ? { feedbackDueAt: feedbackDue(change.end) } : {}),
      now,
    });
  } else {
    await updateSession(tx, session.sessionId, {
      state: change.kind === 'declined' ? 'declined' : change.kind === 'deleted' ? 'deleted' : 'cancelled',
      cause: change.kind === 'declined' ? `declinedBy:${change.by}` : 'person',
      feedbackDueAt: null,
      now,
    });
    await pauseWhenNothingIsLeft(tx, tenant, series, now);
  }
  await tellOfChange(tx, tenant, session, change, now);
  await addToRunLog(tx, tenant.tenantId, { at: now, kind: 'sessionChanged', subjectId: session.sessionId });
  return true;
}

/** Nothing to come stands any more: the pair rests, and nothing new is booked without a click (F29). */
async function pauseWhenNothingIsLeft(
  tx: TenantTransaction,
  tenant: TenantRow,
  series: SeriesRow,
  now: Instant,
): Promise<void> {
  const sessions = await loadSessions(tx, { seriesId: series.seriesId });
  const ahead = sessions.filter((session) => session.startsAt > now);
  if (ahead.length === 0 || ahead.some((session) => session.state === 'booked' || session.state === 'planned')) return;
  await pausePair(tx, tenant, series, now);
}

/** The pair rests until somebody asks for more; the run log says so. */
export async function pausePair(
  tx: TenantTransaction,
  tenant: TenantRow,
  series: SeriesRow,
  now: Instant,
): Promise<void> {
  const isPaused = await movePair(tx, series.pairId, 'suspend', { now });
  if (isPaused) await addToRunLog(tx, tenant.tenantId, { at: now, kind: 'pairPaused', subjectId: series.pairId });
}
