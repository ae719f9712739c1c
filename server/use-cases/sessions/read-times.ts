import type { ParticipantRow } from '../../db/cohorts.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { currentHours } from '../../domain/people/current-hours.ts';
import type { Side } from '../../contract/vocabulary.ts';
import type { TimeSpan } from '../../domain/slots/is-still-free.ts';
import type { SlotPerson } from '../../domain/slots/types.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Availability, Calendar, Later } from '../../ports.ts';
import { hoursKnown } from '../slots/hours-known.ts';
import type { CareContext } from './care-context.ts';

/**
 * When both of a pair are free in a window, as their calendars stand at this moment. A calendar that cannot be read has
 * no free time; `later`: ask again then.
 */
export async function readTimes(
  calendar: Calendar,
  tenant: Pick<TenantRow, 'tenantId'>,
  context: CareContext,
  window: TimeSpan,
  now: Instant,
): Promise<{ outcome: 'done'; value: Record<Side, SlotPerson> } | Later> {
  const { pair, series, people } = context;
  const mailboxes = [pair.menteeId, pair.mentorId].flatMap((personId) => {
    const mail = people.get(personId)?.mail;
    return mail ? [{ personId, address: mail }] : [];
  });
  const answer = await calendar.readBusy(tenant.tenantId, series.organizerId, mailboxes, window.start, window.end, {
    exact: true,
  });
  if (answer.outcome === 'later') return answer;
  const seen = answer.outcome === 'done' ? answer.value : new Map<string, Availability>();
  return {
    outcome: 'done',
    value: {
      mentee: slotPerson(context.mentee, seen.get(pair.menteeId), now),
      mentor: slotPerson(context.mentor, seen.get(pair.mentorId), now),
    },
  };
}

/** Nobody knows when a person works whose zone is not known: then the calendar counts as not readable, never as UTC. */
function slotPerson(row: ParticipantRow, availability: Availability | undefined, now: Instant): SlotPerson {
  const seen = availability?.readable ? availability : null;
  // Who moved to another zone is offered times of the new one (reliability.md F43).
  const { timeZone, workingHours } = currentHours(hoursKnown(row), seen, now);
  return {
    personId: row.personId,
    timeZone: timeZone ?? row.timeZone,
    workingHours,
    busy: seen && timeZone !== null ? seen.busy : null,
  };
}
