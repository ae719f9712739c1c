import { matchingReply, type MatchingReply } from '../../server/contract/matching-review.ts';
import type { ApiClient } from './client.ts';

/** The last matching of a cohort, for its administrator. */
export function readMatching(client: ApiClient, cohortId: string, signal?: AbortSignal): Promise<MatchingReply> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/matching`;
  return client.send({ method: 'GET', path, reply: matchingReply, signal });
}
