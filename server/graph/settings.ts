import { WEEKDAYS, type PersonId, type TenantId, type Weekday, type WorkingHours } from '../domain/people/person.ts';
import type { ZoneId } from '../domain/time/instant.ts';
import type { MailboxSettings, ReadResult } from '../ports.ts';
import { guid, MAILBOX_HEADERS, query } from './paths.ts';
import { mailboxSettings, type MailboxSettingsReply, type WorkingHoursReply } from './replies.ts';
import { clientOf, type GraphClients } from './tenants.ts';
import { zoneOfCustomRules } from './custom-zone.ts';
import { toIanaZone, toWindowsZone } from './zones.ts';

/** Reads zone, language and hours of mailboxes in batches; 403 and 404 (no right, no mailbox) are left out. */
export async function readSettings(
  clients: GraphClients,
  tenantId: TenantId,
  people: readonly PersonId[],
): Promise<ReadResult<Map<PersonId, MailboxSettings>>> {
  const select = query({ $select: 'timeZone,language,workingHours' });
  const client = clientOf(clients, tenantId);
  const results = await client.readBatch(
    people.map((personId) => ({
      method: 'GET' as const,
      path: `/users/${guid(personId, 'personId')}/mailboxSettings${select}`,
      headers: MAILBOX_HEADERS,
      reply: mailboxSettings,
    })),
  );
  const found = new Map<PersonId, MailboxSettings>();
  for (const [index, result] of results.entries()) {
    if (result.outcome === 'done') found.set(people[index]!, settingsOf(result.value, client.now()));
    else if (result.outcome === 'later' || (result.reason !== 'forbidden' && result.reason !== 'notFound'))
      return result;
  }
  return { outcome: 'done', value: found };
}

/** What a mailbox says of itself. The region of its language picks the city of a zone that spans several countries. */
export function settingsOf(reply: MailboxSettingsReply, now: number): MailboxSettings {
  const locale = reply.language?.locale || null;
  const territory = territoryOf(locale);
  const name = reply.timeZone || null;
  const named = name === null ? null : toIanaZone(name, territory);
  const hours = reply.workingHours ? hoursOf(reply.workingHours, territory, now) : null;
  // A customized zone has no name of its own; the rules beside the working hours say what it is.
  const timeZone = named ?? hours?.timeZone ?? null;
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
 * Working hours and their zone. Hours are null when Graph gives no days or no period inside one day. A custom zone
 * (`customTimeZone`) becomes one with the same rules; null when there is none.
 */
export function hoursOf(
  reply: WorkingHoursReply,
  territory: string | null,
  now: number,
): { workingHours: WorkingHours | null; timeZone: ZoneId | null } {
  const start = /^(\d\d:\d\d)/.exec(reply.startTime ?? '')?.[1];
  const end = /^(\d\d:\d\d)/.exec(reply.endTime ?? '')?.[1];
  const named = new Set(reply.daysOfWeek?.map((day) => day.toLowerCase()) ?? []);
  const days = WEEKDAYS.filter((day) => named.has(day));
  const name = reply.timeZone?.name;
  const { bias, standardOffset, daylightOffset } = reply.timeZone ?? {};
  const byRules =
    bias === undefined ? null : zoneOfCustomRules({ bias, standardOffset, daylightOffset }, territory, now);
  const timeZone = (name ? toIanaZone(name, territory) : null) ?? byRules;
  if (!start || !end || end <= start || days.length === 0) return { workingHours: null, timeZone };
  const workingHours: { [day in Weekday]?: [string, string][] } = {};
  for (const day of days) workingHours[day] = [[start, end]];
  return { workingHours, timeZone };
}

/** The country of a language tag, in capitals. // => territoryOf('pt-BR') === 'BR' */
function territoryOf(locale: string | null): string | null {
  return /[-_]([A-Za-z]{2})$/.exec(locale ?? '')?.[1]?.toUpperCase() ?? null;
}
