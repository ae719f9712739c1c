import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleAgenda } from '../../../../server/domain/sessions/scale-agenda.ts';

describe('scaleAgenda', () => {
  it('keeps an agenda for its own length', () => {
    expect(scaleAgenda([3, 7, 10, 5, 5], 30)).toEqual([3, 7, 10, 5, 5]);
  });

  it('shares what is more or less among all steps but the last', () => {
    expect(scaleAgenda([3, 7, 9, 6, 5], 45)).toEqual([5, 11, 14, 10, 5]);
    expect(scaleAgenda([3, 7, 10, 5, 5], 60)).toEqual([7, 15, 22, 11, 5]);
    expect(scaleAgenda([3, 7, 10, 5, 5], 15)).toEqual([1, 3, 4, 2, 5]);
  });

  it('adds up to the length of every session, gives each step a minute and the last one its own', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 4, maxLength: 5 }),
        fc.integer({ min: 15, max: 60 }),
        (steps, length) => {
          const scaled = scaleAgenda([...steps, 5], length);
          expect(scaled.reduce((sum, each) => sum + each, 0)).toBe(length);
          expect(Math.min(...scaled)).toBeGreaterThanOrEqual(1);
          expect(scaled.at(-1)).toBe(5);
        },
      ),
    );
  });

  it('keeps the order of long and short steps', () => {
    const scaled = scaleAgenda([2, 6, 11, 6, 5], 50);
    expect(scaled[2]).toBeGreaterThan(scaled[1]!);
    expect(scaled[1]).toBeGreaterThan(scaled[0]!);
  });
});
