import type { Topic } from '../../contract/vocabulary.ts';
import { breakDown, type Group } from './break-down.ts';
import { isExact, showScore, type ShownScore } from './show-score.ts';
import { countPeople, type GroupRules } from './small-groups.ts';

/** One answer that no published snapshot holds yet. */
export interface NewAnswer<T> {
  personId: string;
  /** When it was first given: of several the last one counts. */
  givenAt: number;
  given: T;
  /** The person's groups at the time of the answer (reliability.md 86). */
  department: string | null;
  office: string | null;
}

/** By what scores are broken down; never by two at once: their overlap would be a smaller group. */
export type Breakdown = 'department' | 'office';
export interface PublishedScores {
  all: ShownScore;
  by: Breakdown | null;
  groups: { label: string | null; score: ShownScore }[];
}
export interface PublishedTopics {
  /** In the order of the alphabet; `people` null: the name alone is told. */
  topics: { topic: Topic; people: number | null }[];
}
export interface PublishedComments {
  texts: string[];
}

/*
 * What an administrator ever sees of answers is made here, of answers that are in no snapshot yet, and never changes
 * afterwards. Since no answer is in two snapshots, none can be read out of the difference of two (reliability.md 83, 84).
 * Null: too few people, so the answers wait for more.
 */

/**
 * Scores of new answers, one of each person. They are broken down by one property that is chosen by the sizes of groups
 * alone, and only where each group's mean may be told: the difference to all would tell the one that may not.
 */
export function publishScores(answers: readonly NewAnswer<number>[], rules: GroupRules): PublishedScores | null {
  const own = lastOfEach(answers);
  if (own.length < rules.people) return null;
  const scoreOf = (members: readonly NewAnswer<number>[]): ShownScore =>
    showScore(
      members.map(({ given }) => given),
      rules,
    );
  const all = scoreOf(own);
  const split = splitBySize(own, rules.people);
  const groups = (split?.groups ?? []).map(({ label, members }) => ({ label, score: scoreOf(members) }));
  const isTold = split !== null && isExact(all) && groups.every(({ score }) => isExact(score));
  return isTold ? { all, by: split.by, groups } : { all, by: null, groups: [] };
}

function splitBySize(
  answers: readonly NewAnswer<number>[],
  least: number,
): { by: Breakdown; groups: Group<NewAnswer<number>>[] } | null {
  for (const by of ['department', 'office'] as const) {
    const groups = breakDown(answers, (answer) => answer[by], least);
    if (groups) return { by, groups };
  }
  return null;
}

/**
 * Topics that people want next, the last wish of each; `given` null: no wish. How many want one is told only where it,
 * everybody else, and all whose topic is told without a number, are enough people each (reliability.md 83: no count of
 * one to four can be inferred).
 */
export function publishTopics(answers: readonly NewAnswer<Topic | null>[], rules: GroupRules): PublishedTopics | null {
  const own = lastOfEach(answers);
  if (own.length < rules.topics) return null;
  const counts = new Map<Topic, number>();
  for (const { given } of own) if (given !== null) counts.set(given, (counts.get(given) ?? 0) + 1);
  const told = [...counts]
    .filter(([, n]) => n >= rules.topics && own.length - n >= rules.topics)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const untold = own.length - told.reduce((sum, [, n]) => sum + n, 0);
  if (untold > 0 && untold < rules.topics) told.pop();
  const numbers = new Map(told);
  return { topics: [...counts.keys()].sort().map((topic) => ({ topic, people: numbers.get(topic) ?? null })) };
}

/**
 * Comments addressed to the program team in a group. They come in the order of the alphabet: the order in which they were
 * written would point at their writers (reliability.md 87).
 */
export function publishComments(answers: readonly NewAnswer<string>[], rules: GroupRules): PublishedComments | null {
  if (countPeople(answers) < rules.comments) return null;
  return { texts: answers.map(({ given }) => given).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) };
}

/** Each person counts once, with the answer given last. */
function lastOfEach<T>(answers: readonly NewAnswer<T>[]): NewAnswer<T>[] {
  const last = new Map<string, NewAnswer<T>>();
  for (const answer of answers) {
    const before = last.get(answer.personId);
    if (!before || before.givenAt <= answer.givenAt) last.set(answer.personId, answer);
  }
  return [...last.values()];
}
