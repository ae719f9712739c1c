import { fillSeats, dropBelow } from './fill-seats.ts';
import type { FreePairs } from './free-pairs.ts';
import { liftRow } from './lift-row.ts';
import { copyMatching, countPairs, lowestScore, matesOfRow, type Matching } from './matching.ts';
import { insertArc } from './arcs.ts';
import { HIGHEST_SCORE, type Network } from './network.ts';
import { beginOf, pickBest, pickSpread } from './pick-columns.ts';
import { NOT_ALLOWED } from './score-rows.ts';
import type { Cover } from './types.ts';

/**
 * Pairs that a row adds to the core at once when the core is too small to fill a seat: its best ones, and some spread
 * over the columns, as the best ones of rows that rank alike are the same few columns.
 */
const BEST_AT_ONCE = 16;
const SPREAD_AT_ONCE = 8;
/** First step of the search upward for a better worst pair, and how much longer each next one is. */
const FIRST_STEP = 1_000;
const STEP_GROWTH = 4;

/**
 * Fills as many seats as all allowed pairs can, and proves it: pairs outside the cover are looked for in every row, and
 * what is found is added to the core. Changes `matching`.
 */
export function fillAllSeats(net: Network, free: FreePairs, matching: Matching): Cover {
  for (;;) {
    const cover = fillSeats(net, matching, 0);
    if (!addUncovered(net, free, matching, cover, 0)) return cover;
  }
}

/**
 * Makes the worst pair as good as it can be while as many seats stay filled, by searching for the highest threshold that
 * still fills them, on the core; then looks for pairs above it, in every row that could use one, until there are none.
 * Changes `matching`; gives the proof, or null without pairs.
 */
export function raiseWorst(net: Network, free: FreePairs, matching: Matching): { worst: number; cover: Cover } | null {
  const seats = countPairs(matching);
  if (seats === 0) return null;
  let worst = lowestScore(matching);
  let trial = matching;
  let cover: Cover;
  const reaches = (threshold: number): boolean => {
    trial = copyMatching(matching);
    dropBelow(trial, threshold);
    cover = fillSeats(net, trial, threshold);
    if (countPairs(trial) < seats) return false;
    Object.assign(matching, trial);
    worst = lowestScore(matching);
    return true;
  };
  for (;;) {
    while (reaches(worst + 1)) climb(() => worst, reaches);
    if (!addUncovered(net, free, trial, cover!, worst + 1)) return { worst, cover: cover! };
  }
}

/** Goes up in growing steps while it can, then halves what is between. Leaves the highest threshold that it found. */
function climb(worst: () => number, reaches: (threshold: number) => boolean): void {
  let tooHigh = HIGHEST_SCORE + 1;
  for (let step = FIRST_STEP; worst() + step < tooHigh; step *= STEP_GROWTH) {
    const threshold = worst() + step;
    if (!reaches(threshold)) tooHigh = threshold;
  }
  while (worst() + 1 < tooHigh) {
    const threshold = (worst() + tooHigh + 1) >> 1;
    if (!reaches(threshold)) tooHigh = threshold;
  }
}

/** Adds pairs that score at least `threshold` and that the cover leaves out. Tells whether there were any. */
function addUncovered(net: Network, free: FreePairs, matching: Matching, cover: Cover, threshold: number): boolean {
  if (net.isComplete) return false;
  const scores = new Int32Array(net.columns);
  let hasFound = false;
  for (let i = 0; i < net.rows; i++) {
    if (cover.rows[i] || net.wants[i] === 0) continue;
    free.scores.fillRow(i, scores);
    let left = 0;
    for (let j = 0; j < scores.length; j++) {
      if (scores[j]! < threshold || cover.columns[j] || net.capacities[j] === 0) scores[j] = NOT_ALLOWED;
      else left++;
    }
    for (const column of matesOfRow(matching, i)) {
      if (scores[column] !== NOT_ALLOWED) left--;
      scores[column] = NOT_ALLOWED;
    }
    // Most rows have nothing, and looking for their best would cost more than all the rest.
    if (left === 0) continue;
    const begin = beginOf(i, scores.length);
    const spread = pickSpread(scores, SPREAD_AT_ONCE, begin);
    hasFound = true;
    for (const column of [...pickBest(scores, BEST_AT_ONCE, NOT_ALLOWED, begin), ...spread])
      insertArc(net, i, column, scores[column]!);
    // In a network that holds a flow already, the new pairs may be worth more than what the row has.
    if (net.isPlaced) liftRow(net, i);
  }
  return hasFound;
}
