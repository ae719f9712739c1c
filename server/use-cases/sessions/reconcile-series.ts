import type { ExpressionBuilder } from 'kysely';
import { loadParticipants } from '../../db/cohorts.ts';
import { at, type Database, type Schema, type TenantTransaction } from '../../db/schema.ts';
import { nextOfferDue } from '../../db/session-offers.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import { hoursOrAssumed, isWorkingTime } from '../../domain/time/working-days.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { checkTags } from './check-tags.ts';
import { expireOffers } from './expire-offers.ts';
import { lookAfterPairs, nextPairsDue } from './look-after-pairs.ts';
import { markMailbox } from './mark-mailbox.ts';
import { loadTakenSessions, offerAgain } from './offer-again.ts';
import { reportShifted } from './report-shifted.ts';
import { isSomebodyUnwatched } from './renew-subscriptions.ts';
import { readOrganizer } from './read-organizer.ts';

export interface ReconcilePorts {
  db: Database;
  calendar: Calendar;
  clock: Clock;
  jobs: Jobs;
}

/** reliability.md R6: every quarter of an hour; the whole horizon daily. */
const EVERY = 15 * MINUTE;
const FAR_EVERY = DAY;
/** A mailbox that Graph notifies us about need not be read while nobody works: free/busy says nothing new then. */
const EVERY_WHEN_WATCHED = 3 * HOUR;
/** Sessions so near are looked after every quarter of an hour. */
const NEAR = 14 * DAY;

/**
 * Looks after every series: reads the organizers' mailboxes that a notification marked or whose time has come, and in
 * working hours the calendars of their people; records what people did and never undoes it (reliability.md R7), and does
 * what product.md D4 says about what stands against a session. Lets offers of other times run out, and ends the series of
 * people who left. Returns when to run next, or null.
 */
export async function reconcileSeries(
  ports: ReconcilePorts,
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db, clock } = ports;
  const now = clock.now();
  const due = await inTenant(db, tenantId, (tx) => loadDue(tx, tenantId, now));
  const { tenant } = due;
  if (due.isUnwatched) ports.jobs.wake('renewSubscriptions');
  for (const mailbox of due.mailboxes) await lookInto(ports, tenant, mailbox, now);
  if (due.areMarksOfPeople) await lookIntoPeoples(ports, tenant, now);
  for (const sessionId of due.taken) await offerAgain(ports, tenant, sessionId, now);
  if (due.areOffersDue) await expireOffers(ports, tenant, now);
  if (due.arePairsDue) await lookAfterPairs(ports, tenant, now);
  return inTenant(db, tenantId, async (tx) => {
    const dues = [await nextReadDue(tx), await nextOfferDue(tx), await nextPairsDue(tx)].filter((at) => at !== null);
    return dues.length === 0 ? null : (Math.min(...dues) as Instant);
  });
}

/** What is to be done now, found in one transaction: most rounds have little to do, and there are many. */
async function loadDue(tx: TenantTransaction, tenantId: TenantId, now: Instant) {
  await markNewOrganizers(tx, tenantId, now);
  const [offerDue, pairsDue] = [await nextOfferDue(tx), await nextPairsDue(tx)];
  const marked = await tx
    .selectFrom('mailboxMarks')
    .select('mailboxId')
    .where((eb) => eb.not(isOrganizer(eb)))
    .limit(1)
    .executeTakeFirst();
  const mailboxes = await loadDueMailboxes(tx, now);
  return {
    tenant: await loadTenant(tx),
    mailboxes,
    isUnwatched: await isSomebodyUnwatched(tx),
    taken: await loadTakenSessions(tx, now),
    areMarksOfPeople: marked !== undefined,
    areOffersDue: offerDue !== null && offerDue <= now,
    arePairsDue: pairsDue === null ? mailboxes.length > 0 : pairsDue <= now,
  };
}

/** Whoever has a confirmed series in their mailbox is read from now on. */
async function markNewOrganizers(tx: TenantTransaction, tenantId: TenantId, now: Instant): Promise<void> {
  const organizers = await tx
    .selectFrom('series')
    .select('organizerId')
    .distinct()
    .where('state', '=', 'confirmed')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('mailboxMarks')
            .select('mailboxMarks.mailboxId')
            .whereRef('mailboxMarks.mailboxId', '=', 'series.organizerId'),
        ),
      ),
    )
    .orderBy('organizerId')
    .execute();
  for (const { organizerId } of organizers) {
    await tx
      .insertInto('mailboxMarks')
      .values({ tenantId, mailboxId: organizerId, dueAt: at(now) })
      .onConflict((oc) => oc.doNothing())
      .execute();
  }
}

/** A mailbox whose turn it is; `markedAt`: when a notification last told of it. */
interface DueMailbox {
  mailboxId: PersonId;
  markedAt: Instant | null;
  readAt: Instant | null;
  calendarsReadAt: Instant | null;
  dueAt: Instant;
}

const loadDueMailboxes = (tx: TenantTransaction, now: Instant): Promise<DueMailbox[]> =>
  tx
    .selectFrom('mailboxMarks')
    .select(['mailboxId', 'markedAt', 'readAt', 'calendarsReadAt', 'dueAt'])
    .where((eb) => eb.or([eb('dueAt', '<=', at(now)), eb('markedAt', 'is not', null)]))
    .where(isOrganizer)
    .orderBy('mailboxId')
    .execute();

const isOrganizer = (eb: ExpressionBuilder<Schema, 'mailboxMarks'>) =>
  eb.exists(
    eb
      .selectFrom('series')
      .select('series.seriesId')
      .whereRef('series.organizerId', '=', 'mailboxMarks.mailboxId')
      .where('series.state', '=', 'confirmed'),
  );

/** People's own mailboxes that notifications told of (full rights): their sessions are looked at, nobody else's. */
async function lookIntoPeoples(ports: ReconcilePorts, tenant: TenantRow, now: Instant): Promise<void> {
  const { db } = ports;
  const byOrganizer = await inTenant(db, tenant.tenantId, async (tx) => {
    const marked = await tx
      .deleteFrom('mailboxMarks')
      .where((eb) => eb.not(isOrganizer(eb)))
      .returning('mailboxId')
      .execute();
    const people = new Set(marked.map(({ mailboxId }) => mailboxId));
    if (people.size === 0) return new Map<PersonId, Set<PersonId>>();
    const rows = await tx
      .selectFrom('series')
      .innerJoin('pairs', 'pairs.pairId', 'series.pairId')
      .select(['series.organizerId', 'pairs.mentorId', 'pairs.menteeId'])
      .where('series.state', '=', 'confirmed')
      .where((eb) => eb.or([eb('pairs.mentorId', 'in', [...people]), eb('pairs.menteeId', 'in', [...people])]))
      .orderBy('series.organizerId')
      .execute();
    const found = new Map<PersonId, Set<PersonId>>();
    for (const { organizerId, mentorId, menteeId } of rows) {
      const theirs = found.get(organizerId) ?? new Set();
      for (const id of [mentorId, menteeId]) if (people.has(id)) theirs.add(id);
      found.set(organizerId, theirs);
    }
    return found;
  });
  for (const [organizerId, calendars] of byOrganizer) {
    const look = await readOrganizer(ports, tenant, { organizerId, isFar: true, calendars }, now);
    if (look.isRead) continue;
    // Not seen: the people's marks come back, and are tried again with the organizer's next turn.
    await inTenant(db, tenant.tenantId, async (tx) => {
      for (const personId of calendars)
        await markMailbox(tx, tenant.tenantId, personId, now, look.again ?? plus(now, EVERY));
    });
  }
}

async function nextReadDue(tx: TenantTransaction): Promise<Instant | null> {
  const row = await tx
    .selectFrom('mailboxMarks')
    .select((eb) => eb.fn.min('dueAt').as('due'))
    .executeTakeFirst();
  return (row?.due as Instant | null | undefined) ?? null;
}

async function lookInto(ports: ReconcilePorts, tenant: TenantRow, mailbox: DueMailbox, now: Instant): Promise<void> {
  const { db } = ports;
  const { mailboxId, markedAt, readAt, calendarsReadAt, dueAt } = mailbox;
  // A mark alone does not say anything about calendars of others, and must not put their turn off.
  const isTurn = dueAt <= now;
  const isDaily = isTurn && (calendarsReadAt === null || now - calendarsReadAt >= FAR_EVERY);
  const isFar = isDaily || readAt === null || markedAt !== null || now - readAt >= FAR_EVERY;
  const calendars = isDaily ? 'everybody' : isTurn ? 'atWork' : 'none';
  const { isRead, again } = await readOrganizer(ports, tenant, { organizerId: mailboxId, isFar, calendars }, now);
  if (isRead && isDaily) await reportShifted(ports, tenant, mailboxId, now);
  // With the first look they were just written.
  if (isRead && isDaily && calendarsReadAt !== null) await checkTags(ports, tenant, mailboxId, now);
  await inTenant(db, tenant.tenantId, async (tx) => {
    const next = isRead ? (isTurn ? await nextTurn(tx, mailboxId, now) : dueAt) : (again ?? plus(now, EVERY));
    await tx
      .updateTable('mailboxMarks')
      .set({
        dueAt: at(next),
        ...(isRead && isFar ? { readAt: at(now) } : {}),
        ...(isRead && isDaily ? { calendarsReadAt: at(now) } : {}),
      })
      .where('mailboxId', '=', mailboxId)
      .execute();
    // A mark that came while the mailbox was read stays: what it tells of may have come too late to be read.
    if (isRead && markedAt !== null)
      await tx
        .updateTable('mailboxMarks')
        .set({ markedAt: null })
        .where('mailboxId', '=', mailboxId)
        .where('markedAt', '=', at(markedAt))
        .execute();
  });
}

/** In a quarter of an hour, or later where notifications come and nobody with a near session is at work by then. */
async function nextTurn(tx: TenantTransaction, mailboxId: PersonId, now: Instant): Promise<Instant> {
  const soon = plus(now, EVERY);
  const watched = await tx
    .selectFrom('subscriptions')
    .select('state')
    .where('mailboxId', '=', mailboxId)
    .executeTakeFirst();
  if (watched?.state !== 'active') return soon;
  const pairs = await tx
    .selectFrom('sessions')
    .innerJoin('series', 'series.seriesId', 'sessions.seriesId')
    .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
    .select(['pairs.mentorId', 'pairs.menteeId'])
    .distinct()
    .where('series.organizerId', '=', mailboxId)
    .where('series.state', '=', 'confirmed')
    .where('sessions.state', '=', 'booked')
    .where('sessions.startsAt', '>', at(now))
    .where('sessions.startsAt', '<', at(plus(now, NEAR)))
    .execute();
  const personIds = [...new Set(pairs.flatMap(({ mentorId, menteeId }) => [mentorId, menteeId]))];
  if (personIds.length === 0) return plus(now, EVERY_WHEN_WATCHED);
  const people = await loadParticipants(tx, { personIds });
  for (let at = soon; at < plus(now, EVERY_WHEN_WATCHED); at = plus(at, EVERY))
    if (people.some(({ timeZone, workingHours }) => isWorkingTime(at, timeZone, hoursOrAssumed(workingHours))))
      return at;
  return plus(now, EVERY_WHEN_WATCHED);
}
