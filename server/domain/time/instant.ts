/** A point in time: whole milliseconds since 1970-01-01T00:00Z. */
export type Instant = number & { readonly __brand: 'Instant' };
/** An IANA time zone name, e.g. `Europe/Rome`. */
export type ZoneId = string & { readonly __brand: 'ZoneId' };
/** A wall-clock date and time without zone: `YYYY-MM-DDTHH:MM`. */
export type WallTime = string & { readonly __brand: 'WallTime' };
/** A calendar day: `YYYY-MM-DD`. */
export type LocalDate = string & { readonly __brand: 'LocalDate' };

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant of a number of milliseconds since the epoch. */
export const instant = (milliseconds: number): Instant => milliseconds as Instant;
/** Instant of an ISO 8601 text with an offset. Throws RangeError for anything else. */
export function parseInstant(text: string): Instant {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds) || !/(Z|[+-]\d\d:\d\d)$/.test(text)) throw new RangeError(`not an instant: ${text}`);
  return milliseconds as Instant;
}
/** ISO 8601 in UTC with milliseconds. // => '2026-09-28T06:00:00.000Z' */
export const toIso = (at: Instant): string => new Date(at).toISOString();
/** The same of an instant that may be missing. */
export const toIsoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));
/** The instant so many milliseconds later (or earlier, for negative numbers). */
export const plus = (at: Instant, milliseconds: number): Instant => (at + milliseconds) as Instant;
