import { describe, expect, it } from 'vitest';
import { matchProfiles, type ProfileProblem } from '../../../../server/domain/matching/match-profiles.ts';
import { priceChoices } from '../../../../server/domain/matching/price-choices.ts';
import { makeCohort } from './make-cohort.ts';
import { numbers } from './solve/make-instance.ts';

describe('priceChoices', () => {
  it('is the difference to a matching without the decision, pin by pin and ban by ban', () => {
    const seen = { pinned: 0, forbidden: 0, costly: 0 };
    for (let seed = 1; seed <= 60; seed++) {
      const random = numbers(seed);
      const cohort = { ...makeCohort({ mentees: 10, mentors: 8, seed, isEnglish: true }), seed: 1 };
      const free = matchProfiles({ ...cohort, pinned: [], forbidden: [] });
      const row = new Int32Array(8);
      const allowed = free.scores.mentees.flatMap(({ id }, i) => {
        free.scores.fillRow(i, row);
        return free.scores.mentors.filter((_, j) => row[j]! >= 0).map((mentor): [string, string] => [id, mentor.id]);
      });
      if (allowed.length < 3) continue;
      const pick = (): [string, string] => allowed[Math.floor(random() * allowed.length)]!;
      const pin = pick();
      const bans = [pick(), ...free.pairs.slice(0, 1).map((one): [string, string] => [one.menteeId, one.mentorId])];
      const forbidden = bans.filter((pair) => pair.join() !== pin.join());
      // Said twice it is one.
      const problem: ProfileProblem = { ...cohort, pinned: [pin], forbidden: [...forbidden, ...forbidden] };
      const matching = matchProfiles(problem);
      for (const { kind, pair, price } of priceChoices(problem, matching)) {
        const isOther = (one: readonly [string, string]): boolean => one.join() !== pair.join();
        const without = matchProfiles({ ...problem, [kind]: problem[kind].filter(isOther) });
        expect({ seed, kind, ...price }).toMatchObject({
          seats: matching.seats - without.seats,
          worstBefore: without.worst,
          worstAfter: matching.worst,
          total: matching.total - without.total,
        });
        const sum = price.gained.length - price.lost.length;
        expect(sum).toBe(price.seats);
        seen[kind]++;
        if (price.total < 0) seen.costly++;
      }
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(15);
  });
});
