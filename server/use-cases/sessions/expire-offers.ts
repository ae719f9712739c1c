import type { Database, TenantTransaction } from '../../db/schema.ts';
import { changeOffer, loadOpenOffers, type SessionOfferRow } from '../../db/session-offers.ts';
import { findSeries, loadSessions, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { isStanding } from '../../domain/sessions/is-standing.ts';
import { isFrozen } from '../../domain/sessions/freeze.ts';
import { HOUR, plus, type Instant } from '../../domain/time/instant.ts';
import type { Jobs } from '../../ports.ts';
import { loadCareContext, type CareContext } from './care-context.ts';
import { loadWhoSaidNo } from './offer-not-held.ts';
import { answerBy, closeOfferCards, sendOffer } from './offer-new-time.ts';

/** The mentor is not asked for less than this: nobody would see it in time. */
const LEAST_TIME = HOUR;

/**
 * Lets offers of other times run out: unanswered by the executive's side the same offer goes to the mentor, unanswered by
 * the mentor it is over (product.md D4); of a session that did not take place it goes only to who said so, too; the administrator hears only of the momentum alarm.
 */
export async function expireOffers(
  { db, jobs }: { db: Database; jobs: Jobs },
  tenant: TenantRow,
  now: Instant,
): Promise<void> {
  const expired = await inTenant(db, tenant.tenantId, async (tx) => {
    const due = await loadOpenOffers(tx, { dueBy: now });
    for (const offer of due) await expireOne(tx, tenant, offer, now);
    return due.length;
  });
  if (expired > 0) jobs.wake('sendMessages');
}

async function expireOne(
  tx: TenantTransaction,
  tenant: TenantRow,
  offer: SessionOfferRow,
  now: Instant,
): Promise<void> {
  const [session] = await loadSessions(tx, { sessionIds: [offer.sessionId] });
  const series = session && (await findSeries(tx, session.seriesId));
  const context = series && (await loadCareContext(tx, tenant, series));
  const next = session && context && (await nextAsked(tx, context, session, offer));
  const starts = session && context && next ? startsLeft(context, session, offer, now) : [];
  if (!session || !context || !next || starts.length === 0) {
    if (await changeOffer(tx, offer, { state: 'expired', now }))
      await closeOfferCards(
        tx,
        { tenant },
        offer,
        () => (session?.held === 'notHeld' ? 'noLongerNeeded' : 'newTimeElsewhere'),
        now,
      );
    return;
  }
  const side = next === context.pair.mentorId ? 'mentor' : 'mentee';
  const change = { askedOf: next, starts, answerBy: answerBy(context, session, starts, side, now) };
  if (!(await changeOffer(tx, offer, { ...change, now }))) return;
  await closeOfferCards(tx, { tenant }, offer, () => 'newTimeElsewhere', now);
  await sendOffer(tx, context, session, { ...offer, ...change }, now);
}

/**
 * Of a session that did not take place the other one is asked next only if they said so, too; who wished for another time and
 * took none leaves it as it is.
 */
async function nextAsked(
  tx: TenantTransaction,
  { pair }: CareContext,
  session: SessionRow,
  { askedOf, because }: SessionOfferRow,
): Promise<PersonId | undefined> {
  if (because === 'wished') return undefined;
  if (session.held !== 'notHeld') return askedOf === pair.menteeId ? pair.mentorId : undefined;
  const [first, second] = await loadWhoSaidNo(tx, session);
  return askedOf === first ? second : undefined;
}

/** Times that could still be taken; none when the session itself is frozen where it stands. */
function startsLeft({ mentee }: CareContext, session: SessionRow, offer: SessionOfferRow, now: Instant): Instant[] {
  const soon = plus(now, LEAST_TIME);
  const isCold = (start: Instant): boolean => isFrozen(start, soon, mentee.timeZone, mentee.workingHours);
  if (isStanding(session) && isCold(session.startsAt)) return [];
  return offer.starts.filter((start) => !isCold(start));
}
