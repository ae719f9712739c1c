/** Scores are shown from groups of five people on, comments from ten (product.md F3). */
export const SCORES_FROM = 5;
export const COMMENTS_FROM = 10;

/** A group's mean, or why it is kept back; not even how many answered is told then, it could point at a person. */
export type GroupedScore = { shown: true; value: number; n: number } | { shown: false; reason: 'fewerThanFive' };
export type GroupedComments = { shown: true; texts: string[]; n: number } | { shown: false; reason: 'fewerThanTen' };

/** The threshold in force: a setting may raise it, never lower it. */
export const thresholdOf = (minimum: number, setting?: number): number =>
  setting !== undefined && Number.isFinite(setting) ? Math.max(minimum, Math.ceil(setting)) : minimum;

/**
 * The mean of scores with two decimals and the number of people, when enough different PEOPLE gave them: five answers
 * of one person are a group of one.
 */
export function showScores(scores: readonly { personId: string; score: number }[], setting?: number): GroupedScore {
  const n = countPeople(scores);
  if (n < thresholdOf(SCORES_FROM, setting)) return { shown: false, reason: 'fewerThanFive' };
  const mean = scores.reduce((sum, { score }) => sum + score, 0) / scores.length;
  return { shown: true, value: Math.round(mean * 100) / 100, n };
}

/**
 * Comments addressed to the program team in a group, when enough different people wrote one. They come in the order of
 * the alphabet: the order in which they were written would point at their writers.
 */
export function showComments(
  comments: readonly { personId: string; text: string }[],
  setting?: number,
): GroupedComments {
  const n = countPeople(comments);
  if (n < thresholdOf(COMMENTS_FROM, setting)) return { shown: false, reason: 'fewerThanTen' };
  const texts = comments.map(({ text }) => text).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { shown: true, texts, n };
}

const countPeople = (answers: readonly { personId: string }[]): number =>
  new Set(answers.map(({ personId }) => personId)).size;
