import type { CardMessage } from '../../contract/card-messages.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { zoneForAssistant } from '../../db/assistants.ts';
import { claimMessages, keepMessage, nextMessageDue, settleMessage, type MessageRow } from '../../db/messages.ts';
import { at, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { areWritesStopped, loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { DAY, MINUTE, plus, type Instant, type ZoneId } from '../../domain/time/instant.ts';
import type { Clock, ConversationReference, Messenger, OutgoingCard, WriteResult } from '../../ports.ts';

/** Makes the card of a message in the reader's language and zone; main wires it to bot/render-card. */
export type RenderCard = (message: CardMessage, locale: Locale, timeZone: string) => OutgoingCard;

export interface SendMessagesPorts {
  db: Database;
  messenger: Messenger;
  clock: Clock;
  renderCard: RenderCard;
}

/** Cards sent in one second of one tenant: below Teams' 25 a second, so that a retry still fits. */
const PER_SECOND = 20;
/** The chat is made by the install event; it is waited for in these steps, and after two days the tab has to do. */
const WAIT_FOR_CHAT = 10 * MINUTE;
const GIVE_UP_AFTER = 2 * DAY;
const MOST_ATTEMPTS = 12;
/** While nothing may be sent, messages stay due: how often to look whether they may be. */
const LOOK_WHEN_STOPPED = MINUTE;

/**
 * Sends the cards that are due, and replaces those that say something else by now. A person who blocked the bot, or has
 * no chat, finds everything in tab and pane. Returns when to run next, or null.
 */
export async function sendMessages(
  ports: SendMessagesPorts,
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db, clock } = ports;
  const { claimed, due } = await inTenant(db, tenantId, async (tx) => {
    const tenant = await loadTenant(tx);
    if (areWritesStopped(tenant)) return { claimed: [], due: plus(clock.now(), LOOK_WHEN_STOPPED) };
    const claimed = await claimMessages(tx, clock.now(), PER_SECOND);
    return { claimed, due: claimed.length === 0 ? await nextMessageDue(tx) : null };
  });
  for (const message of claimed) await handleMessage(ports, tenantId, message);
  const next = claimed.length === 0 ? due : await inTenant(db, tenantId, (tx) => nextMessageDue(tx));
  if (next === null) return null;
  return claimed.length === PER_SECOND ? (Math.max(next, plus(clock.now(), 1000)) as Instant) : next;
}

interface Reader {
  chat: (ConversationReference & { blockedAt: Instant | null; stoppedAt: Instant | null }) | undefined;
  locale: Locale;
  timeZone: ZoneId;
}

async function handleMessage(ports: SendMessagesPorts, tenantId: TenantId, message: MessageRow): Promise<void> {
  const { db, clock, messenger } = ports;
  const now = clock.now();
  const reader = await inTenant(db, tenantId, async (tx) =>
    (await keepMessage(tx, message)) ? loadReader(tx, message) : null,
  );
  // Somebody else has claimed it since: it is theirs to send.
  if (!reader) return;
  const settle = (result: Parameters<typeof settleMessage>[2]): Promise<boolean> =>
    inTenant(db, tenantId, (tx) => settleMessage(tx, message, result));
  if (!reader.chat) {
    const isLost = now >= plus(message.createdAt, GIVE_UP_AFTER);
    await settle(
      isLost
        ? { state: 'undeliverable', code: 'noChat' }
        : { state: 'planned', notBefore: plus(now, WAIT_FOR_CHAT), code: 'noChat' },
    );
    return;
  }
  if (reader.chat.blockedAt !== null || reader.chat.stoppedAt !== null) {
    await settle({ state: 'undeliverable', code: reader.chat.blockedAt === null ? 'stopped' : 'blocked' });
    return;
  }
  if (message.activityId !== null && message.shownRevision >= message.revision) {
    await settle({ state: 'sent' });
    return;
  }
  const card = ports.renderCard(message.data, reader.locale, reader.timeZone);
  const chat = { conversationId: reader.chat.conversationId, serviceUrl: reader.chat.serviceUrl };
  if (message.activityId === null) {
    const sent = await messenger.sendCard(tenantId, chat, card);
    if (sent.outcome === 'done') {
      await inTenant(db, tenantId, (tx) => recordSent(tx, message, sent.value.activityId, chat.conversationId, now));
      return;
    }
    await settleFailed(ports, tenantId, message, sent, now);
    return;
  }
  const updated = await messenger.updateCard(tenantId, chat, message.activityId, card);
  if (updated.outcome === 'done')
    await inTenant(db, tenantId, (tx) => recordSent(tx, message, null, chat.conversationId, now));
  else await settleFailed(ports, tenantId, message, updated, now);
}

async function loadReader(tx: Parameters<Parameters<typeof inTenant>[2]>[0], message: MessageRow): Promise<Reader> {
  const chat = await tx
    .selectFrom('conversations')
    .select(['conversationId', 'serviceUrl', 'blockedAt', 'stoppedAt', 'locale'])
    .where('personId', '=', message.personId)
    .executeTakeFirst();
  const participant = await tx
    .selectFrom('participants')
    .select(['locale', 'timeZone'])
    .where('personId', '=', message.personId)
    .orderBy('cohortId')
    .orderBy('side')
    .limit(1)
    .executeTakeFirst();
  return {
    chat,
    locale: participant?.locale ?? chat?.locale ?? 'en',
    timeZone: participant?.timeZone ?? (await zoneForAssistant(tx, message.personId)) ?? ('UTC' as ZoneId),
  };
}

/** Shown now, as far as it was claimed: what changed while it was on its way is due again. */
async function recordSent(
  tx: Parameters<Parameters<typeof inTenant>[2]>[0],
  message: MessageRow,
  activityId: string | null,
  conversationId: string,
  now: Instant,
): Promise<void> {
  await settleMessage(tx, message, {
    state: 'sent',
    ...(activityId === null ? {} : { activityId }),
    conversationId,
    shownRevision: message.revision,
    sentAt: now,
    code: null,
  });
}

async function settleFailed(
  { db }: SendMessagesPorts,
  tenantId: TenantId,
  message: MessageRow,
  result: Exclude<WriteResult<unknown>, { outcome: 'done' }>,
  now: Instant,
): Promise<void> {
  await inTenant(db, tenantId, async (tx) => {
    if (result.outcome === 'refused') {
      if (result.reason === 'forbidden') await markBlocked(tx, message.personId, now);
      const isGone = result.reason === 'forbidden' || result.reason === 'notFound' || result.reason === 'invalid';
      await settleMessage(
        tx,
        message,
        isGone
          ? { state: 'undeliverable', code: result.code }
          : { state: 'planned', notBefore: plus(now, 15 * MINUTE), code: result.code },
      );
      return;
    }
    // Our own pace is no attempt: nothing was sent.
    if (result.code !== 'Paced' && message.attempts >= MOST_ATTEMPTS) {
      await settleMessage(tx, message, { state: 'undeliverable', code: result.code });
      return;
    }
    // An update of unknown outcome is repeated without harm. A card of unknown outcome may appear twice; both write the
    // same answer, and Teams gives no way to look (reliability.md F58).
    await settleMessage(tx, message, { state: 'planned', notBefore: result.notBefore, code: result.code });
  });
}

async function markBlocked(
  tx: Parameters<Parameters<typeof inTenant>[2]>[0],
  personId: PersonId,
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('conversations')
    .set({ blockedAt: at(now) })
    .where('personId', '=', personId)
    .execute();
}
