import { findPair } from '../../db/pairs.ts';
import { anyOf, at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { findSeries, loadSessions, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { areWritesStopped, loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { HOUR, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, EventWrite, Jobs, Refused, WantedCopy } from '../../ports.ts';
import { tellBooked } from './tell-booked.ts';
import { writeEvents } from './write-events.ts';

interface AcceptPorts {
  db: Database;
  calendar: Calendar;
  clock: Clock;
  jobs: Jobs;
}

/** Series handled by one run; more are due at once again. */
const AT_ONCE = 20;
/** While nothing may be written, series stay due: how often to look whether it may. */
const LOOK_WHEN_STOPPED = MINUTE;
/** Event writes in one call (platform.md correction 15). */
const WRITES_AT_ONCE = 4;
/** When to look again for a copy that is not there yet; after the last the executive's own click is what is left. */
const LOOK_AGAIN_AFTER = [5 * MINUTE, 2 * HOUR, 22 * HOUR];

interface AcceptWork {
  tenant: TenantRow;
  series: SeriesRow;
  sessions: SessionRow[];
  menteeId: PersonId;
  /** Starts that the executive, or who answers for them, chose among those offered for a session, as `session:start`. */
  chosen: ReadonlySet<string>;
  tries: number;
}

/**
 * Accepts the executive's own copies of series that they agreed to (platform.md correction 5): the master and each date
 * that stands away from it where they agreed to it, in the proposal or when other times were offered, once the copy exists.
 * A date that moved by itself is left for them to answer. A copy that the executive answered is left alone. Whether we may write
 * there only the call itself tells: 403 ends it for a day, and the card says "accept once in Outlook". Returns when to
 * look next, or null.
 */
export async function acceptCopies(ports: AcceptPorts, { tenantId }: { tenantId: TenantId }): Promise<Instant | null> {
  const { db, clock } = ports;
  const due = await inTenant(db, tenantId, async (tx) => {
    const tenant = await loadTenant(tx);
    return areWritesStopped(tenant) ? null : loadDue(tx, tenant, clock.now());
  });
  if (due === null) return plus(clock.now(), LOOK_WHEN_STOPPED);
  for (const work of due) {
    const isRefused = await accept(ports, work);
    if (isRefused) break;
  }
  if (due.length > 0) ports.jobs.wake('sendMessages');
  return inTenant(db, tenantId, async (tx) => {
    const { next } = await tx
      .selectFrom('series')
      .select((eb) => eb.fn.min('acceptDueAt').as('next'))
      .where('state', '=', 'confirmed')
      .executeTakeFirstOrThrow();
    return next ?? null;
  });
}

async function loadDue(tx: TenantTransaction, tenant: TenantRow, now: Instant): Promise<AcceptWork[]> {
  const rows = await tx
    .selectFrom('series')
    .select(['seriesId', 'acceptTries'])
    .where('state', '=', 'confirmed')
    .where('acceptDueAt', '<=', at(now))
    .orderBy('acceptDueAt')
    .orderBy('seriesId')
    .limit(AT_ONCE)
    .execute();
  const found: AcceptWork[] = [];
  for (const { seriesId, acceptTries: tries } of rows) {
    const series = await findSeries(tx, seriesId);
    const pair = series ? await findPair(tx, series.pairId) : undefined;
    if (!series || !pair) continue;
    const sessions = await loadSessions(tx, { seriesId });
    const chosen = await loadChosen(tx, sessions, pair.mentorId);
    found.push({ tenant, series, sessions, menteeId: pair.menteeId, chosen, tries });
  }
  return found;
}

async function loadChosen(
  tx: TenantTransaction,
  sessions: readonly SessionRow[],
  mentorId: PersonId,
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('sessionOffers')
    .select(['sessionId', 'starts', 'chosen'])
    .where('sessionId', '=', anyOf(sessions.map(({ sessionId }) => sessionId)))
    .where('state', '=', 'answered')
    .where('answeredBy', '!=', mentorId)
    .execute();
  return new Set(
    rows.flatMap(({ sessionId, starts, chosen }) =>
      chosen === null ? [] : [chosenKey({ sessionId, startsAt: starts[chosen] })],
    ),
  );
}

const chosenKey = ({ sessionId, startsAt }: { sessionId: string; startsAt: number | undefined }): string =>
  `${sessionId}:${startsAt}`;

/** The events whose copies are to be accepted: the series, and what stands away from it as agreed and is still to come. */
function eventsOf({ series, sessions, chosen }: AcceptWork, now: Instant): WantedCopy[] {
  const isAgreed = (session: SessionRow): boolean =>
    session.startsAt === session.plannedStart || chosen.has(chosenKey(session));
  const apart = sessions.filter(
    (session) =>
      session.state === 'booked' &&
      session.startsAt > now &&
      session.startsAt !== session.originalStart &&
      isAgreed(session),
  );
  return [
    ...(series.icalUid === null ? [] : [{ iCalUId: series.icalUid, at: null }]),
    ...apart.flatMap(({ icalUid, startsAt: start, endsAt: end }) =>
      icalUid === null ? [] : [{ iCalUId: icalUid, at: { start, end } }],
    ),
  ];
}

/** True: the mailbox refused. */
async function accept(ports: AcceptPorts, work: AcceptWork): Promise<boolean> {
  const { calendar, clock } = ports;
  const { tenant, menteeId } = work;
  const { tenantId } = tenant;
  const wanted = eventsOf(work, clock.now());
  const copies = await calendar.findCopies(tenantId, menteeId, wanted);
  if (copies.outcome === 'refused') return giveUp(ports, work, copies);
  if (copies.outcome === 'later') return lookAgain(ports, work, copies.notBefore);
  const open = copies.value.filter(({ response }) => response === 'none' || response === 'notResponded');
  let isWhole = wanted.every((one) => copies.value.some(({ iCalUId }) => iCalUId === one.iCalUId));
  for (let i = 0; i < open.length; i += WRITES_AT_ONCE) {
    const writes = open
      .slice(i, i + WRITES_AT_ONCE)
      .map(({ eventId }): EventWrite => ({ kind: 'acceptEvent', mailbox: menteeId, eventId }));
    for (const result of await writeEvents(calendar, tenantId, writes)) {
      if (result.outcome === 'refused' && result.reason !== 'notFound') return giveUp(ports, work, result);
      // What may have happened is read at the next look.
      if (result.outcome !== 'done') isWhole = false;
    }
  }
  if (!isWhole) return lookAgain(ports, work, null);
  await settle(ports, work, { isAccepted: true, acceptDueAt: null, acceptTries: work.tries + 1 });
  return false;
}

async function lookAgain(ports: AcceptPorts, work: AcceptWork, notBefore: Instant | null): Promise<false> {
  const pause = LOOK_AGAIN_AFTER[work.tries];
  const next = pause === undefined ? null : plus(ports.clock.now(), pause);
  const acceptDueAt = next !== null && notBefore !== null && notBefore > next ? notBefore : next;
  await settle(ports, work, { isAccepted: false, acceptDueAt, acceptTries: work.tries + 1 });
  return false;
}

/** Without the right there is nothing to try: nobody's copy for a day, this one never. */
async function giveUp(ports: AcceptPorts, work: AcceptWork, refused: Refused): Promise<boolean> {
  await settle(ports, work, { isAccepted: false, acceptDueAt: null, acceptTries: work.tries + 1 });
  if (refused.reason !== 'forbidden') return false;
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    await tx
      .updateTable('tenants')
      .set({ acceptRefusedAt: at(now) })
      .execute();
    await tx.updateTable('series').set({ acceptDueAt: null }).where('acceptDueAt', 'is not', null).execute();
  });
  return true;
}

async function settle(
  { db, clock }: AcceptPorts,
  { tenant, series }: AcceptWork,
  outcome: { isAccepted: boolean; acceptDueAt: Instant | null; acceptTries: number },
): Promise<void> {
  const now = clock.now();
  const { isAccepted, acceptDueAt, acceptTries } = outcome;
  await inTenant(db, tenant.tenantId, async (tx) => {
    await tx
      .updateTable('series')
      .set({ acceptDueAt: acceptDueAt === null ? null : at(acceptDueAt), acceptTries })
      .where('seriesId', '=', series.seriesId)
      .execute();
    // Once told that their own click is needed, the card only changes when it is not needed any more.
    if (!isAccepted && acceptTries > 1) return;
    const { joinUrl } = (await findSeries(tx, series.seriesId)) ?? series;
    await tellBooked(tx, { tenant, series, joinUrl, isAccepted, readers: 'mentee', notBefore: now, now });
  });
}
