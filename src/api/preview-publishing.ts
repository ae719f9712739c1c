import { publishPreviewReply, type PublishPreviewReply } from '../../server/contract/matching-review.ts';
import type { ApiClient } from './client.ts';

/** Whom publishing would ask, and in which language. */
export function previewPublishing(
  client: ApiClient,
  cohortId: string,
  signal?: AbortSignal,
): Promise<PublishPreviewReply> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/publish-preview`;
  return client.send({ method: 'GET', path, reply: publishPreviewReply, signal });
}
