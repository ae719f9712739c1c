import type { PersonId } from '../../../../server/domain/people/person.ts';
import type { SlotPerson } from '../../../../server/domain/slots/types.ts';
import { DAY, MINUTE, type Instant, type ZoneId } from '../../../../server/domain/time/instant.ts';
import { FROM } from '../../../bench/slots/make-calendars.ts';

/** Free for half an hour at the named hours of Tuesdays, and at no other time, for `days` days from FROM on. */
export function freeOnTuesdays(name: string, hours: readonly string[], days = 200): SlotPerson {
  const busy = Array.from({ length: days }, (_, i) => {
    const day = (Date.parse(FROM) + i * DAY) as Instant;
    const free = hours.map((hour) => Date.parse(`${new Date(day).toISOString().slice(0, 10)}T${hour}:00Z`));
    const edges = [day as number, ...free.flatMap((at) => [at, at + 30 * MINUTE]), day + DAY];
    return Array.from({ length: edges.length / 2 }, (_, k) => ({
      start: edges[2 * k]! as Instant,
      end: edges[2 * k + 1]! as Instant,
      status: 'busy' as const,
    }));
  }).flat();
  return {
    personId: name as PersonId,
    timeZone: 'UTC' as ZoneId,
    workingHours: { tuesday: [['09:00', '17:00']] },
    busy,
  };
}
