import type { ParticipantRow } from '../../db/cohorts.ts';
import { currentHours } from '../../domain/people/current-hours.ts';
import { daysAsBusy } from '../../domain/slots/days-as-busy.ts';
import type { SlotPerson } from '../../domain/slots/types.ts';
import type { Instant, LocalDate } from '../../domain/time/instant.ts';
import type { Availability } from '../../ports.ts';
import { hoursKnown } from './hours-known.ts';

/**
 * Somebody as a search sees them: the calendar, with public holidays as days out of office, the hours of now, and what the
 * person prefers. Without a known zone nobody knows when the person works: then the calendar counts as not readable, never
 * as UTC. `tentativeIsFree`: the cohort's policy, to which the person's own adds.
 */
export function slotPerson(
  row: ParticipantRow,
  { tentativeIsFree, holidays }: { tentativeIsFree: boolean; holidays: readonly LocalDate[] | undefined },
  availability: Availability | undefined,
  now: Instant,
): SlotPerson {
  const seen = availability?.readable ? availability : null;
  // Who moved to another zone is offered times of the new one (reliability.md F43).
  const { timeZone, workingHours } = currentHours(hoursKnown(row), seen, now);
  const daysOff = timeZone === null ? [] : daysAsBusy(holidays ?? [], timeZone);
  return {
    personId: row.personId,
    timeZone: timeZone ?? row.timeZone,
    workingHours,
    busy: seen && timeZone !== null ? [...seen.busy, ...daysOff] : null,
    preferences: {
      ...row.preferences,
      tentativeIsFree: tentativeIsFree || row.preferences.tentativeIsFree === true,
    },
  };
}
