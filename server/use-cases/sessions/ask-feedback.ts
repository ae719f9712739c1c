import { findCohort, loadBoth, loadParticipants } from '../../db/cohorts.ts';
import { feedbackKey } from '../../db/feedback.ts';
import { changeRequest } from '../../db/feedback-requests.ts';
import { queueMessage } from '../../db/messages.ts';
import { findPair, loadTwos } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { findSeries, loadSessions, updateSession, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { Side } from '../../contract/vocabulary.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { BusyInterval } from '../../domain/slots/busy.ts';
import { dueForFeedback, FEEDBACK_REMINDERS } from '../../domain/sessions/due-for-feedback.ts';
import { feedbackCloses } from '../../domain/sessions/feedback.ts';
import { isPulse } from '../../domain/sessions/pulse.ts';
import { compareSession } from '../../domain/sessions/reconcile.ts';
import { DAY, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import { nextWorkingMorning } from '../../domain/time/working-days.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { markMailbox } from './mark-mailbox.ts';
import { pairTopics } from '../../domain/matching/pair-topics.ts';
import { feedbackDue } from '../slots/plan-series.ts';

export interface AskFeedbackPorts {
  db: Database;
  calendar: Calendar;
  clock: Clock;
  jobs: Jobs;
}

/** The calendar could not be asked whether the session stood to its end: asked again so often. */
const ASK_AGAIN = 15 * MINUTE;

/**
 * Asks for feedback on the sessions that have just ended: looks once more whether the session stood in the calendar to
 * its end, opens a question for each side, and sends those whose time has come, and their reminders. Nothing older than
 * three working days is asked. Returns when to run next, or null.
 */
export async function askFeedback(
  ports: AskFeedbackPorts,
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db, clock } = ports;
  const { tenant, ended } = await inTenant(db, tenantId, async (tx) => ({
    tenant: await loadTenant(tx),
    ended: await loadSessions(tx, { feedbackDueBy: clock.now() }),
  }));
  const days = await readDays(ports, tenant, ended);
  for (const session of ended) await closeSession(ports, tenant, session, days);
  const asked = await inTenant(db, tenantId, async (tx) => {
    const due = await tx
      .selectFrom('feedbackRequests')
      .select(['sessionId', 'personId', 'side', 'attempt', 'state', 'reminders', 'askedAt', 'closesAt'])
      .where('state', 'in', ['planned', 'asked'])
      .where('dueAt', '<=', at(clock.now()))
      .orderBy('dueAt')
      .orderBy('sessionId')
      .orderBy('personId')
      .execute();
    for (const request of due) await askOne(tx, tenant, request, clock.now());
    return due.length;
  });
  if (asked > 0) ports.jobs.wake('sendMessages');
  return nextDue(ports, tenantId);
}

/** What stands in executives' calendars from now on for a day; who cannot be read is missing. */
type Days = ReadonlyMap<PersonId, readonly BusyInterval[]>;

/** Reads the day of the executives whose session has ended, so that none is asked in the next meeting. */
async function readDays(
  { db, calendar, clock }: AskFeedbackPorts,
  { tenantId, programMailboxId }: TenantRow,
  ended: readonly SessionRow[],
): Promise<Days> {
  if (ended.length === 0 || programMailboxId === null) return new Map();
  const mailboxes = await inTenant(db, tenantId, async (tx) => {
    const twos = await loadTwos(tx, [...new Set(ended.map(({ pairId }) => pairId))]);
    const mentees = [...twos.values()].map(({ menteeId }) => menteeId);
    const people = await loadPeopleById(tx, [...new Set(mentees)].sort());
    return [...people.values()].flatMap(({ personId, mail }) => (mail === null ? [] : [{ personId, address: mail }]));
  });
  const now = clock.now();
  const answer = await calendar.readBusy(tenantId, programMailboxId, mailboxes, now, plus(now, DAY), { exact: true });
  const seen = answer.outcome === 'done' ? [...answer.value] : [];
  return new Map(seen.flatMap(([personId, one]) => (one.readable ? [[personId, one.busy]] : [])));
}

/** The session is over: held as far as the calendar knows, or not. */
async function closeSession(
  ports: AskFeedbackPorts,
  tenant: TenantRow,
  session: SessionRow,
  days: Days,
): Promise<void> {
  const { db, calendar, clock } = ports;
  const { tenantId } = tenant;
  const now = clock.now();
  const series = await inTenant(db, tenantId, (tx) => findSeries(tx, session.seriesId));
  if (!series || session.eventId === null) {
    await inTenant(db, tenantId, (tx) => updateSession(tx, session.sessionId, { feedbackDueAt: null, now }));
    return;
  }
  const found = await calendar.readDate(tenantId, series.organizerId, session.eventId);
  if (found.outcome === 'later' || (found.outcome === 'refused' && found.reason !== 'notFound')) {
    const notBefore = found.outcome === 'later' ? found.notBefore : plus(now, ASK_AGAIN);
    await inTenant(db, tenantId, (tx) => updateSession(tx, session.sessionId, { feedbackDueAt: notBefore, now }));
    return;
  }
  await inTenant(db, tenantId, async (tx) => {
    const pair = await findPair(tx, session.pairId);
    if (!pair) return;
    const date = found.outcome === 'done' ? found.value : null;
    const two = (await loadTwos(tx, [session.pairId])).get(session.pairId);
    const isDeclined =
      date !== null && two !== undefined && compareSession(session, date, two.addresses).kind === 'declined';
    if (!date || date.isCancelled || isDeclined) {
      // The reconciler learns who did what; here it only matters that nobody is asked (F62).
      await updateSession(tx, session.sessionId, {
        state: isDeclined ? 'declined' : 'cancelled',
        cause: 'person',
        feedbackDueAt: null,
        now,
      });
      await markMailbox(tx, tenantId, series.organizerId, now);
      return;
    }
    if (date.end !== session.endsAt || date.start !== session.startsAt) {
      await updateSession(tx, session.sessionId, {
        startsAt: date.start,
        endsAt: date.end,
        wasMoved: true,
        locked: true,
        movedBy: 'person',
        feedbackDueAt: feedbackDue(date.end),
        now,
      });
      if (feedbackDue(date.end) > now) return;
    }
    await updateSession(tx, session.sessionId, { held: 'presumed', feedbackDueAt: null, now });
    for (const side of ['mentor', 'mentee'] as const)
      await openRequest(tx, tenant, {
        session: { ...session, startsAt: date.start, endsAt: date.end },
        cohortId: pair.cohortId,
        side,
        personId: side === 'mentor' ? pair.mentorId : pair.menteeId,
        busy: days.get(pair.menteeId) ?? null,
        now,
      });
  });
}

async function openRequest(
  tx: TenantTransaction,
  tenant: TenantRow,
  {
    session,
    cohortId,
    side,
    personId,
    busy,
    now,
  }: {
    session: SessionRow;
    cohortId: string;
    side: Side;
    personId: PersonId;
    busy: readonly BusyInterval[] | null;
    now: Instant;
  },
): Promise<void> {
  const [row] = await loadParticipants(tx, { cohortId, personId, side });
  if (!row) return;
  const due = dueForFeedback({ ...session, held: 'presumed' }, side, row, now, busy);
  await tx
    .insertInto('feedbackRequests')
    .values({
      tenantId: tenant.tenantId,
      sessionId: session.sessionId,
      personId,
      side,
      attempt: session.attempt,
      state: due.ask ? 'planned' : 'skipped',
      skippedBecause: due.ask ? null : due.because,
      dueAt: due.ask ? at(due.dueAt) : null,
      closesAt: at(feedbackCloses(session.endsAt)),
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

async function askOne(
  tx: TenantTransaction,
  tenant: TenantRow,
  request: {
    sessionId: string;
    personId: PersonId;
    side: Side;
    attempt: number;
    state: string;
    reminders: number;
    askedAt: Instant | null;
    closesAt: Instant | null;
  },
  now: Instant,
): Promise<void> {
  const [session] = await loadSessions(tx, { sessionIds: [request.sessionId] });
  const pair = session ? await findPair(tx, session.pairId) : undefined;
  const cohort = pair ? await findCohort(tx, pair.cohortId) : undefined;
  const { mentor, mentee } = pair ? await loadBoth(tx, pair) : {};
  // One of the two is erased: nobody is left to ask, or to tell of. What stays due would be looked at for ever.
  // Or it is about a date in whose place there is another by now.
  if (!session || !pair || !cohort || !mentee || !mentor || request.attempt !== session.attempt)
    return changeRequest(tx, request, { state: 'closed', dueAt: null });
  const own = request.side === 'mentor' ? mentor : mentee;
  const isFirst = request.state === 'planned';
  const due = dueForFeedback(session, request.side, own, now, []);
  if (!due.ask)
    return changeRequest(tx, request, {
      state: isFirst ? 'skipped' : 'closed',
      skippedBecause: due.because,
      dueAt: null,
    });
  // Found late, outside the reader's hours: the next morning is early enough.
  if (isFirst && due.dueAt > now) return changeRequest(tx, request, { state: 'planned', dueAt: due.dueAt });
  if (request.closesAt !== null && request.closesAt <= now)
    return changeRequest(tx, request, { state: 'closed', dueAt: null });
  const partnerId = request.side === 'mentor' ? pair.menteeId : pair.mentorId;
  const partner = (await loadPeopleById(tx, [partnerId])).get(partnerId);
  const of = await tx
    .selectFrom('sessions')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('seriesId', '=', session.seriesId)
    .executeTakeFirstOrThrow();
  const reminders = isFirst ? 0 : request.reminders + 1;
  await queueMessage(tx, {
    tenantId: tenant.tenantId,
    salt: tenant.salt,
    personId: request.personId,
    subjectKey: isFirst ? feedbackKey(session) : `${feedbackKey(session)}:reminder${reminders}`,
    data: {
      kind: request.side === 'mentor' ? 'feedbackMentor' : 'feedbackMentee',
      sessionId: session.sessionId,
      partnerName: partner?.displayName ?? '',
      start: session.startsAt,
      number: session.number,
      of: of.n,
      nextTopics: pairTopics(mentee, mentor),
      isReminder: !isFirst,
      isPulse: isPulse(session.number),
      given: null,
      attempt: session.attempt,
    },
    notBefore: now,
    now,
  });
  const closesAt = request.closesAt ?? feedbackCloses(session.endsAt);
  const isLast = reminders >= FEEDBACK_REMINDERS[request.side];
  const dueAt = isLast ? closesAt : nextWorkingMorning(now, own.timeZone, own.workingHours);
  await changeRequest(tx, request, { state: 'asked', dueAt, reminders, ...(isFirst ? { askedAt: now } : {}) });
  if (isFirst)
    await addToRunLog(tx, tenant.tenantId, {
      at: now,
      kind: 'feedbackAsked',
      cohortId: pair.cohortId,
      subjectId: session.sessionId,
    });
}

async function nextDue({ db }: AskFeedbackPorts, tenantId: TenantId): Promise<Instant | null> {
  return inTenant(db, tenantId, async (tx) => {
    const session = await tx
      .selectFrom('sessions')
      .select((eb) => eb.fn.min('feedbackDueAt').as('due'))
      .executeTakeFirst();
    const request = await tx
      .selectFrom('feedbackRequests')
      .select((eb) => eb.fn.min('dueAt').as('due'))
      .where('state', 'in', ['planned', 'asked'])
      .executeTakeFirst();
    const dues = [session?.due, request?.due].filter((due): due is Instant => typeof due === 'number');
    return dues.length === 0 ? null : (Math.min(...dues) as Instant);
  });
}
