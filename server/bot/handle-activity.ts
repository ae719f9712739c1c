import type { CardMessage, ErrorText } from '../contract/card-messages.ts';
import type { CardAction } from '../contract/cards.ts';
import type { Locale } from '../contract/vocabulary.ts';
import { chooseLocale } from '../domain/people/choose-locale.ts';
import type { ConversationReference } from '../ports.ts';
import type { Activity } from './activity.ts';
import { answerCommand } from './answer-command.ts';
import type { ActivityDeps, BotCaller, Conversation } from './conversation.ts';
import { errorTextOf } from './error-text-of.ts';
import type { Verified } from './incoming.ts';
import { parseAction } from './parse-action.ts';
import { sayError } from './say-error.ts';

/** The HTTP reply; no body for what needs no answer. */
export interface ActivityReply {
  status: 200 | 400;
  body: unknown;
}

const NOTHING: ActivityReply = { status: 200, body: undefined };

/**
 * Answers one verified activity: installed and removed, words, a card's button. Speaks only in the chat of one person
 * with the bot; elsewhere (a card that was forwarded) it stays silent or says that the card is somebody else's.
 */
export async function handleActivity(
  deps: ActivityDeps,
  verified: Verified,
  activity: Activity,
): Promise<ActivityReply> {
  const { tenantId, personId, conversationId, serviceUrl } = verified;
  if (personId === null) return NOTHING;
  const caller = { tenantId, personId };
  const reference = { conversationId, serviceUrl };
  switch (activity.type) {
    case 'installationUpdate':
    case 'conversationUpdate':
      if (verified.isPersonal) await onMembership(deps, caller, reference, verified, activity);
      return NOTHING;
    case 'invoke':
      if (activity.name !== 'adaptiveCard/action') return NOTHING;
      return onInvoke(deps, verified, activity, { caller, reference, ...(await readerOf(deps, caller, verified)) });
    case 'message': {
      if (!verified.isPersonal) return NOTHING;
      const reader = await readerOf(deps, caller, verified);
      const conversation = { caller, reference, ...reader };
      await deps.rememberConversation(caller, reference, { isInstall: false, locale: reader.locale });
      if (typeof activity.value === 'object' && activity.value !== null)
        await onSubmit(deps, verified, activity, conversation);
      else await answerCommand(deps, activity.text ?? '', conversation);
      return NOTHING;
    }
    default:
      return NOTHING;
  }
}

/** Both kinds of event come for one installation; remembering twice is the same as once. */
async function onMembership(
  deps: ActivityDeps,
  caller: BotCaller,
  reference: ConversationReference,
  { locale }: Verified,
  { type, action, recipient, membersAdded, membersRemoved }: Activity,
): Promise<void> {
  const isBot = (members: Activity['membersAdded']) =>
    recipient?.id !== undefined && (members ?? []).some(({ id }) => id === recipient.id);
  if (type === 'installationUpdate' ? action === 'add' || action === 'add-upgrade' : isBot(membersAdded)) {
    await deps.rememberConversation(caller, reference, {
      isInstall: action !== 'add-upgrade',
      locale: chooseLocale(locale),
    });
  } else if (type === 'installationUpdate' ? action === 'remove' : isBot(membersRemoved)) {
    await deps.forgetConversation(caller);
  }
}

/** A button of a card: the reply replaces the card, or keeps it with what was typed and says what is wrong. */
async function onInvoke(
  deps: ActivityDeps,
  { isPersonal }: Verified,
  { value }: Activity,
  { caller, locale, timeZone }: Conversation,
): Promise<ActivityReply> {
  const parsed = parseAction(value);
  if (!parsed.ok) {
    const reply = invokeError('badInput', locale, timeZone, parsed.field);
    return parsed.isOurs ? reply : { ...reply, status: 400 };
  }
  const answer = isPersonal
    ? await answerSafely(deps, caller, parsed.action)
    : ({ kind: 'error', text: 'notYours' } as const);
  if (answer.kind === 'error') return invokeError(answer.text, locale, timeZone);
  const { card } = deps.renderCard(answer, locale, timeZone);
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card } };
}

/** The same button in a client without Action.Execute: a message that carries the data. The card is replaced by an update. */
async function onSubmit(
  deps: ActivityDeps,
  { replyToId }: Verified,
  { value }: Activity,
  conversation: Conversation,
): Promise<void> {
  const { caller, reference, locale, timeZone } = conversation;
  const parsed = parseAction({ action: { data: value } });
  const answer: CardMessage = parsed.ok
    ? await answerSafely(deps, caller, parsed.action)
    : { kind: 'error', text: 'badInput' };
  if (answer.kind === 'error') {
    const said = await deps.messenger.sendText(
      caller.tenantId,
      reference,
      sayError(answer.text, locale, timeZone, parsed.ok ? null : parsed.field),
    );
    if (said.outcome !== 'done') deps.report(new Error(`reply to a submitted card: ${said.outcome} ${said.code}`));
    return;
  }
  const message = deps.renderCard(answer, locale, timeZone);
  const updated =
    replyToId === null ? null : await deps.messenger.updateCard(caller.tenantId, reference, replyToId, message);
  if (updated?.outcome === 'done') return;
  const sent = await deps.messenger.sendCard(caller.tenantId, reference, message);
  if (sent.outcome !== 'done') deps.report(new Error(`reply to a submitted card: ${sent.outcome} ${sent.code}`));
}

async function answerSafely(deps: ActivityDeps, caller: BotCaller, action: CardAction): Promise<CardMessage> {
  try {
    return await deps.answerCard(caller, action);
  } catch (error) {
    const text = errorTextOf(error);
    if (text === 'unavailable') deps.report(error);
    return { kind: 'error', text };
  }
}

/** An error leaves the card as it is, with what was typed (reliability.md F60). 500: worth another try. */
function invokeError(text: ErrorText, locale: Locale, timeZone: string, field: string | null = null): ActivityReply {
  const isOurFault = text === 'unavailable';
  return {
    status: 200,
    body: {
      statusCode: isOurFault ? 500 : 400,
      type: 'application/vnd.microsoft.error',
      value: {
        code: isOurFault ? 'InternalServerError' : 'BadRequest',
        message: sayError(text, locale, timeZone, field),
      },
    },
  };
}

async function readerOf(
  deps: ActivityDeps,
  caller: BotCaller,
  verified: Verified,
): Promise<{ locale: Locale; timeZone: string }> {
  const known = await deps.findReader(caller).catch((error: unknown) => {
    deps.report(error);
    return { locale: null, timeZone: null };
  });
  return {
    locale: known.locale ?? chooseLocale(verified.locale),
    timeZone: known.timeZone ?? (isZone(verified.timeZone) ? verified.timeZone : 'UTC'),
  };
}

function isZone(timeZone: string | null): timeZone is string {
  if (timeZone === null) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
