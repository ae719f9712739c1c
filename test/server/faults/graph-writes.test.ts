import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { batchesAnsweredBadly } from './batch-scenario.ts';
import { judgeBooking } from './judge-booking.ts';
import { meetCreates, throttled } from './meet-creates.ts';
import { creates } from './record-calls.ts';
import {
  answerCut,
  answerSpoiled,
  connectionLost,
  gatewayTimeout,
  readsLateAfterWrite,
  SPOILED,
  throttledAfterCreate,
  throttledForLong,
  throttledOnCreate,
} from './reply-scenarios.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { MINUTE, SECOND } from './units.ts';

/* What Graph answers to writes (reliability.md F1-F9, F12), with the product's own client. */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterEach(async () => {
  expect(await stage.violations()).toEqual([]);
});
afterAll(() => stage.close());

it('F1: 429 with Retry-After 2 on create: waits, looks by tag, sends the same key again; one event', async () => {
  expect(await throttledOnCreate(stage)).toEqual([]);
});

it('F2: 429 with Retry-After 300: no request to the mailbox before', async () => {
  expect(await throttledForLong(stage)).toEqual([]);
});

describe('F3: 429 that does not say well how long', () => {
  it.each([
    ['nothing', null],
    ['a past date', 'Mon, 01 Jan 2024 00:00:00 GMT'],
    ['a word', 'abc'],
    ['more than a lifetime', '1000000000'],
  ])('F3: %s: waits between a second and a quarter of an hour, and books in the end', async (_, retryAfter) => {
    const made = await stage.propose();
    const before = stage.calls.length;
    meetCreates(stage, throttled(retryAfter), 2);
    await stage.agree(made);
    await stage.pass(20 * MINUTE);
    expect(await judgeBooking(stage, made.pairId)).toEqual([]);
    const own = stage.calls.slice(before).filter(({ path }) => path.startsWith(`/users/${stage.mailboxId}/`));
    const waits = own.flatMap(({ at, fault }, index) => (fault ? [(own[index + 1]?.at ?? Infinity) - at] : []));
    expect(waits).toHaveLength(2);
    for (const wait of waits) {
      expect(wait).toBeGreaterThanOrEqual(SECOND);
      expect(wait).toBeLessThanOrEqual(15 * MINUTE);
    }
    expect(own.length).toBeLessThan(30);
  });
});

it('F4: 429 though the event was created: the look-up finds it; one event, one invitation', async () => {
  expect(await throttledAfterCreate(stage)).toEqual([]);
});

it.each([500, 502, 503])(
  'F5: %s before any effect: sent again under the same key, at most three times',
  async (status) => {
    const made = await stage.propose();
    meetCreates(stage, { kind: 'status', status, when: 'before', retryAfterSeconds: null }, 2);
    await stage.agree(made);
    await stage.pass(10 * MINUTE);
    expect(await judgeBooking(stage, made.pairId)).toEqual([]);
    const { series } = await stage.records();
    const { key } = series.find(({ pairId }) => pairId === made.pairId)!;
    expect(creates(stage.calls, key)).toHaveLength(3);
  },
);

describe('F6: the answer to a create that was done is lost', () => {
  it('F6: 504 after the commit: read, confirmed; one event', async () => {
    expect(await gatewayTimeout(stage)).toEqual([]);
  });

  it.each(['reset', 'silence'] as const)('F6: %s after the commit: read, confirmed; one event', async (how) => {
    expect(await connectionLost(how)(stage)).toEqual([]);
  });
});

describe('F7: the answer to a create that was done cannot be read', () => {
  it('F7: a body that ends in the middle: read, confirmed; one event', async () => {
    expect(await answerCut(stage)).toEqual([]);
  });

  it.each(Object.keys(SPOILED) as (keyof typeof SPOILED)[])('F7: %s: read, confirmed; one event', async (how) => {
    expect(await answerSpoiled(how)(stage)).toEqual([]);
  });
});

it('F9: batches answered in part, shuffled, twice and with 429 inside: each on its own, none sent again blind', async () => {
  expect(await batchesAnsweredBadly(stage, stage.client())).toEqual([]);
});

it('F12: the tag is not found for a minute after the commit: no second create', async () => {
  expect(await readsLateAfterWrite(stage)).toEqual([]);
});
