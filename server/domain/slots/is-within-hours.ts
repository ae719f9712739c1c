import type { WorkingHours } from '../people/person.ts';
import type { ZoneId } from '../time/instant.ts';
import { localDate } from '../time/wall-time.ts';
import { workingPeriods } from '../time/working-days.ts';
import type { TimeSpan } from './is-still-free.ts';

/** Whether every date lies wholly inside a working period of the person, by the clock of the zone on that date. */
export const isWithinHours = (dates: readonly TimeSpan[], zone: ZoneId, hours: WorkingHours): boolean =>
  dates.every(({ start, end }) =>
    workingPeriods(localDate(start, zone), zone, hours).some((period) => period.start <= start && end <= period.end),
  );
