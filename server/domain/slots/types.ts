import type { BusyInterval } from './busy.ts';
import type { Instant, LocalDate, WallTime, ZoneId } from '../time/instant.ts';
import type { MonthlyIndex } from '../time/recurrence.ts';
import type { PersonId, Weekday, WorkingHours } from '../people/person.ts';

/** What one person brings to a search. `busy` null: the calendar is not readable (never free). */
export interface SlotPerson {
  personId: PersonId;
  timeZone: ZoneId;
  workingHours: WorkingHours;
  busy: readonly BusyInterval[] | null;
  /** Left out: nothing is preferred. */
  preferences?: SlotPreferences;
  /** Public holidays in the person's zone. They lower the score; what must not be used at all is in `busy`. */
  holidays?: readonly LocalDate[];
}

/** What a person prefers. It changes the score of a time and its reasons, never whether the time is free. */
export interface SlotPreferences {
  /** Hours that are liked, and hours that are used only if nothing else exists. */
  preferred?: WorkingHours;
  protected?: WorkingHours;
  noMeetingDays?: readonly Weekday[];
  /** Free minutes that are wanted beside other meetings. */
  bufferMinutes?: number;
  /** A tentative meeting does not keep a session away. */
  tentativeIsFree?: boolean;
}

/** Every n weeks, or every n months on the same weekday of the month (its first, ..., fourth or last). */
export type Every = { weeks: number } | { months: number };

/** So many dates of so many minutes; the first is the first one on or after `from` in the anchor's zone. */
export interface SlotSeries {
  from: LocalDate;
  every: Every;
  count: number;
  minutes: number;
}

/** Days of the program without sessions (board, quarter close), both ends within. */
export interface Blackout {
  from: LocalDate;
  to: LocalDate;
}

export interface SlotDate {
  /** Where the pattern puts this date. */
  originalStart: Instant;
  /** Where it takes place; differs from `originalStart` when this date is moved. */
  start: Instant;
  end: Instant;
  isMoved: boolean;
}

/** Reasons for a slot as codes with values. */
export type SlotReason =
  | { code: 'freeOnAllDates'; count: number }
  | { code: 'movedDates'; moved: number; of: number }
  /** True of the calendars of all: a reason never tells what is only in another person's. */
  | { code: 'noLunch' }
  | { code: 'buffers' }
  | { code: 'focusKept' }
  | { code: 'preferredHours' }
  | { code: 'besideRoutine' }
  /** So many dates are at lunch, in protected hours or in a blackout week, which are used only if nothing else exists. */
  | { code: 'lastResort'; count: number }
  | { code: 'earlyStart'; days: number };

/** One pattern: a weekday and wall time in the mentee's zone, with all its dates. */
export interface SlotCandidate {
  weekday: Weekday;
  /** `HH:MM` in `timeZone`. */
  time: string;
  timeZone: ZoneId;
  /** Of a series by months: which such weekday of the month. */
  index?: MonthlyIndex;
  firstDate: LocalDate;
  firstStart: WallTime;
  dates: SlotDate[];
  movedDates: number;
  /** 0..1,000,000, higher is better. */
  score: number;
  reasons: SlotReason[];
}

/** The three offers of a proposal. */
export type OfferKind = 'mostDates' | 'bestTime' | 'earliestStart';
export interface SlotOffer extends SlotCandidate {
  kind: OfferKind;
}
