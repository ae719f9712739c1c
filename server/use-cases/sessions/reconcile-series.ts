import type { Hours } from '../../db/cohorts.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import { hoursOrAssumed, isWorkingTime } from '../../domain/time/working-days.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { checkTags } from './check-tags.ts';
import { expireOffers } from './expire-offers.ts';
import { isOrganizer, loadRound, nextRoundDue, type DueMailbox, type Round } from './load-round.ts';
import { lookAfterPairs } from './look-after-pairs.ts';
import { markMailbox } from './mark-mailbox.ts';
import { offerAgain } from './offer-again.ts';
import { offerNotHeld } from './offer-not-held.ts';
import { reportShifted } from './report-shifted.ts';
import { readOrganizer, type OrganizerSeen } from './read-organizer.ts';

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
  const round = await inTenant(db, tenantId, (tx) => loadRound(tx, tenantId, now));
  const { tenant } = round;
  if (round.isUnwatched) ports.jobs.wake('renewSubscriptions');
  const looks: Look[] = [];
  /** When calendars can be read in which times were to be found. */
  const again: (Instant | null)[] = [];
  let next: Instant | null;
  try {
    for (const mailbox of round.mailboxes) looks.push(await lookInto(ports, tenant, mailbox, now));
    if (round.areMarksOfPeople) await lookIntoPeoples(ports, tenant, now);
    for (const sessionId of round.taken) again.push(await offerAgain(ports, tenant, sessionId, now));
    for (const sessionId of round.notHeld) again.push(await offerNotHeld(ports, tenant, sessionId, now));
    if (round.areOffersDue) await expireOffers(ports, tenant, now);
    if (round.arePairsDue) await lookAfterPairs(ports, tenant, now);
  } finally {
    // Also when one of them failed: what the others saw was seen.
    next = await inTenant(db, tenantId, async (tx) => {
      for (const look of looks) await recordLook(tx, look, now);
      return earliest([await nextRoundDue(tx), ...again]);
    });
  }
  return next;
}

const earliest = (dues: readonly (Instant | null)[]): Instant | null => {
  const known = dues.filter((due) => due !== null);
  return known.length === 0 ? null : (Math.min(...known) as Instant);
};

/** People's own mailboxes that notifications told of (full rights): their sessions are looked at, nobody else's. */
async function lookIntoPeoples(ports: ReconcilePorts, tenant: Round['tenant'], now: Instant): Promise<void> {
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
        await markMailbox(tx, tenant.tenantId, personId, now, { dueAt: look.again ?? plus(now, EVERY) });
    });
  }
}

const NOTHING_TO_READ: OrganizerSeen = { isRead: true, again: null, near: [] };

/** How a mailbox was looked into. */
interface Look {
  mailbox: DueMailbox;
  isRead: boolean;
  isFar: boolean;
  isDaily: boolean;
  next: Instant;
}

async function lookInto(
  ports: ReconcilePorts,
  tenant: Round['tenant'],
  mailbox: DueMailbox,
  now: Instant,
): Promise<Look> {
  const { mailboxId, markedAt, markedEvents, readAt, calendarsReadAt, dueAt } = mailbox;
  // A mark alone does not say anything about calendars of others, and must not put their turn off.
  const isTurn = dueAt <= now;
  const isDaily = isTurn && (calendarsReadAt === null || now - calendarsReadAt >= FAR_EVERY);
  const isMarked = markedAt !== null && markedEvents === null;
  const isFar = isDaily || readAt === null || isMarked || now - readAt >= FAR_EVERY;
  const calendars = isDaily ? 'everybody' : isTurn ? 'atWork' : 'none';
  const whole = { organizerId: mailboxId, isFar, calendars } as const;
  let look = NOTHING_TO_READ;
  if (markedEvents && !isFar)
    look = await readOrganizer(ports, tenant, { ...whole, isFar: true, calendars: 'none', events: markedEvents }, now);
  if (look.isRead && (isTurn || isFar)) look = await readOrganizer(ports, tenant, whole, now);
  const { isRead } = look;
  if (isRead && isDaily) await reportShifted(ports, tenant, mailboxId, now);
  // With the first look they were just written.
  if (isRead && isDaily && calendarsReadAt !== null) await checkTags(ports, tenant, mailboxId, now);
  const soon = plus(now, EVERY);
  // The daily look may have learned other hours: the next turn knows them.
  const turn = !mailbox.isWatched || isDaily ? soon : nextTurn(look.near, now);
  return { mailbox, isRead, isFar, isDaily, next: isRead ? (isTurn ? turn : dueAt) : (look.again ?? soon) };
}

async function recordLook(
  tx: TenantTransaction,
  { mailbox, isRead, isFar, isDaily, next }: Look,
  now: Instant,
): Promise<void> {
  const { mailboxId, markedAt } = mailbox;
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
      .set({ markedAt: null, markedEvents: null })
      .where('mailboxId', '=', mailboxId)
      .where('markedAt', '=', at(markedAt))
      .execute();
}

/**
 * Where notifications come: in a quarter of an hour, or later when nobody with a near session is at work by then. `near`:
 * their hours.
 */
function nextTurn(near: readonly Hours[], now: Instant): Instant {
  const latest = plus(now, EVERY_WHEN_WATCHED);
  for (let at = plus(now, EVERY); at < latest; at = plus(at, EVERY))
    if (near.some(({ timeZone, workingHours }) => isWorkingTime(at, timeZone, hoursOrAssumed(workingHours)))) return at;
  return latest;
}
