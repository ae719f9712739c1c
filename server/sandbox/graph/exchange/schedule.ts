import type { ItemStatus, SandboxPerson } from '../../world.ts';
import { GraphRefusal } from '../refusal.ts';
import type { ExchangeContext } from './context.ts';
import { invalidRequest } from './failure.ts';
import type { Item } from './model.ts';
import type { Preferences } from './preferences.ts';
import { readZonedWall } from './read-body.ts';
import { zonedTime } from './render.ts';
import { renderWorkingHours } from './working-hours.ts';
import { DAY, toInstant } from './zones.ts';

/** Limits of the documentation (outlook-get-free-busy-schedule, calendar-getschedule). */
const MOST_SCHEDULES = 20;
const WINDOW_BELOW = 62 * DAY;
const INTERVAL = { least: 5, standard: 30, most: 1440 };
const MOST_ENTRIES = 1000;

const VIEW_DIGIT: Record<ItemStatus, string> = {
  free: '0',
  tentative: '1',
  busy: '2',
  oof: '3',
  workingElsewhere: '4',
};
/** The worst status wins a slot that several items share. */
const WORSE: Record<ItemStatus, number> = { free: 0, workingElsewhere: 1, tentative: 2, busy: 3, oof: 4 };

interface ScheduleQuestion {
  schedules: string[];
  start: number;
  end: number;
  intervalMilliseconds: number;
}

/** Reads the body of getSchedule, whose names may be in any case. Refuses (400) what passes the limits. */
function readQuestion(body: Record<string, unknown>): ScheduleQuestion {
  const named = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  const schedules = named.get('schedules');
  if (!Array.isArray(schedules) || schedules.length === 0 || schedules.some((each) => typeof each !== 'string')) {
    throw invalidRequest('Schedules: a list of SMTP addresses is required.');
  }
  if (!named.get('starttime') || !named.get('endtime')) throw invalidRequest('StartTime and EndTime are required.');
  const from = readZonedWall(named.get('starttime'), 'StartTime');
  const to = readZonedWall(named.get('endtime'), 'EndTime');
  const start = toInstant(from.zone.iana, from.wall);
  const end = toInstant(to.zone.iana, to.wall);
  if (end <= start) throw new GraphRefusal(400, 'ErrorInvalidTimeInterval', 'EndTime must be after StartTime.');
  if (end - start >= WINDOW_BELOW) {
    throw new GraphRefusal(
      400,
      'ErrorTimeIntervalTooBig',
      'The requested time duration specified for FreeBusyViewOptions.TimeWindow is too long. The allowed limit = 62 days.',
    );
  }
  const interval = named.get('availabilityviewinterval') ?? INTERVAL.standard;
  if (typeof interval !== 'number' || interval < INTERVAL.least || interval > INTERVAL.most) {
    throw new GraphRefusal(
      400,
      'ErrorInvalidMergedFreeBusyInterval',
      'The merged free/busy interval must be between 5 and 1440 minutes.',
    );
  }
  return { schedules: schedules as string[], start, end, intervalMilliseconds: interval * 60_000 };
}

function availabilityView(items: readonly Item[], { start, end, intervalMilliseconds }: ScheduleQuestion): string {
  const slots: ItemStatus[] = Array.from({ length: Math.ceil((end - start) / intervalMilliseconds) }, () => 'free');
  for (const item of items) {
    const first = Math.max(0, Math.floor((item.start - start) / intervalMilliseconds));
    const last = Math.min(slots.length, Math.ceil((item.end - start) / intervalMilliseconds));
    for (let i = first; i < last; i++) if (WORSE[item.showAs] > WORSE[slots[i]!]) slots[i] = item.showAs;
  }
  return slots.map((status) => VIEW_DIGIT[status]).join('');
}

/** Subject and place only of what is not private; items never carry an id. */
function renderScheduleItem(item: Item, preferences: Preferences): Record<string, unknown> {
  const { sensitivity, location } = item.fields;
  const isPrivate = sensitivity === 'private' || sensitivity === 'confidential';
  const place = location?.['displayName'];
  return {
    isPrivate,
    status: item.showAs,
    ...(isPrivate ? {} : { subject: item.subject, location: typeof place === 'string' ? place : '' }),
    start: zonedTime(item.start, preferences.zone),
    end: zonedTime(item.end, preferences.zone),
  };
}

const failed = (scheduleId: string, responseCode: string, message: string): Record<string, unknown> => ({
  scheduleId,
  availabilityView: '',
  error: { message, responseCode },
});

function answerForPerson(
  context: ExchangeContext,
  scheduleId: string,
  person: SandboxPerson,
  question: ScheduleQuestion,
  preferences: Preferences,
): Record<string, unknown> {
  const { world, store } = context;
  if (!person.mailbox.enabled) {
    return failed(scheduleId, 'ErrorMailRecipientNotFound', 'Unable to resolve the mailbox: it is not hosted here.');
  }
  if (!person.mailbox.readable) {
    return failed(scheduleId, 'ErrorAccessDenied', 'The caller does not have access to free/busy data.');
  }
  const items = store.range(person.id, question.start, question.end);
  if (items.length > MOST_ENTRIES) {
    return failed(scheduleId, '5006', 'The result set contains too many calendar entries.');
  }
  const workingHours = renderWorkingHours(person, world.clock.now());
  return {
    scheduleId,
    availabilityView: availabilityView(items, question),
    scheduleItems: items.map((item) => renderScheduleItem(item, preferences)),
    ...(workingHours ? { workingHours } : {}),
  };
}

/** Who hides behind an address: one person, or the members of a distribution group. */
function resolve(context: ExchangeContext, address: string): SandboxPerson | SandboxPerson[] | undefined {
  const person = context.store.personAt(address);
  if (person) return person;
  const { groups, people } = context.world;
  const group = [...groups.values()].find(
    ({ mail, mailEnabled }) => mailEnabled && mail?.toLowerCase() === address.toLowerCase(),
  );
  if (!group) return undefined;
  return group.memberIds.flatMap((id) => people.get(id) ?? []).filter((member) => member.deletedAt === null);
}

function answerForGroup(
  context: ExchangeContext,
  scheduleId: string,
  members: readonly SandboxPerson[],
  question: ScheduleQuestion,
): Record<string, unknown> {
  const readable = members.filter(({ mailbox }) => mailbox.enabled && mailbox.readable);
  const items = readable.flatMap(({ id }) => context.store.range(id, question.start, question.end));
  return { scheduleId, availabilityView: availabilityView(items, question), scheduleItems: [] };
}

/**
 * Answers getSchedule: one `scheduleInformation` for each address, with an `error` of its own where that calendar cannot
 * be read. A distribution group gives the merged view of its members, who count against the limit of 20.
 */
export function getSchedule(
  context: ExchangeContext,
  body: Record<string, unknown>,
  preferences: Preferences,
): Record<string, unknown>[] {
  const question = readQuestion(body);
  const targets = question.schedules.map((address) => ({ address, target: resolve(context, address) }));
  const count = targets.reduce((sum, { target }) => sum + (Array.isArray(target) ? target.length : 1), 0);
  if (count > MOST_SCHEDULES) {
    throw new GraphRefusal(
      400,
      'ErrorTooManySchedules',
      `The number of schedules is too large. The allowed limit = ${MOST_SCHEDULES}; the actual number = ${count}.`,
    );
  }
  return targets.map(({ address, target }) => {
    if (!target) return failed(address, 'ErrorMailRecipientNotFound', 'Unable to resolve the mailbox.');
    if (Array.isArray(target)) return answerForGroup(context, address, target, question);
    return answerForPerson(context, address, target, question, preferences);
  });
}
