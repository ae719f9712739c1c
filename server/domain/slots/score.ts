import { MINUTE } from '../time/instant.ts';

/** What speaks against a start in one person's calendar, as bits of a byte. */
export const LUNCH = 1;
export const PROTECTED = 2;
export const BLACKOUT = 4;
/** A public holiday or a day without meetings. */
export const DAY_OFF = 8;
/** Another meeting is nearer than the wanted buffer. */
export const TIGHT = 16;
/** Cuts a piece off a long free stretch that is too short to work in. */
export const FRAGMENT = 32;
/** Not within hours that the person likes, where some are named. */
export const NOT_PREFERRED = 64;
/** No weekly meeting is near, so that the session is a trip of its own. */
export const NO_ROUTINE = 128;

/** Used only if nothing else exists (product.md D2). */
export const LAST_RESORT = LUNCH | PROTECTED | BLACKOUT;

/** Lunch in each person's zone, minutes of the local day. */
export const LUNCH_MINUTES = [12 * 60, 13 * 60] as const;
/** Free time beside other meetings where a person names none. */
export const BUFFER_MINUTES = 15;
/** Free stretches from this length on are kept whole: shorter ones are no time for deep work. */
export const FOCUS = 90 * MINUTE;
/** A weekly meeting so near counts as a routine to stand beside. */
export const BESIDE = 30 * MINUTE;
/** Dates in so many weeks from the start weigh double: what is near is known best, and felt first. */
export const DOUBLE_WEEKS = 8;

const BEST = 1_000_000;
/** Millionths for one person on one date, by bit from LUNCH on. */
const COSTS = [250_000, 250_000, 250_000, 200_000, 120_000, 60_000, 80_000, 20_000] as const;
/** All dates moved; each costs the executive one more mail. */
export const MOVED_COST = 600_000;
/** A first date so many days away or more. */
const LATE_COST = 100_000;
const LATE_DAYS = 28;

/** The cost of each byte of bits, at most that of a whole date. */
export const COST_OF: Int32Array = Int32Array.from({ length: 256 }, (_, bits) =>
  Math.min(
    BEST,
    COSTS.reduce((sum, cost, bit) => sum + ((bits >> bit) & 1) * cost, 0),
  ),
);

/**
 * The score of a pattern, a whole number in 0..1,000,000. `cost`: the costs of its free dates, each by its weight, of all
 * people together; `weight`: the weights of all its dates times the people; `any`: the bits of all together. Whatever needs
 * a last resort stays below everything that does not: 499,999 at most, and the rest 500,000 at least.
 */
export function scoreOf(cost: number, weight: number, any: number, moved: number, count: number, days: number): number {
  const late = Math.floor((LATE_COST * Math.min(days, LATE_DAYS)) / LATE_DAYS);
  const quality = Math.max(0, BEST - Math.floor(cost / weight) - Math.floor((MOVED_COST * moved) / count) - late);
  return (any & LAST_RESORT) === 0 ? BEST / 2 + (quality >> 1) : Math.min(BEST / 2 - 1, quality >> 1);
}
