import type * as z from 'zod/mini';
import { cohortReply, type CohortBody } from '../../server/contract/administrator.ts';
import type { ApiClient } from './client.ts';

/** Opens a cohort from two groups and says how many people they hold. */
export function createCohort(client: ApiClient, body: CohortBody): Promise<z.infer<typeof cohortReply>> {
  return client.send({ method: 'POST', path: '/api/admin/cohorts', body, reply: cohortReply });
}
