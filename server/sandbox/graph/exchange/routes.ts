import type { GraphCaller } from '../../entra/tokens.ts';
import type { SandboxReply, SandboxRequest } from '../../http.ts';
import type { SandboxPerson } from '../../world.ts';
import { findPerson } from '../find-person.ts';
import { refusalReply } from '../finish-reply.ts';
import { linkBase, odataContext } from '../link-base.ts';
import { GraphRefusal, mailboxDenied, mailboxNotEnabled, methodNotAllowed } from '../refusal.ts';
import { actOnEvent, isEventAction } from './answer-event.ts';
import { renderCalendar, renderPermissions } from './calendar.ts';
import { removeItem } from './cancel.ts';
import type { ExchangeContext } from './context.ts';
import { createEvent } from './create.ts';
import { readDelta } from './delta.ts';
import { changedMeanwhile, invalidProperty, invalidRequest } from './failure.ts';
import { itemId, makeChangeKey } from './ids.ts';
import { itemsOf, occurrenceOn, wholeItem } from './items.ts';
import { listEvents } from './list-events.ts';
import type { Item } from './model.ts';
import { patchOwnCopy, patchWhole } from './patch.ts';
import { patchOccurrence } from './patch-occurrence.ts';
import { readPreferences, type Preferences } from './preferences.ts';
import { readEventQuery } from './query.ts';
import { readEventInput, readJson } from './read-body.ts';
import { readDraft } from './read-draft.ts';
import { renderItem } from './render.ts';
import { getSchedule } from './schedule.ts';
import { readWindow } from './window.ts';

/** How long a `transactionId` is remembered; Microsoft says nothing, and clients must not count on long. */
export const TRANSACTIONS_REMEMBERED = 60 * 60_000;

interface Call {
  context: ExchangeContext;
  request: SandboxRequest;
  owner: SandboxPerson;
  preferences: Preferences;
  /** `app:<clientId>` or `person:<id>`. */
  by: string;
}

const ok = (body: unknown, status = 200): SandboxReply => ({ status, body });
const only = (request: SandboxRequest, method: string): void => {
  if (request.method !== method) throw methodNotAllowed();
};
const entityOf = ({ owner }: Call, what: string): string => `users('${owner.id}')/${what}`;

function listAll(call: Call): SandboxReply {
  const { context, request, owner, preferences } = call;
  const { singles, series } = context.store.mailbox(owner.id);
  const newestFirst = [...singles, ...series].sort((a, b) => b.createdAt - a.createdAt || (a.core < b.core ? -1 : 1));
  return ok(listEvents(request, newestFirst.map(wholeItem), preferences, entityOf(call, 'events')));
}

function create(call: Call): SandboxReply {
  const { context, request, owner, preferences, by } = call;
  const draft = readDraft(readEventInput(readJson(request.body)));
  const key = draft.transactionId === null ? null : `${owner.id}|${draft.transactionId}`;
  const now = context.world.clock.now();
  const earlier = key === null ? undefined : context.transactions.get(key);
  if (earlier && now - earlier.at < context.transactionsRemembered) {
    const error = {
      code: 'ErrorDuplicateTransactionId',
      message:
        "Your request can't be completed. The TransactionId specified in the request has already been used to create a different event.",
      '@event.existingEventId': itemId(earlier.core, null, preferences.immutableIds),
    };
    return ok({ error }, 409);
  }
  const event = createEvent(context, owner.id, draft, by);
  if (key !== null) context.transactions.set(key, { core: event.core, at: now });
  const id = itemId(event.core, null, preferences.immutableIds);
  const reply = single(call, wholeItem(event), 201);
  return { ...reply, headers: { Location: `${linkBase(request)}/users/${owner.id}/events/${id}` } };
}

/** A single event; a query may shape it when it is read, never what a write answers. */
function single(call: Call, item: Item, status = 200): SandboxReply {
  const { request, preferences } = call;
  const query = readEventQuery(request.method === 'GET' ? request.query : new URLSearchParams(), preferences);
  const rendered = renderItem(item, { ...query, preferences, isAlone: true });
  if (query.wantsExceptions && item.type === 'seriesMaster') {
    const exceptions = Object.keys(item.event.exceptions)
      .toSorted()
      .flatMap((date) => occurrenceOn(item.event, date) ?? []);
    rendered['exceptionOccurrences'] = exceptions.map((each) =>
      renderItem(each, { preferences, select: null, wantsProperty: query.wantsProperty }),
    );
  }
  return ok({ '@odata.context': odataContext(entityOf(call, 'events/$entity')), ...rendered }, status);
}

function checkIfMatch(request: SandboxRequest, { event }: Item): void {
  const wanted = request.headers['if-match'];
  if (wanted === undefined || wanted === '*') return;
  const key = /^(?:W\/)?"?([^"]*)"?$/.exec(wanted)?.[1];
  if (key !== makeChangeKey(event.core, event.version)) throw changedMeanwhile();
}

function patch(call: Call, item: Item): SandboxReply {
  const { context, request, owner, by } = call;
  const body = readJson(request.body);
  const input = readEventInput(body);
  if (input.transactionId !== undefined && input.transactionId !== item.event.transactionId) {
    throw invalidProperty('TransactionId cannot be changed.');
  }
  const { event, date } = item;
  if (!event.isOrganizer) patchOwnCopy(context, item, input, by);
  else if (date === null) patchWhole(context, event, input, by);
  else patchOccurrence(context, { ...item, date }, input, by);
  return single(call, context.store.find(owner.id, itemId(event.core, date, true)));
}

function oneEvent(call: Call, id: string): SandboxReply {
  const { context, request, owner, by } = call;
  const item = context.store.find(owner.id, id);
  if (request.method === 'GET') return single(call, item);
  if (request.method !== 'PATCH' && request.method !== 'DELETE') throw methodNotAllowed();
  checkIfMatch(request, item);
  if (request.method === 'PATCH') return patch(call, item);
  removeItem(context, item, by);
  return { status: 204 };
}

/** Exceptions come first, as the documentation's example has it: callers must not rely on an order. */
function listInstances(call: Call, id: string): SandboxReply {
  const { context, request, owner, preferences } = call;
  const master = context.store.find(owner.id, id);
  if (master.type !== 'seriesMaster')
    throw invalidRequest('Expanding instances is only supported for a series master.');
  const { from, to } = readWindow(request.query);
  const inside = itemsOf(master.event, to).filter((item) => item.start < to && item.end > from);
  const items = [
    ...inside.filter(({ type }) => type === 'exception'),
    ...inside.filter(({ type }) => type !== 'exception'),
  ];
  return ok(listEvents(request, items, preferences, entityOf(call, `events('${encodeURIComponent(id)}')/instances`)));
}

function viewCalendar(call: Call): SandboxReply {
  const { context, request, owner, preferences } = call;
  const { from, to } = readWindow(request.query);
  const items = context.store.range(owner.id, from, to);
  return ok(listEvents(request, items, preferences, entityOf(call, 'calendarView')));
}

function schedules({ context, request, preferences }: Call): SandboxReply {
  const value = getSchedule(context, readJson(request.body), preferences);
  return ok({ '@odata.context': odataContext('Collection(microsoft.graph.scheduleInformation)'), value });
}

const bareName = (segment: string): string =>
  segment
    .replace(/^(microsoft\.)?graph\./i, '')
    .replace(/\(\)$/, '')
    .toLowerCase();

function answerEvents(call: Call, [id, action, ...rest]: string[]): SandboxReply | undefined {
  const { request } = call;
  if (rest.length > 0) return undefined;
  if (id === undefined) {
    if (request.method === 'GET') return listAll(call);
    only(request, 'POST');
    return create(call);
  }
  if (action === undefined) return oneEvent(call, id);
  const name = bareName(action);
  if (name === 'instances') {
    only(request, 'GET');
    return listInstances(call, id);
  }
  if (!isEventAction(name)) return undefined;
  only(request, 'POST');
  actOnEvent(call.context, call.context.store.find(call.owner.id, id), name, request, call.by);
  return { status: 202 };
}

function answerView(call: Call, rest: string[]): SandboxReply | undefined {
  const { context, request, owner, preferences } = call;
  only(request, 'GET');
  if (rest.length === 0) return viewCalendar(call);
  if (rest.length > 1 || bareName(rest[0]!) !== 'delta') return undefined;
  const context_ = odataContext('Collection(microsoft.graph.event)');
  return ok({ '@odata.context': context_, ...readDelta(context, request, owner.id, preferences) });
}

function answerCalendar(call: Call, rest: string[]): SandboxReply | undefined {
  const { request, owner } = call;
  const name = rest.length === 0 ? '' : bareName(rest[0]!);
  if (rest.length > 1) return undefined;
  if (name === 'getschedule') {
    only(request, 'POST');
    return schedules(call);
  }
  if (name === '') {
    only(request, 'GET');
    return ok({
      '@odata.context': odataContext(entityOf(call, 'calendar/$entity')),
      ...renderCalendar(owner, request),
    });
  }
  if (name !== 'calendarpermissions') return undefined;
  only(request, 'GET');
  return ok({
    '@odata.context': odataContext(entityOf(call, 'calendar/calendarPermissions')),
    value: renderPermissions(owner),
  });
}

const CALENDAR_SEGMENTS = new Set(['events', 'calendarview', 'calendar']);

function route(context: ExchangeContext, request: SandboxRequest, caller: GraphCaller): SandboxReply | undefined {
  const segments = request.path.split('/').filter(Boolean).map(decodeURIComponent);
  const isMe = segments[0]?.toLowerCase() === 'me';
  const [user, first, ...more] = isMe ? [caller.personId ?? '', ...segments.slice(1)] : segments.slice(1);
  if (!isMe && segments[0]?.toLowerCase() !== 'users') return undefined;
  if (user === undefined || !CALENDAR_SEGMENTS.has(first?.toLowerCase() ?? '')) return undefined;
  let what = first!.toLowerCase();
  let rest = more;
  if (what === 'calendar' && /^(events|calendarView)$/i.test(more[0] ?? '')) {
    what = more[0]!.toLowerCase();
    rest = more.slice(1);
  }
  const owner = findPerson(context.world, user);
  if (!owner) throw new GraphRefusal(404, 'ErrorInvalidUser', `The requested user '${user}' is invalid.`);
  if (!owner.mailbox.enabled) throw mailboxNotEnabled();
  if (what !== 'calendar' && !owner.mailbox.readable) throw mailboxDenied();
  const preferences = readPreferences(request);
  const by = caller.personId === null ? `app:${caller.clientId}` : `person:${caller.personId}`;
  const call: Call = { context, request, owner, preferences, by };
  const reply =
    what === 'events'
      ? answerEvents(call, rest)
      : what === 'calendarview'
        ? answerView(call, rest)
        : answerCalendar(call, rest);
  if (!reply || preferences.applied.length === 0) return reply;
  return { ...reply, headers: { 'Preference-Applied': preferences.applied.join(', '), ...reply.headers } };
}

/**
 * Answers a calendar request (path without `/v1.0`), or undefined when it is none. The caller's rights on the mailbox
 * have been judged before.
 */
export function answerCalendarRequest(
  context: ExchangeContext,
  request: SandboxRequest,
  caller: GraphCaller,
): SandboxReply | undefined {
  try {
    return route(context, request, caller);
  } catch (error) {
    if (error instanceof GraphRefusal) return refusalReply(error);
    if (error instanceof URIError) return refusalReply(invalidRequest('The path is not encoded well.'));
    throw error;
  }
}
