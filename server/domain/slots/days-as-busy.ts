import type { LocalDate, ZoneId } from '../time/instant.ts';
import { dayNumber, fromDayLoosely } from '../time/wall-time.ts';
import type { BusyInterval } from './busy.ts';

/** Whole local days as out of office: a public holiday is in nobody's calendar, and nobody is at work. */
export const daysAsBusy = (days: readonly LocalDate[], zone: ZoneId): BusyInterval[] =>
  days.map((date) => {
    const day = dayNumber(date);
    return { start: fromDayLoosely(day, 0, zone), end: fromDayLoosely(day + 1, 0, zone), status: 'oof' };
  });
