import type { CohortMatching } from '../../domain/matching/match-cohort.ts';
import { isPinRefused } from '../../domain/matching/match-profiles.ts';
import type { MatchingResult } from '../../domain/matching/types.ts';
import type { PinProblem, WishChange } from '../../domain/matching/wishes.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { Matcher } from '../../ports.ts';

/** A pin that cannot be kept, and why. */
export interface RefusedPin {
  pair: readonly [menteeId: PersonId, mentorId: PersonId];
  rule: PinProblem;
}

export interface MatchedWithWishes {
  result: MatchingResult;
  /** Pins of earlier days that cannot be kept any more: people change, and no matching stops for that. */
  refused: RefusedPin[];
}

/**
 * Matches a cohort with its wishes. A pin that cannot be kept is left out and told, but one that is asked for just now
 * (`firm`) is never left out: then there is no matching, and `rejected` says which pin it is.
 */
export async function matchWithWishes(
  matcher: Matcher,
  input: CohortMatching,
  firm: readonly WishChange[] = [],
): Promise<MatchedWithWishes | { rejected: RefusedPin }> {
  const refused: RefusedPin[] = [];
  let { pinned } = input;
  for (;;) {
    try {
      return { result: await matcher.match({ ...input, pinned }), refused };
    } catch (error) {
      if (!isPinRefused(error)) throw error;
      const pin: RefusedPin = { pair: pinned[error.index]!, rule: error.rule };
      if (isAmong(firm, pin)) return { rejected: pin };
      refused.push(pin);
      pinned = pinned.filter((_pair, index) => index !== error.index);
    }
  }
}

/** Whether a pin is one of those that are set just now. */
export const isAmong = (changes: readonly WishChange[], { pair }: RefusedPin): boolean =>
  changes.some(({ menteeId, mentorId, wish }) => wish === 'pinned' && menteeId === pair[0] && mentorId === pair[1]);
