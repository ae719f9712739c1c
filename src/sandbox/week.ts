/** A wall time in some zone: the day as `YYYY-MM-DD` and the minutes since its midnight. */
export interface Wall {
  day: string;
  minute: number;
}

const DAY_MS = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** Wall time of an ISO instant. wallOf('2026-10-05T07:30:00Z', 'Europe/Rome') // => { day: '2026-10-05', minute: 570 } */
export function wallOf(iso: string, zone: string): Wall {
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(new Date(iso))
      .map(({ type, value }) => [type, value]),
  );
  return { day: `${parts.year}-${parts.month}-${parts.day}`, minute: Number(parts.hour) * 60 + Number(parts.minute) };
}

/**
 * The instant of a wall time `YYYY-MM-DDTHH:MM` in a zone. Of a time that comes twice the first is taken, of one that is
 * skipped the one as much later.
 */
export function instantOf(wall: string, zone: string): string {
  const asUtc = Date.parse(`${wall}Z`);
  let guess = asUtc;
  for (let round = 0; round < 2; round += 1) {
    const { day, minute } = wallOf(new Date(guess).toISOString(), zone);
    guess += asUtc - (Date.parse(`${day}T00:00Z`) + minute * 60_000);
  }
  return new Date(guess).toISOString();
}

/** A day some days later. addDays('2026-10-30', 3) // => '2026-11-02' */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of a day's week. mondayOf('2026-10-08') // => '2026-10-05' */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7));
}

/** The seven days of the week that begins on a Monday. */
export function daysOfWeek(monday: string): string[] {
  return Array.from({ length: 7 }, (_none, index) => addDays(monday, index));
}

/** English name of a day's weekday in lower case, as working hours hold it. */
export function weekdayOf(day: string): string {
  return new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' })
    .format(new Date(`${day}T00:00Z`))
    .toLowerCase();
}

/** Minutes of `HH:MM`. minutesOf('09:30') // => 570 */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
