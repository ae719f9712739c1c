import type { CalendarItem, ItemStatus, SandboxPerson, World } from '../world.ts';
import { isoOf, readPerson, type ControlRoutes } from './control-parts.ts';
import {
  ControlError,
  isObject,
  readBoolean,
  readInstant,
  readOpaqueId,
  readText,
  readWallTime,
  readWhole,
  readWord,
  type Input,
} from './read-input.ts';

const DAY = 86_400_000;
/** The page shows weeks; a longer window is a mistake. */
const MOST_DAYS = 62;
const STATUSES = ['free', 'tentative', 'busy', 'oof', 'workingElsewhere'] as const satisfies readonly ItemStatus[];

const showItem = (item: CalendarItem): object => ({
  ...item,
  originalStart: isoOf(item.originalStart),
  start: isoOf(item.start),
  end: isoOf(item.end),
});

function readWindow(world: World, input: Input): { from: number; to: number } {
  const from = input.from === undefined ? world.clock.now() - DAY : readInstant(input, 'from');
  const to = input.to === undefined ? from + 7 * DAY : readInstant(input, 'to');
  if (to <= from) throw new ControlError(400, 'to', 'to: must be after from');
  if (to - from > MOST_DAYS * DAY) throw new ControlError(400, 'to', `to: at most ${MOST_DAYS} days after from`);
  return { from, to };
}

function readSpan(input: Input): { start: number; end: number } {
  const [start, end] = [readInstant(input, 'start'), readInstant(input, 'end')];
  if (end <= start) throw new ControlError(400, 'end', 'end: must be after start');
  return { start, end };
}

/** Does it to the item, and says 409 with the mailbox's own words where the mailbox refuses. */
function act(world: World, input: Input, what: (owner: SandboxPerson, eventId: string) => void): object {
  const owner = readPerson(world, input);
  const eventId = readOpaqueId(input, 'eventId');
  try {
    what(owner, eventId);
  } catch (error) {
    if (error instanceof ControlError) throw error;
    throw new ControlError(409, 'eventId', `eventId: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { done: true };
}

/** Calendars as their owners see them, and what owners and delegates do with their items. */
export const calendarRoutes: ControlRoutes = {
  'GET calendar': (world, input) => {
    const person = readPerson(world, input);
    const { from, to } = readWindow(world, input);
    const { zone, zoneName, workingHours, enabled } = person.mailbox;
    const items = enabled ? world.exchange.view(person.id, from, to).map(showItem) : [];
    return { person: person.id, enabled, zone, zoneName, workingHours, from: isoOf(from), to: isoOf(to), items };
  },
  'POST calendar/respond': (world, input) => {
    const answer = readWord(input, 'answer', ['accepted', 'tentativelyAccepted', 'declined'] as const);
    const { proposal } = input;
    if (proposal !== undefined && !isObject(proposal)) {
      throw new ControlError(400, 'proposal', 'proposal: must be {start, end}');
    }
    if (proposal && answer === 'accepted') {
      throw new ControlError(400, 'proposal', 'proposal: only with tentativelyAccepted or declined');
    }
    const span = proposal && readSpan(proposal);
    return act(world, input, (owner, eventId) => world.exchange.respond(owner.id, eventId, answer, span));
  },
  'POST calendar/remove': (world, input) =>
    act(world, input, (owner, eventId) => world.exchange.remove(owner.id, eventId)),
  'POST calendar/move': (world, input) => {
    const { start, end } = readSpan(input);
    return act(world, input, (owner, eventId) => world.exchange.move(owner.id, eventId, start, end));
  },
  'POST calendar/cancel': (world, input) =>
    act(world, input, (owner, eventId) => world.exchange.cancel(owner.id, eventId)),
  'POST calendar/edit': (world, input) => {
    const change = {
      ...(input.subject === undefined ? {} : { subject: readText(input, 'subject', 255) }),
      ...(input.bodyHtml === undefined ? {} : { bodyHtml: readText(input, 'bodyHtml', 10_000) }),
      ...(input.stripsTags === undefined ? {} : { stripsTags: readBoolean(input, 'stripsTags') }),
    };
    return act(world, input, (owner, eventId) => world.exchange.edit(owner.id, eventId, change));
  },
  'POST calendar/copy': (world, input) =>
    act(world, input, (owner, eventId) => void world.exchange.copy(owner.id, eventId)),
  'POST calendar/add': (world, input) => {
    const owner = readPerson(world, input);
    if (!owner.mailbox.enabled) throw new ControlError(409, 'person', 'person: has no mailbox');
    const eventId = world.exchange.add(owner.id, {
      subject: readText(input, 'subject', 255),
      start: readWallTime(input, 'start'),
      minutes: readWhole(input, 'minutes', 5, 14 * 24 * 60),
      zone: owner.mailbox.zone,
      showAs: input.showAs === undefined ? 'busy' : readWord(input, 'showAs', STATUSES),
    });
    return { eventId };
  },
  'GET mails': (world, input) => ({
    mails: world.exchange.mailsOf(readPerson(world, input).id).map((mail) => ({ ...mail, at: isoOf(mail.at) })),
  }),
};
