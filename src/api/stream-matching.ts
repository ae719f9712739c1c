import { matchingLine, type MatchingPhaseView } from '../../server/contract/matching-review.ts';
import { ApiError } from './api-error.ts';
import type { ApiClient } from './client.ts';
import { MATCHING_MS } from './match-cohort.ts';
import { readMatching } from './read-matching.ts';

/** A matching whose stream was lost is looked for so often. */
const LOOK_EVERY_MS = 2_000;

/**
 * Matches a cohort and tells what the server is doing just now. A stream that breaks off does not end the matching: it is
 * looked for until it stands there, for some minutes. `lastRunAt`: when it was matched before.
 */
export async function streamMatching(
  client: ApiClient,
  cohortId: string,
  lastRunAt: string | undefined,
  onPhase: (phase: MatchingPhaseView) => void,
): Promise<void> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/match/stream`;
  let isBegun = false;
  let isDone = false;
  try {
    await client.stream({
      method: 'POST',
      path,
      line: matchingLine,
      onLine(line) {
        isBegun = true;
        if (line.kind === 'failed') throw new ApiError(line.code, 409);
        if (line.kind === 'done') isDone = true;
        else onPhase(line.phase);
      },
    });
  } catch (error) {
    if (!isBegun || !(error instanceof ApiError) || error.code !== 'network') throw error;
  }
  if (!isDone) await waitForRun(client, cohortId, lastRunAt);
}

async function waitForRun(client: ApiClient, cohortId: string, lastRunAt: string | undefined): Promise<void> {
  for (let waited = 0; waited < MATCHING_MS; waited += LOOK_EVERY_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const review = await readMatching(client, cohortId).catch(() => null);
    if (review?.run && review.run.at !== lastRunAt) return;
  }
  throw new ApiError('network', 0);
}
