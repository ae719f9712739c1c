import { sql } from 'kysely';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import { MINUTE, plus, type Instant } from '../domain/time/instant.ts';
import { deriveId } from './derive-id.ts';
import { at, json, type TenantTransaction } from './schema.ts';
import type { CalendarWriteData } from './tables/calendar.ts';

export type WriteKind =
  'create' | 'createDate' | 'moveDate' | 'cancelSeries' | 'cancelDate' | 'endSeries' | 'tag' | 'removeCopies';

export interface CalendarWriteRow {
  writeId: string;
  /** The mailbox that is written to. */
  organizerId: PersonId;
  seriesId: string;
  sessionId: string | null;
  kind: WriteKind;
  /** As it was before it was claimed: `planned` may be sent, `unknown` has to be read first. */
  was: 'planned' | 'unknown';
  data: CalendarWriteData;
  messages: number;
  attempts: number;
  emptyReads: number;
  emptyReadAt: Instant | null;
  /** How the last attempt ended; null at the first. */
  code: string | null;
  createdAt: Instant;
  fence: number;
}

/**
 * Stores the intent to write, in the transaction of its decision (reliability.md R1). The same intent is kept once: false
 * when it was there already.
 */
export async function planWrite(
  tx: TenantTransaction,
  write: {
    tenantId: TenantId;
    salt: string;
    organizerId: PersonId;
    seriesId: string;
    sessionId: string | null;
    kind: WriteKind;
    data?: CalendarWriteData;
    messages?: number;
    now: Instant;
  },
): Promise<boolean> {
  const data = write.data ?? {};
  // A date in place of a lost one has one key per round: two intents with the same key must never stand side by side.
  const identity = write.kind === 'createDate' ? String(data.round) : json(data);
  const of = await distinguish(tx, write);
  const stored = await tx
    .insertInto('calendarWrites')
    .values({
      tenantId: write.tenantId,
      writeId: deriveId(write.salt, 'write', write.seriesId, write.sessionId ?? '', write.kind, identity, ...of),
      organizerId: write.organizerId,
      seriesId: write.seriesId,
      sessionId: write.sessionId,
      kind: write.kind,
      state: 'planned',
      data: json(data),
      messages: write.messages ?? 1,
      notBefore: at(write.now),
      createdAt: at(write.now),
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return (stored.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/**
 * What tells an intent from an earlier one of the same words: copies of one series stand in several calendars, and a date
 * may be moved to a time where it stood before, or be cancelled again after another one took its place.
 */
async function distinguish(
  tx: TenantTransaction,
  { kind, organizerId, sessionId }: Pick<CalendarWriteRow, 'kind' | 'organizerId' | 'sessionId'>,
): Promise<string[]> {
  if (kind === 'removeCopies') return [organizerId];
  if (sessionId === null || (kind !== 'moveDate' && kind !== 'cancelDate')) return [];
  const { done } = await tx
    .selectFrom('calendarWrites')
    .select((eb) => eb.fn.countAll<number>().as('done'))
    .where('sessionId', '=', sessionId)
    .where('state', 'in', ['confirmed', 'refused'])
    .executeTakeFirstOrThrow();
  return done === 0 ? [] : [String(done)];
}

/** Whether a later intent about the same session was stored: then this one is not what anybody wants any more. */
export async function isSuperseded(
  tx: TenantTransaction,
  { writeId, sessionId, createdAt }: Pick<CalendarWriteRow, 'writeId' | 'sessionId' | 'createdAt'>,
): Promise<boolean> {
  if (sessionId === null) return false;
  const later = await tx
    .selectFrom('calendarWrites')
    .select('writeId')
    .where('sessionId', '=', sessionId)
    .where('writeId', '!=', writeId)
    .where('kind', 'in', ['moveDate', 'createDate', 'cancelDate'])
    .where('createdAt', '>', at(createdAt))
    .where('state', '!=', 'refused')
    .limit(1)
    .executeTakeFirst();
  return later !== undefined;
}

/** Opens a refused write again, as if it had never been tried: a person asked for it anew. False when it is not refused. */
export async function reopenWrite(
  tx: TenantTransaction,
  { seriesId, organizerId, kind, now }: Pick<CalendarWriteRow, 'seriesId' | 'organizerId' | 'kind'> & { now: Instant },
): Promise<boolean> {
  const reopened = await tx
    .updateTable('calendarWrites')
    .set({ state: 'planned', attempts: 0, code: null, doneAt: null, notBefore: at(now) })
    .where('seriesId', '=', seriesId)
    .where('organizerId', '=', organizerId)
    .where('kind', '=', kind)
    .where('state', '=', 'refused')
    .executeTakeFirst();
  return reopened.numUpdatedRows > 0n;
}

/** A claimed write must be settled within this time, or another worker resolves it by reading. */
const LEASE_SECONDS = 120;

/** Claims due writes, oldest first. One whose lease ran out may have been sent: it comes back as `unknown`. */
export async function claimWrites(tx: TenantTransaction, now: Instant, most: number): Promise<CalendarWriteRow[]> {
  const due = await tx
    .selectFrom('calendarWrites')
    .select([
      'writeId',
      'organizerId',
      'seriesId',
      'sessionId',
      'kind',
      'state',
      'data',
      'messages',
      'attempts',
      'emptyReads',
      'emptyReadAt',
      'code',
      'createdAt',
      'fence',
    ])
    .where((eb) =>
      eb.or([
        eb.and([eb('state', 'in', ['planned', 'unknown']), eb('notBefore', '<=', at(now))]),
        eb.and([eb('state', '=', 'sending'), eb('leaseUntil', '<', sql<Instant>`clock_timestamp()`)]),
      ]),
    )
    .orderBy('notBefore')
    .orderBy('createdAt')
    .orderBy('writeId')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
  if (due.length === 0) return [];
  await tx
    .updateTable('calendarWrites')
    .set({
      state: 'sending',
      fence: sql<number>`fence + 1`,
      leaseUntil: sql<Instant>`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`,
    })
    .where(
      'writeId',
      'in',
      due.map((row) => row.writeId),
    )
    .execute();
  return due.map(({ state, ...row }) => ({
    ...row,
    fence: row.fence + 1,
    was: state === 'planned' ? 'planned' : 'unknown',
  }));
}

/**
 * Begins the lease of a claimed write anew, right before it is handled: those claimed together wait for one another.
 * False when somebody else has claimed it since; then it is theirs to resolve, and nothing may be sent (F51).
 */
export async function keepWrite(
  tx: TenantTransaction,
  write: Pick<CalendarWriteRow, 'writeId' | 'fence'>,
): Promise<boolean> {
  const kept = await tx
    .updateTable('calendarWrites')
    .set({ leaseUntil: sql<Instant>`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})` })
    .where('writeId', '=', write.writeId)
    .where('fence', '=', write.fence)
    .executeTakeFirst();
  return kept.numUpdatedRows > 0n;
}

/** Records how a claimed write stands now; false when somebody else has claimed it since (its result is theirs to find). */
export async function settleWrite(
  tx: TenantTransaction,
  write: Pick<CalendarWriteRow, 'writeId' | 'fence'>,
  result: {
    state: 'planned' | 'unknown' | 'confirmed' | 'refused';
    now: Instant;
    notBefore?: Instant;
    code?: string;
    attempts?: number;
    emptyReads?: number;
    emptyReadAt?: Instant | null;
  },
): Promise<boolean> {
  const isOver = result.state === 'confirmed' || result.state === 'refused';
  const done = await tx
    .updateTable('calendarWrites')
    .set({
      state: result.state,
      leaseUntil: null,
      ...(result.notBefore === undefined ? {} : { notBefore: at(result.notBefore) }),
      ...(result.code === undefined ? {} : { code: result.code }),
      ...(result.attempts === undefined ? {} : { attempts: result.attempts }),
      ...(result.emptyReads === undefined ? {} : { emptyReads: result.emptyReads }),
      ...(result.emptyReadAt === undefined
        ? {}
        : { emptyReadAt: result.emptyReadAt === null ? null : at(result.emptyReadAt) }),
      ...(result.state === 'unknown' ? { unknownSince: sql<Instant>`coalesce(unknown_since, ${at(result.now)})` } : {}),
      ...(isOver ? { doneAt: at(result.now) } : {}),
    })
    .where('writeId', '=', write.writeId)
    .where('fence', '=', write.fence)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** The earliest instant at which an open write may be tried, or null. */
export async function nextWriteDue(tx: TenantTransaction): Promise<Instant | null> {
  const row = await tx
    .selectFrom('calendarWrites')
    .select((eb) => eb.fn.min('notBefore').as('due'))
    .where('state', 'in', ['planned', 'unknown'])
    .executeTakeFirst();
  return (row?.due as Instant | null | undefined) ?? null;
}

/** Exchange sends at most 30 messages a minute for one mailbox; we stay below (reliability.md R3). */
const MESSAGES_PER_MINUTE = 25;
/** A wait ends when a whole call of four writes has room, or calls would carry one write each. */
const ROOM_TO_WAIT_FOR = 4;

/**
 * Takes `messages` out of the mailbox's budget for this minute, or says when there is room. A mailbox that is paused
 * (429 with Retry-After) gives its own time. Recorded before the request, so that a restart does not forget it.
 */
export async function takeMailboxBudget(
  tx: TenantTransaction,
  input: { tenantId: TenantId; mailboxId: PersonId; writeId: string; attempt: number; messages: number; now: Instant },
): Promise<{ ok: true } | { ok: false; notBefore: Instant }> {
  const { tenantId, mailboxId, now } = input;
  // Two workers who both count before either records would together send more than Exchange takes.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tenantId}:${mailboxId}`}, 0))`.execute(tx);
  const pausedUntil = await mailboxPausedUntil(tx, mailboxId, now);
  if (pausedUntil !== null) return { ok: false, notBefore: pausedUntil };
  const recent = await tx
    .selectFrom('mailboxSends')
    .select(['sentAt', 'messages'])
    .where('mailboxId', '=', mailboxId)
    .where('sentAt', '>', at(plus(now, -MINUTE)))
    .orderBy('sentAt')
    .execute();
  let used = recent.reduce((sum, row) => sum + row.messages, 0);
  if (used > 0 && used + input.messages > MESSAGES_PER_MINUTE) {
    const room = Math.max(input.messages, ROOM_TO_WAIT_FOR);
    for (const row of recent) {
      used -= row.messages;
      if (used === 0 || used + room <= MESSAGES_PER_MINUTE) return { ok: false, notBefore: plus(row.sentAt, MINUTE) };
    }
  }
  await tx
    .insertInto('mailboxSends')
    .values({
      tenantId,
      mailboxId,
      writeId: input.writeId,
      attempt: input.attempt,
      sentAt: at(now),
      messages: input.messages,
    })
    // An attempt that was put off after it took its part, for an unreadable calendar say, takes it anew.
    .onConflict((oc) =>
      oc
        .columns(['tenantId', 'mailboxId', 'writeId', 'attempt'])
        .doUpdateSet({ sentAt: at(now), messages: input.messages }),
    )
    .execute();
  return { ok: true };
}

/** Gives back what an attempt took and did not use. */
export async function returnMailboxBudget(
  tx: TenantTransaction,
  taken: { mailboxId: PersonId; writeId: string; attempt: number },
): Promise<void> {
  await tx
    .deleteFrom('mailboxSends')
    .where('mailboxId', '=', taken.mailboxId)
    .where('writeId', '=', taken.writeId)
    .where('attempt', '=', taken.attempt)
    .execute();
}

/** Until when nothing is written for the mailbox, or null. */
export async function mailboxPausedUntil(
  tx: TenantTransaction,
  mailboxId: PersonId,
  now: Instant,
): Promise<Instant | null> {
  const pause = await tx
    .selectFrom('mailboxPauses')
    .select('notBefore')
    .where('mailboxId', '=', mailboxId)
    .executeTakeFirst();
  return pause && pause.notBefore > now ? pause.notBefore : null;
}

/** Keeps a mailbox's wait, so that it survives a restart (reliability.md F2). Never shortens one. */
export async function pauseMailbox(
  tx: TenantTransaction,
  tenantId: TenantId,
  mailboxId: PersonId,
  notBefore: Instant,
): Promise<void> {
  await tx
    .insertInto('mailboxPauses')
    .values({ tenantId, mailboxId, notBefore: at(notBefore) })
    .onConflict((oc) =>
      oc
        .columns(['tenantId', 'mailboxId'])
        .doUpdateSet({ notBefore: sql<Instant>`greatest(mailbox_pauses.not_before, excluded.not_before)` }),
    )
    .execute();
}
