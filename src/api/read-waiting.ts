import { waitingReply, type WaitingReply } from '../../server/contract/running.ts';
import type { Side } from '../../server/contract/vocabulary.ts';
import type { ApiClient } from './client.ts';

/** Of one pair, of one participant, or of the cohort. */
export type WaitingSubject = { pairId: string } | { personId: string; side: Side } | Record<string, never>;

/** What the program waits for, and until when. */
export function readWaiting(
  client: ApiClient,
  cohortId: string,
  subject: WaitingSubject,
  signal?: AbortSignal,
): Promise<WaitingReply> {
  const query = new URLSearchParams(subject).toString();
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/waiting${query === '' ? '' : `?${query}`}`;
  return client.send({ method: 'GET', path, reply: waitingReply, signal });
}
