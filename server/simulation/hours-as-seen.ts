import type { WorkingHours } from '../domain/people/person.ts';
import type { Instant, ZoneId } from '../domain/time/instant.ts';
import { hoursOrAssumed, isWorkingTime } from '../domain/time/working-days.ts';
import type { SandboxPerson } from '../sandbox/world.ts';

type Mailbox = Pick<SandboxPerson['mailbox'], 'zone' | 'workingHours'>;

/** The hours that a mailbox says, as the domain counts by them; assumed ones where it says none. */
export function hoursAsSeen({ workingHours }: Pick<Mailbox, 'workingHours'>): WorkingHours {
  if (workingHours === null) return hoursOrAssumed(null);
  const period = [[workingHours.start.slice(0, 5), workingHours.end.slice(0, 5)]] as const;
  return hoursOrAssumed(Object.fromEntries(workingHours.daysOfWeek.map((day) => [day, period])));
}

/** Whether what came at that instant came within the reader's working hours. */
export const isAtWork = ({ at, zone, workingHours }: Mailbox & { at: number }): boolean =>
  isWorkingTime(at as Instant, zone as ZoneId, hoursAsSeen({ workingHours }));
