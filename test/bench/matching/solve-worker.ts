import { solveAssignment } from '../../../server/domain/matching/solve/solve-assignment.ts';
import { keepRows } from '../../../server/domain/matching/solve/score-rows.ts';
import type { MatchingResult } from '../../../server/domain/matching/types.ts';
import type { CohortMatching } from '../../../server/domain/matching/match-cohort.ts';
import { answerCall } from '../../../server/threads/answer-call.ts';
import { makeProgram } from './make-profiles.ts';

/* Takes a cohort as matching does and gives as much back, but solves a generated program of its size. */
answerCall(({ mentees, mentors }: CohortMatching): MatchingResult => {
  const program = makeProgram('square', mentees.length, mentors.length, 1);
  const { pairs, seats, worst, total } = solveAssignment({ ...program, scores: keepRows(program.scores) });
  return {
    pairs: pairs.map(([row, column, score]) => ({
      menteeId: mentees[row]!.personId,
      mentorId: mentors[column]!.personId,
      score,
      parts: { goals: score, interests: 0, languages: 0, overlap: 0, difference: 0 },
      reasons: [
        { code: 'goalsCovered', covered: ['generative-ai', 'short-video', 'data-literacy'], of: 4 },
        { code: 'sharedInterests', interests: mentees[row]!.interests.slice(0, 2) },
        { code: 'sharedLanguages', languages: [...mentees[row]!.languages] },
        { code: 'overlapHours', hoursPerWeek: 35 },
      ],
    })),
    unmatched: [],
    seats,
    worst,
    total,
    blockingPairs: 0,
  };
});
