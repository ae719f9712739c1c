import { describe, expect, it } from 'vitest';
import { auditSends } from '../../../server/simulation/audit-sends.ts';
import type { BotRequest } from '../../../server/simulation/seen.ts';
import { goodRun, rulesBroken } from './good-run.ts';

const START = Date.parse('2026-10-06T08:00:00Z');

/** Requests to one chat after another, so many milliseconds after the start. */
const requests = (times: readonly number[], threadOf: (index: number) => string): BotRequest[] =>
  times.map((time, index) => ({ at: START + time, thread: threadOf(index), fault: null, question: null }));
const audited = (times: readonly number[], threadOf: (index: number) => string = () => 'chat') =>
  auditSends({ requests: requests(times, threadOf) });
const every = (count: number, milliseconds: number): number[] =>
  Array.from({ length: count }, (_, index) => index * milliseconds);

describe('the rates of the bot where its requests arrive', () => {
  it.each([
    [7, 0, '1 s'],
    [8, 200, '2 s'],
    [60, 490, '30 s'],
    [1800, 1990, '3600 s'],
  ])('let %i pass in one chat, and find one more in %s', (most, step, window) => {
    const details = (count: number): string[] => audited(every(count, step)).violations.map(({ detail }) => detail);
    expect(details(most)).toEqual([]);
    expect(details(most + 1).some((detail) => detail.includes(`more than ${most} in ${window.split(' ')[0]} s`))).toBe(
      true,
    );
  });

  it('name the chat and the second', () => {
    const { violations } = audited([...every(7, 0), 5_000, ...Array<number>(8).fill(9_000)]);
    expect(violations[0]).toEqual({
      invariant: 'sentTooFast',
      detail: 'thread chat: more than 7 in 1 s from 2026-10-06T08:00:09.000Z',
    });
  });

  it('count what comes a whole second later into another second', () => {
    expect(audited([...every(7, 0), 1_000]).violations).toEqual([]);
    expect(audited([...every(7, 0), 999]).violations).toHaveLength(1);
  });

  it('find a burst of 30 to 30 people of a tenant, wherever a second begins, and let 25 pass', () => {
    const everybody = (index: number): string => `chat-${index}`;
    expect(audited(every(25, 0), everybody).violations).toEqual([]);
    const { violations, counts } = audited(every(30, 20), everybody);
    expect(violations.map(({ detail }) => detail)).toEqual([
      'tenant: more than 25 in 1 s from 2026-10-06T08:00:00.000Z',
    ]);
    expect(counts).toMatchObject({ requests: 30, mostInTenant: { 1: 30 }, mostInThread: { 1: 1, 3600: 1 } });
  });

  it('count refused requests and retries', () => {
    const refused: BotRequest[] = requests(every(8, 0), () => 'chat').map((request) => ({
      ...request,
      fault: { kind: 'status', status: 429, when: 'before', retryAfterSeconds: 5 },
    }));
    const { violations, counts } = auditSends({ requests: refused });
    expect(violations).toHaveLength(1);
    expect(counts).toMatchObject({ requests: 8, failed: 8 });
  });

  it('are a part of the audit', () => {
    const burst = requests(every(30, 0), (index) => `chat-${index}`);
    expect(rulesBroken(({ truth }) => truth.seen.requests.push(...burst))).toEqual(['sentTooFast']);
    expect(goodRun().truth.seen.requests).toHaveLength(2);
  });
});
