/** Scores are shown from groups of five people on, comments from ten (product.md F3). */
export const SCORES_FROM = 5;
export const COMMENTS_FROM = 10;
/**
 * So many answers of a group a reader may know beforehand: those of accounts of their own, or what colleagues told them
 * (reliability.md 84). The five people of a group are five besides these: of five answers with four known, every figure
 * tells the fifth.
 */
export const MAY_BE_KNOWN = 4;
export const WORST = 1;
export const BEST = 5;

/** What must be there before anything of a group is shown. */
export interface GroupRules {
  /** Different people in every group of scores that is shown, and in what is left over. */
  people: number;
  /** Different people behind topics, and behind each count of a topic. */
  topics: number;
  /** Different people behind comments. */
  comments: number;
  /** How far a sum of scores must be from its least and its largest possible value to be told exactly (`showScore`). */
  margin: number;
}

/** The threshold in force: a setting may raise it, never lower it (reliability.md 86). */
export const thresholdOf = (minimum: number, setting?: unknown): number =>
  typeof setting === 'number' && Number.isFinite(setting) ? Math.max(minimum, Math.ceil(setting)) : minimum;

/** The rules of a program, from its settings `scoresFrom` and `commentsFrom`; whatever is not a number changes nothing. */
export function rulesOf(settings: Readonly<Record<string, unknown>>): GroupRules {
  const scores = thresholdOf(SCORES_FROM, settings.scoresFrom);
  return {
    people: scores + MAY_BE_KNOWN,
    topics: scores,
    comments: thresholdOf(COMMENTS_FROM, settings.commentsFrom),
    margin: MAY_BE_KNOWN * (BEST - WORST) + 1,
  };
}

/** How many different people there are: five answers of one person are a group of one. */
export const countPeople = (answers: readonly { personId: string }[]): number =>
  new Set(answers.map(({ personId }) => personId)).size;
