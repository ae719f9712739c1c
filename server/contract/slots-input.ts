import * as z from 'zod/mini';
import { day, flag, id, isName, list, listOrNone, record, someOf, whole } from './matching-fields.ts';
import { periods, WEEKDAYS } from './matching-input.ts';

/* The shape of what `inverso slots` reads, with everything filled in that may be left out. */

export const BUSY_STATUSES = ['free', 'tentative', 'busy', 'oof', 'workingElsewhere'] as const;

/** How much is taken at most: far above what a series needs, and small enough that no file fills the memory. */
export const MOST = {
  people: 50,
  /** Of one person: 50 a day in three years. */
  busy: 55_000,
  holidays: 200,
  blackouts: 100,
  dates: 60,
  weeks: 52,
  months: 12,
  bufferMinutes: 60,
  top: 20_000,
} as const;
/** Sessions of a series are short (product.md, Defaults). */
const MINUTES = { least: 15, most: 60 } as const;
/** Zone rules are looked up for these years and the three after them. */
const YEARS = { first: 2020, last: 2037 } as const;

const hours = record(someOf(WEEKDAYS, periods), 'an object of weekdays');

const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const isInstant = (value: unknown): value is string => {
  const match = typeof value === 'string' ? INSTANT.exec(value) : null;
  return match !== null && day.safeParse(match[1]).success;
};
const busyTime = z.custom<[start: string, end: string, status: (typeof BUSY_STATUSES)[number]]>(
  (value) => {
    if (!Array.isArray(value) || value.length !== 3) return false;
    const [start, end, status] = value as unknown[];
    const isKnown = (BUSY_STATUSES as readonly unknown[]).includes(status);
    return isKnown && isInstant(start) && isInstant(end) && Date.parse(start) <= Date.parse(end);
  },
  `must be [start, end, status], times such as "2026-12-01T08:00:00Z", the end not before the start, status one of ${BUSY_STATUSES.join(', ')}`,
);

const preferences = record({
  preferred: z.optional(hours),
  protected: z.optional(hours),
  noMeetingDays: z.optional(listOrNone(z.enum(WEEKDAYS, `must be one of ${WEEKDAYS.join(', ')}`), WEEKDAYS.length)),
  bufferMinutes: z.optional(whole(0, MOST.bufferMinutes)),
  tentativeIsFree: z.optional(flag),
});

export const personShape = record({
  id,
  timeZone: z.custom<string>(isName, 'must be the name of a time zone'),
  workingHours: z._default(z.nullable(hours), null),
  busy: listOrNone(busyTime, MOST.busy),
  preferences: z._default(preferences, {}),
  holidays: listOrNone(day, MOST.holidays),
  country: z._default(
    z.nullable(
      z.custom<string>(
        (value) => typeof value === 'string' && /^[A-Z]{2}$/.test(value),
        'must be a country such as IT',
      ),
    ),
    null,
  ),
});

const EVERY = '{"weeks": n} or {"months": n}';
const every = z.pipe(
  record({ weeks: z.optional(whole(1, MOST.weeks)), months: z.optional(whole(1, MOST.months)) }, EVERY),
  z.custom<{ weeks: number } | { months: number }>(
    (value) => Object.values(value as object).filter((number) => number !== undefined).length === 1,
    `must be ${EVERY}`,
  ),
);
const from = z.pipe(
  day,
  z.custom<string>(
    (value) => Number(value.slice(0, 4)) >= YEARS.first && Number(value.slice(0, 4)) <= YEARS.last,
    `must lie in ${YEARS.first} to ${YEARS.last}`,
  ),
);

const blackout = z.pipe(
  record({ from: day, to: day }),
  z.custom<{ from: string; to: string }>((value) => value.from <= value.to, 'must not end before it begins'),
);

export const slotsShape = record({
  series: record({
    from,
    every,
    count: whole(1, MOST.dates),
    minutes: whole(MINUTES.least, MINUTES.most),
  }),
  anchor: id,
  people: list(MOST.people),
  granularityMinutes: z._default(
    z.custom<5 | 15>((value) => value === 5 || value === 15, 'must be 5 or 15'),
    15,
  ),
  top: z._default(whole(1, MOST.top), 5),
  blackouts: listOrNone(blackout, MOST.blackouts),
});

export type SlotsPerson = z.output<typeof personShape>;

/**
 * What `inverso slots` reads, with everything filled in that may be left out. A person with all there is:
 *
 *     {"id": "p1", "timeZone": "Europe/Rome", "workingHours": {"monday": [["09:00", "12:30"], ["13:30", "18:00"]]},
 *      "busy": [["2026-12-01T08:00:00Z", "2026-12-01T09:00:00Z", "busy"]],
 *      "preferences": {"preferred": {"monday": [["09:00", "11:00"]]}, "protected": {"friday": [["15:00", "18:00"]]},
 *                      "noMeetingDays": ["friday"], "bufferMinutes": 15, "tentativeIsFree": true},
 *      "holidays": ["2026-12-08"], "country": "IT"}
 *
 * `workingHours` null or left out: 09:00 to 17:00 from Monday to Friday; a weekday that is left out is free. Busy times are
 * half open and may overlap. Preferences, holidays (in the person's zone; `country` adds its public ones) and `blackouts`
 * of the program change the score only. `index` of months is not asked for: every one is tried.
 */
export interface SlotsInput extends Omit<z.output<typeof slotsShape>, 'people'> {
  people: SlotsPerson[];
}
