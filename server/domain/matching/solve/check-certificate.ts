import { freePairs, type FreePairs } from './free-pairs.ts';
import type { Cover, Solution } from './types.ts';

/** What was found wrong with a solution or its proof; all zero: it is an optimum. */
export interface CertificateCheck {
  violations: number;
  /** Pairs that may not be, too many for a person, pins that are missing, figures that do not add up. */
  assignment: number;
  /** Covers that allow more seats, or more seats above the worst score, than are claimed not to be there. */
  covers: number;
  /** Pairs and places whose prices do not fit. */
  prices: number;
}

/**
 * Checks a solution against its certificate in one pass over the rows, with nothing of the solver's own state: that it
 * is an assignment, that no other fills more seats, has a better worst pair with as many, or a higher total beside.
 */
export function checkCertificate(solution: Solution): CertificateCheck {
  const { problem, certificate } = solution;
  const free = freePairs(problem);
  const chosen = readChosen(solution);
  const check: CertificateCheck = { violations: 0, assignment: 0, covers: 0, prices: 0 };
  const seats = countAll(chosen);
  const seatsCovered = createTally(free, certificate.seats, 0);
  // Without a cover of its own, only the order of seats and total is claimed.
  const worstCovered = certificate.worst && createTally(free, certificate.worst, (solution.worst ?? 0) + 1);
  checkFigures(solution, free, chosen, check);
  checkPlaces(solution, free, chosen, check);
  const scores = new Int32Array(problem.capacities.length);
  for (let i = 0; i < problem.wants.length; i++) {
    if (free.wants[i] === 0) continue;
    free.scores.fillRow(i, scores);
    tallyRow(seatsCovered, free, i, scores);
    if (worstCovered) tallyRow(worstCovered, free, i, scores);
    checkPrices(solution, free, i, scores, chosen[i]!, check);
  }
  if (seatsCovered.bound !== seats) check.covers++;
  if (worstCovered ? worstCovered.bound >= seats : solution.objective !== 'total' && seats > 0) check.covers++;
  check.violations = check.assignment + check.covers + check.prices;
  return check;
}

/** Scores of the pairs that are not pinned, by row and column. */
function readChosen({ problem, pairs }: Solution): Map<number, number>[] {
  const pinned = new Set((problem.pinned ?? []).map(([row, column]) => `${row} ${column}`));
  const chosen = problem.wants.map(() => new Map<number, number>());
  for (const [row, column, score] of pairs) if (!pinned.has(`${row} ${column}`)) chosen[row]!.set(column, score);
  return chosen;
}

const countAll = (chosen: readonly Map<number, number>[]): number => chosen.reduce((sum, { size }) => sum + size, 0);

function checkFigures(
  { problem, pairs, seats, worst, total, objective, certificate }: Solution,
  free: FreePairs,
  chosen: readonly Map<number, number>[],
  check: CertificateCheck,
): void {
  const { pinned = [] } = problem;
  const keys = new Map(pairs.map(([row, column, score]) => [`${row} ${column}`, score]));
  const used = new Int32Array(problem.capacities.length);
  chosen.forEach((columns, i) => {
    if (columns.size > free.wants[i]!) check.assignment++;
    for (const column of columns.keys()) used[column]!++;
  });
  used.forEach((count, j) => {
    if (count > free.capacities[j]!) check.assignment++;
  });
  const scores = chosen.flatMap((columns) => [...columns.values()]);
  const lowest = scores.length === 0 ? null : scores.reduce((a, b) => Math.min(a, b));
  const isSound = [
    keys.size === pairs.length,
    pairs.length === scores.length + pinned.length,
    pinned.every(([row, column, score]) => keys.get(`${row} ${column}`) === score),
    seats === pairs.length,
    total === pairs.reduce((sum, [, , score]) => sum + score, 0),
    worst === lowest,
    certificate.threshold === (objective === 'total' ? 0 : (worst ?? 0)),
  ];
  check.assignment += isSound.filter((holds) => !holds).length;
}

/** Prices are not negative, and only full rows and columns have one (complementary slackness). */
function checkPlaces(
  { certificate: { rowPrices, columnPrices } }: Solution,
  free: FreePairs,
  chosen: readonly Map<number, number>[],
  check: CertificateCheck,
): void {
  const used = new Int32Array(free.capacities.length);
  for (const columns of chosen) for (const column of columns.keys()) used[column]!++;
  const isSound = (price: number, isFull: boolean): boolean => price === 0 || (price > 0 && isFull);
  chosen.forEach((columns, i) => {
    if (free.wants[i]! > 0 && !isSound(rowPrices[i]!, columns.size === free.wants[i])) check.prices++;
  });
  used.forEach((count, j) => {
    if (free.capacities[j]! > 0 && !isSound(columnPrices[j]!, count === free.capacities[j])) check.prices++;
  });
}

/** Every pair that is not chosen costs at least what it is worth; a chosen one at most, and it is what it claims to be. */
function checkPrices(
  { certificate: { threshold, reward, rowPrices, columnPrices } }: Solution,
  free: FreePairs,
  row: number,
  scores: Int32Array,
  chosen: ReadonlyMap<number, number>,
  check: CertificateCheck,
): void {
  const price = rowPrices[row]! - reward;
  const floor = Math.max(0, threshold);
  for (let j = 0; j < scores.length; j++) {
    const score = scores[j]!;
    if (score < floor || !(score > price + columnPrices[j]!) || free.capacities[j] === 0) continue;
    if (!chosen.has(j)) check.prices++;
  }
  for (const [column, score] of chosen) {
    if (scores[column] !== score || score < floor) check.assignment++;
    else if (score < price + columnPrices[column]!) check.prices++;
  }
}

/** How many seats pairs of at least `threshold` can fill at most, as far as a cover tells. */
interface Tally {
  cover: Cover;
  threshold: number;
  bound: number;
}

function createTally(free: FreePairs, cover: Cover, threshold: number): Tally {
  let bound = 0;
  free.wants.forEach((wanted, i) => (bound += cover.rows[i] ? wanted : 0));
  free.capacities.forEach((capacity, j) => (bound += cover.columns[j] ? capacity : 0));
  return { cover, threshold, bound };
}

/** Pairs that the cover leaves out count one each. */
function tallyRow(tally: Tally, free: FreePairs, row: number, scores: Int32Array): void {
  const { cover, threshold } = tally;
  if (cover.rows[row]) return;
  for (let j = 0; j < scores.length; j++) {
    if (scores[j]! >= threshold && !cover.columns[j] && free.capacities[j]! > 0) tally.bound++;
  }
}
