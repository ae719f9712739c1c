import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countBooking } from '../../bench/slots/count-booking.ts';
import { setFaultStage, type FaultStage } from '../faults/stage.ts';
import { DAY } from '../faults/units.ts';
import { bookCohort, type CohortCalls } from './book-cohort.ts';
import { countCalls } from './count-calls.ts';

/*
 * What search and booking cost in calls to Graph. The bound is 1.05 of
 * ceil(users / 999) + ceil(ceil(people / 20) * ceil(days / 61) / 20) + ceil(pairs / 4).
 */
const PAIRS = 60;
const PEOPLE = 2 * PAIRS;
const DATES = 12;

let stage: FaultStage;
let found: CohortCalls;
let start: number;

beforeAll(async () => {
  stage = await setFaultStage();
  start = stage.calls.length;
  found = await bookCohort(stage, { pairs: PAIRS, dates: DATES });
}, 120_000);
afterAll(() => stage.close());

const statesOf = (): Promise<string[]> =>
  stage.rows.tx(async (tx) => (await tx.selectFrom('pairs').select('state').execute()).map(({ state }) => state));

describe('a cohort of 60 pairs', () => {
  it('read the organization of fewer than 999 people in one call', () => {
    const { directory = 0 } = countCalls(stage.calls.slice(0, start)).calls;
    expect(directory).toBeLessThanOrEqual(2);
  });

  it('is searched in one call: 20 mailboxes to a question, less than 62 days, 20 questions to a call', () => {
    const { calls, requests } = found.search;
    const questions = Math.ceil(PEOPLE / 20) * Math.ceil(found.days / 61);
    expect(requests.schedules).toBe(questions);
    expect(calls.schedules).toBe(Math.ceil(questions / 20));
    expect(found.offers.size).toBe(PAIRS);
  });

  it('is booked in a quarter as many calls as pairs, with one look at ten pairs and one question about links', async () => {
    expect(await statesOf()).toEqual(Array.from({ length: PAIRS }, () => 'booked'));
    const { calls, requests } = found.booking;
    expect(requests.creates).toBe(PAIRS);
    expect(calls.creates).toBeLessThanOrEqual(Math.ceil(PAIRS / 4));
    // The look before the writes: a call for at most ten pairs; its questions are cut at 61 days.
    expect(calls.schedules).toBeLessThanOrEqual(Math.ceil(PAIRS / 10));
    expect(calls.links).toBe(1);
    expect(calls.moves ?? 0).toBe(0);
    // What Graph tells of our own series is read by name, that of some seconds together.
    expect((calls.dates ?? 0) + (calls.window ?? 0)).toBeLessThanOrEqual(2 * Math.ceil(PAIRS / 4));
    expect(calls.other ?? 0).toBe(0);
  });

  it('has its series once each, all dates free', async () => {
    expect(await stage.violations()).toEqual([]);
    expect(stage.clock.now()).toBeLessThan(Date.parse('2026-09-28T06:00:00Z') + DAY);
  });
});

it('needs no more calls of any kind than its bound where calendars are full', async () => {
  const { booked, lines } = await countBooking(20);
  expect(booked).toBeGreaterThan(0);
  expect(lines.filter(({ calls, bound }) => bound !== null && calls > bound)).toEqual([]);
});
