import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant } from '../../../server/domain/time/instant.ts';
import type { MadePair } from '../../make/pair.ts';
import { numbers } from '../domain/matching/solve/make-instance.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE, SECOND } from './units.ts';

/* How soon the product knows what people did to their calendars, in virtual time (goal G4 of reliability.md). */
const PAIRS = 8;
/** Rounds of changes, and changes to so many pairs at once in each. */
const ROUNDS = 25;
const AT_ONCE = 4;
/** The same without notifications, where each change may take a quarter of an hour. */
const QUIET_ROUNDS = 5;
const QUIET_AT_ONCE = 3;
/** Sessions that lie within the window which is looked at every quarter of an hour. */
const NEAR = 13 * DAY;

let stage: FaultStage;
const pairs: MadePair[] = [];
const random = numbers(11);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

beforeAll(async () => {
  stage = await setFaultStage();
  for (let i = 0; i < PAIRS; i++) pairs.push(await stage.book({ count: 6, hasChats: false }));
}, 120_000);
afterAll(() => stage.close());

const booked = async (from: number, to: number) =>
  (await stage.records()).sessions.filter(
    ({ state, startsAt, eventId }) => state === 'booked' && eventId !== null && startsAt > from && startsAt < to,
  );
type Session = Awaited<ReturnType<typeof booked>>[number];

/** One session each of so many pairs. */
function pickOfPairs(sessions: readonly Session[], number: number): Session[] {
  const left = [...new Set(sessions.map(({ pairId }) => pairId))];
  const chosen: Session[] = [];
  while (chosen.length < number && left.length > 0) {
    const [pairId] = left.splice(Math.floor(random() * left.length), 1);
    chosen.push(pick(sessions.filter((session) => session.pairId === pairId)));
  }
  return chosen;
}

/** Somebody does something to a session; gives what the product knows once it has seen that. */
async function change(session: Session): Promise<(now: Session) => boolean> {
  const { exchange } = stage.sandbox.world;
  const kind = random();
  if (kind < 0.8) {
    // Half an hour later or earlier than it is, in the organizer's calendar.
    const start = session.startsAt + (random() < 0.5 ? 30 : -30) * MINUTE;
    exchange.move(stage.mailboxId, session.eventId!, start, start + 30 * MINUTE);
    return ({ startsAt }) => startsAt === start;
  }
  if (kind < 0.9) {
    exchange.cancel(stage.mailboxId, session.eventId!);
    return ({ state }) => state !== 'booked';
  }
  const { mentee, pairId } = pairs.find((pair) => pair.pairId === session.pairId)!;
  const copy = (await stage.datesOf(pairId, mentee.personId)).find(({ start }) => start === session.startsAt)!;
  exchange.respond(mentee.personId, copy.eventId, 'declined');
  // The answer is a mail: the organizer's mailbox, which is the watched one, changes when it arrives.
  const isThere = (): boolean =>
    exchange
      .view(stage.mailboxId, session.startsAt, session.endsAt)
      .some(
        ({ eventId, attendees }) => eventId === session.eventId && attendees.some((one) => one.response === 'declined'),
      );
  while (!isThere()) await stage.pass(SECOND);
  return ({ state }) => state !== 'booked';
}

/** Changes all of them, and gives how long the product needed to know each; Infinity after `most`. */
async function measure(sessions: readonly Session[], step: number, most: number): Promise<number[]> {
  const started = await Promise.all(
    sessions.map(async ({ sessionId }, k) => ({
      sessionId,
      isKnown: await change(sessions[k]!),
      at: stage.clock.now(),
    })),
  );
  const times = started.map(() => Infinity);
  for (let passed = 0; passed < most && times.includes(Infinity); passed += step) {
    await stage.pass(step);
    const now = new Map((await stage.records()).sessions.map((one) => [one.sessionId, one]));
    started.forEach(({ sessionId, isKnown, at }, k) => {
      if (times[k] === Infinity && isKnown(now.get(sessionId)!)) times[k] = stage.clock.now() - at;
    });
  }
  return times;
}

const isWorkingTime = (at: number): boolean => {
  const [day, hour] = [new Date(at).getUTCDay(), new Date(at).getUTCHours()];
  return day > 0 && day < 6 && hour >= 8 && hour < 14;
};

it('knows 99 of 100 changes within a minute where notifications come, by day and night', async () => {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    await stage.pass(Math.floor((1 + 29 * random()) * MINUTE));
    times.push(...(await measure(pickOfPairs(await booked(stage.clock.now(), Infinity), AT_ONCE), 5 * SECOND, HOUR)));
  }
  expect(times).toHaveLength(ROUNDS * AT_ONCE);
  expect(times.filter((time) => time <= MINUTE).length).toBeGreaterThanOrEqual(0.99 * times.length);
}, 300_000);

describe('without notifications', () => {
  beforeAll(() => {
    stage.fault({ match: { path: /\/graph\//, part: 'notification' }, fault: { kind: 'drop' } });
  });

  it('knows what changes in the next two weeks within a quarter of an hour, in working hours', async () => {
    const times: number[] = [];
    for (let i = 0; i < QUIET_ROUNDS; i++) {
      do await stage.pass(Math.floor((5 + 25 * random()) * MINUTE));
      while (!isWorkingTime(stage.clock.now()));
      const now = stage.clock.now();
      times.push(...(await measure(pickOfPairs(await booked(now + DAY, now + NEAR), QUIET_AT_ONCE), MINUTE, HOUR)));
    }
    expect(times.length).toBeGreaterThanOrEqual(QUIET_ROUNDS * 2);
    expect(Math.max(...times)).toBeLessThanOrEqual(15 * MINUTE);
  }, 300_000);

  it('knows what changes later within a day', async () => {
    const now = stage.clock.now();
    const far = await booked(now + 16 * DAY, Infinity);
    expect(far.length).toBeGreaterThan(0);
    const [time] = await measure(far.slice(0, 1), 15 * MINUTE, 2 * DAY);
    expect(time).toBeLessThanOrEqual(DAY);
  }, 300_000);

  it('knows at the next round what free/busy alone shows', async () => {
    const now = stage.clock.now();
    const session = pick((await booked(now + 2 * DAY, now + NEAR)).filter(({ disturbedBy }) => disturbedBy === null));
    const { mentor } = pairs.find(({ pairId }) => pairId === session.pairId)!;
    while (!isWorkingTime(stage.clock.now())) await stage.pass(10 * MINUTE);
    const wall = new Date(session.startsAt).toLocaleString('sv-SE', { timeZone: 'Europe/Rome' }).replace(' ', 'T');
    stage.sandbox.world.exchange.add(mentor.personId, {
      subject: 'Board',
      start: wall.slice(0, 16),
      minutes: 30,
      zone: 'Europe/Rome',
      showAs: 'busy',
    });
    await stage.pass(15 * MINUTE);
    const known = (await stage.records()).sessions.find(({ sessionId }) => sessionId === session.sessionId)!;
    expect(known.disturbedBy !== null || known.startsAt !== session.startsAt).toBe(true);
    expect(instant(stage.clock.now())).toBeLessThan(session.startsAt);
  }, 120_000);
});
