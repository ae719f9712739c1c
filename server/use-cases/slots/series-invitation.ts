import type { Locale } from '../../contract/vocabulary.ts';
import { loadBoth } from '../../db/cohorts.ts';
import { findPair } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database } from '../../db/schema.ts';
import type { SeriesRow, SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { weekdayOf } from '../../domain/time/wall-time.ts';
import type { Instant, LocalDate, ZoneId } from '../../domain/time/instant.ts';
import type { SeriesRequest } from '../../ports.ts';

/** Makes the invitation's text; main wires it to the locales. */
export interface InvitationTexts {
  invitation(input: {
    locale: Locale;
    timeZone: ZoneId;
    programName: string;
    dates: { start: Instant; end: Instant }[];
  }): { bodyHtml: string };
}

/**
 * The event of a series as it is written to Graph (product.md D3): subject "Name / Name", a body in the pair's shared
 * language that names dates and where to find the rest, never goals or reasons, since delegates read it too.
 */
export async function seriesInvitation(
  { db, texts }: { db: Database; texts: InvitationTexts },
  tenantId: TenantId,
  series: SeriesRow,
  sessions: readonly SessionRow[],
): Promise<SeriesRequest> {
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
    const firstDate = series.firstStart.slice(0, 10) as LocalDate;
    return {
      key: series.key,
      organizerId: series.organizerId,
      subject: series.subject,
      bodyHtml: texts.invitation({
        locale: mentee && mentor?.locale === mentee.locale ? mentee.locale : 'en',
        timeZone: series.timeZone,
        programName: cohort.name,
        dates: sessions.map((session) => ({ start: session.startsAt, end: session.endsAt })),
      }).bodyHtml,
      attendees,
      start: series.firstStart,
      minutes: series.minutes,
      timeZone: series.timeZone,
      recurrence: {
        kind: 'weekly',
        everyWeeks: series.everyWeeks,
        weekday: weekdayOf(firstDate),
        firstDate,
        count: series.count,
      },
      isPrivate: false,
    };
  });
}
