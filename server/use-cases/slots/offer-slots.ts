import { findCohort, loadParticipants, type CohortRow, type ParticipantRow } from '../../db/cohorts.ts';
import { findPair, loadPairs, loadProposals, movePair, type PairRow } from '../../db/pairs.ts';
import { loadGonePeople, loadPeopleById } from '../../db/people.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, json, type Database, type TenantTransaction } from '../../db/schema.ts';
import { loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { Person, PersonId, TenantId } from '../../domain/people/person.ts';
import type { BusyInterval } from '../../domain/slots/busy.ts';
import { offerCohort, type WaitingPair } from '../../domain/slots/offer-cohort.ts';
import type { Every, SlotPerson, SlotOffer } from '../../domain/slots/types.ts';
import { DAY, HOUR, MINUTE, parseInstant, plus, type Instant, type LocalDate } from '../../domain/time/instant.ts';
import type { Availability, Calendar, Clock, Jobs } from '../../ports.ts';
import { noteReach } from '../people/note-reach.ts';
import { holdUntrained } from './hold-untrained.ts';
import { holidaysOf } from './holidays-of.ts';
import { slotPerson } from './slot-person.ts';
import { makeProposal } from '../matching/make-proposal.ts';
import { endPairsOfLeavers } from '../sessions/end-pairs-of-leavers.ts';

export interface OfferSlotsPorts {
  db: Database;
  calendar: Calendar;
  clock: Clock;
  jobs: Jobs;
}

/** An agreed series starts a day later at the earliest, so that nobody is surprised. */
const NOTICE = DAY;
/** A calendar that could not be read is asked again so often. */
const ASK_AGAIN = 30 * MINUTE;
/** Calendars change overnight: a search that found nothing is repeated after this. */
const SEARCH_AGAIN = 20 * HOUR;
/** Pairs of one run, so that the search does not hold up the server; the others are due at once again. */
const AT_ONCE = 200;
/** Searches of one pair before the administrator is asked. */
const MOST_SEARCHES = 6;
const LONGEST_MONTH = 31;

/**
 * Finds times for all pairs whose mentor said yes and is trained, and makes each executive the one proposal: mentor, reasons,
 * agreement and three times. Times that an open proposal already holds for the same person are left out. Returns when
 * to run again, or null.
 */
export async function offerSlots(
  ports: OfferSlotsPorts,
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db, clock } = ports;
  const now = clock.now();
  const { tenant, pairs, ended } = await inTenant(db, tenantId, async (tx) => {
    const tenant = await loadTenant(tx);
    const due = (await loadPairs(tx, { states: ['mentorAgreed'], dueBy: now })).slice(0, AT_ONCE);
    const ended = await endPairsOfLeavers(
      tx,
      tenant,
      now,
      due.map(({ pairId }) => pairId),
    );
    const going = due.filter(({ pairId }) => !ended.includes(pairId));
    return { tenant, pairs: await holdUntrained(tx, tenantId, going, now), ended };
  });
  if (ended.length > 0) for (const job of ['sendMessages', 'advanceCohorts'] as const) ports.jobs.wake(job);
  if (pairs.length === 0) return nextDue(ports, tenantId);
  if (tenant.programMailboxId === null) return plus(now, ASK_AGAIN);
  for (const cohortId of new Set(pairs.map((pair) => pair.cohortId))) {
    await offerInCohort(
      ports,
      tenant,
      cohortId,
      pairs.filter((pair) => pair.cohortId === cohortId),
      now,
    );
  }
  ports.jobs.wake('sendMessages');
  return nextDue(ports, tenantId);
}

async function nextDue({ db }: OfferSlotsPorts, tenantId: TenantId): Promise<Instant | null> {
  return inTenant(db, tenantId, async (tx) => {
    const row = await tx
      .selectFrom('pairs')
      .select((eb) => eb.fn.min('dueAt').as('due'))
      .where('state', '=', 'mentorAgreed')
      .executeTakeFirst();
    return row?.due ?? null;
  });
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

async function offerInCohort(
  ports: OfferSlotsPorts,
  tenant: TenantRow,
  cohortId: string,
  pairs: PairRow[],
  now: Instant,
): Promise<void> {
  const { db, calendar } = ports;
  const { tenantId } = tenant;
  const work = await inTenant(db, tenantId, (tx) => loadWork(tx, cohortId, pairs, now));
  if (!work || tenant.programMailboxId === null) return;
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
  await noteReach(ports, tenant, busy.outcome !== 'later', now);
  if (busy.outcome !== 'done') {
    const dueAt = busy.outcome === 'later' ? busy.notBefore : plus(now, ASK_AGAIN);
    await inTenant(db, tenantId, async (tx) => {
      for (const pair of pairs)
        await tx
          .updateTable('pairs')
          .set({ dueAt: at(dueAt) })
          .where('pairId', '=', pair.pairId)
          .execute();
      if (busy.outcome === 'refused')
        await addToRunLog(tx, tenantId, { at: now, kind: 'calendarUnreachable', cohortId });
    });
    return;
  }
  // The library is loaded from disk at its first use, which a virtual clock must wait for.
  const holidays = await ports.clock.track(() => holidaysOf(people, from, to));
  const asked = pairs.flatMap((pair) => askedPair({ ...work, holidays }, pair, busy.value, now));
  const offers = offerCohort(asked, {
    shape: { every, count: cohort.sessions, minutes: cohort.minutes },
    from,
    firstWithinDays: cohort.firstWithinDays,
    maxMoved: cohort.maxMoved,
    blackouts: cohort.blackouts,
    held: work.held,
  });
  await inTenant(db, tenantId, async (tx) => {
    const gone = await loadGonePeople(tx, ids);
    for (const one of asked) {
      // Somebody left, or the match ended, while the calendars were read.
      if (gone.has(one.mentee.personId) || gone.has(one.mentor.personId)) continue;
      if ((await findPair(tx, one.pairId, true))?.state === 'mentorAgreed')
        await keepOffers(tx, tenant, cohort, one, offers.get(one.pairId) ?? [], now);
    }
  });
}

/** A pair with both people as the search sees them. */
interface AskedPair extends WaitingPair {
  pair: PairRow;
  rows: { mentee: ParticipantRow; mentor: ParticipantRow };
  /** The mentor. */
  person: Person;
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

/** Makes the proposal, or says that there is none yet. */
async function keepOffers(
  tx: TenantTransaction,
  tenant: TenantRow,
  cohort: CohortRow,
  { pair, rows, person, mentee, mentor }: AskedPair,
  offers: SlotOffer[],
  now: Instant,
): Promise<void> {
  const { tenantId } = tenant;
  await keepNewZone(tx, rows.mentee, mentee);
  await keepNewZone(tx, rows.mentor, mentor);
  const slotSearches = pair.slotSearches + 1;
  if (offers.length === 0) {
    const isLast = slotSearches >= MOST_SEARCHES;
    if (isLast) await movePair(tx, pair.pairId, 'findNoSlot', { now, slotSearches });
    else
      await tx
        .updateTable('pairs')
        .set({ slotSearches, dueAt: at(plus(now, SEARCH_AGAIN)) })
        .where('pairId', '=', pair.pairId)
        .execute();
    const kind =
      mentee.busy === null || mentor.busy === null ? ('calendarNotReadable' as const) : ('noSlotFound' as const);
    await addToRunLog(tx, tenantId, { at: now, kind, cohortId: cohort.cohortId, subjectId: pair.pairId });
    return;
  }
  await makeProposal(tx, { tenant, cohort, pair, ...rows, person, offers, slotSearches, now });
  await addToRunLog(tx, tenantId, {
    at: now,
    kind: 'slotsOffered',
    cohortId: cohort.cohortId,
    subjectId: pair.pairId,
    detail: { offers: offers.length },
  });
}

const everyOf = ({ everyWeeks, everyMonths }: CohortRow): Every =>
  everyMonths === null ? { weeks: everyWeeks } : { months: everyMonths };

/** Who moved to another zone is reminded and asked by the new clock, too (reliability.md F43). */
async function keepNewZone(tx: TenantTransaction, row: ParticipantRow, now: SlotPerson): Promise<void> {
  if (now.busy === null || now.timeZone === row.timeZone) return;
  await tx
    .updateTable('participants')
    .set({ timeZone: now.timeZone, timeZoneNote: null, workingHours: json(now.workingHours) })
    .where('personId', '=', row.personId)
    .execute();
}
