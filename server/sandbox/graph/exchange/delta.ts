import type { SandboxRequest } from '../../http.ts';
import { linkBase } from '../link-base.ts';
import { GraphRefusal } from '../refusal.ts';
import type { ExchangeContext } from './context.ts';
import { itemId, makeChangeKey } from './ids.ts';
import { itemsOf, wholeItem } from './items.ts';
import type { Item, StoredEvent } from './model.ts';
import type { Preferences } from './preferences.ts';
import { renderItem, zonedTime } from './render.ts';
import { readWindow } from './window.ts';

const STANDARD_PAGE = 10;
const UNSUPPORTED = new Set(['orderby', 'filter', 'select', 'expand', 'search', 'top']);

/** What a link remembers. */
interface DeltaState {
  from: number;
  to: number;
  /** Changes up to this revision are known to the caller; null: none are. */
  since: number | null;
  /** The revision at which this round began. */
  until: number;
  /** The last entry of the page before. */
  after: string;
}

interface Entry {
  key: string;
  body: Record<string, unknown>;
}

const encodeState = (state: DeltaState): string => Buffer.from(JSON.stringify(state)).toString('base64url');

function decodeState(token: string, request: SandboxRequest): DeltaState {
  try {
    const state = JSON.parse(Buffer.from(token, 'base64url').toString()) as DeltaState;
    if (typeof state.from === 'number' && typeof state.until === 'number') return state;
  } catch {
    // Falls through: an unreadable token is an unknown one.
  }
  throw new GraphRefusal(
    410,
    'SyncStateNotFound',
    'The sync state generation is not found; a full synchronization is required.',
    {
      Location: `${linkBase(request)}${request.path}`,
    },
  );
}

const isWithin = (item: Item, { from, to }: DeltaState): boolean => item.start < to && item.end > from;

const removed = (id: string): Record<string, unknown> => ({ id, '@removed': { reason: 'deleted' } });

/** An occurrence comes bare: what it says stands on its master. */
const bare = (item: Item, { immutableIds, zone }: Preferences): Record<string, unknown> => ({
  '@odata.type': '#microsoft.graph.event',
  '@odata.etag': `W/"${makeChangeKey(item.event.core, item.event.version)}"`,
  id: itemId(item.event.core, item.date, immutableIds),
  seriesMasterId: itemId(item.event.core, null, immutableIds),
  type: item.type,
  start: zonedTime(item.start, zone),
  end: zonedTime(item.end, zone),
});

/**
 * What the round says about one event that changed. Deleted occurrences are passed over in silence; what lies outside
 * the window is reported as removed, even if the caller never heard of it.
 */
function entriesOf(event: StoredEvent, state: DeltaState, preferences: Preferences): Entry[] {
  const full = (item: Item): Record<string, unknown> => ({
    '@odata.type': '#microsoft.graph.event',
    ...renderItem(item, { preferences, select: null, wantsProperty: null }),
  });
  const entry = (date: string | null, body: Record<string, unknown>): Entry => ({
    key: event.core + (date ?? ''),
    body,
  });
  const id = (date: string | null): string => itemId(event.core, date, preferences.immutableIds);
  const isFirstRound = state.since === null;
  const inside = event.gone ? [] : itemsOf(event, state.to).filter((item) => isWithin(item, state));
  if (inside.length === 0) return isFirstRound ? [] : [entry(null, removed(id(null)))];
  if (!event.recurrence) return [entry(null, full(inside[0]!))];
  const outside = isFirstRound
    ? []
    : itemsOf(event, state.to).filter((item) => item.type === 'exception' && !isWithin(item, state));
  return [
    entry(null, full(wholeItem(event))),
    ...inside.map((item) => entry(item.date, item.type === 'exception' ? full(item) : bare(item, preferences))),
    ...outside.map((item) => entry(item.date, removed(id(item.date)))),
  ];
}

function readState(context: ExchangeContext, request: SandboxRequest, ownerId: string): DeltaState {
  const options = new Map([...request.query].map(([key, value]) => [key.replace(/^\$/, '').toLowerCase(), value]));
  if ([...options.keys()].some((name) => UNSUPPORTED.has(name))) {
    throw new GraphRefusal(
      400,
      'ErrorInvalidUrlQuery',
      "The following parameters are not supported with change tracking over the 'CalendarView' resource: '$orderby, $filter, $select, $expand, $search, $top'.",
    );
  }
  const { revision } = context.store.mailbox(ownerId);
  const skipToken = options.get('skiptoken');
  if (skipToken !== undefined) return decodeState(skipToken, request);
  const deltaToken = options.get('deltatoken');
  // The window is that of the link: other times in the query are ignored.
  if (deltaToken !== undefined) return { ...decodeState(deltaToken, request), until: revision, after: '' };
  return { ...readWindow(request.query), since: null, until: revision, after: '' };
}

/** One page of `calendarView/delta`. Refuses (400) query options; answers 410 to a token that it does not know. */
export function readDelta(
  context: ExchangeContext,
  request: SandboxRequest,
  ownerId: string,
  preferences: Preferences,
): Record<string, unknown> {
  const state = readState(context, request, ownerId);
  const events = [...context.store.mailbox(ownerId).byCore.values()].filter(
    (event) => state.since === null || event.revision > state.since,
  );
  const entries = events
    .flatMap((event) => entriesOf(event, state, preferences))
    .filter(({ key }) => key > state.after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const size = preferences.maxPageSize ?? STANDARD_PAGE;
  const page = entries.slice(0, size);
  const base = `${linkBase(request)}${request.path}`;
  const value = page.map(({ body }) => body);
  if (entries.length > size) {
    const token = encodeState({ ...state, after: page.at(-1)!.key });
    return { value, '@odata.nextLink': `${base}?$skiptoken=${token}` };
  }
  const token = encodeState({ ...state, since: state.until, after: '' });
  return { value, '@odata.deltaLink': `${base}?$deltatoken=${token}` };
}
