import { keepCare, loadCare, loadWriting, type SessionCare } from '../../db/session-care.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import type { SeriesRow, SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { findDisturbance, type Disturbance } from '../../domain/sessions/find-disturbance.ts';
import type { SeenDate } from '../../domain/sessions/reconcile.ts';
import { MINUTE, type Instant } from '../../domain/time/instant.ts';
import { isAsBefore, type DisturbedSession } from './look-after-sessions.ts';
import type { MatchedDates, StandingSession } from './match-dates.ts';
import { withdrawOffer } from './offer-new-time.ts';
import type { Clashes } from './read-clashes.ts';
import { lookKey } from './read-copies.ts';

/** What we changed ourselves takes some minutes to reach everybody's copies; until then they prove nothing. */
const SETTLING = 10 * MINUTE;

/**
 * What newly stands against sessions; where that is over, the offer about it is taken back. Mostly there is nothing, and
 * then what was known before the calendars were read says so without another look at the database.
 */
export async function findDisturbed(
  { db }: { db: Database },
  tenant: TenantRow,
  matched: Pick<MatchedDates, 'standing' | 'care' | 'writing'>,
  clashes: Clashes,
  now: Instant,
): Promise<[SeriesRow, DisturbedSession][]> {
  const { standing } = matched;
  if (clashes.copies.size === 0 && standing.every((one) => isQuiet(one, matched, clashes, now))) return [];
  return inTenant(db, tenant.tenantId, async (tx) => {
    const writing = await loadWriting(tx, now);
    const care = await loadCare(
      tx,
      standing.map(({ session }) => session.sessionId),
    );
    const found: [SeriesRow, DisturbedSession][] = [];
    for (const one of standing) {
      const { series, session, seen } = one;
      const known = care.get(session.sessionId);
      if (!known) continue;
      const isWriting = writing.has(session.sessionId);
      const isSettled = now - known.changedAt >= SETTLING;
      const copies = isSettled && !isWriting ? await judgeCopies(tx, { session, seen, known, clashes, now }) : {};
      const disturbance = disturbanceOf(one, { known, isWriting, clashes, copies: copies.sure ?? {} }, now);
      if (copies.isWaiting && !disturbance) continue;
      if (disturbance) {
        if (!isAsBefore(disturbance, known)) found.push([series, { session, disturbance }]);
      } else if (isOver(one, { known, isWriting, clashes }, now)) {
        await keepCare(tx, session.sessionId, { disturbedBy: null });
        await withdrawOffer(tx, { tenant }, session.sessionId, now);
      }
    }
    return found;
  });
}

interface Known {
  known: SessionCare;
  isWriting: boolean;
  clashes: Clashes;
}

function disturbanceOf(
  { session, seen, pair }: StandingSession,
  { known, isWriting, clashes, copies }: Known & { copies: Copies },
  now: Instant,
): Disturbance | null {
  const isSettled = now - known.changedAt >= SETTLING;
  const looked = clashes.bySession.get(session.sessionId) ?? [];
  return findDisturbance({ ...session, isWriting }, seen, pair.addresses, { clashes: isSettled ? looked : [], copies });
}

/** Whether nothing stands any more against a session against which something stood. */
function isOver({ session }: StandingSession, { known, isWriting, clashes }: Known, now: Instant): boolean {
  if (known.disturbedBy === null || isWriting || now - known.changedAt < SETTLING) return false;
  return known.disturbedBy !== 'conflict' || clashes.bySession.has(session.sessionId);
}

/** Whether nothing is to be done about a session, by what was known of it. */
function isQuiet(
  one: StandingSession,
  { care, writing }: Pick<MatchedDates, 'care' | 'writing'>,
  clashes: Clashes,
  now: Instant,
): boolean {
  const known = care.get(one.session.sessionId);
  if (!known) return false;
  const what = { known, isWriting: writing.has(one.session.sessionId), clashes };
  const disturbance = disturbanceOf(one, { ...what, copies: {} }, now);
  return disturbance ? isAsBefore(disturbance, known) : !isOver(one, what, now);
}

type Copies = NonNullable<Parameters<typeof findDisturbance>[3]['copies']>;
/** Key while a copy is missing for the first time: its answer may still be on its way to the organizer. */
const MISSING = 'copyMissing';

/**
 * What the own copies say, with full rights (platform.md correction 10): one never seen is still on its way; one at another
 * time is a request; one that was seen, and is missing at two looks without an answer, was deleted silently.
 */
async function judgeCopies(
  tx: TenantTransaction,
  {
    session,
    seen,
    known,
    clashes,
    now,
  }: { session: SessionRow; seen: SeenDate; known: SessionCare; clashes: Clashes; now: Instant },
): Promise<{ sure?: Copies; isWaiting?: boolean }> {
  const sure: Copies = {};
  let isWaiting = false;
  for (const side of ['mentee', 'mentor'] as const) {
    const copy = clashes.copies.get(lookKey(session.sessionId, side));
    if (copy === undefined) continue;
    const seenAt = side === 'mentee' ? known.menteeCopySeenAt : known.mentorCopySeenAt;
    if (copy === null) {
      if (seenAt === null) continue;
      if (known.disturbedBy === MISSING) sure[side] = { kind: 'gone' };
      else isWaiting = true;
    } else {
      if (seenAt === null)
        await keepCare(
          tx,
          session.sessionId,
          side === 'mentee' ? { menteeCopySeenAt: now } : { mentorCopySeenAt: now },
        );
      if (copy.start !== seen.start || copy.end !== seen.end) sure[side] = { kind: 'elsewhere', ...copy };
    }
  }
  if (isWaiting) await keepCare(tx, session.sessionId, { disturbedBy: MISSING });
  return { sure, isWaiting };
}
