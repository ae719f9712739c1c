import { queueMessage } from '../../db/messages.ts';
import { movePair } from '../../db/pairs.ts';
import { addToRunLog } from '../../db/run-log.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { partnerName, type CareContext } from './care-context.ts';
import { endSeries } from './end-series.ts';
import { withdrawOffer } from './offer-new-time.ts';

export const restartKey = (pair: { pairId: string; generation: number }): string =>
  `restart:${pair.pairId}:${pair.generation}`;

/**
 * All dates to come are gone: the pair rests, what is left of the series leaves the calendars, and both are asked once
 * whether to look for new times. Nothing is booked anew without their click (reliability.md F29). False when it rested
 * already.
 */
export async function pausePair(tx: TenantTransaction, context: CareContext, now: Instant): Promise<boolean> {
  const { tenant, pair, sessions } = context;
  if (!(await movePair(tx, pair.pairId, 'suspend', { now }))) return false;
  for (const { sessionId } of sessions) await withdrawOffer(tx, context, sessionId, now);
  await endSeries(tx, context, now);
  for (const personId of [pair.menteeId, pair.mentorId]) {
    await queueMessage(tx, {
      tenantId: tenant.tenantId,
      salt: tenant.salt,
      personId,
      subjectKey: restartKey(pair),
      data: { kind: 'restart', pairId: pair.pairId, partnerName: partnerName(context, personId) },
      notBefore: now,
      now,
    });
  }
  await addToRunLog(tx, tenant.tenantId, {
    at: now,
    kind: 'pairPaused',
    cohortId: pair.cohortId,
    subjectId: pair.pairId,
  });
  return true;
}
