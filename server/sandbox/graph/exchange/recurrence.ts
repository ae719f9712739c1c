import { invalidProperty, unsupportedZone } from './failure.ts';
import { expandDays } from './expand.ts';
import type { Recurrence, RecurrencePattern, RecurrenceRange, Weekday } from './model.ts';
import { PATTERN_TYPES, WEEKDAYS, WEEK_INDEXES } from './model.ts';
import { DAY, dateOf, dayOf, findZone } from './zones.ts';

type Input = Record<string, unknown>;

const MOST_OCCURRENCES = 999;
const SIMPLE_DATE = /^\d{4}-\d\d-\d\d$/;

const oneOf = <T extends string>(values: readonly T[], value: unknown, fallback?: T): T => {
  const text = typeof value === 'string' ? value.toLowerCase() : undefined;
  const found =
    values.find((each) => each.toLowerCase() === text) ??
    (value === null || value === undefined ? fallback : undefined);
  if (found === undefined) throw invalidProperty(`Recurrence: '${String(value)}' is not one of ${values.join(', ')}.`);
  return found;
};

function readPattern(input: Input): RecurrencePattern {
  const type = oneOf(PATTERN_TYPES, input['type']);
  const interval = input['interval'];
  if (typeof interval !== 'number' || interval < 1 || interval > 99) {
    throw invalidProperty('Recurrence.Pattern.Interval must be between 1 and 99.');
  }
  const relative = type === 'weekly' || type.startsWith('relative');
  const named = (Array.isArray(input['daysOfWeek']) ? input['daysOfWeek'] : []).map((day) => oneOf(WEEKDAYS, day));
  if (relative && named.length === 0) throw invalidProperty(`Recurrence.Pattern.DaysOfWeek is required for ${type}.`);
  const dayOfMonth = Number(input['dayOfMonth'] ?? 0);
  const month = Number(input['month'] ?? 0);
  if (type.startsWith('absolute') && !(dayOfMonth >= 1 && dayOfMonth <= 31)) {
    throw invalidProperty(`Recurrence.Pattern.DayOfMonth is required for ${type}.`);
  }
  if (type.endsWith('Yearly') && !(month >= 1 && month <= 12)) {
    throw invalidProperty(`Recurrence.Pattern.Month is required for ${type}.`);
  }
  return {
    type,
    interval,
    daysOfWeek: relative ? WEEKDAYS.filter((day) => named.includes(day)) : [],
    firstDayOfWeek: oneOf<Weekday>(WEEKDAYS, input['firstDayOfWeek'], 'sunday'),
    index: oneOf(WEEK_INDEXES, input['index'], 'first'),
    dayOfMonth: type.startsWith('absolute') ? dayOfMonth : 0,
    month: type.endsWith('Yearly') ? month : 0,
  };
}

function readRange(input: Input, startDate: string, zoneName: string): RecurrenceRange {
  const type = oneOf(['endDate', 'numbered', 'noEnd'] as const, input['type']);
  if (input['startDate'] !== startDate) {
    throw invalidProperty('Recurrence.Range.StartDate must be the date of the start of the event.');
  }
  const zone = input['recurrenceTimeZone'];
  if (typeof zone === 'string' && zone !== '' && !findZone(zone)) throw unsupportedZone(zone);
  const range: RecurrenceRange = { type, startDate, endDate: null, numberOfOccurrences: 0, zoneName };
  if (type === 'endDate') {
    const endDate = input['endDate'];
    if (typeof endDate !== 'string' || !SIMPLE_DATE.test(endDate) || endDate < startDate) {
      throw invalidProperty('Recurrence.Range.EndDate must not be before Recurrence.Range.StartDate.');
    }
    range.endDate = endDate;
  }
  if (type === 'numbered') {
    const count = input['numberOfOccurrences'];
    if (typeof count !== 'number' || count < 1 || count > MOST_OCCURRENCES) {
      throw invalidProperty('Recurrence.Range.NumberOfOccurrences must be greater than 0.');
    }
    range.numberOfOccurrences = count;
  }
  return range;
}

/**
 * Reads a `patternedRecurrence` whose event starts at wall time `start` in the zone `zoneName`. Refuses (400) what Graph
 * refuses. A start that does not fit the pattern is left to {@link daysToFirst}.
 */
export function readRecurrence(input: Input, start: number, zoneName: string): Recurrence {
  const { pattern, range } = input;
  if (typeof pattern !== 'object' || pattern === null) throw invalidProperty('Recurrence.Pattern is required.');
  if (typeof range !== 'object' || range === null) throw invalidProperty('Recurrence.Range is required.');
  return {
    pattern: readPattern(pattern as Input),
    range: readRange(range as Input, dateOf(start), zoneName),
  };
}

/** How many days the first occurrence lies after the start of the range (0 when the start fits the pattern). */
export function daysToFirst(recurrence: Recurrence): number {
  const start = dayOf(Date.parse(`${recurrence.range.startDate}T00:00:00Z`));
  const searched = { ...recurrence, range: { ...recurrence.range, type: 'numbered' as const, numberOfOccurrences: 1 } };
  return (expandDays(searched, start + 4000)[0] ?? start) - start;
}

/** The same series, begun `days` later. */
export const shiftStart = (recurrence: Recurrence, days: number): Recurrence => ({
  ...recurrence,
  range: {
    ...recurrence.range,
    startDate: dateOf(Date.parse(`${recurrence.range.startDate}T00:00:00Z`) + days * DAY),
  },
});

/** A `patternedRecurrence` as the server echoes it, with its fillers. */
export function renderRecurrence({ pattern, range }: Recurrence): Record<string, unknown> {
  return {
    pattern: {
      type: pattern.type,
      interval: pattern.interval,
      month: pattern.month,
      dayOfMonth: pattern.dayOfMonth,
      ...(pattern.daysOfWeek.length > 0 ? { daysOfWeek: [...pattern.daysOfWeek] } : {}),
      firstDayOfWeek: pattern.firstDayOfWeek,
      index: pattern.index,
    },
    range: {
      type: range.type,
      startDate: range.startDate,
      endDate: range.endDate ?? '0001-01-01',
      recurrenceTimeZone: range.zoneName,
      numberOfOccurrences: range.numberOfOccurrences,
    },
  };
}
