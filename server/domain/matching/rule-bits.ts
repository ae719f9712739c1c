import { HARD_RULES, type HardRule } from './settings.ts';

/** One bit for each hard rule, in the order of HARD_RULES. */
export const RULE_BITS = Object.fromEntries(HARD_RULES.map((rule, k) => [rule, 1 << k])) as Readonly<
  Record<HardRule, number>
>;

/** The rules of a set of bits, in the order of HARD_RULES. */
export const rulesIn = (bits: number): HardRule[] => HARD_RULES.filter((rule) => (bits & RULE_BITS[rule]) !== 0);
