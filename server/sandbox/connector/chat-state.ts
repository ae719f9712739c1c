import { opaqueId, pickIndex } from '../hash.ts';
import type { ChatActivity, World } from '../world.ts';

/** One person's personal chat with the bot. */
export interface Conversation {
  id: string;
  personId: string;
  /** `29:...`: the person as this bot knows them. */
  memberId: string;
  /** The app is installed for the person; a bot may only write then. */
  isInstalled: boolean;
  /** It was installed before and taken away. */
  wasRemoved: boolean;
  isBlocked: boolean;
  activities: ChatActivity[];
}

/** All chats of the tenant with the one bot. */
export interface ChatState {
  world: World;
  /** Client id of the bot. */
  botId: string;
  byPerson: Map<string, Conversation>;
  byId: Map<string, Conversation>;
  /** What the bot sent, oldest first, deleted ones too. */
  sent: ChatActivity[];
  activityIds: Set<string>;
}

/** All chats as plain data. */
export interface ChatSnapshot {
  conversations: Conversation[];
  /** Ids of what the bot sent, in order; a deleted activity stands here whole. */
  sent: (string | ChatActivity)[];
}

/** `29:...` of a person for this bot. */
export function memberIdOf({ world, botId }: ChatState, personId: string): string {
  return `29:${opaqueId(70, world.seed, 'member', botId, personId)}`;
}

/** The person of an Entra object id or a `29:...` id, or undefined. */
export function findMember(state: ChatState, memberId: string): string | undefined {
  const { people } = state.world;
  const id = memberId.toLowerCase();
  if (people.has(id)) return id;
  return [...people.keys()].find((personId) => memberIdOf(state, personId) === memberId);
}

/** The person's chat; made when there is none. */
export function openConversation(state: ChatState, personId: string): Conversation {
  const known = state.byPerson.get(personId);
  if (known) return known;
  const conversation: Conversation = {
    id: `a:${opaqueId(80, state.world.seed, 'conversation', state.botId, personId)}`,
    personId,
    memberId: memberIdOf(state, personId),
    isInstalled: false,
    wasRemoved: false,
    isBlocked: false,
    activities: [],
  };
  state.byPerson.set(personId, conversation);
  state.byId.set(conversation.id, conversation);
  return conversation;
}

/** An id as Teams makes them: digits that begin with the instant; what follows hangs on what is said and where. */
export function newActivityId(state: ChatState, conversationId: string, content: string): string {
  const { clock, seed } = state.world;
  for (let attempt = 0; ; attempt++) {
    const tail = pickIndex(1_000_000, seed, 'activity', conversationId, clock.now(), content, attempt);
    const id = `${clock.now()}${String(tail).padStart(6, '0')}`;
    if (!state.activityIds.has(id)) {
      state.activityIds.add(id);
      return id;
    }
  }
}

/** Tells the listeners that the bot sent or replaced an activity. */
export function tellDelivered({ world }: ChatState, personId: string, activity: ChatActivity): void {
  for (const listener of world.hooks.activityDelivered) listener(personId, activity);
}

export function snapshotChats({ byPerson, sent }: ChatState): ChatSnapshot {
  const conversations = [...byPerson.values()];
  const shown = new Set(conversations.flatMap(({ activities }) => activities));
  return structuredClone({
    conversations,
    sent: sent.map((activity) => (shown.has(activity) ? activity.id : activity)),
  });
}

/** Puts a snapshot in place of everything. */
export function restoreChats(state: ChatState, snapshot: ChatSnapshot): void {
  const { conversations, sent } = structuredClone(snapshot);
  state.byPerson = new Map(conversations.map((conversation) => [conversation.personId, conversation]));
  state.byId = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  const byId = new Map(
    conversations.flatMap(({ activities }) => activities.map((activity) => [activity.id, activity])),
  );
  state.sent = sent.map((entry) => (typeof entry === 'string' ? byId.get(entry)! : entry));
  state.activityIds = new Set([...byId.keys(), ...state.sent.map(({ id }) => id)]);
}
