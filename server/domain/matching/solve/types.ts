import type { Network } from './network.ts';
import type { ScoreRows } from './score-rows.ts';

/** A pair that is kept whatever its score: row, column, score. The score may be of a pair that the rows do not allow. */
export type Pin = readonly [row: number, column: number, score: number];

/** Who may be matched with whom. Row i is a mentee, column j a mentor. */
export interface AssignmentProblem {
  /** How many different mentors each mentee wants. */
  wants: readonly number[];
  /** How many mentees each mentor takes. */
  capacities: readonly number[];
  scores: ScoreRows;
  pinned?: readonly Pin[];
  /** Pairs that must not be matched, whatever their score. */
  forbidden?: readonly (readonly [row: number, column: number])[];
}

/** What comes after "as many seats as possible": the worst pair and then the total, or the total alone. */
export type Objective = 'worst-then-total' | 'total';

/**
 * Rows and columns that bound how many seats pairs can fill (a cut): each pair is in one of the rows, or in one of the
 * columns, or counts by itself. 1 = the row, or the column, is in the cover.
 */
export interface Cover {
  rows: Uint8Array;
  columns: Uint8Array;
}

/**
 * Why no assignment is better (linear programming duality; Ahuja, Magnanti, Orlin 1993, 9.4). Pinned pairs and the places
 * they take are left out of all of it. Checked by checkCertificate.
 */
export interface Certificate {
  /** No assignment fills more seats than this cover allows. */
  seats: Cover;
  /** Pairs above the worst score fill fewer seats; null: no pairs, or the worst pair was not asked for. */
  worst: Cover | null;
  /** Pairs below it are left out of the comparison of totals. */
  threshold: number;
  /** What a seat counts beside its score. */
  reward: number;
  /** Prices: reward + score <= row + column for each pair that is not chosen, >= for each that is. */
  rowPrices: Float64Array;
  columnPrices: Float64Array;
}

export interface Solution {
  problem: AssignmentProblem;
  objective: Objective;
  /** Row, column, score, in ascending order; pinned pairs included. */
  pairs: [row: number, column: number, score: number][];
  seats: number;
  /** The lowest score of the pairs that are not pinned; null without such pairs. */
  worst: number | null;
  total: number;
  certificate: Certificate;
  /** What resolveAfter goes on from. */
  network: Network;
}
