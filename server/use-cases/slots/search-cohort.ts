import { findCohort, loadParticipants, type CohortRow, type ParticipantRow } from '../../db/cohorts.ts';
import { loadPairs, loadProposals, type PairRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { Person, PersonId } from '../../domain/people/person.ts';
import type { BusyInterval } from '../../domain/slots/busy.ts';
import { offerCohort, type WaitingPair } from '../../domain/slots/offer-cohort.ts';
import type { Every, SlotOffer, SlotPerson } from '../../domain/slots/types.ts';
import { DAY, parseInstant, plus, type Instant, type LocalDate } from '../../domain/time/instant.ts';
import type { Availability, Calendar, Clock, Later, Refused } from '../../ports.ts';
import { holidaysOf } from './holidays-of.ts';
import { slotPerson } from './slot-person.ts';

/** An agreed series starts a day later at the earliest, so that nobody is surprised. */
const NOTICE = DAY;
const LONGEST_MONTH = 31;

/** What a search has found for each pair; a pair that is not in `offers` has no time. */
export interface FoundTimes {
  outcome: 'done';
  cohort: CohortRow;
  asked: AskedPair[];
  offers: Map<string, SlotOffer[]>;
}

/** A pair with both people as the search sees them. */
export interface AskedPair extends WaitingPair {
  pair: PairRow;
  rows: { mentee: ParticipantRow; mentor: ParticipantRow };
  /** The mentor. */
  person: Person;
}

/**
 * Looks for times for pairs of a cohort: reads the calendars of all of them and gives each its offers. Times that an open
 * proposal already holds for the same person are left out. Nothing is written. Null without a program mailbox or cohort.
 */
export async function searchCohort(
  { db, calendar, clock }: { db: Database; calendar: Calendar; clock: Clock },
  { tenant, cohortId, pairs, now }: { tenant: TenantRow; cohortId: string; pairs: PairRow[]; now: Instant },
): Promise<FoundTimes | Later | Refused | null> {
  const { tenantId } = tenant;
  const work = await inTenant(db, tenantId, (tx) => loadWork(tx, cohortId, pairs, now));
  if (!work || tenant.programMailboxId === null) return null;
  const { cohort, people } = work;
  const from = plus(Math.max(now + NOTICE, parseInstant(`${cohort.startsOn}T00:00:00Z`)) as Instant, 0);
  const every = everyOf(cohort);
  const spacing = 'weeks' in every ? 7 * every.weeks : LONGEST_MONTH * every.months;
  const to = plus(from, (cohort.firstWithinDays + spacing * (cohort.sessions - 1) + 8) * DAY);
  const ids = [...new Set(pairs.flatMap((pair) => [pair.menteeId, pair.mentorId]))];
  const mailboxes = ids.flatMap((id) => {
    const mail = people.get(id)?.mail;
    return mail ? [{ personId: id, address: mail }] : [];
  });
  const busy = await calendar.readBusy(tenantId, tenant.programMailboxId, mailboxes, from, to);
  if (busy.outcome !== 'done') return busy;
  // The library is loaded from disk at its first use, which a virtual clock must wait for.
  const holidays = await clock.track(() => holidaysOf(people, from, to));
  const asked = pairs.flatMap((pair) => askedPair({ ...work, holidays }, pair, busy.value, now));
  const offers = offerCohort(asked, {
    shape: { every, count: cohort.sessions, minutes: cohort.minutes },
    from,
    firstWithinDays: cohort.firstWithinDays,
    maxMoved: cohort.maxMoved,
    blackouts: cohort.blackouts,
    held: work.held,
  });
  return { outcome: 'done', cohort, asked, offers };
}

interface CohortWork {
  cohort: CohortRow;
  participants: Map<string, ParticipantRow>;
  people: Map<PersonId, Person>;
  /** Times that our own plans hold for a person though no calendar shows them yet. */
  held: Map<PersonId, BusyInterval[]>;
  /** First starts that were offered to a pair before. */
  offered: Map<string, Set<string>>;
}

function askedPair(
  work: CohortWork & { holidays: ReadonlyMap<PersonId, readonly LocalDate[]> },
  pair: PairRow,
  busy: ReadonlyMap<PersonId, Availability>,
  now: Instant,
): AskedPair[] {
  const mentee = work.participants.get(`mentee:${pair.menteeId}`);
  const mentor = work.participants.get(`mentor:${pair.mentorId}`);
  const person = work.people.get(pair.mentorId);
  if (!mentee || !mentor || !person) return [];
  const { tentativeIsFree } = work.cohort;
  const seen = (row: ParticipantRow): SlotPerson =>
    slotPerson(row, { tentativeIsFree, holidays: work.holidays.get(row.personId) }, busy.get(row.personId), now);
  return [
    {
      pair,
      rows: { mentee, mentor },
      person,
      pairId: pair.pairId,
      mentee: seen(mentee),
      mentor: seen(mentor),
      offered: work.offered.get(pair.pairId) ?? new Set(),
    },
  ];
}

async function loadWork(
  tx: TenantTransaction,
  cohortId: string,
  pairs: readonly PairRow[],
  now: Instant,
): Promise<CohortWork | undefined> {
  const cohort = await findCohort(tx, cohortId);
  if (!cohort) return undefined;
  const personIds = [...new Set(pairs.flatMap((pair) => [pair.menteeId, pair.mentorId]))];
  const rows = await loadParticipants(tx, { cohortId, personIds });
  const people = await loadPeopleById(tx, personIds);
  const busyPairs = await loadPairs(tx, { states: ['menteeAsked', 'agreed', 'booked'], personIds });
  const proposals = await loadProposals(
    tx,
    [...busyPairs, ...pairs].map((pair) => pair.pairId),
  );
  const sessions = await loadSessions(tx, { pairIds: busyPairs.map((pair) => pair.pairId), endsAfter: now });
  const held = new Map<PersonId, BusyInterval[]>();
  const hold = (pair: PairRow, start: Instant, end: Instant): void => {
    for (const id of [pair.mentorId, pair.menteeId]) {
      const list = held.get(id) ?? [];
      list.push({ start, end, status: 'busy' });
      held.set(id, list);
    }
  };
  for (const pair of busyPairs) {
    const proposal = proposals.get(pair.pairId);
    if (pair.state === 'menteeAsked' && proposal?.state === 'open') {
      for (const offer of proposal.offers) for (const date of offer.dates) hold(pair, date.start, date.end);
    }
    for (const session of sessions.filter((candidate) => candidate.pairId === pair.pairId))
      hold(pair, session.startsAt, session.endsAt);
  }
  const offered = new Map(
    pairs.map((pair) => [
      pair.pairId,
      new Set((proposals.get(pair.pairId)?.offers ?? []).map((offer) => offer.firstStart as string)),
    ]),
  );
  return {
    cohort,
    participants: new Map(rows.map((row) => [`${row.side}:${row.personId}`, row])),
    people,
    held,
    offered,
  };
}

const everyOf = ({ everyWeeks, everyMonths }: CohortRow): Every =>
  everyMonths === null ? { weeks: everyWeeks } : { months: everyMonths };
