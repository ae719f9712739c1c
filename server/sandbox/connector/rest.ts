import type { TokenVerifier } from '../entra/tokens.ts';
import type { SandboxHandler, SandboxReply, SandboxRequest } from '../http.ts';
import type { ChatActivity } from '../world.ts';
import {
  findMember,
  newActivityId,
  openConversation,
  tellDelivered,
  type ChatState,
  type Conversation,
} from './chat-state.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { isObject, readActivity, readJson } from './read-activity.ts';
import { ConnectorRefusal, refusalReply, WritesBlocked } from './refusal.ts';

const PREFIX = '/connector/v3/conversations';
const BOT_AUDIENCE = 'https://api.botframework.com';

interface Call {
  state: ChatState;
  limit: RateLimit;
  request: SandboxRequest;
}

function findConversation({ state }: Call, id: string): Conversation {
  const conversation = state.byId.get(id);
  if (!conversation) throw new ConnectorRefusal(404, 'ConversationNotFound', 'Conversation not found.');
  return conversation;
}

function countRequest({ limit }: Call, thread: string | null, what: 'write' | 'members'): void {
  const wait = limit.take(thread, what);
  if (wait === null) return;
  throw new ConnectorRefusal(429, 'TooManyRequests', 'API calls quota exceeded', { 'Retry-After': String(wait) });
}

function checkWritable({ state }: Call, { isInstalled, isBlocked, wasRemoved, personId }: Conversation): void {
  const person = state.world.people.get(personId);
  if (isBlocked || wasRemoved || !person?.accountEnabled || person.deletedAt !== null) throw new WritesBlocked();
  if (!isInstalled) {
    throw new ConnectorRefusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
  }
}

function createConversation(call: Call): SandboxReply {
  const { state, request } = call;
  const { bot, members, isGroup, tenantId, channelData } = readJson(request.body);
  const bad = (message: string): ConnectorRefusal => new ConnectorRefusal(400, 'BadSyntax', message);
  if (isGroup === true) throw bad('isGroup: bots cannot create group chats.');
  if (!Array.isArray(members) || members.length !== 1) throw bad('members: exactly one is needed for a personal chat.');
  const member: unknown = members[0];
  if (!isObject(member) || typeof member.id !== 'string') throw bad('members[0].id: is missing.');
  const named = isObject(bot) && typeof bot.id === 'string' ? bot.id.replace(/^28:/, '') : state.botId;
  if (named !== state.botId) throw new ConnectorRefusal(403, 'Forbidden', 'bot.id: is not the calling bot.');
  const channel = isObject(channelData) && isObject(channelData.tenant) ? channelData.tenant.id : undefined;
  const tenant = tenantId ?? channel;
  if (tenant === undefined) throw bad('tenantId: is missing.');
  if (tenant !== state.world.tenantId)
    throw new ConnectorRefusal(403, 'Forbidden', 'tenantId: the bot is not allowed there.');
  const personId = findMember(state, member.id);
  if (personId === undefined) throw new ConnectorRefusal(404, 'UserNotFound', 'members[0].id: there is no such user.');
  countRequest(call, `create ${personId}`, 'write');
  return { status: 201, body: { id: openConversation(state, personId).id } };
}

function sendActivity(call: Call, conversation: Conversation): SandboxReply {
  const { state, request } = call;
  const content = readActivity(request.body);
  checkWritable(call, conversation);
  countRequest(call, conversation.id, 'write');
  const id = newActivityId(state, conversation.id, request.body);
  if (content.type === 'typing') return { status: 201, body: { id } };
  const activity: ChatActivity = {
    id,
    conversationId: conversation.id,
    at: state.world.clock.now(),
    updatedAt: null,
    from: 'bot',
    text: content.text,
    card: content.card,
    replaced: 0,
  };
  conversation.activities.push(activity);
  state.sent.push(activity);
  tellDelivered(state, conversation.personId, activity);
  return { status: 201, body: { id } };
}

function findActivity(conversation: Conversation, id: string): ChatActivity {
  const activity = conversation.activities.find((one) => one.id === id && one.from === 'bot');
  if (!activity)
    throw new ConnectorRefusal(
      404,
      'ActivityNotFoundInConversation',
      'The activity was not found in the conversation.',
    );
  return activity;
}

function updateActivity(call: Call, conversation: Conversation, id: string): SandboxReply {
  const { state, request } = call;
  const content = readActivity(request.body);
  checkWritable(call, conversation);
  const activity = findActivity(conversation, id);
  countRequest(call, conversation.id, 'write');
  if (content.type === 'typing') throw new ConnectorRefusal(400, 'BadSyntax', 'type: only messages can be updated.');
  activity.text = content.text;
  activity.card = content.card;
  activity.updatedAt = state.world.clock.now();
  activity.replaced++;
  tellDelivered(state, conversation.personId, activity);
  return { status: 200, body: { id } };
}

function deleteActivity(call: Call, conversation: Conversation, id: string): SandboxReply {
  checkWritable(call, conversation);
  const activity = findActivity(conversation, id);
  countRequest(call, conversation.id, 'write');
  conversation.activities.splice(conversation.activities.indexOf(activity), 1);
  return { status: 200 };
}

function showMember({ state }: Call, conversation: Conversation): Record<string, unknown> {
  const person = state.world.people.get(conversation.personId)!;
  return {
    id: conversation.memberId,
    name: person.displayName,
    aadObjectId: person.id,
    objectId: person.id,
    givenName: person.givenName,
    surname: person.surname,
    email: person.mail,
    userPrincipalName: person.userPrincipalName,
    tenantId: state.world.tenantId,
    userRole: 'user',
  };
}

function readMember(call: Call, conversation: Conversation, id: string): SandboxReply {
  countRequest(call, conversation.id, 'members');
  if (findMember(call.state, id) !== conversation.personId) {
    throw new ConnectorRefusal(404, 'MemberNotFoundInConversation', 'The member was not found in the conversation.');
  }
  return { status: 200, body: showMember(call, conversation) };
}

function readMembers(call: Call, conversation: Conversation): SandboxReply {
  countRequest(call, conversation.id, 'members');
  return { status: 200, body: [showMember(call, conversation)] };
}

/** Routes by method and number of segments; `activities` and `members` are told apart by the second. */
function route(call: Call, segments: string[]): SandboxReply {
  const { method } = call.request;
  const [id, kind, itemId] = segments;
  if (id === undefined && method === 'POST') return createConversation(call);
  if (id !== undefined && segments.length <= 3) {
    const what = `${method} ${kind}${itemId === undefined ? '' : '/id'}`;
    const conversation = findConversation(call, id);
    if (what === 'POST activities' || what === 'POST activities/id') return sendActivity(call, conversation);
    if (what === 'PUT activities/id') return updateActivity(call, conversation, itemId!);
    if (what === 'DELETE activities/id') return deleteActivity(call, conversation, itemId!);
    if (what === 'GET members') return readMembers(call, conversation);
    if (what === 'GET members/id') return readMember(call, conversation, itemId!);
  }
  throw new ConnectorRefusal(405, 'MethodNotAllowed', `${method} is not allowed on ${call.request.path}.`);
}

function readSegments(path: string): string[] {
  try {
    return path
      .slice(PREFIX.length)
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  } catch {
    throw new ConnectorRefusal(400, 'BadSyntax', 'The path is not valid.');
  }
}

/** The REST interface that the bot calls, below `/connector/`. */
export function createRest(state: ChatState, verify: TokenVerifier): SandboxHandler {
  const limit = createRateLimit(state.world.clock);
  return async (request) => {
    if (!request.path.startsWith('/connector/')) return undefined;
    try {
      const caller = await verify(request.headers['authorization'], BOT_AUDIENCE);
      if (!caller) throw new ConnectorRefusal(401, 'Unauthorized', 'Authorization has been denied for this request.');
      if (caller.personId !== null || caller.clientId !== state.botId) {
        throw new ConnectorRefusal(403, 'Forbidden', 'The caller is not the bot.');
      }
      if (request.path !== PREFIX && !request.path.startsWith(`${PREFIX}/`)) {
        throw new ConnectorRefusal(404, 'NotFound', 'There is no such resource.');
      }
      return route({ state, limit, request }, readSegments(request.path));
    } catch (error) {
      if (!(error instanceof ConnectorRefusal)) throw error;
      return refusalReply(error);
    }
  };
}
