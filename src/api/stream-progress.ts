import { progressLine, type ProgressLine } from '../../server/contract/matching-review.ts';
import type { ApiClient } from './client.ts';

/** Follows the offering and booking of a cohort until nothing of it is under way. */
export function streamProgress(
  client: ApiClient,
  cohortId: string,
  onLine: (line: ProgressLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/progress`;
  return client.stream({ method: 'GET', path, line: progressLine, onLine, signal });
}
