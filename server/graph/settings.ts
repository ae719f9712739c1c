import { WEEKDAYS, type PersonId, type TenantId, type Weekday, type WorkingHours } from '../domain/people/person.ts';
import type { ZoneId } from '../domain/time/instant.ts';
import type { MailboxSettings, ReadResult } from '../ports.ts';
import { guid, MAILBOX_HEADERS, query } from './paths.ts';
import { mailboxSettings, type MailboxSettingsReply, type WorkingHoursReply } from './replies.ts';
import { clientOf, type GraphClients } from './tenants.ts';
import { toIanaZone, toWindowsZone } from './zones.ts';

/** Reads zone, language and hours of mailboxes in batches; 403 and 404 (no right, no mailbox) are left out. */
export async function readSettings(
  clients: GraphClients,
  tenantId: TenantId,
  people: readonly PersonId[],
): Promise<ReadResult<Map<PersonId, MailboxSettings>>> {
  const select = query({ $select: 'timeZone,language,workingHours' });
  const results = await clientOf(clients, tenantId).readBatch(
    people.map((personId) => ({
      method: 'GET' as const,
      path: `/users/${guid(personId, 'personId')}/mailboxSettings${select}`,
      headers: MAILBOX_HEADERS,
      reply: mailboxSettings,
    })),
  );
  const found = new Map<PersonId, MailboxSettings>();
  for (const [index, result] of results.entries()) {
    if (result.outcome === 'done') found.set(people[index]!, settingsOf(result.value));
    else if (result.outcome === 'later' || (result.reason !== 'forbidden' && result.reason !== 'notFound'))
      return result;
  }
  return { outcome: 'done', value: found };
}

/** What a mailbox says of itself. The region of its language picks the city of a zone that spans several countries. */
export function settingsOf(reply: MailboxSettingsReply): MailboxSettings {
  const locale = reply.language?.locale || null;
  const territory = territoryOf(locale);
  const name = reply.timeZone || null;
  const timeZone = name === null ? null : toIanaZone(name, territory);
  const hours = reply.workingHours ? hoursOf(reply.workingHours, territory) : null;
  // Hours in the wall time of another zone than the mailbox's are no hint of when this person works.
  const isElsewhere = hours?.timeZone && timeZone && toWindowsZone(hours.timeZone) !== toWindowsZone(timeZone);
  return {
    timeZone,
    unmappedTimeZone: timeZone === null ? name : null,
    locale,
    workingHours: hours && !isElsewhere ? hours.workingHours : null,
  };
}

/**
 * Working hours and their zone. Hours are null when Graph gives no days or no period inside one day; the zone is null
 * when it is a custom one (`customTimeZone`), whose wall times are still those of the person.
 */
export function hoursOf(
  reply: WorkingHoursReply,
  territory: string | null = null,
): { workingHours: WorkingHours | null; timeZone: ZoneId | null } {
  const start = /^(\d\d:\d\d)/.exec(reply.startTime ?? '')?.[1];
  const end = /^(\d\d:\d\d)/.exec(reply.endTime ?? '')?.[1];
  const named = new Set(reply.daysOfWeek?.map((day) => day.toLowerCase()) ?? []);
  const days = WEEKDAYS.filter((day) => named.has(day));
  const name = reply.timeZone?.name;
  const timeZone = name ? toIanaZone(name, territory) : null;
  if (!start || !end || end <= start || days.length === 0) return { workingHours: null, timeZone };
  const workingHours: { [day in Weekday]?: [string, string][] } = {};
  for (const day of days) workingHours[day] = [[start, end]];
  return { workingHours, timeZone };
}

/** The country of a language tag, in capitals. // => territoryOf('pt-BR') === 'BR' */
function territoryOf(locale: string | null): string | null {
  return /[-_]([A-Za-z]{2})$/.exec(locale ?? '')?.[1]?.toUpperCase() ?? null;
}
