import { chance, pick, pickIndex } from '../hash.ts';
import type { CalendarItem, SandboxPerson, World } from '../world.ts';
import type { BehaviorContext, SessionAct, SessionRef } from './behavior-state.ts';
import { instantOf, isWorkingTime, wallTime } from './working-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A session is looked for this far around its first time: it may have been moved. */
const AROUND = 35 * DAY;

/** Days and hours away at which a new time is looked for, nearest first. */
const MOVES = [1, -1, 2, -2, 3].flatMap((days) => [0, 2, -2, 1, -1, 3, -3].map((hours) => days * DAY + hours * HOUR));

/** The calendar as its owner sees it; a mailbox that cannot be read shows nothing. */
export function viewOf(world: World, ownerId: string, from: number, to: number): CalendarItem[] {
  try {
    return world.exchange.view(ownerId, from, to);
  } catch {
    return [];
  }
}

/** The session in somebody's calendar, wherever it is now, or undefined. */
export function findSession(context: BehaviorContext, ownerId: string, session: SessionRef): CalendarItem | undefined {
  const { world, roles } = context;
  const organizer = world.people.get(roles.programMailboxId)!.mail.toLowerCase();
  const isOfPair = (item: CalendarItem): boolean => {
    const ids = new Set(item.attendees.map(({ address }) => context.personOf(address)));
    return ids.has(session.menteeId) && ids.has(session.mentorId);
  };
  return viewOf(world, ownerId, session.originalStart - AROUND, session.originalStart + AROUND).find(
    (item) =>
      !item.isCancelled &&
      item.organizerAddress.toLowerCase() === organizer &&
      (item.iCalUId === session.iCalUId || (item.originalStart === session.originalStart && isOfPair(item))),
  );
}

/** Another time that suits both, in the days around; the same day an hour later when nothing does. */
function anotherTime({ world }: BehaviorContext, session: SessionRef, item: CalendarItem, least: number): number {
  const both = [session.menteeId, session.mentorId].map((id) => world.people.get(id)!);
  const length = item.end - item.start;
  const suits = (start: number): boolean =>
    start > least &&
    both.every(
      (person) =>
        isWorkingTime(person, start, start + length) &&
        viewOf(world, person.id, start, start + length).every(({ showAs }) => showAs === 'free'),
    );
  const move = MOVES.find((by) => suits(item.start + by)) ?? HOUR;
  return item.start + move;
}

/** Has the person do it now; false when there is nothing left to do it to, so that it does not count. */
export function actOnSession(context: BehaviorContext, act: SessionAct, actorId: string, session: SessionRef): boolean {
  const { world } = context;
  const { exchange, clock, seed } = world;
  const item = findSession(context, actorId, session);
  const actor = world.people.get(actorId);
  if (!item || !actor?.accountEnabled || actor.deletedAt !== null) return false;
  const isOver = item.end <= clock.now();
  const parts = [seed, act, actorId, session.menteeId, session.mentorId, session.originalStart] as const;
  const newTime = (): number => anotherTime(context, session, item, clock.now() + 2 * HOUR);
  if (isOver && act !== 'occurrenceDeleted') return false;

  switch (act) {
    case 'occurrenceDeclined':
      exchange.respond(actorId, item.eventId, 'declined');
      return true;
    case 'newTimeProposed': {
      const start = newTime();
      const answer = chance(...parts) < 0.6 ? 'tentativelyAccepted' : 'declined';
      exchange.respond(actorId, item.eventId, answer, { start, end: start + item.end - item.start });
      return true;
    }
    case 'occurrenceDeleted':
      exchange.remove(actorId, item.eventId);
      return true;
    case 'occurrenceMoved': {
      const start = newTime();
      exchange.move(actorId, item.eventId, start, start + item.end - item.start);
      return true;
    }
    case 'occurrenceCancelled':
      exchange.cancel(actorId, item.eventId);
      return true;
    case 'outOfOfficeAdded':
      addOver(world, actor, item, { subject: 'Out of office', days: 1 + pickIndex(2, ...parts) });
      return true;
    case 'busyAdded':
      addOver(world, actor, item, { subject: pick(['Customer escalation', 'Board call', 'Urgent review'], ...parts) });
      return true;
  }
}

/** Puts an appointment of the person's own over the session: whole days out of office with automatic replies, or an hour of business. */
function addOver(
  world: World,
  actor: SandboxPerson,
  item: CalendarItem,
  what: { subject: string; days?: number },
): void {
  const { zone } = actor.mailbox;
  const wall = wallTime(item.start, zone);
  const start = what.days === undefined ? wall : `${wall.slice(0, 10)}T00:00`;
  world.exchange.add(actor.id, {
    subject: what.subject,
    start,
    minutes: what.days === undefined ? 60 : what.days * 24 * 60,
    zone,
    showAs: what.days === undefined ? 'busy' : 'oof',
    isAllDay: what.days !== undefined,
  });
  if (what.days === undefined) return;
  const from = instantOf(start, zone);
  actor.mailbox.automaticReplies = { from, to: from + what.days * DAY };
}
