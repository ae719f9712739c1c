import { clearBits, hasBit } from './bits.ts';
import type { Availability } from './build-availability.ts';
import type { Frame } from './frame.ts';

/** A pair of a cohort; people are indexes into the availability of all. */
export interface PairOfPeople {
  mentee: number;
  mentor: number;
}

/** What the plans of pairs hold of their people's time, and can give back. */
export interface HeldTimes {
  /** Whether both people of a pair are free at these slots as things stand; slots below 0 are none. */
  areFree(pair: number, slots: Iterable<number>): boolean;
  /** Takes the sessions that begin at these slots from both people of a pair; slots below 0 are none. */
  hold(pair: number, slots: Iterable<number>): void;
  /** Gives back all that these pairs hold; what other pairs hold of the same people stays taken. */
  release(pairs: readonly number[]): void;
}

/** Holds times in the bits of `people`. Meetings beside a held time are not looked at again. */
export function holdTimes(
  pairs: readonly PairOfPeople[],
  people: readonly Availability[],
  { step, length, words }: Frame,
): HeldTimes {
  // In one piece: thousands of small arrays would keep the collector of garbage busy.
  const original = new Uint32Array(people.length * words);
  people.forEach(({ free }, person) => original.set(free, person * words));
  const pairsOf: number[][] = people.map(() => []);
  pairs.forEach(({ mentee, mentor }, pair) => {
    pairsOf[mentee]!.push(pair);
    pairsOf[mentor]!.push(pair);
  });
  const held: Iterable<number>[][] = pairs.map(() => []);
  const cells = Math.ceil(length / step);
  const take = ({ free }: Availability, slots: Iterable<number>): void => {
    for (const slot of slots) if (slot >= 0) clearBits(free, slot - cells + 1, slot + cells);
  };
  return {
    areFree(pair, slots) {
      const [mentee, mentor] = [people[pairs[pair]!.mentee]!.free, people[pairs[pair]!.mentor]!.free];
      for (const slot of slots) if (slot >= 0 && !(hasBit(mentee, slot) && hasBit(mentor, slot))) return false;
      return true;
    },
    hold(pair, slots) {
      held[pair]!.push(slots);
      const { mentee, mentor } = pairs[pair]!;
      take(people[mentee]!, slots);
      take(people[mentor]!, slots);
    },
    release(given) {
      const touched = new Set<number>();
      for (const pair of given) {
        held[pair] = [];
        touched.add(pairs[pair]!.mentee).add(pairs[pair]!.mentor);
      }
      for (const person of touched) {
        people[person]!.free.set(original.subarray(person * words, (person + 1) * words));
        for (const pair of pairsOf[person]!) for (const slots of held[pair]!) take(people[person]!, slots);
      }
    },
  };
}
