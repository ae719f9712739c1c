import { describe, expect, test } from 'vitest';
import { findOffer } from '../../../server/db/session-offers.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../../server/domain/time/instant.ts';
import type { Person } from '../../../server/domain/people/person.ts';
import { answerNewTime } from '../../../server/use-cases/sessions/answer-new-time.ts';
import { reconcileSeries } from '../../../server/use-cases/sessions/reconcile-series.ts';
import { writeCalendar } from '../../../server/use-cases/slots/write-calendar.ts';
import { useDatabase } from '../../make/database.ts';
import { offer } from '../../make/pair.ts';
import { refused, setStage, type Stage } from '../../make/server.ts';
import { bookedPair, readSessions, type Booked } from '../../make/session.ts';

/* Between the decision to write and the write: minutes as a rule, days where something is in the way. */
const db = useDatabase();

async function settled({ movesAllowed = true } = {}): Promise<{ stage: Stage; booked: Booked }> {
  const stage = await setStage(db());
  const booked = await bookedPair(stage, offer({ count: 3 }));
  await stage.tx((tx) => tx.updateTable('cohorts').set({ movesAllowed }).execute());
  stage.clock.advance(2 * DAY + HOUR + 30 * MINUTE);
  await look(stage);
  return { stage, booked };
}
async function look(stage: Stage): Promise<void> {
  stage.clock.advance(15 * MINUTE);
  await reconcileSeries(stage, { tenantId: stage.tenantId });
}
const write = (stage: Stage) => writeCalendar(stage, { tenantId: stage.tenantId });
const second = async (stage: Stage, { pairId }: Booked) => (await readSessions(stage, pairId))[1]!;
const block = (stage: Stage, who: Person, start: Instant): void =>
  void stage.calendar.busy.set(who.personId, [{ start, end: plus(start, HOUR), status: 'busy' }]);
const move = (booked: Booked, to: Instant): void =>
  void Object.assign(booked.event.dates[1]!, { start: to, end: plus(to, 30 * MINUTE) });
const propose = (booked: Booked, who: Person, start: Instant | null): void => {
  for (const answer of booked.event.dates[1]!.answers)
    answer.proposed = answer.address === who.mail && start !== null ? { start, end: plus(start, 30 * MINUTE) } : null;
};
const codes = async (stage: Stage, sessionId: string) =>
  (
    await stage.tx((tx) =>
      tx
        .selectFrom('calendarWrites')
        .select(['kind', 'state', 'code'])
        .where('sessionId', '=', sessionId)
        .orderBy('createdAt')
        .execute(),
    )
  ).map(({ kind, state, code }) => `${kind} ${state}${code === null ? '' : ` ${code}`}`);
const told = async (stage: Stage) =>
  (
    await stage.tx((tx) => tx.selectFrom('messages').select('data').where('kind', '=', 'sessionChanged').execute())
  ).flatMap(({ data }) => (data.kind === 'sessionChanged' ? [data.newStart] : []));
const offerOf = (stage: Stage, sessionId: string) => stage.tx((tx) => findOffer(tx, sessionId));

/** A conflict, and the intent to move the session away from it; nothing is written yet. */
async function moving(): Promise<{ stage: Stage; booked: Booked; start: Instant; sessionId: string }> {
  const { stage, booked } = await settled();
  const { startsAt: start, sessionId } = await second(stage, booked);
  block(stage, booked.mentee, start);
  await look(stage);
  expect(await codes(stage, sessionId)).toEqual(['moveDate planned']);
  return { stage, booked, start, sessionId };
}

describe('a move that has to wait', () => {
  test('does not overwrite what a person did meanwhile (F16)', async () => {
    const { stage, booked, start, sessionId } = await moving();
    const own = plus(start, 5 * HOUR);
    move(booked, own);
    await look(stage);
    await write(stage);
    expect(stage.calendar.count('moveDate')).toBe(0);
    expect(await codes(stage, sessionId)).toEqual(['moveDate refused movedByAPerson']);
    await look(stage);
    expect(await second(stage, booked)).toMatchObject({ startsAt: own, locked: true });
    expect(await told(stage)).toEqual([own]);
  });

  test('holds only for the state in which the event was read (F16)', async () => {
    const { stage, booked } = await moving();
    booked.event.dates[1]!.etag = 'W/"read"';
    await write(stage);
    const [call] = stage.calendar.calls.filter(({ name }) => name === 'moveDate');
    expect(call!.args[1]).toMatchObject({ etag: 'W/"read"' });
  });

  test('is not made once the session is frozen, or has begun', async () => {
    for (const [until, code] of [
      [-20 * HOUR, 'frozen'],
      [10 * MINUTE, 'tooLate'],
    ] as const) {
      const { stage, booked, start, sessionId } = await moving();
      stage.clock.set(plus(start, until));
      await write(stage);
      expect(stage.calendar.count('moveDate')).toBe(0);
      expect(await codes(stage, sessionId)).toEqual([`moveDate refused ${code}`]);
      expect(await second(stage, booked)).toMatchObject({ startsAt: start, state: 'booked' });
      expect(await told(stage)).toEqual([]);
    }
  });

  test('is told when the calendar has it, and not at all when it comes to nothing', async () => {
    const { stage, booked, start } = await moving();
    expect(await told(stage)).toEqual([]);
    stage.calendar.script('moveDate', refused('crossing', 400, 'ErrorOccurrenceCrossingBoundary'));
    await write(stage);
    expect(await told(stage)).toEqual([]);
    expect(await second(stage, booked)).toMatchObject({ startsAt: start });
    await look(stage);
    await write(stage);
    const { startsAt } = await second(stage, booked);
    expect(startsAt).not.toBe(start);
    expect(await told(stage)).toEqual([startsAt, startsAt]);
  });
});

describe('a move to where the session stood before', () => {
  test('is made, however often people ask each other', async () => {
    const { stage, booked } = await settled();
    const { startsAt: first, sessionId } = await second(stage, booked);
    const other = plus(first, DAY);
    for (const [who, to] of [
      [booked.mentee, other],
      [booked.mentor, first],
      [booked.mentee, other],
    ] as const) {
      propose(booked, who, to);
      await look(stage);
      await write(stage);
      expect(await second(stage, booked)).toMatchObject({ startsAt: to });
      expect(booked.event.dates[1]!.start).toBe(to);
      propose(booked, who, null);
      await look(stage);
    }
    expect(await codes(stage, sessionId)).toEqual(Array.from({ length: 3 }, () => 'moveDate confirmed'));
    // Both are told of each.
    expect((await told(stage)).sort()).toEqual([first, first, other, other, other, other].sort());
  });
});

describe('a chosen time that could not be written', () => {
  test('is offered anew once, whatever stood in the way', async () => {
    const { stage, booked } = await settled({ movesAllowed: false });
    const { startsAt, sessionId } = await second(stage, booked);
    block(stage, booked.mentee, startsAt);
    await look(stage);
    const open = (await offerOf(stage, sessionId))!;
    const input = { tenantId: stage.tenantId, personId: booked.mentee.personId, sessionId };
    await answerNewTime(stage, { ...input, round: 1, answer: 'take', start: open.starts[0]! });
    stage.calendar.script('moveDate', refused('crossing', 400, 'ErrorOccurrenceCrossingBoundary'));
    await write(stage);
    await look(stage);
    expect(await offerOf(stage, sessionId)).toMatchObject({ state: 'open', because: 'taken', round: 2 });
    const again = (await offerOf(stage, sessionId))!;
    await answerNewTime(stage, { ...input, round: 2, answer: 'take', start: again.starts[0]! });
    await write(stage);
    await look(stage);
    await look(stage);
    expect(await second(stage, booked)).toMatchObject({ startsAt: again.starts[0] });
    expect(await offerOf(stage, sessionId)).toMatchObject({ state: 'answered', round: 2 });
    // Once: the mentor, of the time that stands.
    expect(await told(stage)).toEqual([again.starts[0]]);
  });
});

test('a date that was read before our write is not taken for one that a person moved', async () => {
  const { stage, booked, start } = await moving();
  const usual = stage.calendar.readOrganizerWindow;
  stage.calendar.readOrganizerWindow = async (...args) => {
    const read = structuredClone(await usual(...args));
    // Another worker writes while the pages come.
    stage.clock.advance(1);
    await write(stage);
    return read;
  };
  await look(stage);
  stage.calendar.readOrganizerWindow = usual;
  const moved = await second(stage, booked);
  expect(moved.startsAt).not.toBe(start);
  expect(moved).toMatchObject({ locked: false });
  await look(stage);
  expect(await second(stage, booked)).toEqual(moved);
});
