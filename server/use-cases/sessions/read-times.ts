import type { ParticipantRow } from '../../db/cohorts.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { Side } from '../../contract/vocabulary.ts';
import type { TimeSpan } from '../../domain/slots/is-still-free.ts';
import type { Blackout, SlotPerson } from '../../domain/slots/types.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Availability, Calendar, Clock, Later } from '../../ports.ts';
import { holidaysOf } from '../slots/holidays-of.ts';
import { slotPerson } from '../slots/slot-person.ts';
import type { CareContext } from './care-context.ts';

/** The two of a pair as a search sees them, and the days on which their program has no sessions. */
export type PairTimes = Record<Side, SlotPerson> & { blackouts: readonly Blackout[] };

/**
 * When both of a pair are free in a window, as their calendars stand at this moment, with everything that the search for the
 * series knew: public holidays, preferences, blackouts. A calendar that cannot be read has no free time; `later`: ask again
 * then. `clock`: waits for the tables of holidays, which are read from disk at the first use.
 */
export async function readTimes(
  calendar: Calendar,
  tenant: Pick<TenantRow, 'tenantId'>,
  context: CareContext,
  window: TimeSpan,
  now: Instant,
  clock: Pick<Clock, 'track'>,
): Promise<{ outcome: 'done'; value: PairTimes } | Later> {
  const { pair, series, people, tentativeIsFree, blackouts } = context;
  const mailboxes = [pair.menteeId, pair.mentorId].flatMap((personId) => {
    const mail = people.get(personId)?.mail;
    return mail ? [{ personId, address: mail }] : [];
  });
  const answer = await calendar.readBusy(tenant.tenantId, series.organizerId, mailboxes, window.start, window.end, {
    exact: true,
  });
  if (answer.outcome === 'later') return answer;
  const seen = answer.outcome === 'done' ? answer.value : new Map<string, Availability>();
  const holidays = await clock.track(() => holidaysOf(people, window.start, window.end));
  const of = (row: ParticipantRow): SlotPerson =>
    slotPerson(row, { tentativeIsFree, holidays: holidays.get(row.personId) }, seen.get(row.personId), now);
  return { outcome: 'done', value: { mentee: of(context.mentee), mentor: of(context.mentor), blackouts } };
}
