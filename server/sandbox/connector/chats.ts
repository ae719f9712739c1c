import { deliver, type Delivered } from '../kernel/deliver.ts';
import type { Faults } from '../kernel/faults.ts';
import type { CardAnswer, ChatActivity, Chats, SandboxPerson } from '../world.ts';
import { envelopeOf, serviceUrlOf } from './activity-envelope.ts';
import type { BotKeys } from './bot-keys.ts';
import {
  memberIdOf,
  newActivityId,
  openConversation,
  tellDelivered,
  type ChatState,
  type Conversation,
} from './chat-state.ts';
import { ADAPTIVE_CARD, faultOfCard, isObject } from './read-activity.ts';

const MESSAGE = 'application/vnd.microsoft.activity.message';

interface ChatParts {
  state: ChatState;
  botKeys: BotKeys;
  faults: Faults;
}

const SILENT: Delivered = { status: 0, contentType: '', body: '' };

/** Sends one activity to the bot's messaging endpoint, signed; without an endpoint nothing is sent. */
async function sendEvent(
  { state, botKeys, faults }: ChatParts,
  conversation: Conversation,
  content: Record<string, unknown>,
  part: 'invoke' | null,
): Promise<Delivered> {
  const { world, botId } = state;
  const { botEndpoint } = world.product;
  const person = world.people.get(conversation.personId);
  if (botEndpoint === null || !person) return SILENT;
  // Signing runs beside the event loop, so it counts as work like the delivery itself.
  return world.clock.track(async () => {
    const body = JSON.stringify(envelopeOf(state, conversation, person, content));
    const token = await botKeys.tokenFor(botId, serviceUrlOf(state));
    return deliver(world, faults, botEndpoint, { headers: { authorization: `Bearer ${token}` }, body, part });
  });
}

/** Reads what the bot answered; only an invoke has an answer with a meaning. */
function readAnswer({ status, body }: Delivered): CardAnswer {
  let value: unknown;
  try {
    value = body === '' ? null : JSON.parse(body);
  } catch {
    return { httpStatus: status, statusCode: null, type: null, value: body };
  }
  if (!isObject(value)) return { httpStatus: status, statusCode: null, type: null, value };
  return {
    httpStatus: status,
    statusCode: typeof value.statusCode === 'number' ? value.statusCode : null,
    type: typeof value.type === 'string' ? value.type : null,
    value: value.value ?? null,
  };
}

/** A card in the answer takes the place of the card in the chat, a text is shown for a moment. */
function applyAnswer(state: ChatState, personId: string, activity: ChatActivity, answer: CardAnswer): void {
  if (answer.httpStatus !== 200 || answer.statusCode !== 200) return;
  if (answer.type === MESSAGE && typeof answer.value === 'string') activity.toast = answer.value;
  if (answer.type !== ADAPTIVE_CARD || faultOfCard(answer.value) !== null) return;
  activity.card = answer.value as Record<string, unknown>;
  activity.updatedAt = state.world.clock.now();
  activity.replaced++;
  tellDelivered(state, personId, activity);
}

const chatOf = ({ byPerson }: ChatState, personId: string): Conversation => {
  const conversation = byPerson.get(personId);
  if (!conversation) throw new Error(`chats: person ${personId} has no chat with the bot`);
  return conversation;
};

async function execute(
  parts: ChatParts,
  personId: string,
  activityId: string,
  action: Record<string, unknown>,
  inputs: Record<string, string>,
): Promise<CardAnswer> {
  const { state } = parts;
  const conversation = chatOf(state, personId);
  const activity = conversation.activities.find(({ id }) => id === activityId);
  if (!activity) throw new Error(`chats: activity ${activityId} is not in the chat of person ${personId}`);
  const data = { ...(isObject(action.data) ? action.data : {}), ...inputs };
  if (action.type === 'Action.Submit') {
    const content = {
      type: 'message',
      replyToId: activityId,
      value: data,
      channelData: { source: { name: 'message' } },
    };
    return readAnswer(await sendEvent(parts, conversation, content, 'invoke'));
  }
  if (action.type !== 'Action.Execute') throw new Error(`chats: ${String(action.type)} does not reach the bot`);
  const sent = Object.fromEntries(
    ['type', 'id', 'title', 'verb'].flatMap((name) => (action[name] === undefined ? [] : [[name, action[name]]])),
  );
  const content = {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: activityId,
    value: { action: { ...sent, data }, trigger: 'manual' },
    channelData: { source: { name: 'message' } },
  };
  const answer = readAnswer(await sendEvent(parts, conversation, content, 'invoke'));
  applyAnswer(state, personId, activity, answer);
  return answer;
}

async function say(parts: ChatParts, personId: string, text: string): Promise<CardAnswer> {
  const { state } = parts;
  const conversation = chatOf(state, personId);
  conversation.activities.push({
    id: newActivityId(state, conversation.id, text),
    conversationId: conversation.id,
    at: state.world.clock.now(),
    updatedAt: null,
    from: 'person',
    text,
    card: null,
    replaced: 0,
  });
  return readAnswer(await sendEvent(parts, conversation, { type: 'message', text, textFormat: 'plain' }, null));
}

const bot = ({ botId }: ChatState): Record<string, unknown> => ({ id: `28:${botId}` });
const user = (state: ChatState, { id }: SandboxPerson): Record<string, unknown> => ({
  id: memberIdOf(state, id),
  aadObjectId: id,
});

async function setInstalled(parts: ChatParts, personId: string, installed: boolean): Promise<void> {
  const { state } = parts;
  const person = state.world.people.get(personId);
  if (!person) throw new Error(`chats: there is no person ${personId}`);
  if ((state.byPerson.get(personId)?.isInstalled ?? false) === installed) return;
  const conversation = openConversation(state, personId);
  conversation.isInstalled = installed;
  conversation.wasRemoved = !installed;
  const change = {
    type: 'installationUpdate',
    action: installed ? 'add' : 'remove',
    channelData: { source: { name: 'message' }, settings: { selectedChannel: { id: conversation.id } } },
  };
  await sendEvent(parts, conversation, change, null);
  // Teams tells a bot of a personal chat that it was added, but not that it was taken away.
  if (!installed) return;
  const members = { type: 'conversationUpdate', membersAdded: [bot(state), user(state, person)] };
  await sendEvent(parts, conversation, { ...members, channelData: { eventType: 'teamMemberAdded' } }, null);
}

/** Teams as its people use it. Throws Error for chats and activities that are not there. */
export function createChats(parts: ChatParts): Chats {
  const { state } = parts;
  return {
    of(personId) {
      const conversation = state.byPerson.get(personId);
      if (!conversation) return null;
      const { id: conversationId, activities, isBlocked, wasRemoved } = conversation;
      return { conversationId, activities, ...(isBlocked || wasRemoved ? { isClosed: true } : {}) };
    },
    execute: (...act) => execute(parts, ...act),
    say: (personId, text) => say(parts, personId, text),
    block(personId, blocked) {
      openConversation(state, personId).isBlocked = blocked;
    },
    install: (personId) => setInstalled(parts, personId, true),
    uninstall: (personId) => setInstalled(parts, personId, false),
    sent: () => state.sent,
  };
}
