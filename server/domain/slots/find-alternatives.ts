import { DAY, MINUTE, plus, type Instant } from '../time/instant.ts';
import { offsetAt } from '../time/offsets.ts';
import { hasBit } from './bits.ts';
import { buildAvailability, flagsAt } from './build-availability.ts';
import { findBarred, isBarred } from './build-patterns.ts';
import { frameOfWindow, startOf } from './frame.ts';
import type { TimeSpan } from './is-still-free.ts';
import { DAY_OFF, LAST_RESORT } from './score.ts';
import type { Blackout, SlotPerson } from './types.ts';

/** How many times are offered for one disturbed session (product.md D4). */
export const MOST_ALTERNATIVES = 3;

export interface AlternativesSearch {
  /** The mentee: days, weeks and the grid are those of this person's zone. */
  anchor: SlotPerson;
  others: readonly SlotPerson[];
  /** Length of the session, a whole number. */
  minutes: number;
  /** When the disturbed session begins now. Where the calendars show it as busy, no alternative overlaps it. */
  start: Instant;
  /** Starts of the sessions before and after it; alternatives lie on days strictly between theirs. Null: there is none. */
  previous: Instant | null;
  next: Instant | null;
  /** An alternative begins in [from, to). */
  from: Instant;
  to: Instant;
  /** Starts lie on this grid of the anchor's local day. */
  gridMinutes: 5 | 15;
  /** The cohort's policy; a person's own preference adds to it. */
  tentativeIsFree: boolean;
  /** Times that are held or were refused: nobody is free then, whatever the calendars say. */
  exclude: readonly TimeSpan[];
  blackouts?: readonly Blackout[];
  /** For a move that nobody is asked about: whatever comes after everything else, or is a day without meetings, is not used. */
  isUnasked?: boolean;
}

export interface Alternative {
  start: Instant;
  end: Instant;
}

/**
 * Up to three other times for one session, best first: free for all inside one working period of each, never in an hour
 * that the anchor's clock skips or shows twice. The fewest days away first, on each day the nearest to the session's time
 * of day, the earlier of two equally near; each on another day of the anchor as long as there is one. Days without meetings
 * come after the others, and lunch, protected hours and blackout weeks after everything else. Empty where nothing is free, or where a calendar cannot be read.
 */
export function findAlternatives(search: AlternativesSearch): Alternative[] {
  const { anchor, start, minutes, previous, next } = search;
  const wallOf = (at: number): number => at + offsetAt(anchor.timeZone, at);
  const dayOf = (at: number): number => Math.floor(wallOf(at) / DAY);
  const after = previous === null ? -Infinity : dayOf(previous);
  const before = next === null ? Infinity : dayOf(next);
  const starts = goodStartsOf(search)
    .filter(({ at }) => at !== start && dayOf(at) > after && dayOf(at) < before)
    .filter(({ tier }) => tier === 0 || !search.isUnasked)
    .map(({ at, tier }) => {
      const days = dayOf(at) - dayOf(start);
      const shift = wallOf(at) - wallOf(start) - days * DAY;
      return { at, day: dayOf(at), tier, days: Math.abs(days), shift: Math.abs(shift) };
    })
    .sort((a, b) => a.tier - b.tier || a.days - b.days || a.shift - b.shift || a.at - b.at);
  const chosen: Instant[] = [];
  const taken = new Set<number>();
  for (const { at, day } of starts) {
    if (chosen.length === MOST_ALTERNATIVES) break;
    if (taken.has(day)) continue;
    taken.add(day);
    chosen.push(at);
  }
  for (const { at } of starts) {
    if (chosen.length === MOST_ALTERNATIVES) break;
    if (chosen.every((other) => Math.abs(other - at) >= minutes * MINUTE)) chosen.push(at);
  }
  return chosen.map((at) => ({ start: at, end: plus(at, minutes * MINUTE) }));
}

/** Every start in the window that is on the grid and free for all, ascending. */
function goodStartsOf(search: AlternativesSearch): { at: Instant; tier: number }[] {
  const { anchor, others, minutes, from, to, gridMinutes, exclude, blackouts } = search;
  const people = [anchor, ...others];
  if (people.some(({ busy }) => busy === null) || to <= from) return [];
  const frame = frameOfWindow(from, to, minutes, gridMinutes);
  const bits = people.map((person) =>
    buildAvailability(withPolicy(person, search.tentativeIsFree), frame, {
      held: exclude,
      ...(blackouts && { blackouts }),
    }),
  );
  const barred = findBarred(anchor.timeZone, frame);
  const starts = [];
  for (let slot = Math.ceil((from - frame.base) / frame.step); startOf(frame, slot) < to; slot++) {
    if (isBarred({ barred }, slot) || !bits.every(({ free }) => hasBit(free, slot))) continue;
    const flags = bits.reduce((all, person) => all | flagsAt(person, slot), 0);
    const tier = (flags & LAST_RESORT) !== 0 ? 2 : (flags & DAY_OFF) !== 0 ? 1 : 0;
    starts.push({ at: startOf(frame, slot), tier });
  }
  return starts;
}

const withPolicy = (person: SlotPerson, tentativeIsFree: boolean): SlotPerson =>
  tentativeIsFree ? { ...person, preferences: { ...person.preferences, tentativeIsFree } } : person;
