import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../server/domain/people/person.ts';
import type { SlotOffer } from '../../../server/domain/slots/types.ts';
import { cohort, pair, participant, type MadePair } from '../../make/pair.ts';
import { setFaultStage, type FaultStage } from '../faults/stage.ts';
import { DAY, HOUR, MINUTE } from '../faults/units.ts';
import { countCalls } from './count-calls.ts';

/*
 * What search and booking cost in calls to Graph. The bound is 1.05 of
 * ceil(users / 999) + ceil(ceil(people / 20) * ceil(days / 61) / 20) + ceil(pairs / 4).
 */
const PAIRS = 60;
const PEOPLE = 2 * PAIRS;
const DATES = 12;
/** Messages that one mailbox sends in a minute. */
const A_MINUTE = 25;

let stage: FaultStage;
let pairs: MadePair[];
let start: number;
const callsSince = (from: number) => countCalls(stage.calls.slice(from));

beforeAll(async () => {
  stage = await setFaultStage();
  const { rows } = stage;
  const cohortId = await cohort(rows, { sessions: DATES });
  await rows.tx((tx) =>
    tx.updateTable('cohorts').set({ everyWeeks: 2, firstWithinDays: 14 }).where('cohortId', '=', cohortId).execute(),
  );
  const hire = async (side: 'mentor' | 'mentee', number: number): Promise<Person> => {
    const one = stage.hire(`${side} ${String.fromCharCode(97 + (number % 26))}${number}`);
    await participant(rows, cohortId, side, one, { hasChat: false });
    return one;
  };
  start = stage.calls.length;
  pairs = [];
  for (let i = 0; i < PAIRS; i++) {
    const [mentor, mentee] = [await hire('mentor', i), await hire('mentee', i)];
    pairs.push(await pair(rows, 'mentorAgreed', { cohortId, mentor, mentee }));
  }
}, 60_000);
afterAll(() => stage.close());

const readOffers = (): Promise<Map<string, SlotOffer[]>> =>
  stage.rows.tx(async (tx) => {
    const found = await tx.selectFrom('proposals').select(['pairId', 'offers']).execute();
    return new Map(found.map((row) => [row.pairId, row.offers]));
  });
const statesOf = (): Promise<string[]> =>
  stage.rows.tx(async (tx) => (await tx.selectFrom('pairs').select('state').execute()).map(({ state }) => state));

describe('a cohort of 60 pairs', () => {
  it('read the organization of fewer than 999 people in one call', () => {
    const { directory = 0 } = countCalls(stage.calls.slice(0, start)).calls;
    expect(directory).toBeLessThanOrEqual(2);
  });

  it('is searched in one call: 20 mailboxes to a question, less than 62 days, 20 questions to a call', async () => {
    const before = stage.calls.length;
    // The search looks every six hours; the mentors' yeses stand together by then.
    await stage.pass(6 * HOUR + MINUTE);
    const { calls, requests } = callsSince(before);
    const days = 14 + 7 * 2 * (DATES - 1) + 8;
    const questions = Math.ceil(PEOPLE / 20) * Math.ceil(days / 61);
    expect(requests.schedules).toBe(questions);
    expect(calls.schedules).toBe(Math.ceil(questions / 20));
    expect((await readOffers()).size).toBe(PAIRS);
  });

  it('is booked in a quarter as many calls as pairs, with one look at ten pairs and one question about links', async () => {
    const before = stage.calls.length;
    // All yeses of a busy morning: nothing is written before the last.
    const stop = (writesStopped: boolean) =>
      stage.rows.tx((tx) => tx.updateTable('tenants').set({ writesStopped }).execute());
    await stop(true);
    const [last, ...others] = pairs as [MadePair, ...MadePair[]];
    for (const made of others) await stage.agree(made);
    await stop(false);
    await stage.agree(last);
    await stage.pass(10 * MINUTE);
    expect(await statesOf()).toEqual(Array.from({ length: PAIRS }, () => 'booked'));
    const { calls, requests } = callsSince(before);
    expect(requests.creates).toBe(PAIRS);
    expect(calls.creates).toBeLessThanOrEqual(Math.ceil(PAIRS / 4));
    // The look before the writes: a call for at most ten pairs; its questions are cut at 61 days.
    expect(calls.schedules).toBeLessThanOrEqual(Math.ceil(PAIRS / 10));
    expect(calls.links).toBe(1);
    expect(calls.moves ?? 0).toBe(0);
    // A link that is late is looked for twice; the dates' ids come with the window, which the watching reads anyway.
    expect(calls.dates ?? 0).toBeLessThanOrEqual(4 * Math.ceil(PAIRS / A_MINUTE));
    expect(calls.other ?? 0).toBe(0);
  });

  it('has its series once each, all dates free', async () => {
    expect(await stage.violations()).toEqual([]);
    expect(stage.clock.now()).toBeLessThan(Date.parse('2026-09-28T06:00:00Z') + DAY);
  });
});
