import type { Topic } from '../../contract/vocabulary.ts';
import type { PersonId } from '../people/person.ts';

/** Scores are integers of millionths: 0..1,000,000. */
export const SCORE_MAX = 1_000_000;

/** The criteria of a score; each part is kept, and the parts sum to the score. */
export const CRITERIA = ['goals', 'interests', 'languages', 'overlap', 'difference'] as const;
export type Criterion = (typeof CRITERIA)[number];
export type ScoreParts = Record<Criterion, number>;

/** Why a mentor may not be matched with a mentee. */
export const HARD_RULES = [
  'samePerson',
  'reportingLine',
  'siblings',
  'seniorityGap',
  'noSharedLanguage',
  'noOverlap',
  'noGoalCovered',
  'minimumScore',
  'pastPair',
  'excludedPair',
  'notTrained',
  'paused',
] as const;
export type HardRule = (typeof HARD_RULES)[number];

/** A reason as a code with its values; locales make the sentence. */
export type MatchReason =
  | { code: 'goalsCovered'; covered: Topic[]; of: number }
  | { code: 'sharedInterests'; interests: string[] }
  | { code: 'sharedLanguages'; languages: string[] }
  | { code: 'overlapHours'; hoursPerWeek: number }
  /** `department` and `office` are the mentor's, as the mentee reads them; see reasonsForSide. */
  | { code: 'otherDepartment'; department: string; menteeDepartment: string }
  | { code: 'otherOffice'; office: string; menteeOffice: string };

export interface MatchedPair {
  menteeId: PersonId;
  mentorId: PersonId;
  score: number;
  parts: ScoreParts;
  reasons: MatchReason[];
}

export interface Unmatched {
  personId: PersonId;
  /** The rules that exclude most mentors, most frequent first; empty: every allowed mentor is full. */
  reasons: { rule: HardRule; mentors: number }[];
}

export interface MatchingResult {
  pairs: MatchedPair[];
  unmatched: Unmatched[];
  seats: number;
  worst: number | null;
  total: number;
  blockingPairs: number;
}
