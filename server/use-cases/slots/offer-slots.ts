import type { CohortRow, ParticipantRow } from '../../db/cohorts.ts';
import { findPair, loadPairs, movePair, type PairRow } from '../../db/pairs.ts';
import { loadGonePeople } from '../../db/people.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, json, type Database, type TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import type { SlotOffer, SlotPerson } from '../../domain/slots/types.ts';
import { HOUR, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { holdUntrained } from './hold-untrained.ts';
import { makeProposal } from '../matching/make-proposal.ts';
import { noteReach } from '../people/note-reach.ts';
import { endPairsOfLeavers } from '../sessions/end-pairs-of-leavers.ts';
import { searchCohort, type AskedPair } from './search-cohort.ts';

export interface OfferSlotsPorts {
  db: Database;
  calendar: Calendar;
  clock: Clock;
  jobs: Jobs;
}

/** A calendar that could not be read is asked again so often. */
const ASK_AGAIN = 30 * MINUTE;
/** Calendars change overnight: a search that found nothing is repeated after this. */
const SEARCH_AGAIN = 20 * HOUR;
/** Pairs of one run, so that the search does not hold up the server; the others are due at once again. */
const AT_ONCE = 200;
/** Searches of one pair before the administrator is asked. */
const MOST_SEARCHES = 6;

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

async function offerInCohort(
  ports: OfferSlotsPorts,
  tenant: TenantRow,
  cohortId: string,
  pairs: PairRow[],
  now: Instant,
): Promise<void> {
  const { db } = ports;
  const { tenantId } = tenant;
  const found = await searchCohort(ports, { tenant, cohortId, pairs, now });
  if (!found) return;
  await noteReach(ports, tenant, found.outcome !== 'later', now);
  if (found.outcome !== 'done') {
    const dueAt = found.outcome === 'later' ? found.notBefore : plus(now, ASK_AGAIN);
    await inTenant(db, tenantId, async (tx) => {
      for (const pair of pairs)
        await tx
          .updateTable('pairs')
          .set({ dueAt: at(dueAt) })
          .where('pairId', '=', pair.pairId)
          .execute();
      if (found.outcome === 'refused')
        await addToRunLog(tx, tenantId, { at: now, kind: 'calendarUnreachable', cohortId });
    });
    return;
  }
  const { cohort, asked, offers } = found;
  await inTenant(db, tenantId, async (tx) => {
    const gone = await loadGonePeople(
      tx,
      asked.flatMap(({ mentee, mentor }) => [mentee.personId, mentor.personId]),
    );
    for (const one of asked) {
      // Somebody left, or the match ended, while the calendars were read.
      if (gone.has(one.mentee.personId) || gone.has(one.mentor.personId)) continue;
      if ((await findPair(tx, one.pairId, true))?.state === 'mentorAgreed')
        await keepOffers(tx, tenant, cohort, one, offers.get(one.pairId) ?? [], now);
    }
  });
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

/** Who moved to another zone is reminded and asked by the new clock, too (reliability.md F43). */
async function keepNewZone(tx: TenantTransaction, row: ParticipantRow, now: SlotPerson): Promise<void> {
  if (now.busy === null || now.timeZone === row.timeZone) return;
  await tx
    .updateTable('participants')
    .set({ timeZone: now.timeZone, timeZoneNote: null, workingHours: json(now.workingHours) })
    .where('personId', '=', row.personId)
    .execute();
}
