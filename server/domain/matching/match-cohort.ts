import type { Participant } from '../people/person.ts';
import { buildContext, type MatchContext, type MatchContextInput, type PairOfIds } from './context.ts';
import { brokenRules } from './eligible.ts';
import { explainPair, explainUnmatched } from './explain.ts';
import { scorePair } from './score.ts';
import { countBlockingPairs } from './solve/count-blocking-pairs.ts';
import { denseRows, NOT_ALLOWED } from './solve/score-rows.ts';
import { solveAssignment } from './solve/solve-assignment.ts';
import type { HardRule, MatchedPair, MatchingResult } from './types.ts';

export interface CohortMatching extends MatchContextInput {
  /** Everybody who still wants somebody; `seats` is what is still free. */
  mentees: readonly Participant[];
  mentors: readonly Participant[];
  /** Pairs that the administrator set: kept whatever the rules say, first of all. */
  pinned: readonly PairOfIds[];
  /** Decides between equal solutions, so that no name is favored by its place in a list. */
  seed: number;
}

/**
 * Matches a cohort: scores every pair, keeps to the hard rules, and finds the best assignment as a whole (solveAssignment).
 * The same people and seed give the same pairs, whatever the order of the lists. Throws RangeError for a pin that cannot
 * be kept: unknown people, the same person twice, or no seat left.
 */
export function matchCohort(input: CohortMatching): MatchingResult {
  const context = buildContext(input);
  const mentees = shuffle(input.mentees, input.seed);
  const mentors = shuffle(input.mentors, input.seed);
  const wants = mentees.map(({ seats }) => seats);
  const capacities = mentors.map(({ seats }) => seats);
  const pins = input.pinned.map(([menteeId, mentorId]) => {
    const i = mentees.findIndex(({ personId }) => personId === menteeId);
    const j = mentors.findIndex(({ personId }) => personId === mentorId);
    const isKept = i >= 0 && j >= 0 && menteeId !== mentorId && wants[i]!-- > 0 && capacities[j]!-- > 0;
    if (!isKept) throw new RangeError(`pinned: ${menteeId} and ${mentorId} cannot be kept together`);
    return [i, j] as [number, number];
  });
  if (new Set(pins.map(([i, j]) => `${i} ${j}`)).size < pins.length)
    throw new RangeError('pinned: the same pair twice');

  const { scores, broken } = judgeAll(mentees, mentors, context);
  for (const [i, j] of pins) scores[i * mentors.length + j] = NOT_ALLOWED;
  const problem = { wants, capacities, scores: denseRows(mentees.length, mentors.length, scores) };
  const solved = solveAssignment(problem);
  const chosen = [...pins, ...solved.pairs];
  const pairs = chosen.map(([i, j]) => describe(mentees[i]!, mentors[j]!, context)).sort(byIds);
  const seated = new Set(chosen.map(([i]) => i));
  return {
    pairs,
    unmatched: mentees
      .flatMap(({ personId }, i) => (seated.has(i) ? [] : [{ personId, reasons: explainUnmatched(broken[i]!) }]))
      .sort((a, b) => (a.personId < b.personId ? -1 : 1)),
    seats: pairs.length,
    worst: pairs.length === 0 ? null : Math.min(...pairs.map(({ score }) => score)),
    total: pairs.reduce((sum, { score }) => sum + score, 0),
    blockingPairs: countBlockingPairs(problem, solved.pairs),
  };
}

/** Scores and broken rules of every pair; a pair that breaks one is not allowed. */
function judgeAll(
  mentees: readonly Participant[],
  mentors: readonly Participant[],
  context: MatchContext,
): { scores: Int32Array; broken: HardRule[][][] } {
  const scores = new Int32Array(mentees.length * mentors.length);
  const broken = mentees.map((mentee, i) =>
    mentors.map((mentor, j) => {
      const { score } = scorePair(mentor, mentee, context);
      const rules = brokenRules(mentor, mentee, context, score);
      scores[i * mentors.length + j] = rules.length === 0 ? score : NOT_ALLOWED;
      return rules;
    }),
  );
  return { scores, broken };
}

const describe = (mentee: Participant, mentor: Participant, context: MatchContext): MatchedPair => ({
  menteeId: mentee.personId,
  mentorId: mentor.personId,
  ...scorePair(mentor, mentee, context),
  reasons: explainPair(mentor, mentee, context),
});

const byIds = (a: MatchedPair, b: MatchedPair): number =>
  a.menteeId < b.menteeId ? -1 : a.menteeId > b.menteeId ? 1 : a.mentorId < b.mentorId ? -1 : 1;

/** An order that depends on the seed and the people alone (FNV-1a over both). */
function shuffle(people: readonly Participant[], seed: number): Participant[] {
  const rank = (text: string): number => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return hash >>> 0;
  };
  return people
    .map((person) => ({ person, rank: rank(`${seed}:${person.personId}`) }))
    .sort((a, b) => a.rank - b.rank || (a.person.personId < b.person.personId ? -1 : 1))
    .map(({ person }) => person);
}
