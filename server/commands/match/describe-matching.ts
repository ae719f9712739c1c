import { cleanText } from '../../bot/escape-text.ts';
import type { MatchingOutput } from '../../contract/matching.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { reasonsForSide } from '../../domain/matching/explain-pair.ts';
import type { ProfileMatching, ProfileProblem } from '../../domain/matching/match-profiles.ts';
import { priceChoices } from '../../domain/matching/price-choices.ts';
import { shortList } from '../../domain/matching/solve/short-list.ts';
import { createTexts, type ReaderTexts } from '../../locales/create-texts.ts';
import { writePrice } from '../../locales/write-price.ts';
import { writeReasons } from '../../locales/write-reasons.ts';
import { writeUnmatched } from '../../locales/write-unmatched.ts';

/**
 * The result as it is printed. `explain`: reasons as sentences of a language, for each side what that side may read and for
 * those without a mentor what the administrator reads, with prices and short lists; otherwise as codes with values, a pair's
 * as the mentee reads them.
 */
export function describeMatching(
  problem: ProfileProblem,
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
    ...(explain ? { prices: describePrices(problem, matching, reader) } : {}),
    // The executive does not choose in reverse mode (product.md C4).
    ...(explain && problem.settings.mode !== 'reverse' ? { shortLists: describeShortLists(matching) } : {}),
  };
}

const describePrices = (
  problem: ProfileProblem,
  matching: ProfileMatching,
  reader: ReaderTexts,
): MatchingOutput['prices'] =>
  priceChoices(problem, matching).map(({ kind, pair, price }) => ({
    ...{ kind, pair, seats: price.seats, goals: price.goals, firstChoicesLost: price.firstChoicesLost },
    worst: { without: price.worstBefore, with: price.worstAfter },
    total: price.total,
    gained: price.gained.map(({ mentee, mentor }): [string, string] => [mentee, mentor]),
    lost: price.lost.map(({ mentee, mentor }): [string, string] => [mentee, mentor]),
    sentences: writePrice(price, (id) => id, reader, cleanText),
  }));

function describeShortLists({ scores, solution }: ProfileMatching): MatchingOutput['shortLists'] {
  const lists = shortList(solution.problem);
  return scores.mentees
    .map(({ id }, i) => ({ mentee: id, mentors: lists[i]!.map(([j]) => scores.mentors[j]!.id) }))
    .sort((a, b) => (a.mentee < b.mentee ? -1 : 1));
}
