import type { SeedAppointment } from '../../world.ts';
import type { Draft } from './create.ts';
import type { Recurrence } from './model.ts';
import { WEEKDAYS } from './model.ts';
import { defaultFields } from './read-draft.ts';
import { UTC, dateOf, parseWall, windowsNameOf } from './zones.ts';

const names = new Map<string, string>();

/** The zone name that Outlook gives an item of somebody in this IANA zone. */
function zoneName(iana: string): string {
  let name = names.get(iana);
  if (name === undefined) names.set(iana, (name = windowsNameOf(iana) ?? iana));
  return name;
}

/** An appointment of a person's own. Throws for an unreadable start. */
export function readSeed(seed: SeedAppointment): Draft {
  const start = parseWall(seed.start, UTC);
  if (start === null) throw new Error(`Appointment '${seed.subject}': start '${seed.start}' is no wall time`);
  const name = zoneName(seed.zone);
  const recurrence: Recurrence | null = seed.repeat
    ? {
        pattern: {
          type: 'weekly',
          interval: seed.repeat.everyWeeks,
          daysOfWeek: [WEEKDAYS[new Date(start).getUTCDay()]!],
          firstDayOfWeek: 'sunday',
          index: 'first',
          dayOfMonth: 0,
          month: 0,
        },
        range: {
          type: 'endDate',
          startDate: dateOf(start),
          endDate: seed.repeat.until,
          numberOfOccurrences: 0,
          zoneName: name,
        },
      }
    : null;
  return {
    fields: {
      ...defaultFields(),
      subject: seed.subject,
      showAs: seed.showAs,
      sensitivity: seed.sensitivity ?? 'normal',
      isAllDay: seed.isAllDay ?? false,
      start,
      end: start + seed.minutes * 60_000,
    },
    zoneName: name,
    iana: seed.zone,
    endZoneName: name,
    recurrence,
    properties: [],
    transactionId: null,
    wantsOnlineMeeting: false,
  };
}
