import type { CardMessage } from '../../contract/card-messages.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { zoneForAssistant } from '../../db/assistants.ts';
import { deriveId } from '../../db/derive-id.ts';
import {
  claimWithinRates,
  forgetOldSends,
  noteAnswered,
  noteStarted,
  placesFrom,
  returnPlace,
} from '../../db/message-sends.ts';
import { keepMessage, nextMessageDue, settleMessage, type MessageRow } from '../../db/messages.ts';
import { at, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { areWritesStopped, loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId, WorkingHours } from '../../domain/people/person.ts';
import { backOffBy } from '../../domain/time/back-off.ts';
import { DAY, MINUTE, plus, type Instant, type ZoneId } from '../../domain/time/instant.ts';
import { isWithinWorkingDay, nextWorkingMorning } from '../../domain/time/working-days.ts';
import type { Clock, ConversationReference, Messenger, OutgoingCard, WriteResult } from '../../ports.ts';

/** Makes the card of a message in the reader's language and zone; main wires it to bot/render-card. */
export type RenderCard = (message: CardMessage, locale: Locale, timeZone: string) => OutgoingCard;

export interface SendMessagesPorts {
  db: Database;
  messenger: Messenger;
  clock: Clock;
  renderCard: RenderCard;
}

/** The chat is made by the install event; it is waited for in these steps, and after two days the tab has to do. */
const WAIT_FOR_CHAT = 10 * MINUTE;
const GIVE_UP_AFTER = 2 * DAY;
const MOST_ATTEMPTS = 12;
/** Those who were told to wait equally long do not all come back at once. */
const SPREAD = 1_000;
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
  const found = await inTenant(db, tenantId, async (tx) =>
    areWritesStopped(await loadTenant(tx)) ? null : claimWithinRates(tx, tenantId, clock.now()),
  );
  if (found === null) return plus(clock.now(), LOOK_WHEN_STOPPED);
  // People do not wait for one another; the cards of one person keep their order.
  const byPerson = new Map<PersonId, MessageRow[]>();
  for (const message of found.claimed)
    byPerson.set(message.personId, [...(byPerson.get(message.personId) ?? []), message]);
  const ends = await Promise.allSettled(
    [...byPerson.values()].map(async (messages) => {
      for (const [index, message] of messages.entries()) await handleMessage(ports, tenantId, message, index > 0);
    }),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return inTenant(db, tenantId, async (tx) => {
    const now = clock.now();
    const places = await placesFrom(tx, now);
    // Where all places were taken more is due, most likely.
    if (found.claimed.length === found.places) return places;
    await forgetOldSends(tx, now);
    const due = await nextMessageDue(tx, now);
    return due === null ? null : (Math.max(due, places) as Instant);
  });
}

interface Reader {
  chat: (ConversationReference & { blockedAt: Instant | null; stoppedAt: Instant | null }) | undefined;
  locale: Locale;
  timeZone: ZoneId;
  workingHours: WorkingHours | null;
}

/**
 * What disturbs nobody outside their working day (product.md F1): a reminder, and the question to an executive. Planned for
 * the right moment, they may be on their way much later, when a chat or the whole of Teams was away.
 */
const isForWorkingDay = (data: CardMessage): boolean =>
  ('isReminder' in data && data.isReminder) || data.kind === 'feedbackMentee';

/** `hasWaited`: for another card to the same person, since it was claimed. */
async function handleMessage(
  ports: SendMessagesPorts,
  tenantId: TenantId,
  message: MessageRow,
  hasWaited: boolean,
): Promise<void> {
  const { db, clock, messenger } = ports;
  const now = clock.now();
  const reader = await inTenant(db, tenantId, async (tx) => {
    if (hasWaited) {
      if (!(await keepMessage(tx, message))) return null;
      await noteStarted(tx, message, now);
    }
    return loadReader(tx, message);
  });
  // Somebody else has claimed it since: it is theirs to send.
  if (!reader) return;
  const settle = (result: Parameters<typeof settleMessage>[2]): Promise<void> =>
    inTenant(db, tenantId, async (tx) => {
      await settleMessage(tx, message, result);
      await returnPlace(tx, message);
    });
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
  const { timeZone, workingHours } = reader;
  const isNew = message.activityId === null;
  if (isNew && isForWorkingDay(message.data) && !isWithinWorkingDay(now, timeZone, workingHours)) {
    const notBefore = nextWorkingMorning(now, timeZone, workingHours);
    await settle({ state: 'planned', notBefore, code: 'outsideHours' });
    return;
  }
  if (message.activityId !== null && message.shownRevision >= message.revision) {
    await settle({ state: 'sent' });
    return;
  }
  const card = ports.renderCard(message.data, reader.locale, timeZone);
  const chat = { conversationId: reader.chat.conversationId, serviceUrl: reader.chat.serviceUrl };
  if (message.activityId === null) {
    const sent = await messenger.sendCard(tenantId, chat, card);
    const answeredAt = clock.now();
    if (sent.outcome === 'done') {
      await inTenant(db, tenantId, (tx) =>
        recordSent(tx, message, sent.value.activityId, chat.conversationId, answeredAt),
      );
      return;
    }
    await settleFailed(ports, tenantId, message, sent, answeredAt);
    return;
  }
  const updated = await messenger.updateCard(tenantId, chat, message.activityId, card);
  const answeredAt = clock.now();
  if (updated.outcome === 'done')
    await inTenant(db, tenantId, (tx) => recordSent(tx, message, null, chat.conversationId, answeredAt));
  else await settleFailed(ports, tenantId, message, updated, answeredAt);
}

async function loadReader(tx: Parameters<Parameters<typeof inTenant>[2]>[0], message: MessageRow): Promise<Reader> {
  const chat = await tx
    .selectFrom('conversations')
    .select(['conversationId', 'serviceUrl', 'blockedAt', 'stoppedAt', 'locale'])
    .where('personId', '=', message.personId)
    .executeTakeFirst();
  const participant = await tx
    .selectFrom('participants')
    .select(['locale', 'timeZone', 'workingHours'])
    .where('personId', '=', message.personId)
    .orderBy('cohortId')
    .orderBy('side')
    .limit(1)
    .executeTakeFirst();
  return {
    chat,
    locale: participant?.locale ?? chat?.locale ?? 'en',
    timeZone: participant?.timeZone ?? (await zoneForAssistant(tx, message.personId)) ?? ('UTC' as ZoneId),
    workingHours: participant?.workingHours ?? null,
  };
}

/** Shown now, as far as it was claimed: what changed while it was on its way is due again. */
async function recordSent(
  tx: Parameters<Parameters<typeof inTenant>[2]>[0],
  message: MessageRow,
  activityId: string | null,
  conversationId: string,
  answeredAt: Instant,
): Promise<void> {
  await noteAnswered(tx, message, answeredAt);
  await settleMessage(tx, message, {
    state: 'sent',
    ...(activityId === null ? {} : { activityId }),
    conversationId,
    shownRevision: message.revision,
    sentAt: answeredAt,
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
    await noteAnswered(tx, message, now);
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
    if (result.code === 'Paced') {
      await settleMessage(tx, message, { state: 'planned', notBefore: result.notBefore, code: result.code });
      return;
    }
    // Teams may be away for hours, and nothing was shown; what may have been shown is not repeated for ever.
    const isOver = result.outcome === 'unknown' || now >= plus(message.createdAt, GIVE_UP_AFTER);
    if (isOver && message.attempts >= MOST_ATTEMPTS) {
      await settleMessage(tx, message, { state: 'undeliverable', code: result.code });
      return;
    }
    // An update of unknown outcome is repeated without harm. A card of unknown outcome may appear twice; both write the
    // same answer, and Teams gives no way to look (reliability.md F58).
    const jitter = parseInt(deriveId('wait', message.messageId, message.attempts).slice(0, 8), 16) / 2 ** 32;
    const own = backOffBy(now, message.attempts, jitter);
    const notBefore = Math.max(own, plus(result.notBefore, Math.round(jitter * SPREAD))) as Instant;
    await settleMessage(tx, message, { state: 'planned', notBefore, code: result.code });
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
