/** Dates as the reader writes them, in the reader's zone. All take ISO instants. */
export interface Formats {
  /** `Tuesday, October 6` */
  day(iso: string): string;
  /** `October 6, 2026` */
  date(iso: string): string;
  /** `Tue, Oct 6` */
  shortDay(iso: string): string;
  /** `Tue` */
  weekday(iso: string): string;
  /** `Oct 6` */
  dayOfMonth(iso: string): string;
  /** `9:30 AM` */
  time(iso: string): string;
  /** `9:30 – 10:00 AM` */
  span(startIso: string, endIso: string): string;
  /** `Tue, Oct 6, 9:30 AM` */
  moment(iso: string): string;
  /** `in 3 days`, counted in whole days of the zone; hours on the same day. */
  distance(iso: string, nowIso: string): string;
  /** The zone's name as people say it, e.g. `Central European Summer Time`. */
  zoneName(iso: string): string;
  number(value: number, digits?: number): string;
  languageName(tag: string): string;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Day of an instant in a zone as a count of days, so that differences are calendar days. */
function dayNumber(iso: string, timeZone: string): number {
  const [year, month, day] = new Intl.DateTimeFormat('en-CA', { timeZone })
    .format(new Date(iso))
    .split('-')
    .map(Number);
  return Date.UTC(year!, month! - 1, day) / DAY_MS;
}

/** The formats of a language and an IANA zone; an unknown zone is read as UTC rather than breaking the page. */
export function formatsOf(locale: string, zone: string): Formats {
  const timeZone = isZone(zone) ? zone : 'UTC';
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const day = dates({ weekday: 'long', day: 'numeric', month: 'long' });
  const date = dates({ day: 'numeric', month: 'long', year: 'numeric' });
  const shortDay = dates({ weekday: 'short', day: 'numeric', month: 'short' });
  const weekday = dates({ weekday: 'short' });
  const dayOfMonth = dates({ day: 'numeric', month: 'short' });
  const time = dates({ hour: 'numeric', minute: '2-digit' });
  const moment = dates({ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const languages = new Intl.DisplayNames(locale, { type: 'language' });
  return {
    day: (iso) => day.format(new Date(iso)),
    date: (iso) => date.format(new Date(iso)),
    shortDay: (iso) => shortDay.format(new Date(iso)),
    weekday: (iso) => weekday.format(new Date(iso)),
    dayOfMonth: (iso) => dayOfMonth.format(new Date(iso)),
    time: (iso) => time.format(new Date(iso)),
    span: (start, end) => time.formatRange(new Date(start), new Date(end)),
    moment: (iso) => moment.format(new Date(iso)),
    distance(iso, nowIso) {
      const days = dayNumber(iso, timeZone) - dayNumber(nowIso, timeZone);
      if (days !== 0) return relative.format(days, 'day');
      const ms = Date.parse(iso) - Date.parse(nowIso);
      return Math.abs(ms) < HOUR_MS
        ? relative.format(Math.round(ms / 60_000), 'minute')
        : relative.format(Math.round(ms / HOUR_MS), 'hour');
    },
    zoneName: (iso) =>
      dates({ timeZoneName: 'long' })
        .formatToParts(new Date(iso))
        .find((part) => part.type === 'timeZoneName')?.value ?? timeZone,
    number: (value, digits = 0) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
    languageName(tag) {
      try {
        return languages.of(tag) ?? tag;
      } catch {
        return tag;
      }
    },
  };
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
