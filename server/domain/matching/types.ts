import type { PersonId } from '../people/person.ts';
import type { MatchReason, UnmatchedReason } from './reasons.ts';
import type { ScoreParts } from './settings.ts';

export interface MatchedPair {
  menteeId: PersonId;
  mentorId: PersonId;
  score: number;
  parts: ScoreParts;
  reasons: MatchReason[];
}

export interface Unmatched {
  personId: PersonId;
  /** What binds, the most telling first. */
  reasons: UnmatchedReason[];
}

/** Two people who are not matched together and would both prefer each other. */
export interface BlockingPair {
  menteeId: PersonId;
  mentorId: PersonId;
}

export interface MatchingResult {
  pairs: MatchedPair[];
  unmatched: Unmatched[];
  seats: number;
  /** The lowest score of the pairs that are not pinned; null without such pairs. */
  worst: number | null;
  total: number;
  /** Pairs not matched together who would both prefer each other. */
  blockingPairs: number;
  /** The first of them. */
  blocking: BlockingPair[];
}
