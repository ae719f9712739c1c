import { claimWeek, saveSnapshot, takeNewAnswers } from '../../db/feedback-snapshots.ts';
import { loadOpenCohorts } from '../../db/cohorts.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { lastClosedWeek } from '../../domain/evaluation/closed-periods.ts';
import { publishComments, publishScores, publishTopics } from '../../domain/evaluation/publish-answers.ts';
import { rulesOf } from '../../domain/evaluation/small-groups.ts';
import type { TenantId } from '../../domain/people/person.ts';
import type { Clock } from '../../ports.ts';

/**
 * Once a week has closed (Monday to Sunday, UTC), publishes what enough different people have newly answered: scores,
 * topics and comments each for themselves, what is too little waits for the next week. Nothing that was published changes
 * any more: not with a later edit, not with an erasure (reliability.md 83, 84). Does nothing a second time.
 */
export async function publishFeedback(
  { db, clock }: { db: Database; clock: Clock },
  { tenantId }: { tenantId: TenantId },
): Promise<void> {
  const week = lastClosedWeek(clock.now());
  await inTenant(db, tenantId, async (tx) => {
    if (!(await claimWeek(tx, week))) return;
    for (const { cohortId, settings } of await loadOpenCohorts(tx)) {
      const rules = rulesOf(settings);
      const answers = await takeNewAnswers(tx, cohortId, week);
      const contents = {
        scores: publishScores(answers.scores, rules),
        topics: publishTopics(answers.topics, rules),
        comments: publishComments(answers.comments, rules),
      };
      for (const kind of ['scores', 'topics', 'comments'] as const) {
        const content = contents[kind];
        if (content) await saveSnapshot(tx, tenantId, { cohortId, kind, week, content });
      }
    }
  });
}
