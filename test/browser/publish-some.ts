import type { OverviewReply } from '../../server/contract/administrator.ts';
import { saveSnapshot } from '../../server/db/feedback-snapshots.ts';
import { inTenant } from '../../server/db/tenancy.ts';
import {
  publishComments,
  publishScores,
  publishTopics,
  type NewAnswer,
} from '../../server/domain/evaluation/publish-answers.ts';
import { rulesOf } from '../../server/domain/evaluation/small-groups.ts';
import type { TenantId } from '../../server/domain/people/person.ts';
import { DAY, parseInstant, plus } from '../../server/domain/time/instant.ts';
import { askAs } from '../../server/simulation/drive-program.ts';
import type { Company } from './company.ts';

const RULES = rulesOf({});
const NEWEST = parseInstant('2026-10-26T00:00:00Z');

/** Answers of so many people of two departments and some others. */
const answersOf = <T>(count: number, given: (index: number) => T): NewAnswer<T>[] =>
  Array.from({ length: count }, (_, index) => ({
    personId: `person-${index}`,
    givenAt: index,
    given: given(index),
    department: ['Corporate Finance and Controlling', 'Sales', `Small ${index}`][index % 3]!,
    office: null,
  }));

/** Publishes two weeks of a cohort larger than the company's: one with a breakdown, one of which a bound is told. */
export async function publishSome({ both, administrator }: Company): Promise<void> {
  const { cohort } = (await askAs(both, administrator.id, 'GET', '/api/admin/overview')) as OverviewReply;
  const tenantId = both.sandbox.tenantId as TenantId;
  const { cohortId } = cohort!;
  const earlier = plus(NEWEST, -7 * DAY);
  const scores = publishScores(
    answersOf(36, (index) => 2 + (index % 4)),
    RULES,
  )!;
  const alike = publishScores(
    answersOf(12, () => 5),
    RULES,
  )!;
  const topics = publishTopics(
    answersOf(30, (index) => (['generative-ai', 'short-video', null] as const)[index % 3]!),
    RULES,
  )!;
  const comments = publishComments(
    answersOf(10, (index) => `The guide of session ${index} had too little time for questions.`),
    RULES,
  )!;
  await inTenant(both.server.database.db, tenantId, async (tx) => {
    await saveSnapshot(tx, tenantId, { cohortId, kind: 'scores', week: earlier, content: alike });
    await saveSnapshot(tx, tenantId, { cohortId, kind: 'scores', week: NEWEST, content: scores });
    await saveSnapshot(tx, tenantId, { cohortId, kind: 'topics', week: NEWEST, content: topics });
    await saveSnapshot(tx, tenantId, { cohortId, kind: 'comments', week: NEWEST, content: comments });
  });
}
