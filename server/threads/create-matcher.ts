import { matchCohort, type CohortMatching } from '../domain/matching/match-cohort.ts';
import { priceWishes, type WishedMatching, type WishPrice } from '../domain/matching/price-wishes.ts';
import type { MatchingResult } from '../domain/matching/types.ts';
import type { Clock, Matcher } from '../ports.ts';
import { createThread } from './create-thread.ts';

/** Mentees times mentors that are matched at once on the calling thread: starting another one would take longer. */
export const MOST_PAIRS_AT_ONCE = 40_000;

export interface RunningMatcher extends Matcher {
  /** Ends a matching in the other thread and refuses those that wait (AppError `unavailable`). */
  stop(): Promise<void>;
}

/** A matcher that leaves the event loop free: small cohorts at once, big ones in another thread, one after another. */
export function createMatcher(clock: Pick<Clock, 'track'>): RunningMatcher {
  const thread = createThread<CohortMatching | WishedMatching, MatchingResult | WishPrice>(
    new URL('./match-cohort-worker', import.meta.url).href,
  );
  return {
    match: (input) =>
      clock.track(async () => (isSmall(input) ? matchCohort(input) : (thread.run(input) as Promise<MatchingResult>))),
    price: (input) =>
      clock.track(async () => (isSmall(input) ? priceWishes(input) : (thread.run(input) as Promise<WishPrice>))),
    stop: () => thread.stop(),
  };
}

const isSmall = ({ mentees, mentors }: CohortMatching): boolean =>
  mentees.length * mentors.length <= MOST_PAIRS_AT_ONCE;
