import type { World } from '../world.ts';
import { isoOf, readPerson, type ControlRoutes } from './control-parts.ts';
import { ControlError, isObject, readBoolean, readOpaqueId, readText, readTexts } from './read-input.ts';

/** The longest message that Teams takes is about this long. */
const MOST_CHARACTERS = 4000;

const showChat = (world: World, personId: string): object => {
  const chat = world.chats.of(personId);
  return {
    conversationId: chat?.conversationId ?? null,
    activities: (chat?.activities ?? []).map((activity) => ({
      ...activity,
      at: isoOf(activity.at),
      updatedAt: isoOf(activity.updatedAt),
    })),
  };
};

const chatOf = (world: World, personId: string): NonNullable<ReturnType<World['chats']['of']>> => {
  const chat = world.chats.of(personId);
  if (!chat) throw new ControlError(404, 'person', 'person: has no chat with the bot');
  return chat;
};

/** A person's chat with the bot: to read, to answer cards in, to write into, to block. */
export const chatRoutes: ControlRoutes = {
  'GET chat': (world, input) => showChat(world, readPerson(world, input).id),
  'POST chat/execute': async (world, input) => {
    const { id } = readPerson(world, input);
    const activityId = readOpaqueId(input, 'activityId');
    const { action } = input;
    if (!isObject(action) || typeof action.type !== 'string') {
      throw new ControlError(400, 'action', 'action: must be an action of a card');
    }
    const inputs = readTexts(input, 'inputs');
    if (!chatOf(world, id).activities.some((activity) => activity.id === activityId)) {
      throw new ControlError(404, 'activityId', 'activityId: is not in this chat');
    }
    const answer = await world.chats.execute(id, activityId, action, inputs);
    return { answer, chat: showChat(world, id) };
  },
  'POST chat/say': async (world, input) => {
    const { id } = readPerson(world, input);
    const text = readText(input, 'text', MOST_CHARACTERS);
    chatOf(world, id);
    return { answer: await world.chats.say(id, text), chat: showChat(world, id) };
  },
  'POST chat/block': (world, input) => {
    const { id } = readPerson(world, input);
    const blocked = readBoolean(input, 'blocked');
    world.chats.block(id, blocked);
    return { blocked };
  },
};
