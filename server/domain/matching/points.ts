import { STYLE_TRAITS, type WorkStyle } from './profile.ts';
import type { StyleSigns } from './settings.ts';

// What each criterion gives, in whole millionths, out of the `weight` that the program sets for it.

/** Half a working week in common: more of it finds no more slots. */
export const ENOUGH_OVERLAP = 20 * 60;
/** Three shared interests are enough to talk about. */
export const ENOUGH_INTERESTS = 3;
/** 60 is divisible by every level from 1 to 5: a skill below the wanted level gives whole sixtieths of a half. */
const WHOLE_GOAL = 120;
const HALF_GOAL = 60;
const MOST_APART = 4;

/**
 * One goal of several: whole where the skill reaches the wanted level, at most half below it, so that it never beats one
 * that does. `known`: the mentor's level, 0 without the skill; `share`: the goal's weight beside `all` of the person.
 */
export const goalPoints = (
  weight: number,
  { known, level, share, all }: { known: number; level: number; share: number; all: number },
): number =>
  Math.floor((weight * share * (known >= level ? WHOLE_GOAL : (HALF_GOAL * known) / level)) / (WHOLE_GOAL * all));

/** Grows with the common time of the worst week, minutes, up to half a week. */
export const overlapPoints = (weight: number, minutesPerWeek: number): number =>
  Math.floor((weight * Math.min(minutesPerWeek, ENOUGH_OVERLAP)) / ENOUGH_OVERLAP);

/** Whole where the mentee's first language is shared, half for another one. Both lists are keys (keyOf). */
export function languagePoints(weight: number, mentee: readonly string[], mentor: readonly string[]): number {
  if (mentee.length > 0 && mentor.includes(mentee[0]!)) return weight;
  return mentee.some((language) => mentor.includes(language)) ? Math.floor(weight / 2) : 0;
}

/** Grows with the number of shared interests up to three. */
export const interestPoints = (weight: number, shared: number): number =>
  Math.floor((weight * Math.min(shared, ENOUGH_INTERESTS)) / ENOUGH_INTERESTS);

/** Alike or unlike by the sign of each trait; half for somebody who was not asked, and where no trait counts. */
export function stylePoints(
  weight: number,
  signs: StyleSigns,
  mentee: WorkStyle | null,
  mentor: WorkStyle | null,
): number {
  const counted = STYLE_TRAITS.filter((trait) => signs[trait] !== 0);
  if (mentee === null || mentor === null || counted.length === 0) return Math.floor(weight / 2);
  let fit = 0;
  for (const trait of counted) {
    const apart = Math.abs(mentee[trait] - mentor[trait]);
    fit += signs[trait] > 0 ? MOST_APART - apart : apart;
  }
  return Math.floor((weight * fit) / (MOST_APART * counted.length));
}

/** Only a difference that the directory shows counts: an empty field is not another department. */
export const differencePoints = (weight: number, a: string | null | undefined, b: string | null | undefined): number =>
  isOther(a, b) ? weight : 0;

/** Whether both are known and not the same. */
export const isOther = (a: string | null | undefined, b: string | null | undefined): boolean =>
  Boolean(a) && Boolean(b) && a !== b;

/** How texts that people entered are compared: without outer spaces and case, however their accents are coded. */
export const keyOf = (text: string): string => text.normalize('NFC').trim().toLowerCase();

/** Keys of a list, each once, in its order; empty ones left out. */
export const keysOf = (texts: readonly string[]): string[] => [
  ...new Set(texts.map(keyOf).filter((key) => key !== '')),
];
