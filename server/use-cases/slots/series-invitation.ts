import type { Locale } from '../../contract/vocabulary.ts';
import { loadBoth } from '../../db/cohorts.ts';
import { findPair } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database } from '../../db/schema.ts';
import type { SeriesRow, SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { indexInMonth } from '../../domain/time/recurrence.ts';
import { localDate, toWall, weekdayOf } from '../../domain/time/wall-time.ts';
import { MINUTE, type Instant, type LocalDate, type ZoneId } from '../../domain/time/instant.ts';
import type { EventRequest, SeriesRecurrence, SeriesRequest } from '../../ports.ts';

/** Makes the invitation's text; main wires it to the locales. */
export interface InvitationTexts {
  invitation(input: {
    locale: Locale;
    timeZone: ZoneId;
    programName: string;
    dates: { start: Instant; end: Instant }[];
    /** For the one link: where the tab opens. */
    catalogAppId: string | null;
  }): { bodyHtml: string };
}

/** The event of a series as it is written to Graph; see `eventInvitation`. */
export async function seriesInvitation(
  ports: { db: Database; texts: InvitationTexts },
  tenantId: TenantId,
  series: SeriesRow,
  sessions: readonly SessionRow[],
): Promise<SeriesRequest> {
  const dates = sessions.map((session) => ({ start: session.startsAt, end: session.endsAt }));
  return {
    ...(await eventInvitation(ports, tenantId, series, dates)),
    key: series.key,
    start: series.firstStart,
    minutes: series.minutes,
    recurrence: recurrenceOf(series, sessions),
  };
}

function recurrenceOf(series: SeriesRow, sessions: readonly SessionRow[]): SeriesRecurrence {
  const { everyWeeks, everyMonths, count, timeZone } = series;
  const firstDate = series.firstStart.slice(0, 10) as LocalDate;
  const weekday = weekdayOf(firstDate);
  if (everyMonths === null) return { kind: 'weekly', everyWeeks, weekday, firstDate, count };
  const index = indexInMonth(sessions.map(({ originalStart }) => localDate(originalStart, timeZone)));
  return { kind: 'monthly', everyMonths, weekday, index, firstDate, count };
}

/** The event of one date in the place of a lost one; see `eventInvitation`. */
export async function dateInvitation(
  ports: { db: Database; texts: InvitationTexts },
  tenantId: TenantId,
  series: SeriesRow,
  { key, start, end }: { key: string; start: Instant; end: Instant },
): Promise<EventRequest> {
  return {
    ...(await eventInvitation(ports, tenantId, series, [{ start, end }])),
    key,
    start: toWall(start, series.timeZone),
    minutes: (end - start) / MINUTE,
  };
}

/**
 * What all our events have in common (product.md D3): subject "Name / Name", a body in the pair's shared language that
 * names dates and where to find the rest, never goals or reasons, since delegates read it too.
 */
async function eventInvitation(
  { db, texts }: { db: Database; texts: InvitationTexts },
  tenantId: TenantId,
  series: SeriesRow,
  dates: { start: Instant; end: Instant }[],
): Promise<Omit<EventRequest, 'key' | 'start' | 'minutes'>> {
  return inTenant(db, tenantId, async (tx) => {
    const pair = await findPair(tx, series.pairId);
    if (!pair) throw new Error(`series ${series.seriesId} has no pair`);
    const people = await loadPeopleById(tx, [pair.menteeId, pair.mentorId]);
    const { mentor, mentee } = await loadBoth(tx, pair);
    const cohort = await tx
      .selectFrom('cohorts')
      .innerJoin('programs', 'programs.programId', 'cohorts.programId')
      .select('programs.name')
      .where('cohortId', '=', pair.cohortId)
      .executeTakeFirstOrThrow();
    const attendees = [pair.menteeId, pair.mentorId].flatMap((id) => {
      const person = people.get(id);
      return person?.mail ? [{ address: person.mail, displayName: person.displayName }] : [];
    });
    const { timeZone, organizerId, subject } = series;
    const locale = mentee && mentor?.locale === mentee.locale ? mentee.locale : 'en';
    const { catalogAppId } = await loadTenant(tx);
    const { bodyHtml } = texts.invitation({ locale, timeZone, programName: cohort.name, dates, catalogAppId });
    return { organizerId, subject, bodyHtml, attendees, timeZone, isPrivate: false, isOnline: true };
  });
}
