import { chance } from '../hash.ts';
import type { CalendarItem, SandboxMail } from '../world.ts';
import { findSession, viewOf } from './act-on-session.ts';
import type { BehaviorContext, SessionAct, SessionRef, Task } from './behavior-state.ts';
import { planInvitation, planSession } from './plan-by-quota.ts';
import { nextWorkingInstant } from './working-time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How far ahead people look for what they were invited to. */
const HORIZON = 400 * DAY;
/** Copies may arrive after their mails: when they are looked for again. */
const LOOK_AGAIN = [20 * MINUTE, 2 * HOUR, 8 * HOUR, DAY, 3 * DAY];
/** Numbers of sessions set aside for each series when acts are dealt out. */
const SESSIONS_PER_SERIES = 6;

/** Called when a mail arrives: invitations and updates of the program are looked at a minute later. */
export function onMail(context: BehaviorContext, mail: SandboxMail): void {
  const { world, roles } = context;
  if (mail.toId === roles.programMailboxId || (mail.kind !== 'invitation' && mail.kind !== 'update')) return;
  const program = world.people.get(roles.programMailboxId)!;
  if (mail.fromId !== program.id && mail.fromAddress.toLowerCase() !== program.mail.toLowerCase()) return;
  context.schedule(world.clock.now() + MINUTE, `mail:${mail.toId}:${mail.id}`, {
    kind: 'readInvitations',
    personId: mail.toId,
    attempt: 0,
  });
}

/** The person looks into the calendar, meets series not seen before, and decides on the answers. */
export function readInvitations(context: BehaviorContext, task: Extract<Task, { kind: 'readInvitations' }>): void {
  const { world, roles } = context;
  const now = world.clock.now();
  const program = world.people.get(roles.programMailboxId)!.mail.toLowerCase();
  const groups = new Map<string, CalendarItem[]>();
  for (const item of viewOf(world, task.personId, now - HOUR, now + HORIZON)) {
    if (item.isCancelled || item.isOrganizer || item.organizerAddress.toLowerCase() !== program) continue;
    const key = item.seriesMasterId ?? item.eventId;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  let isNew = false;
  for (const items of groups.values()) {
    items.sort((a, b) => a.originalStart - b.originalStart);
    const series = meetSeries(context, items);
    if (series === null) continue;
    isNew = decideAnswer(context, task.personId, series, items) || isNew;
  }
  const wait = LOOK_AGAIN[task.attempt];
  if (!isNew && wait !== undefined) {
    context.schedule(now + wait, `again:${task.personId}:${now}:${task.attempt}`, {
      ...task,
      attempt: task.attempt + 1,
    });
  }
}

const refOf = ({ menteeId, mentorId }: { menteeId: string; mentorId: string }, item: CalendarItem): SessionRef => ({
  menteeId,
  mentorId,
  iCalUId: item.iCalUId,
  originalStart: item.originalStart,
});

/** Number of the series these items belong to; a series nobody met before gets its fate here. Null: not a pair's. */
function meetSeries(context: BehaviorContext, items: CalendarItem[]): number | null {
  const { memory, world, roles } = context;
  const known = items.map(({ iCalUId }) => memory.seriesOf.get(iCalUId)).find((number) => number !== undefined);
  if (known !== undefined) return known;
  const people = new Set(items[0]!.attendees.map(({ address }) => context.personOf(address)));
  people.delete(undefined);
  people.delete(roles.programMailboxId);
  const ids = [...people] as string[];
  const menteeId =
    ids.find((id) => roles.executives.includes(id)) ?? ids.find((id) => world.people.get(id)!.isExecutive);
  const mentorId = ids.find((id) => id !== menteeId);
  if (menteeId === undefined || mentorId === undefined) return null;

  const generation = memory.generations.get(menteeId) ?? 0;
  memory.generations.set(menteeId, generation + 1);
  const number = memory.series.push({ menteeId, mentorId, generation }) - 1;
  const rank = context.rankOf(menteeId);
  const count = Math.max(1, roles.executives.length);
  for (const [index, item] of items.entries()) {
    memory.seriesOf.set(item.iCalUId, number);
    const cell = (generation * SESSIONS_PER_SERIES + index) * count + rank;
    const act = planSession(world.seed, cell, context);
    if (act) scheduleAct(context, act, refOf({ menteeId, mentorId }, item));
  }
  return number;
}

function scheduleAct(context: BehaviorContext, act: SessionAct, session: SessionRef): void {
  const { world, roles } = context;
  const parts = [world.seed, act, session.menteeId, session.mentorId, session.originalStart] as const;
  const byDelegate = act === 'occurrenceMoved' || act === 'occurrenceCancelled';
  const side = chance(...parts, 'side') < 0.6 ? session.menteeId : session.mentorId;
  const actorId = byDelegate ? roles.programMailboxId : side;
  const actor = world.people.get(actorId)!;
  const now = world.clock.now();
  const start = session.originalStart;
  const draw = chance(...parts, 'lead');
  const within = chance(...parts, 'within');
  const lead = draw < 0.15 ? HOUR * (2 + 18 * within) : draw < 0.6 ? DAY * (1 + 5 * within) : DAY * (7 + 14 * within);

  let at = start - lead;
  if (act === 'occurrenceDeleted' && chance(...parts, 'tidies') < 0.15) at = start + DAY * (1 + 2 * within);
  // Booked so close to the session that the usual lead is over: somewhere in between.
  else if (at < now + HOUR) at = now + (start - now) * (0.3 + 0.4 * within);
  const atWork = nextWorkingInstant(actor, at, Math.floor(90 * within));
  if (at > start || atWork < start - HOUR / 2) at = atWork;
  context.schedule(Math.round(at), `session:${session.menteeId}:${session.mentorId}:${start}:${act}`, {
    kind: 'session',
    act,
    actorId,
    session,
  });
}

/** True when there was something to decide that this person had not met before. */
function decideAnswer(context: BehaviorContext, personId: string, number: number, items: CalendarItem[]): boolean {
  const { memory, world, roles } = context;
  const series = memory.series[number]!;
  const seriesKey = `${personId}|${number}`;
  const count = Math.max(1, roles.executives.length);
  if (!memory.met.has(seriesKey)) {
    memory.met.add(seriesKey);
    for (const item of items) memory.met.add(`${personId}|${item.iCalUId}|${item.start}`);
    const side = personId === series.menteeId ? 0 : 1;
    const cell = 2 * (series.generation * count + context.rankOf(series.menteeId)) + side;
    const answer = planInvitation(world.seed, cell, context.rate);
    if (answer === 'ignored') context.count('invitationIgnored');
    else scheduleAnswer(context, personId, refOf(series, items[0]!), { answer, wholeSeries: true });
    return true;
  }
  // A date that stands elsewhere now asks for its own answer; most people give it.
  let isNew = false;
  for (const item of items) {
    const key = `${personId}|${item.iCalUId}|${item.start}`;
    if (memory.met.has(key)) continue;
    memory.met.add(key);
    isNew = true;
    memory.seriesOf.set(item.iCalUId, number);
    if (item.response !== 'notResponded' && item.response !== 'none') continue;
    if (chance(world.seed, 'moved date', personId, item.originalStart, item.start) < 0.85) {
      scheduleAnswer(context, personId, refOf(series, item), { answer: 'accepted', wholeSeries: false });
    }
  }
  return isNew;
}

function scheduleAnswer(
  context: BehaviorContext,
  personId: string,
  session: SessionRef,
  how: Pick<Extract<Task, { kind: 'answerInvitation' }>, 'answer' | 'wholeSeries'>,
): void {
  const { world } = context;
  const parts = [world.seed, 'answer', personId, session.menteeId, session.mentorId, session.originalStart] as const;
  // Most within hours, some within two days.
  const wait = MINUTE * (5 + 2_800 * chance(...parts, 'wait') ** 3);
  const at = nextWorkingInstant(
    world.people.get(personId)!,
    world.clock.now() + wait,
    Math.floor(100 * chance(...parts, 'morning')),
  );
  const key = `answer:${personId}:${session.menteeId}:${session.mentorId}:${session.originalStart}:${how.wholeSeries}`;
  context.schedule(Math.round(at), `${key}:${world.clock.now()}`, {
    kind: 'answerInvitation',
    personId,
    session,
    ...how,
  });
}

/** The person answers an invitation now, if it is still there and nobody answered it for them. */
export function answerInvitation(context: BehaviorContext, task: Extract<Task, { kind: 'answerInvitation' }>): void {
  const { world } = context;
  const person = world.people.get(task.personId);
  const item = findSession(context, task.personId, task.session);
  if (!item || !person?.accountEnabled) return;
  const alreadyYes = item.response === 'accepted';
  if (alreadyYes && task.answer !== 'declined') return;
  const eventId = task.wholeSeries ? (item.seriesMasterId ?? item.eventId) : item.eventId;
  world.exchange.respond(task.personId, eventId, task.answer);
  const kinds = {
    accepted: 'invitationAccepted',
    tentativelyAccepted: 'invitationTentative',
    declined: 'seriesDeclined',
  } as const;
  context.count(kinds[task.answer]);
}
