import { loadBoth } from '../../db/cohorts.ts';
import {
  isSuperseded,
  keepWrite,
  mailboxPausedUntil,
  returnMailboxBudget,
  settleWrite,
  takeMailboxBudget,
  type CalendarWriteRow,
  type WriteKind,
} from '../../db/calendar-writes.ts';
import { findPair } from '../../db/pairs.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { areWritesStopped, loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { isFrozen } from '../../domain/sessions/freeze.ts';
import { MINUTE, plus, type Instant, type LocalDate } from '../../domain/time/instant.ts';
import type { CreatedSeries, EventWrite, WriteResult } from '../../ports.ts';
import { markMailbox } from '../sessions/mark-mailbox.ts';
import { confirmCreated, confirmDate, confirmEnded } from './confirm-write.ts';
import { eventWriteOf } from './event-write-of.ts';
import { loadWork } from './load-work.ts';
import { LOOK_HOLDS, lookOnceMore } from './look-once-more.ts';
import { removeCopies } from './remove-copies.ts';
import { foundByTag, readBeforeMove } from './resolve-write.ts';
import { waitForCalendar } from './wait-for-calendar.ts';
import { waitsForRead } from './waits-for-read.ts';
import { writeEvents } from './write-events.ts';
import {
  refuse,
  settle,
  settleSent,
  slotTaken,
  WITHOUT_RIGHT,
  type WriteCalendarPorts,
  type WriteWork,
} from './settle-write.ts';

/** After so many attempts at one write a person has to look (reliability.md F53). */
const MOST_ATTEMPTS = 8;
/** Event writes in one call (platform.md correction 15). */
const AT_ONCE = 4;
/** Writes that Graph has to be asked about first. */
const READ_FIRST: readonly WriteKind[] = ['endSeries', 'removeCopies'];
/** The code of a write that waits for others to fill its call. */
const HELD_BACK = 'heldBack';

/**
 * Sends planned writes: budget, one more look at all calendars, then calls of at most four writes. Each write keeps its own
 * state, fence and outcome (reliability.md F9).
 */
export async function sendWrites(
  ports: WriteCalendarPorts,
  tenantId: TenantId,
  claimed: readonly CalendarWriteRow[],
): Promise<void> {
  const ready = await takeBudgets(ports, tenantId, claimed);
  const looks = await lookOnceMore(ports, tenantId, ready);
  const fitting: WriteWork[] = [];
  for (const work of ready) {
    const look = looks.get(work.write.writeId);
    if (look?.outcome === 'later') await settle(ports, work, { state: 'planned', notBefore: look.notBefore });
    else if (look?.outcome === 'taken') await giveUpSlot(ports, work);
    else if (look?.outcome === 'noCalendar') await waitForCalendar(ports, work);
    else fitting.push(work);
  }
  for (const together of groupForCalls(fitting)) await sendTogether(ports, tenantId, together);
}

/**
 * The writes for which their mailbox has room now. Where others have to wait anyway, those that would not fill a call
 * wait with them: a minute later they cost no call of their own.
 */
async function takeBudgets(
  ports: WriteCalendarPorts,
  tenantId: TenantId,
  claimed: readonly CalendarWriteRow[],
): Promise<WriteWork[]> {
  const ready: WriteWork[] = [];
  const waits = new Map<PersonId, Instant>();
  for (const write of claimed) {
    const work = await prepare(ports, tenantId, write);
    if (work === null) continue;
    if ('work' in work) ready.push(work.work);
    else waits.set(write.organizerId, work.notBefore);
  }
  const lone = ready.slice(ready.length - (ready.length % AT_ONCE));
  // Once only: a mailbox that is never idle must not keep a write waiting for ever.
  const held = lone.filter(({ write }) => waits.has(write.organizerId) && write.code !== HELD_BACK);
  for (const work of held) {
    const { writeId, attempts, organizerId: mailboxId } = work.write;
    await inTenant(ports.db, tenantId, (tx) => returnMailboxBudget(tx, { mailboxId, writeId, attempt: attempts + 1 }));
    await settle(ports, work, { state: 'planned', notBefore: waits.get(mailboxId)!, code: HELD_BACK });
  }
  return ready.filter((work) => !held.includes(work));
}

/** Takes the write's part of the mailbox's budget, or says how long there is none; null: not to be sent any more. */
async function prepare(
  ports: WriteCalendarPorts,
  tenantId: TenantId,
  write: CalendarWriteRow,
): Promise<{ work: WriteWork } | { notBefore: Instant } | null> {
  const work = await loadWork(ports, tenantId, write);
  if (!work) return null;
  const attempt = write.attempts + 1;
  if (attempt > MOST_ATTEMPTS) {
    await refuse(ports, work, 'tooManyAttempts');
    return null;
  }
  const { writeId, messages, organizerId: mailboxId } = write;
  const now = ports.clock.now();
  const budget = await inTenant(ports.db, tenantId, async (tx) => {
    const isPast = write.kind === 'moveDate' && (await isPastMoving(tx, work, now));
    if (isPast) return isPast;
    if (!(await waitsForRead(tx, mailboxId, now)))
      return takeMailboxBudget(tx, { tenantId, mailboxId, writeId, attempt, messages, now });
    await markMailbox(tx, tenantId, mailboxId, now);
    return 'unread';
  });
  if (budget === 'unread') {
    const notBefore = plus(now, MINUTE);
    await settle(ports, work, { state: 'planned', notBefore });
    ports.jobs.wake('reconcileSeries');
    return { notBefore };
  }
  if (typeof budget === 'string') {
    await refuse(ports, work, budget);
    return null;
  }
  if (budget.ok) return { work };
  await settle(ports, work, { state: 'planned', notBefore: budget.notBefore });
  return { notBefore: budget.notBefore };
}

/**
 * Why a move may not be made any more, however long it had to wait: something else was decided since, the session has
 * begun, or it is frozen and nobody asked for the move (product.md D4).
 */
async function isPastMoving(
  tx: TenantTransaction,
  { write, series, session }: WriteWork,
  now: Instant,
): Promise<false | 'superseded' | 'tooLate' | 'frozen'> {
  if (await isSuperseded(tx, write)) return 'superseded';
  if (session?.state !== 'booked') return false;
  if (session.startsAt <= now) return 'tooLate';
  if (session.locked) return false;
  const pair = await findPair(tx, series.pairId);
  const mentee = pair && (await loadBoth(tx, pair)).mentee;
  return mentee && isFrozen(session.startsAt, now, mentee.timeZone, mentee.workingHours) ? 'frozen' : false;
}

/** What was sent before may have come through after all, and be what takes the slot: then it is found by its tag. */
async function giveUpSlot(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
  const isCreate = work.write.kind === 'create' || work.write.kind === 'createDate';
  if (isCreate && work.write.attempts > 0 && (await foundByTag(ports, work))) return;
  await slotTaken(ports, work);
}

/**
 * Cuts writes into calls of at most four, in order. Exchange answers 409 to two changes of one series at the same moment,
 * so a call holds one write of a series; an ended series and copies to be removed need a read first and go alone, and so
 * does a write that was refused by rights, as a probe (F14).
 */
export function groupForCalls(works: readonly WriteWork[]): WriteWork[][] {
  const groups: WriteWork[][] = [];
  const open: WriteWork[][] = [];
  for (const work of works) {
    const isAlone = READ_FIRST.includes(work.write.kind) || work.write.code === WITHOUT_RIGHT;
    const fit = open.find(
      (group) => group.length < AT_ONCE && group.every(({ write }) => write.seriesId !== work.write.seriesId),
    );
    if (fit && !isAlone) fit.push(work);
    else {
      groups.push([work]);
      if (!isAlone) open.push(groups.at(-1)!);
    }
  }
  return groups;
}

/** A write that is on its way, and what it asks for. */
interface Going {
  work: WriteWork;
  write: EventWrite | 'end' | 'copies';
}

async function sendTogether(ports: WriteCalendarPorts, tenantId: TenantId, works: WriteWork[]): Promise<void> {
  const going: Going[] = [];
  for (const work of works) {
    const state = isReadBeforeMove(work, ports.clock.now()) ? await readBeforeMove(ports, work) : {};
    if (state === null) continue;
    const write = await eventWriteOf(ports, work);
    if (write === 'noEvent') await refuse(ports, work, 'noEvent');
    else if (typeof write === 'object' && 'notBefore' in write)
      await settle(ports, work, { state: 'planned', notBefore: write.notBefore });
    else
      going.push({
        work,
        write: typeof write === 'object' && write.kind === 'moveDate' ? { ...write, ...state } : write,
      });
  }
  const now = ports.clock.now();
  const kept = await inTenant(ports.db, tenantId, async (tx) => {
    const tenant = await loadTenant(tx);
    const isStopped = areWritesStopped(tenant);
    const found = [];
    for (const one of going) if (await isStillOurs(tx, one.work, isStopped, now)) found.push(one);
    return found;
  });
  if (kept.length === 0) return;
  const results = await send(ports, tenantId, kept);
  for (const [index, { work }] of kept.entries()) {
    const result = results[index]!;
    if (result.outcome === 'done') await confirm(ports, work, result.value);
    else await settleSent(ports, work, result, work.write.attempts + 1);
  }
}

/** The dates of a new series were read when they were linked; whatever stands for longer may have been moved by a person. */
const isReadBeforeMove = ({ write, session }: WriteWork, now: Instant): boolean =>
  write.kind === 'moveDate' && (session?.state === 'booked' || now - write.createdAt > LOOK_HOLDS);

/** The last look before a request: the kill switch (R10), a pause of the mailbox, and whether the write is still ours. */
async function isStillOurs(
  tx: TenantTransaction,
  { write }: WriteWork,
  isStopped: boolean,
  now: Instant,
): Promise<boolean> {
  const notBefore = isStopped ? now : await mailboxPausedUntil(tx, write.organizerId, now);
  if (notBefore === null) return keepWrite(tx, write);
  await settleWrite(tx, write, { state: 'planned', notBefore, now });
  return false;
}

async function send(
  { calendar, clock }: Pick<WriteCalendarPorts, 'calendar' | 'clock'>,
  tenantId: TenantId,
  going: readonly Going[],
): Promise<WriteResult<CreatedSeries | null>[]> {
  const removing = going.find(({ write }) => write === 'copies')?.work;
  if (removing) return [await removeCopies(calendar, removing, clock.now())];
  const ending = going.find(({ write }) => write === 'end')?.work;
  if (!ending)
    return writeEvents(
      calendar,
      tenantId,
      going.flatMap(({ write }) => (typeof write === 'string' ? [] : [write])),
    );
  const { series, write } = ending;
  return [
    await calendar.endSeries(tenantId, series.organizerId, series.eventId ?? '', write.data.lastDate as LocalDate),
  ];
}

async function confirm(ports: WriteCalendarPorts, work: WriteWork, made: CreatedSeries | null): Promise<void> {
  const { write, session } = work;
  switch (write.kind) {
    case 'create':
      return made ? confirmCreated(ports, work, made, 1) : settle(ports, work, { state: 'unknown' });
    case 'createDate':
    case 'moveDate': {
      const { start, end } = write.data as { start: Instant; end: Instant };
      return made && session
        ? confirmDate(ports, work, session, made, { start, end })
        : settle(ports, work, { state: 'unknown' });
    }
    case 'cancelDate':
    case 'tag':
    case 'removeCopies':
      return settle(ports, work, { state: 'confirmed' });
    case 'cancelSeries':
    case 'endSeries':
      return confirmEnded(ports, work);
  }
}
