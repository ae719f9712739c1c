import { wishPriceReply, type WishChangeBody, type WishPriceReply } from '../../server/contract/matching-review.ts';
import type { ApiClient } from './client.ts';
import { MATCHING_MS } from './match-cohort.ts';

/** What wishes would change; nothing is stored. */
export function priceWishes(
  client: ApiClient,
  cohortId: string,
  changes: readonly WishChangeBody[],
  signal?: AbortSignal,
): Promise<WishPriceReply> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/wishes/price`;
  return client.send({
    method: 'POST',
    path,
    body: { changes },
    reply: wishPriceReply,
    signal,
    timeoutMs: 2 * MATCHING_MS,
  });
}
