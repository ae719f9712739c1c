import type { OverviewReply } from '../../contract/administrator.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { at, type TenantTransaction } from '../../db/schema.ts';
import { lastClosedDay } from '../../domain/evaluation/closed-periods.ts';
import { countPeople, rulesOf } from '../../domain/evaluation/small-groups.ts';
import { PULSE_SESSIONS } from '../../domain/sessions/pulse.ts';
import { toIso, type Instant } from '../../domain/time/instant.ts';
import { describePublished } from './describe-published.ts';

export const HIDDEN_KINDS = ['answers', 'scores', 'topics', 'comments'] as const;
export type HiddenKind = (typeof HIDDEN_KINDS)[number];
export interface HiddenTexts {
  /** Why nothing of a kind is shown: there must be so many people. */
  hidden(kind: HiddenKind, people: number, locale: Locale): string;
}
type Feedback = OverviewReply['feedback'];

/**
 * What the administrator sees of the answers in a cohort: what was published of groups, how many answered of five or more
 * people who were asked, notes that their writers addressed to the program team with their names, and in words why the
 * rest is hidden.
 */
export async function describeFeedback(
  tx: TenantTransaction,
  texts: HiddenTexts,
  cohort: { cohortId: string; settings: Record<string, unknown> },
  { now, locale }: { now: Instant; locale: Locale },
): Promise<Feedback> {
  const rules = rulesOf(cohort.settings);
  const answers = await countAnswers(tx, cohort.cohortId, { now, least: rules.topics });
  const published = await describePublished(tx, cohort.cohortId);
  const why = (kind: HiddenKind, isShown: boolean, people: number): string | null =>
    isShown ? null : texts.hidden(kind, people, locale);
  return {
    answers,
    published,
    hidden: {
      answers: why('answers', answers !== null, rules.topics),
      scores: why('scores', published.scores.length > 0, rules.people),
      topics: why('topics', published.topics.length > 0, rules.topics),
      comments: why('comments', published.comments.length > 0, rules.comments),
    },
    notes: await namedNotes(tx, cohort.cohortId),
  };
}

/**
 * Answers of closed days alone: the moment in which a number changes would be that of a person (reliability.md 87). The
 * pulse is not counted: on a day with one session the number would tell which of two answered it.
 */
async function countAnswers(
  tx: TenantTransaction,
  cohortId: string,
  { now, least }: { now: Instant; least: number },
): Promise<Feedback['answers']> {
  const asked = await tx
    .selectFrom('feedbackRequests')
    .innerJoin('sessions', 'sessions.sessionId', 'feedbackRequests.sessionId')
    .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
    .leftJoin('feedback', (join) =>
      join
        .onRef('feedback.sessionId', '=', 'feedbackRequests.sessionId')
        .onRef('feedback.personId', '=', 'feedbackRequests.personId')
        .onRef('feedback.attempt', '=', 'feedbackRequests.attempt'),
    )
    .select(['feedbackRequests.personId', 'feedback.givenAt'])
    .where('pairs.cohortId', '=', cohortId)
    .where('feedbackRequests.askedAt', '<', at(lastClosedDay(now)))
    .where('sessions.number', 'not in', [...PULSE_SESSIONS])
    .execute();
  if (countPeople(asked) < least) return null;
  const answered = asked.filter(({ givenAt }) => givenAt !== null && givenAt < lastClosedDay(now));
  return { asked: asked.length, answered: answered.length };
}

/** By day and name, not by the time of writing. */
async function namedNotes(tx: TenantTransaction, cohortId: string): Promise<Feedback['notes']> {
  const rows = await tx
    .selectFrom('feedback')
    .innerJoin('sessions', 'sessions.sessionId', 'feedback.sessionId')
    .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
    .innerJoin('people', 'people.personId', 'feedback.personId')
    .select(['people.displayName as writerName', 'feedback.note', 'feedback.givenAt'])
    .where('pairs.cohortId', '=', cohortId)
    .where('feedback.noteReader', '=', 'programTeamNamed')
    .where('feedback.note', 'is not', null)
    .execute();
  return rows
    .map(({ writerName, note, givenAt }) => ({ writerName, day: toIso(givenAt).slice(0, 10), text: note ?? '' }))
    .sort((a, b) => compare(b.day, a.day) || compare(a.writerName, b.writerName) || compare(a.text, b.text));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
