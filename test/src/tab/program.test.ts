import { describe, expect, it } from 'vitest';
import { mergeRepeats } from '../../../src/tab/program/merge-repeats.ts';
import { orderPairs } from '../../../src/tab/program/order-pairs.ts';

describe('orderPairs', () => {
  it('puts first what needs the administrator and last what is over', () => {
    const pairs = [
      { state: 'suspended', nextSession: null },
      { state: 'booked', nextSession: '2026-10-20T08:00:00Z' },
      { state: 'mentorAsked', nextSession: null },
      { state: 'waiting', nextSession: null },
      { state: 'booked', nextSession: '2026-10-13T08:00:00Z' },
      { state: 'noSlot', nextSession: null },
    ] as const;
    expect(orderPairs(pairs)).toEqual([pairs[3], pairs[5], pairs[4], pairs[1], pairs[2], pairs[0]]);
  });
});

describe('mergeRepeats', () => {
  it('counts neighbors that say the same, as of the newest', () => {
    const at = (hour: number): string => `2026-10-05T0${hour}:00:00Z`;
    const entries = [
      { at: at(4), text: 'Not read.' },
      { at: at(3), text: 'Not read.' },
      { at: at(2), text: 'Booked.' },
      { at: at(1), text: 'Not read.' },
    ];
    expect(mergeRepeats(entries)).toEqual([
      { at: at(4), text: 'Not read.', times: 2 },
      { at: at(2), text: 'Booked.', times: 1 },
      { at: at(1), text: 'Not read.', times: 1 },
    ]);
  });
});
