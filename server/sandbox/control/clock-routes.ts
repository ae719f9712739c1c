import type { World } from '../world.ts';
import { companyRoles } from '../people/company-roles.ts';
import { isoOf, readPerson, type ControlParts, type ControlRoutes } from './control-parts.ts';
import { ControlError, readInstant, readWhole, readWord, type Input } from './read-input.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** One step of the clock is at most this long: a mistyped year would run for hours. */
const MOST_MINUTES = 400 * 24 * 60;
/** How far ahead the next meeting is looked for. */
const HORIZON = 120 * DAY;

const clockState = (world: World, parts: ControlParts): object => ({
  now: isoOf(world.clock.now()),
  following: parts.isFollowing?.() ?? false,
});

/** Start or end of the next session of the program: of the given person, or of anybody. */
function nextMeeting(world: World, input: Input): number {
  const edge = readWord(input, 'untilNextMeeting', ['start', 'end'] as const);
  const { programMailboxId } = companyRoles(world);
  const owner = input.person === undefined ? programMailboxId : readPerson(world, input).id;
  const program = world.people.get(programMailboxId)!.mail.toLowerCase();
  const now = world.clock.now();
  const next = world.exchange
    .view(owner, now, now + HORIZON)
    .find((item) => !item.isCancelled && item.organizerAddress.toLowerCase() === program && item[edge] > now);
  if (!next) throw new ControlError(404, 'untilNextMeeting', 'untilNextMeeting: there is no session ahead');
  return next[edge];
}

function targetOf(world: World, input: Input): number {
  const given = ['minutes', 'to', 'untilNextMeeting'].filter((field) => input[field] !== undefined);
  if (given.length !== 1) {
    throw new ControlError(400, 'minutes', 'minutes: give exactly one of minutes, to, untilNextMeeting');
  }
  const now = world.clock.now();
  if (given[0] === 'minutes') return now + readWhole(input, 'minutes', 1, MOST_MINUTES) * MINUTE;
  if (given[0] === 'untilNextMeeting') return nextMeeting(world, input);
  const to = readInstant(input, 'to');
  if (to < now) throw new ControlError(400, 'to', `to: the clock already stands at ${isoOf(now)}`);
  if (to > now + MOST_MINUTES * MINUTE) throw new ControlError(400, 'to', 'to: at most 400 days ahead');
  return to;
}

/** The clock: to look at, to advance (everything due happens), to jump (a fault: nothing in between happens). */
export const clockRoutes: ControlRoutes = {
  'GET clock': (world, _input, parts) => clockState(world, parts),
  'POST clock/advance': async (world, input, parts) => {
    await world.clock.advanceTo(targetOf(world, input));
    return clockState(world, parts);
  },
  'POST clock/jump': (world, input, parts) => {
    world.clock.jump(readWhole(input, 'minutes', -MOST_MINUTES, MOST_MINUTES) * MINUTE);
    return clockState(world, parts);
  },
};
