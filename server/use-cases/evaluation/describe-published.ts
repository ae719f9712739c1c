import type { PublishedFeedbackView } from '../../contract/administrator.ts';
import { loadSnapshots } from '../../db/feedback-snapshots.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { toIso, type Instant } from '../../domain/time/instant.ts';

/**
 * All that is ever told of a cohort's scores, topics and comments, for every page, export and report: what was published
 * of groups, as it was then (product.md F3). Answers themselves are read by nothing of these.
 */
export async function describePublished(tx: TenantTransaction, cohortId: string): Promise<PublishedFeedbackView> {
  const { scores, topics, comments } = await loadSnapshots(tx, cohortId);
  const dated = <T extends { week: Instant }>(snapshots: readonly T[]) =>
    snapshots.map(({ week, ...content }) => ({ week: toIso(week), ...content }));
  return { scores: dated(scores), topics: dated(topics), comments: dated(comments) };
}
