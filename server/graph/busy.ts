import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { BusyInterval, BusyStatus } from '../domain/slots/busy.ts';
import { DAY, MINUTE, instant, type Instant } from '../domain/time/instant.ts';
import type { Availability, BusyOptions, Mailbox, ReadResult } from '../ports.ts';
import { guid, MAILBOX_HEADERS } from './paths.ts';
import { schedules, type ScheduleReply, type SchedulesReply } from './replies.ts';
import { hoursOf } from './settings.ts';
import { clientOf, type GraphClients } from './tenants.ts';
import { readGraphTime, utcTime } from './times.ts';
import type { GraphClient } from './types.ts';

/** Documented limits of getSchedule: 20 addresses a call, a window of less than 62 days. */
const ADDRESSES_PER_CALL = 20;
const LONGEST_WINDOW = 61 * DAY;
/** Documented limit of $batch; a smaller one would cost more calls, a bigger one is refused. */
const ASKS_AT_ONCE = 20;
const CELL = 15 * MINUTE;
/** Too many entries in the window: ask for less. */
const TOO_MANY_ENTRIES = '5006';
const SHORTEST_WINDOW = DAY;

const STATUS_BY_DIGIT: Readonly<Record<string, BusyStatus>> = {
  '0': 'free',
  '1': 'tentative',
  '2': 'busy',
  '3': 'oof',
  '4': 'workingElsewhere',
};
const STATUSES: readonly BusyStatus[] = ['free', 'tentative', 'busy', 'oof', 'workingElsewhere'];

interface Window {
  from: Instant;
  to: Instant;
}
/** One getSchedule. */
interface Ask {
  window: Window;
  mailboxes: readonly Mailbox[];
  /** Where the span begins of which the window is a part. */
  from: Instant;
  /** Asked again through the mailbox itself, after it was not readable through another: why. */
  failed?: string;
}

/**
 * Free and busy times by getSchedule through one mailbox; see `Calendar.readBusy`. A mailbox that is not readable so is
 * asked again through itself (platform.md correction 11); it is readable only when every one of its windows was answered in
 * full.
 */
export async function readBusy(
  clients: GraphClients,
  tenantId: TenantId,
  through: PersonId,
  mailboxes: readonly Mailbox[],
  from: Instant,
  to: Instant,
  options: BusyOptions = {},
): Promise<ReadResult<Map<PersonId, Availability>>> {
  if (!(to > from)) throw new RangeError('to is not after from');
  const client = clientOf(clients, tenantId);
  const parts = new Map<PersonId, Availability[]>();
  const addPart = (personId: PersonId, part: Availability): void => {
    const earlier = parts.get(personId);
    if (earlier) earlier.push(part);
    else parts.set(personId, [part]);
  };
  const asking = asksOf(mailboxes, options.only ?? [{ from, to, people: null }]);
  // Batch by batch: answers are long, and what is kept of them is short.
  while (asking.length > 0) {
    const asked = asking.splice(0, ASKS_AT_ONCE);
    const answers = await askSchedules(client, through, asked);
    for (const [index, { window, mailboxes: those, from: begin, failed }] of asked.entries()) {
      const answer = answers[index]!;
      if (answer.outcome !== 'done') {
        if (failed === undefined) return answer;
        // A mailbox that we may not ask, or not now, stays what it was.
        for (const { personId } of those) addPart(personId, { readable: false, code: failed });
        continue;
      }
      const replies = new Map(answer.value.value.map((one) => [one.scheduleId.toLowerCase(), one]));
      const crowded: Mailbox[] = [];
      for (const mailbox of those) {
        const reply = replies.get(mailbox.address.toLowerCase());
        const { personId } = mailbox;
        const part = options.apart
          ? itemsApart(reply, window, begin, parts.has(personId))
          : availabilityOf(reply, window, options.exact ?? false);
        if (part.readable) addPart(personId, part);
        else if (part.code === TOO_MANY_ENTRIES && window.to - window.from > SHORTEST_WINDOW) crowded.push(mailbox);
        else if (failed === undefined && personId !== through && part.code !== TOO_MANY_ENTRIES)
          asking.push({ window, mailboxes: [mailbox], from: begin, failed: part.code });
        else addPart(personId, failed === undefined ? part : { readable: false, code: failed });
      }
      if (crowded.length > 0) {
        const again = { mailboxes: crowded, from: begin, ...(failed === undefined ? {} : { failed }) };
        asking.push(...halve(window).map((half) => ({ window: half, ...again })));
      }
    }
  }
  return {
    outcome: 'done',
    value: new Map([...parts].map(([personId, some]) => [personId, joinParts(some, options.apart ?? false)])),
  };
}

/** The questions for each span, 20 addresses each. */
function asksOf(
  mailboxes: readonly Mailbox[],
  spans: readonly { from: Instant; to: Instant; people: ReadonlySet<PersonId> | null }[],
): Ask[] {
  const asks: Ask[] = [];
  for (const { from, to, people } of spans) {
    const those = people === null ? mailboxes : mailboxes.filter(({ personId }) => people.has(personId));
    for (const window of cutWindows(from, to))
      for (let i = 0; i < those.length; i += ADDRESSES_PER_CALL)
        asks.push({ window, mailboxes: those.slice(i, i + ADDRESSES_PER_CALL), from });
  }
  return asks;
}

/** Windows on the grid of cells, which hold [from, to) and stay under the limit. */
function cutWindows(from: Instant, to: Instant): Window[] {
  const windows: Window[] = [];
  const end = Math.ceil(to / CELL) * CELL;
  for (let start = Math.floor(from / CELL) * CELL; start < end; start += LONGEST_WINDOW) {
    windows.push({ from: instant(start), to: instant(Math.min(end, start + LONGEST_WINDOW)) });
  }
  return windows;
}

function halve({ from, to }: Window): Window[] {
  const middle = instant(from + Math.ceil((to - from) / 2 / CELL) * CELL);
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}

/** One call for one question, else a batch; the answers in the order of the questions. */
async function askSchedules(
  client: GraphClient,
  through: PersonId,
  asked: readonly Ask[],
): Promise<ReadResult<SchedulesReply>[]> {
  const calls = asked.map(({ window, mailboxes, failed }) => ({
    method: 'POST' as const,
    path: `/users/${guid(failed === undefined ? through : mailboxes[0]!.personId, 'through')}/calendar/getSchedule`,
    headers: MAILBOX_HEADERS,
    body: {
      schedules: mailboxes.map(({ address }) => address),
      startTime: utcTime(window.from),
      endTime: utcTime(window.to),
      availabilityViewInterval: CELL / MINUTE,
    },
    reply: schedules,
  }));
  return calls.length === 1 ? [await client.read(calls[0]!)] : client.readBatch(calls);
}

/** One mailbox in one window. Whatever is missing or not understood makes it unreadable, never free. */
export function availabilityOf(reply: ScheduleReply | undefined, window: Window, exact: boolean): Availability {
  if (!reply) return { readable: false, code: 'NotAnswered' };
  const fault = faultOf(reply, window);
  if (fault !== null) return { readable: false, code: fault };
  const cells = cellsOf(reply.availabilityView ?? '', window);
  const items = exact ? itemsOf(reply) : [];
  if (items === null) return { readable: false, code: 'UnreadableItem' };
  const busy = exact ? [...items, ...cells.filter((cell) => !items.some((item) => overlap(item, cell)))] : cells;
  return { readable: true, busy: mergeIntervals(busy), ...hoursIn(reply, window) };
}

/** Why the answer cannot be trusted, or null. */
function faultOf(reply: ScheduleReply, window: Window): string | null {
  if (reply.error) return reply.error.responseCode || 'UnknownError';
  const cells = Math.round((window.to - window.from) / CELL);
  return (reply.availabilityView ?? '').length < cells ? 'IncompleteView' : null;
}

type KnownHours = Pick<Extract<Availability, { readable: true }>, 'workingHours' | 'timeZone'>;
const NO_HOURS: KnownHours = { workingHours: null, timeZone: null };

const hoursIn = ({ workingHours }: ScheduleReply, window: Window): KnownHours =>
  workingHours ? hoursOf(workingHours, null, window.from) : NO_HOURS;

/** Every cell that is not free; an unknown digit counts as busy. */
function cellsOf(view: string, window: Window): BusyInterval[] {
  const cells: BusyInterval[] = [];
  for (const [index, digit] of [...view].entries()) {
    const start = instant(window.from + index * CELL);
    const status = STATUS_BY_DIGIT[digit] ?? 'busy';
    if (status !== 'free' && start < window.to) cells.push({ start, end: instant(start + CELL), status });
  }
  return cells;
}

/** The items with their own edges, or null when one cannot be read. An unknown status counts as busy. */
function itemsOf(reply: ScheduleReply): BusyInterval[] | null {
  const items: BusyInterval[] = [];
  for (const item of reply.scheduleItems ?? []) {
    const start = readGraphTime(item.start);
    const end = readGraphTime(item.end);
    if (start === null || end === null) return null;
    const status = STATUSES.find((known) => known.toLowerCase() === item.status?.toLowerCase()) ?? 'busy';
    if (status !== 'free' && end > start) items.push({ start, end, status });
  }
  return items;
}

const overlap = (a: BusyInterval, b: BusyInterval): boolean => a.start < b.end && b.start < a.end;

/** Sorted by start; touching and overlapping intervals of one status become one. */
export function mergeIntervals(intervals: readonly BusyInterval[]): BusyInterval[] {
  const merged: BusyInterval[] = [];
  const open = new Map<BusyStatus, BusyInterval>();
  for (const interval of [...intervals].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = open.get(interval.status);
    if (last && interval.start <= last.end) {
      if (interval.end > last.end) last.end = interval.end;
      continue;
    }
    const fresh = { ...interval };
    open.set(interval.status, fresh);
    merged.push(fresh);
  }
  return merged;
}

/**
 * As `availabilityOf` with exact edges, but each item as it stands: two meetings at one time are two. An item that reaches
 * into a window from the one before was given there already, and so were the hours when `isLater`.
 */
function itemsApart(reply: ScheduleReply | undefined, window: Window, from: Instant, isLater: boolean): Availability {
  if (!reply) return { readable: false, code: 'NotAnswered' };
  const fault = faultOf(reply, window);
  if (fault !== null) return { readable: false, code: fault };
  const items = itemsOf(reply);
  if (items === null) return { readable: false, code: 'UnreadableItem' };
  const busy = items.filter(({ start }) => start >= window.from || window.from <= from);
  return { readable: true, busy, ...(isLater ? NO_HOURS : hoursIn(reply, window)) };
}

function joinParts(parts: readonly Availability[], isApart: boolean): Availability {
  const busy: BusyInterval[] = [];
  for (const part of parts) {
    if (!part.readable) return part;
    busy.push(...part.busy);
  }
  return {
    ...(parts[0] as Extract<Availability, { readable: true }>),
    busy: isApart ? busy.sort((a, b) => a.start - b.start || a.end - b.end) : mergeIntervals(busy),
  };
}
