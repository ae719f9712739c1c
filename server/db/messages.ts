import { sql } from 'kysely';
import type { CardMessage } from '../contract/card-messages.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import { plus, type Instant } from '../domain/time/instant.ts';
import { deriveId } from './derive-id.ts';
import { anyOf, at, json, type TenantTransaction } from './schema.ts';

export interface MessageRow {
  messageId: string;
  personId: PersonId;
  kind: string;
  data: CardMessage;
  state: string;
  attempts: number;
  fence: number;
  activityId: string | null;
  revision: number;
  shownRevision: number;
  createdAt: Instant;
}

/**
 * Puts a card into the outbox, in the transaction of the decision that it tells (reliability.md R1). One card per
 * person and subject: queued again, it replaces the card that was sent under the same subject.
 */
export async function queueMessage(
  tx: TenantTransaction,
  message: {
    tenantId: TenantId;
    salt: string;
    personId: PersonId;
    subjectKey: string;
    data: CardMessage;
    notBefore: Instant;
    now: Instant;
  },
): Promise<void> {
  await tx
    .insertInto('messages')
    .values({
      tenantId: message.tenantId,
      messageId: deriveId(message.salt, 'message', message.personId, message.subjectKey),
      personId: message.personId,
      subjectKey: message.subjectKey,
      kind: message.data.kind,
      data: json(message.data),
      state: 'planned',
      notBefore: at(message.notBefore),
      createdAt: at(message.now),
    })
    .onConflict((oc) =>
      oc.columns(['tenantId', 'personId', 'subjectKey']).doUpdateSet((eb) => ({
        kind: eb.ref('excluded.kind'),
        data: eb.ref('excluded.data'),
        notBefore: eb.ref('excluded.notBefore'),
        revision: sql<number>`messages.revision + 1`,
        attempts: 0,
        state: sql<'planned'>`case when messages.state in ('undeliverable', 'dropped') then messages.state
          when messages.state in ('sending', 'unknown') then messages.state else 'planned' end`,
      })),
    )
    .execute();
}

/** Takes back a card that was not sent yet. A card that was sent stays as it is. */
export async function dropMessage(tx: TenantTransaction, personId: PersonId, subjectKey: string): Promise<void> {
  await tx
    .updateTable('messages')
    .set({ state: 'dropped' })
    .where('personId', '=', personId)
    .where('subjectKey', '=', subjectKey)
    .where('state', '=', 'planned')
    .where('activityId', 'is', null)
    .execute();
}

/**
 * Shows `data` in place of a question and of all later cards about it (`<subjectKey>:...`, its reminders). A reminder that
 * was never sent is dropped: nobody is reminded of what they have answered.
 */
export async function closeQuestion(
  tx: TenantTransaction,
  message: {
    tenantId: TenantId;
    salt: string;
    personId: PersonId;
    subjectKey: string;
    data: CardMessage;
    now: Instant;
  },
): Promise<void> {
  const { personId, subjectKey, now } = message;
  const later = await tx
    .selectFrom('messages')
    .select('subjectKey')
    .where('personId', '=', personId)
    .where('subjectKey', 'like', `${subjectKey}:%`)
    .orderBy('subjectKey')
    .execute();
  for (const card of later) {
    await dropMessage(tx, personId, card.subjectKey);
    await queueMessage(tx, { ...message, subjectKey: card.subjectKey, notBefore: now });
  }
  await queueMessage(tx, { ...message, notBefore: now });
}

/** How long a claimed message may take before another worker looks at it again. */
const LEASE_SECONDS = 120;
/** Leases run by the database's clock, looks by ours: never more often than this. */
const SHORTEST_LEASE_WAIT = 1_000;

/**
 * Claims the next messages that are due, oldest first: state `sending`, with a lease by the database's own clock and a
 * fence that every later write must name. A message whose lease ran out is claimed again as it stands.
 */
export const claimMessages = (tx: TenantTransaction, now: Instant, most: number): Promise<MessageRow[]> =>
  takeDueMessages(tx, now, most, (due) => Promise.resolve(due));

/** The same for those of the due messages that `choose` gives; the rows it is shown are as they were before the claim. */
export async function takeDueMessages(
  tx: TenantTransaction,
  now: Instant,
  most: number,
  choose: (due: MessageRow[]) => Promise<MessageRow[]>,
): Promise<MessageRow[]> {
  // Two statements: as a condition of the update the selection may be run more than once, and take more than `most`.
  const due = await tx
    .selectFrom('messages')
    .select([
      'messageId',
      'personId',
      'kind',
      'data',
      'state',
      'attempts',
      'fence',
      'activityId',
      'revision',
      'shownRevision',
      'createdAt',
    ])
    .where((where) =>
      where.or([
        where.and([where('state', 'in', ['planned', 'unknown']), where('notBefore', '<=', at(now))]),
        where.and([where('state', '=', 'sending'), where('leaseUntil', '<', sql<Instant>`clock_timestamp()`)]),
      ]),
    )
    .orderBy('notBefore')
    .orderBy('createdAt')
    .orderBy('messageId')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
  const chosen = due.length === 0 ? [] : await choose(due);
  if (chosen.length === 0) return [];
  await tx
    .updateTable('messages')
    .set({
      state: 'sending',
      leaseUntil: sql<Instant>`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`,
      fence: sql<number>`fence + 1`,
      attempts: sql<number>`attempts + 1`,
    })
    .where('messageId', '=', anyOf(chosen.map((row) => row.messageId)))
    .execute();
  return chosen.map((row) => ({ ...row, state: 'sending', fence: row.fence + 1, attempts: row.attempts + 1 }));
}

/**
 * Begins the lease of a claimed message anew, right before it is sent; false when somebody else has claimed it since, who
 * sends it then.
 */
export async function keepMessage(
  tx: TenantTransaction,
  message: Pick<MessageRow, 'messageId' | 'fence'>,
): Promise<boolean> {
  const kept = await tx
    .updateTable('messages')
    .set({ leaseUntil: sql<Instant>`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})` })
    .where('messageId', '=', message.messageId)
    .where('fence', '=', message.fence)
    .executeTakeFirst();
  return kept.numUpdatedRows > 0n;
}

/** Records how a claimed message ended; one that was changed meanwhile is due again. False when somebody else has claimed it since. */
export async function settleMessage(
  tx: TenantTransaction,
  message: Pick<MessageRow, 'messageId' | 'fence' | 'revision'>,
  result: {
    state: 'planned' | 'sent' | 'unknown' | 'undeliverable' | 'dropped';
    notBefore?: Instant;
    activityId?: string;
    conversationId?: string;
    shownRevision?: number;
    code?: string | null;
    sentAt?: Instant;
  },
): Promise<boolean> {
  const { notBefore, sentAt, state, ...rest } = result;
  const done = await tx
    .updateTable('messages')
    .set({
      ...rest,
      // Changed while it was on its way: due again.
      state:
        state === 'sent' ? sql<'sent'>`case when revision > ${message.revision} then 'planned' else 'sent' end` : state,
      leaseUntil: null,
      ...(notBefore === undefined ? {} : { notBefore: at(notBefore) }),
      ...(sentAt === undefined ? {} : { sentAt: sql<Instant>`coalesce(sent_at, ${at(sentAt)})` }),
    })
    .where('messageId', '=', message.messageId)
    .where('fence', '=', message.fence)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/**
 * The earliest instant at which an open message may be tried, or null. One that is being sent counts as due when its lease
 * runs out: whoever has it may be gone.
 */
export async function nextMessageDue(tx: TenantTransaction, now: Instant): Promise<Instant | null> {
  const { due, leased } = await tx
    .selectFrom('messages')
    .select((eb) => [
      eb.fn.min('notBefore').filterWhere('state', 'in', ['planned', 'unknown']).as('due'),
      sql<
        number | null
      >`ceil(1000 * extract(epoch from min(lease_until) filter (where state = 'sending') - clock_timestamp()))::integer`.as(
        'leased',
      ),
    ])
    .where('state', 'in', ['planned', 'sending', 'unknown'])
    .executeTakeFirstOrThrow();
  const lost = leased === null ? null : plus(now, Math.max(SHORTEST_LEASE_WAIT, leased));
  const open = due as Instant | null;
  return open === null || lost === null ? (open ?? lost) : (Math.min(open, lost) as Instant);
}
