import { planWrite } from '../../db/calendar-writes.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { keepCare, type SessionCare } from '../../db/session-care.ts';
import { updateSession, type SessionRow } from '../../db/sessions.ts';
import type { CalendarWriteData } from '../../db/tables/calendar.ts';
import type { CareDecision } from '../../domain/sessions/decide-care.ts';
import { keyOf, type Disturbance } from '../../domain/sessions/find-disturbance.ts';
import { plus, type Instant } from '../../domain/time/instant.ts';
import { feedbackDue } from '../slots/plan-series.ts';
import type { CareContext } from './care-context.ts';
import { beginAttempt } from './begin-attempt.ts';
import { offerNewTime, withdrawOffer } from './offer-new-time.ts';
import { tellOfChange } from './tell-of-change.ts';

/** A disturbed session and what was decided about it. */
export interface DecidedCare {
  context: CareContext;
  session: SessionRow;
  care: SessionCare;
  disturbance: Disturbance;
  decision: CareDecision;
}

/** Records a decision with everything that follows from it, in one transaction: state, intent to write, offer, cards. */
export async function recordCare(tx: TenantTransaction, decided: DecidedCare, now: Instant): Promise<void> {
  const { context, session, decision, disturbance } = decided;
  switch (decision.kind) {
    case 'nothing':
      if (decided.care.disturbedBy === keyOf(disturbance)) return;
      return keepCare(tx, session.sessionId, { disturbedBy: keyOf(disturbance) });
    case 'lock':
      return recordMove(tx, decided, decision, now);
    case 'skip':
      return recordLoss(tx, decided, decision, now);
    case 'moveBySelf':
      return moveBySelf(tx, decided, decision.start, now);
    case 'follow':
      await planMove(tx, context, session, decision.start, {
        tell: { sides: ['mentor', 'mentee'], why: 'request' },
        now,
      });
      await withdrawOffer(tx, context, session.sessionId, now);
      // What a person asked for counts as moved by a person: later repairs leave it alone (reliability.md F30).
      await updateSession(tx, session.sessionId, { locked: true, movedBy: `request:${decision.by}`, now });
      return keepCare(tx, session.sessionId, { disturbedBy: keyOf(disturbance) });
    case 'ask': {
      if (decision.isDeclined) await lose(tx, session, 'declined', `declinedBy:${decision.by ?? ''}`, now);
      await keepCare(tx, session.sessionId, { disturbedBy: keyOf(disturbance) });
      const state = decision.isDeclined ? ('declined' as const) : session.state;
      const because = disturbance.kind === 'conflict' ? ('conflict' as const) : ('proposed' as const);
      return offerNewTime(tx, context, { ...session, state }, { because, starts: decision.starts, now });
    }
  }
}

async function recordMove(
  tx: TenantTransaction,
  { context, session }: DecidedCare,
  { start, end }: { start: Instant; end: Instant },
  now: Instant,
): Promise<void> {
  await withdrawOffer(tx, context, session.sessionId, now);
  // Whoever moves a date that did not take place to one to come holds it again.
  const again = session.held === 'notHeld' && start > now ? await beginAttempt(tx, session, now) : null;
  await updateSession(tx, session.sessionId, {
    ...again,
    startsAt: start,
    endsAt: end,
    locked: true,
    wasMoved: true,
    movedBy: 'person',
    ...(session.held === 'open' || again ? { feedbackDueAt: feedbackDue(end) } : {}),
    now,
  });
  await keepCare(tx, session.sessionId, { disturbedBy: null });
  await tellOfChange(tx, context, session, { newStart: start }, ['mentor'], now);
}

/** A session that will not take place: told to the other side, and only what the mentor took back is asked about. */
async function recordLoss(
  tx: TenantTransaction,
  { context, session, disturbance }: DecidedCare,
  { state, by, starts }: Extract<CareDecision, { kind: 'skip' }>,
  now: Instant,
): Promise<void> {
  await withdrawOffer(tx, context, session.sessionId, now);
  await lose(tx, session, state, by === null ? 'person' : `${state}By:${by}`, now);
  await keepCare(tx, session.sessionId, { disturbedBy: keyOf(disturbance) });
  if (starts !== null && starts.length > 0 && session.endsAt > now)
    return offerNewTime(tx, context, { ...session, state }, { because: 'declined', starts, now });
  await tellOfChange(tx, context, session, { newStart: null }, [by === 'mentor' ? 'mentee' : 'mentor'], now);
}

/** The session is lost in our books; its date in the calendar is left as the person left it. */
export const lose = (
  tx: TenantTransaction,
  session: Pick<SessionRow, 'sessionId'>,
  state: 'cancelled' | 'deleted' | 'declined',
  cause: string,
  now: Instant,
): Promise<void> => updateSession(tx, session.sessionId, { state, cause, feedbackDueAt: null, now });

async function moveBySelf(
  tx: TenantTransaction,
  { context, session, care }: DecidedCare,
  start: Instant,
  now: Instant,
): Promise<void> {
  await withdrawOffer(tx, context, session.sessionId, now);
  await keepCare(tx, session.sessionId, { disturbedBy: null, autoMoves: care.autoMoves + 1 });
  // A move that is refused counts, too, so that people are asked next.
  await planMove(tx, context, session, start, { tell: { sides: ['mentor', 'mentee'], why: 'conflict' }, now });
}

/**
 * Stores the intent to move a standing date; false when the same move is planned already. People are told when the calendar
 * has it, and not before.
 */
export const planMove = (
  tx: TenantTransaction,
  { tenant, series }: CareContext,
  session: SessionRow,
  start: Instant,
  { tell, now }: { tell: NonNullable<CalendarWriteData['tell']>; now: Instant },
): Promise<boolean> =>
  planWrite(tx, {
    tenantId: tenant.tenantId,
    salt: tenant.salt,
    organizerId: series.organizerId,
    seriesId: series.seriesId,
    sessionId: session.sessionId,
    kind: 'moveDate',
    data: { start, end: plus(start, session.endsAt - session.startsAt), tell },
    now,
  });
