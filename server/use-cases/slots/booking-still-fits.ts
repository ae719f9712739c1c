import { findCohort, loadBoth } from '../../db/cohorts.ts';
import { findPair } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database } from '../../db/schema.ts';
import type { SeriesRow, SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { currentHours } from '../../domain/people/current-hours.ts';
import { isStillFree } from '../../domain/slots/is-still-free.ts';
import { isWithinHours } from '../../domain/slots/is-within-hours.ts';
import { MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock } from '../../ports.ts';
import { hoursKnown } from './hours-known.ts';

/** How long a mailbox that could not be read is left alone before it is asked again. */
const ASK_AGAIN = 15 * MINUTE;

/**
 * Looks at both calendars once more, right before the series is written (reliability.md F17, I7): every date where the
 * proposal put it, free and inside the hours that both work by now. A calendar that cannot be read right now is `later`,
 * never free.
 */
export async function bookingStillFits(
  { db, calendar, clock }: { db: Database; calendar: Calendar; clock: Clock },
  tenantId: TenantId,
  series: SeriesRow,
  sessions: readonly SessionRow[],
): Promise<{ outcome: 'fits' } | { outcome: 'taken' } | { outcome: 'later'; notBefore: Instant }> {
  const first = sessions[0];
  const last = sessions.at(-1);
  if (!first || !last) return { outcome: 'taken' };
  if (first.startsAt <= clock.now()) return { outcome: 'taken' };
  const { people, both, tentativeIsFree } = await inTenant(db, tenantId, async (tx) => {
    const pair = await findPair(tx, series.pairId);
    const found = await loadPeopleById(tx, pair ? [pair.mentorId, pair.menteeId] : []);
    const cohort = pair ? await findCohort(tx, pair.cohortId) : undefined;
    const both = pair ? await loadBoth(tx, pair) : { mentor: undefined, mentee: undefined };
    return {
      people: [...found.values()],
      both: [both.mentor, both.mentee],
      tentativeIsFree: cohort?.tentativeIsFree ?? false,
    };
  });
  const mailboxes = people.flatMap((person) =>
    person.mail === null ? [] : [{ personId: person.personId, address: person.mail }],
  );
  const answer = await calendar.readBusy(
    tenantId,
    series.organizerId,
    mailboxes,
    first.startsAt,
    plus(last.endsAt, MINUTE),
  );
  if (answer.outcome === 'later') return answer;
  if (answer.outcome === 'refused') return { outcome: 'later', notBefore: plus(clock.now(), ASK_AGAIN) };
  for (const mailbox of mailboxes) {
    const availability = answer.value.get(mailbox.personId);
    if (!availability?.readable) return { outcome: 'later', notBefore: plus(clock.now(), ASK_AGAIN) };
    const dates = sessions.map((session) => ({ start: session.startsAt, end: session.endsAt }));
    if (!isStillFree(dates, availability.busy, { tentativeIsFree })) return { outcome: 'taken' };
    const row = both.find((candidate) => candidate?.personId === mailbox.personId);
    const { timeZone, workingHours } = currentHours(hoursKnown(row), availability, clock.now());
    if (timeZone === null || !isWithinHours(dates, timeZone, workingHours)) return { outcome: 'taken' };
  }
  return { outcome: 'fits' };
}
