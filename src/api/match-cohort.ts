import { matchReply, type MatchReply } from '../../server/contract/administrator.ts';
import type { ApiClient } from './client.ts';

/** A big cohort takes its time; the server goes on in any case. */
export const MATCHING_MS = 120_000;

/** Matches everybody who has answered and says what came out. Nobody is asked yet. */
export function matchCohort(client: ApiClient, cohortId: string): Promise<MatchReply> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/match`;
  return client.send({ method: 'POST', path, body: {}, reply: matchReply, timeoutMs: MATCHING_MS });
}
