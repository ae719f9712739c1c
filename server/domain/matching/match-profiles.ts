import type { CohortScores } from './cohort-scores.ts';
import { explainPair } from './explain-pair.ts';
import { explainUnmatched } from './explain-unmatched.ts';
import { judgeCohort } from './judge-cohort.ts';
import { scoreOf, type PairOfIds, type ProfileCohort } from './judge-pair.ts';
import type { MatchReason, UnmatchedReason } from './reasons.ts';
import type { HardRule, ScoreParts } from './settings.ts';
import { countBlockingPairs } from './solve/count-blocking-pairs.ts';
import { keepRows, whenToKeep } from './solve/score-rows.ts';
import { solveAssignment } from './solve/solve-assignment.ts';
import type { AssignmentProblem, Pin, Solution } from './solve/types.ts';

export interface ProfileProblem extends ProfileCohort {
  /** Pairs that the administrator set: kept first of all, as long as they break no hard rule. */
  pinned: readonly PairOfIds[];
  /** Decides between equal solutions, so that no name is favored by its place in a list. */
  seed: number;
}

export interface ProfilePair {
  menteeId: string;
  mentorId: string;
  score: number;
  parts: ScoreParts;
  reasons: MatchReason[];
}

export interface ProfileMatching {
  /** In the order of ids. */
  pairs: ProfilePair[];
  /** Who has nobody, in the order of ids. */
  unmatched: { personId: string; reasons: UnmatchedReason[] }[];
  seats: number;
  /** The lowest score of the pairs that are not pinned; null without such pairs. */
  worst: number | null;
  total: number;
  /** Pairs not matched together who would both prefer each other. */
  blockingPairs: number;
  /** The first of them, by mentee and mentor. */
  blocking: PairOfIds[];
  /** All pairs judged; rows and columns stand in the order of `scores.mentees` and `scores.mentors`. */
  scores: CohortScores;
  /** What the price of an edit is worked out from (priceEdit). */
  solution: Solution;
}

/** Nobody reads more names; the number says how many there are. */
const MOST_BLOCKING = 50;

/** A pin that cannot be kept: it breaks a hard rule, somebody is unknown, or there is no seat left for it. */
export interface PinRefused extends RangeError {
  /** Its place in the list of pins. */
  index: number;
  rule: HardRule | 'unknownPerson' | 'twice' | 'capacity';
}

/** Whether it is a PinRefused. It has no class of its own, as it may come from another thread. */
export const isPinRefused = (error: unknown): error is PinRefused =>
  error instanceof RangeError && 'index' in error && 'rule' in error;

const refusePin = (index: number, rule: PinRefused['rule']): PinRefused =>
  Object.assign(new RangeError(`pinned.${index}: cannot be kept, ${rule}`), { index, rule });

/**
 * Matches a cohort: judges every pair, keeps to the hard rules, and finds the best assignment as a whole (solveAssignment).
 * The same people and seed give the same pairs, whatever the order of the lists. Throws PinRefused.
 */
export function matchProfiles(problem: ProfileProblem): ProfileMatching {
  const mentees = shuffle(problem.mentees, problem.seed);
  const mentors = shuffle(problem.mentors, problem.seed);
  const scores = judgeCohort({ ...problem, mentees, mentors });
  const wants = mentees.map((mentee) => mentee.wants);
  const capacities = mentors.map(({ capacity }) => capacity);
  const assignment: AssignmentProblem = {
    wants,
    capacities,
    scores: keepRows(scores, { keepAt: whenToKeep(wants, capacities) }),
    pinned: readPins(problem.pinned, scores),
  };
  const solution = solveAssignment(assignment);
  const blocking: PairOfIds[] = [];
  const blockingPairs = countBlockingPairs(assignment, solution.pairs, (i, j) => {
    if (blocking.length < MOST_BLOCKING) blocking.push([mentees[i]!.id, mentors[j]!.id]);
  });
  const pairs = solution.pairs
    .map(([i, j, score]): ProfilePair => {
      const [mentee, mentor] = [mentees[i]!, mentors[j]!];
      return {
        menteeId: mentee.id,
        mentorId: mentor.id,
        score,
        parts: scores.partsOf(i, j),
        reasons: explainPair(scores, i, j),
      };
    })
    .sort((a, b) => compare(a.menteeId, b.menteeId) || compare(a.mentorId, b.mentorId));
  return {
    pairs,
    unmatched: explainAll(scores, solution),
    seats: solution.seats,
    worst: solution.worst,
    total: solution.total,
    blockingPairs,
    blocking,
    scores,
    solution,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Who has nobody at all, with what binds. */
function explainAll(scores: CohortScores, { pairs, problem }: Solution): ProfileMatching['unmatched'] {
  const places = Int32Array.from(problem.capacities);
  const seated = new Set<number>();
  for (const [i, j] of pairs) {
    places[j]!--;
    seated.add(i);
  }
  const isTaken = (j: number): boolean => places[j]! <= 0;
  return scores.mentees
    .flatMap(({ id }, i) =>
      seated.has(i) ? [] : [{ personId: id, reasons: explainUnmatched(scores, i, { isTaken }) }],
    )
    .sort((a, b) => compare(a.personId, b.personId));
}

function readPins(pinned: readonly PairOfIds[], scores: CohortScores): Pin[] {
  const { mentees, mentors } = scores;
  const rowOf = new Map(mentees.map(({ id }, i) => [id, i]));
  const columnOf = new Map(mentors.map(({ id }, j) => [id, j]));
  const wants = mentees.map((mentee) => mentee.wants);
  const places = mentors.map(({ capacity }) => capacity);
  const seen = new Set<string>();
  return pinned.map(([menteeId, mentorId], index) => {
    const [i, j] = [rowOf.get(menteeId), columnOf.get(mentorId)];
    if (i === undefined || j === undefined) throw refusePin(index, 'unknownPerson');
    const key = `${i} ${j}`;
    if (seen.has(key)) throw refusePin(index, 'twice');
    seen.add(key);
    const [rule] = scores.brokenRules(i, j);
    if (rule !== undefined) throw refusePin(index, rule);
    if (wants[i]!-- <= 0 || places[j]!-- <= 0) throw refusePin(index, 'capacity');
    return [i, j, scoreOf(scores.partsOf(i, j))] as const;
  });
}

/** An order that depends on the seed and the people alone (FNV-1a over both). */
function shuffle<P extends { id: string }>(people: readonly P[], seed: number): P[] {
  const rank = (text: string): number => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return hash >>> 0;
  };
  return people
    .map((person) => ({ person, rank: rank(`${seed}:${person.id}`) }))
    .sort((a, b) => a.rank - b.rank || compare(a.person.id, b.person.id))
    .map(({ person }) => person);
}
