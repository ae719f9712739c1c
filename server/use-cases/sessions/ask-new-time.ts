import { executivesOf } from '../../db/assistants.ts';
import { findPair, type PairRow } from '../../db/pairs.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { findOffer } from '../../db/session-offers.ts';
import { findSeries, isSeriesEnding, loadSessions, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import { can } from '../../domain/access.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { isFrozen } from '../../domain/sessions/freeze.ts';
import { isStanding } from '../../domain/sessions/is-standing.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Calendar, Clock } from '../../ports.ts';
import { loadCareContext, type CareContext } from './care-context.ts';
import { findOtherStarts } from './find-other-starts.ts';
import { subjectOf } from './load-own-session.ts';
import { offerNewTime } from './offer-new-time.ts';

interface Wish {
  tenantId: TenantId;
  personId: PersonId;
  sessionId: string;
}

/**
 * Somebody wants to move a session or to do without it: looks for times that suit both and offers up to three, to them alone;
 * nothing is changed before they choose (`answerNewTime`). Asked again while an offer of theirs is open it is the same offer. Throws
 * `notFound` for whom it does not concern, `closed` for a session that does not stand or is frozen, `conflict` while the
 * other side is asked about it, `unavailable` when the calendars cannot be read right now.
 */
export async function askNewTime(ports: { db: Database; calendar: Calendar; clock: Clock }, wish: Wish): Promise<void> {
  const { db, clock } = ports;
  const now = clock.now();
  const tenant = await inTenant(db, wish.tenantId, async (tx) => {
    const known = await judge(tx, wish, now);
    return known === 'asked' ? null : loadTenant(tx);
  });
  if (tenant === null) return;
  const found = await findOtherStarts(ports, tenant, wish.sessionId, now);
  if (found?.outcome !== 'done') throw new AppError('unavailable', { reason: 'calendars' });
  await inTenant(db, wish.tenantId, async (tx) => {
    // Two clicks, or both of the pair at once: the first one counts.
    await findPair(tx, found.session.pairId, true);
    const known = await judge(tx, wish, now);
    if (known === 'asked') return;
    const { context, session } = known;
    await offerNewTime(tx, context, session, { because: 'wished', starts: found.starts, askedOf: known.askedOf, now });
  });
}

/** Whether the session may be moved by this person now; `asked`: other times are offered to them already. */
async function judge(
  tx: TenantTransaction,
  { tenantId, personId, sessionId }: Wish,
  now: Instant,
): Promise<'asked' | { context: CareContext; session: SessionRow; askedOf: PersonId }> {
  const [session] = await loadSessions(tx, { sessionIds: [sessionId] });
  const pair = session && (await findPair(tx, session.pairId));
  if (!session || !pair || !(await mayMove(tx, { tenantId, personId }, pair))) throw new AppError('notFound');
  const series = await findSeries(tx, session.seriesId);
  const context = series && (await loadCareContext(tx, await loadTenant(tx), series));
  const isRunning =
    pair.state === 'booked' && series?.state === 'confirmed' && !(await isSeriesEnding(tx, series.seriesId));
  if (!context || !isRunning || !isStanding(session) || session.startsAt <= now) throw new AppError('closed');
  const { timeZone, workingHours } = context.mentee;
  if (isFrozen(session.startsAt, now, timeZone, workingHours)) throw new AppError('closed', { reason: 'tooLate' });
  const askedOf = personId === pair.mentorId ? pair.mentorId : pair.menteeId;
  const offer = await findOffer(tx, sessionId, { lock: true });
  if (offer?.state !== 'open') return { context, session, askedOf };
  if (offer.askedOf !== askedOf) throw new AppError('conflict', { reason: 'askedElsewhere' });
  return 'asked';
}

/** One of the two, or somebody who answers for the executive. */
async function mayMove(
  tx: TenantTransaction,
  { tenantId, personId }: { tenantId: TenantId; personId: PersonId },
  pair: PairRow,
): Promise<boolean> {
  const { people } = subjectOf(tenantId, pair);
  const isAssistant = (await executivesOf(tx, personId)).includes(pair.menteeId);
  const assistants = isAssistant ? [{ personId, side: 'assistant' as const }] : [];
  return can({ tenantId, personId, roles: [] }, 'moveSession', { tenantId, people: [...people, ...assistants] });
}
