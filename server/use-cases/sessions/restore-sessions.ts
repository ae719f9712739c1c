import { keepCare, loadCare } from '../../db/session-care.ts';
import type { Database } from '../../db/schema.ts';
import { isSeriesEnding, loadSessions, updateSession } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { Side } from '../../contract/vocabulary.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { feedbackDue } from '../slots/plan-series.ts';
import { loadCareContext } from './care-context.ts';
import type { StandingSession } from './match-dates.ts';
import { withdrawOffer } from './offer-new-time.ts';
import { tellOfChange } from './tell-of-change.ts';

/**
 * Sessions that were declined, and that nobody declines any more: they take place after all. Other times that were offered
 * for them are taken back, and the other one is told. A pair that rests, or has ended, is left as it is.
 */
export async function restoreSessions(
  { db }: { db: Database },
  tenant: TenantRow,
  accepted: readonly StandingSession[],
  now: Instant,
): Promise<void> {
  await inTenant(db, tenant.tenantId, async (tx) => {
    for (const { series, session } of accepted) {
      const { sessionId, endsAt } = session;
      const context = await loadCareContext(tx, tenant, series);
      if (context?.pair.state !== 'booked' || (await isSeriesEnding(tx, series.seriesId))) continue;
      const [current] = await loadSessions(tx, { sessionIds: [sessionId] });
      const care = (await loadCare(tx, [sessionId])).get(sessionId);
      if (current?.state !== 'declined') continue;
      await withdrawOffer(tx, context, sessionId, now);
      await updateSession(tx, sessionId, {
        state: 'booked',
        cause: 'acceptedAgain',
        feedbackDueAt: feedbackDue(endsAt),
        now,
      });
      await keepCare(tx, sessionId, { disturbedBy: null });
      const change = { newStart: session.startsAt, isRestored: true };
      await tellOfChange(tx, context, session, change, othersThan(care?.cause), now);
    }
  });
}

/** Who declined knows that they accepted. */
const othersThan = (cause: string | null | undefined): Side[] =>
  cause === 'declinedBy:mentor' ? ['mentee'] : cause === 'declinedBy:mentee' ? ['mentor'] : ['mentor', 'mentee'];
