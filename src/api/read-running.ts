import { runningReply, type RunningReply } from '../../server/contract/running.ts';
import type { ApiClient } from './client.ts';

/** How a cohort runs: pairs at risk and the log. */
export function readRunning(client: ApiClient, cohortId: string, signal?: AbortSignal): Promise<RunningReply> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/running`;
  return client.send({ method: 'GET', path, reply: runningReply, signal });
}
