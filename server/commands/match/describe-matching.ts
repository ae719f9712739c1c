import { cleanText } from '../../bot/escape-text.ts';
import type { MatchingOutput } from '../../contract/matching.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { reasonsForSide } from '../../domain/matching/explain-pair.ts';
import type { ProfileMatching } from '../../domain/matching/match-profiles.ts';
import { createTexts } from '../../locales/create-texts.ts';
import { writeReasons } from '../../locales/write-reasons.ts';
import { writeUnmatched } from '../../locales/write-unmatched.ts';

/**
 * The result as it is printed. `explain`: reasons as sentences of a language, for each side what that side may read and for those
 * without a mentor what the administrator reads; otherwise as codes with values, a pair's as the mentee reads them.
 */
export function describeMatching(
  matching: ProfileMatching,
  { explain, language }: { explain: boolean; language: Locale },
): MatchingOutput {
  const reader = createTexts().reader(language, 'UTC');
  const { pairs, unmatched, seats, worst, total, blockingPairs } = matching;
  return {
    pairs: pairs.map(({ menteeId, mentorId, score, parts, reasons }) => ({
      ...{ mentee: menteeId, mentor: mentorId, score, parts },
      reasons: explain
        ? {
            mentee: writeReasons(reasonsForSide(reasons, 'mentee'), 'mentee', reader, cleanText),
            mentor: writeReasons(reasonsForSide(reasons, 'mentor'), 'mentor', reader, cleanText),
          }
        : reasons,
    })),
    unmatched: unmatched.map(({ personId, reasons }) => ({
      id: personId,
      reasons: explain ? writeUnmatched(reasons, reader, cleanText) : reasons,
    })),
    ...{ seats, worst, total, blockingPairs },
  };
}
