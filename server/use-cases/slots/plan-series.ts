import { planWrite } from '../../db/calendar-writes.ts';
import type { CohortRow } from '../../db/cohorts.ts';
import { deriveId } from '../../db/derive-id.ts';
import type { PairRow } from '../../db/pairs.ts';
import { at, type TenantTransaction } from '../../db/schema.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { Topic } from '../../contract/vocabulary.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { SlotOffer } from '../../domain/slots/types.ts';
import { MINUTE, plus, type Instant } from '../../domain/time/instant.ts';

/** Minutes after a session's end at which the mentor is asked (product.md F1). */
export const FEEDBACK_AFTER = 5 * MINUTE;

/**
 * Stores the decision to book a series: the series, its sessions and the intent to write it, in the transaction of the
 * executive's yes (reliability.md R1). The key follows from tenant, pair and generation alone, so that deciding twice
 * is deciding once.
 */
export async function planSeries(
  tx: TenantTransaction,
  input: {
    tenant: TenantRow;
    cohort: CohortRow;
    pair: PairRow;
    organizerId: PersonId;
    subject: string;
    offer: SlotOffer;
    topics: readonly Topic[];
    now: Instant;
  },
): Promise<void> {
  const { tenant, cohort, pair, offer, now, topics } = input;
  const { tenantId, salt } = tenant;
  const seriesId = deriveId(salt, 'series', pair.pairId, pair.generation);
  await tx
    .insertInto('series')
    .values({
      tenantId,
      seriesId,
      pairId: pair.pairId,
      generation: pair.generation,
      organizerId: input.organizerId,
      subject: input.subject,
      timeZone: offer.timeZone,
      firstStart: offer.firstStart,
      minutes: cohort.minutes,
      everyWeeks: cohort.everyWeeks,
      everyMonths: offer.index === undefined ? null : cohort.everyMonths,
      count: offer.dates.length,
      state: 'planned',
      key: deriveId(salt, 'create', tenantId, pair.pairId, pair.generation),
      createdAt: at(now),
    })
    .execute();
  for (const [index, date] of offer.dates.entries()) {
    await tx
      .insertInto('sessions')
      .values({
        tenantId,
        sessionId: deriveId(salt, 'session', seriesId, index + 1),
        seriesId,
        pairId: pair.pairId,
        number: index + 1,
        originalStart: at(date.originalStart),
        startsAt: at(date.start),
        endsAt: at(date.end),
        plannedStart: at(date.start),
        state: 'planned',
        topic: topics.length > 0 ? topics[index % topics.length]! : null,
        changedAt: at(now),
      })
      .execute();
  }
  const moved = offer.dates.filter((date) => date.isMoved).length;
  await planWrite(tx, {
    tenantId,
    salt,
    organizerId: input.organizerId,
    seriesId,
    sessionId: null,
    kind: 'create',
    messages: 1 + moved,
    now,
  });
}

/** When the mentor is asked about a session that ends then. */
export const feedbackDue = (endsAt: Instant): Instant => plus(endsAt, FEEDBACK_AFTER);
