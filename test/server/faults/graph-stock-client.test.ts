import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createStockGraphClient } from '../../make/stock-graph-client.ts';
import { batchesAnsweredBadly } from './batch-scenario.ts';
import {
  answerCut,
  answerSpoiled,
  connectionLost,
  gatewayTimeout,
  readsLateAfterWrite,
  throttledAfterCreate,
  throttledForLong,
  throttledOnCreate,
} from './reply-scenarios.ts';
import { setFaultStage, type FaultStage } from './stage.ts';

/*
 * The same scenarios with the library's own client in place of ours: they must come out wrong, or they would prove nothing.
 */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage({ createClient: createStockGraphClient });
});
afterEach(() => stage.sandbox.faults.clear());
afterAll(() => stage.close());

/** A second event; or, where the first one already stands in both calendars, one that the database does not know. */
const isDoubledOrLost = (wrong: string[]): boolean => wrong.includes('2 events') || wrong.includes('lost outcome');

it('F1 bites: the stock client creates again without looking', async () => {
  expect(await throttledOnCreate(stage)).toContain('created again blind');
});

it('F2 bites: the stock client waits three minutes where Graph asked for five', async () => {
  expect(await throttledForLong(stage)).toContain('called early');
});

it('F4 bites: the stock client creates a second event and invites twice', async () => {
  expect(await throttledAfterCreate(stage)).toEqual(expect.arrayContaining(['2 events', '2 invitations']));
});

it('F6 bites: the stock client makes four events of one', async () => {
  expect(await gatewayTimeout(stage)).toContain('4 events');
  expect(await connectionLost('reset')(stage)).toSatisfy(isDoubledOrLost);
});

it('F7 bites: with the stock client an unreadable answer counts as nothing done', async () => {
  expect(await answerCut(stage)).toSatisfy(isDoubledOrLost);
  expect(await answerSpoiled('an empty body')(stage)).toSatisfy(isDoubledOrLost);
});

it('F9 bites: with the stock client what is missing in a batch is sent again', async () => {
  expect(await batchesAnsweredBadly(stage, stage.client())).toContain('23 events');
});

it('F12 bites: the stock client does not wait for the mailbox to show the event', async () => {
  expect(await readsLateAfterWrite(stage)).toContain('2 events');
});
