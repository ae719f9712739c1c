import { wishesReply, type WishChangeBody, type WishesReply } from '../../server/contract/matching-review.ts';
import type { ApiClient } from './client.ts';
import { MATCHING_MS } from './match-cohort.ts';

/** Sets wishes, or takes them back, and has the cohort matched anew. */
export function setWishes(
  client: ApiClient,
  cohortId: string,
  changes: readonly WishChangeBody[],
): Promise<WishesReply> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/wishes`;
  return client.send({ method: 'POST', path, body: { changes }, reply: wishesReply, timeoutMs: MATCHING_MS });
}
