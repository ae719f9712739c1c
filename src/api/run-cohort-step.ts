import { doneReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Invites the people of both groups (`invite`), or asks the mentors of the proposed matches (`publish`). */
export async function runCohortStep(client: ApiClient, cohortId: string, step: 'invite' | 'publish'): Promise<void> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/${step}`;
  await client.send({ method: 'POST', path, body: {}, reply: doneReply });
}
