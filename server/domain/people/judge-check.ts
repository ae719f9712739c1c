/** A question of a check with its right answer, from 0, and a sentence on why. */
export interface CheckQuestion {
  right: number;
  why: string;
}

/** What is said about one answer; null where there is none yet. */
export type Judgment = { isRight: boolean; why: string } | null;

/**
 * Judges what was answered so far. Nothing is told about questions that were not answered. The check is passed once each
 * question has its right answer; how often it took is nobody's business.
 */
export function judgeCheck(
  check: readonly CheckQuestion[],
  answers: readonly (number | null)[],
): { judgments: Judgment[]; isPassed: boolean } {
  const judgments = check.map(({ right, why }, i): Judgment => {
    const answer = answers[i] ?? null;
    return answer === null ? null : { isRight: answer === right, why };
  });
  return { judgments, isPassed: judgments.every((judgment) => judgment?.isRight === true) };
}
