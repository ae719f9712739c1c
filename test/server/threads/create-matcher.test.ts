import { describe, expect, it } from 'vitest';
import { matchCohort } from '../../../server/domain/matching/match-cohort.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { createVirtualClock } from '../../../server/sandbox/clock.ts';
import { createMatcher, MOST_PAIRS_AT_ONCE } from '../../../server/threads/create-matcher.ts';
import { makeCrowd } from '../../make/crowd.ts';
import { untracked } from '../../make/database.ts';

/** As few people as are matched in the other thread. */
const big = makeCrowd(50, Math.floor(MOST_PAIRS_AT_ONCE / 50) + 1);
const small = makeCrowd(8, 20);

describe('a matcher', () => {
  it.each([
    ['at once', small],
    ['in the other thread', big],
  ])('gives what matchCohort gives, %s', async (_, crowd) => {
    const matcher = createMatcher(untracked);
    const result = await matcher.match(crowd);
    expect(result.seats).toBe(crowd.mentees.length);
    expect(result).toEqual(matchCohort(crowd));
    await matcher.stop();
  });

  it.each([
    ['at once', small],
    ['from the other thread', big],
  ])('throws what matchCohort throws, %s', async (_, crowd) => {
    const stranger = 'stranger' as PersonId;
    const matcher = createMatcher(untracked);
    const matched = matcher.match({ ...crowd, pinned: [[stranger, crowd.mentors[0]!.personId]] });
    const error: unknown = await matched.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({
      message: 'pinned.0: cannot be kept, unknownPerson',
      index: 0,
      rule: 'unknownPerson',
    });
    await matcher.stop();
  });

  it('keeps the event loop free while a big cohort is matched', async () => {
    const matcher = createMatcher(untracked);
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    await matcher.match(big);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(10);
    await matcher.stop();
  });

  it('lets virtual time wait for it', async () => {
    const clock = createVirtualClock(0);
    const matcher = createMatcher(clock);
    const order: string[] = [];
    clock.at(1, 'later', () => void order.push('later'));
    void matcher.match(big).then(() => order.push('matched'));
    await clock.advanceTo(1);
    expect(order).toEqual(['matched', 'later']);
    await matcher.stop();
  });

  it('refuses big cohorts once it is stopped', async () => {
    const matcher = createMatcher(untracked);
    await matcher.stop();
    await expect(matcher.match(big)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
