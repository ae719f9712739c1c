import type { ParticipantRow } from '../../db/cohorts.ts';
import type { Hours } from '../../domain/people/current-hours.ts';

/** What was read of a participant's hours; a zone that could not be read or mapped is not known. */
export const hoursKnown = (
  row: Pick<ParticipantRow, 'calendar' | 'timeZone' | 'timeZoneNote' | 'workingHours'> | undefined,
): Hours => ({
  timeZone: row?.calendar === 'readable' && row.timeZoneNote === null ? row.timeZone : null,
  workingHours: row?.workingHours ?? null,
});
