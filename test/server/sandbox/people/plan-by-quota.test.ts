import { describe, expect, it } from 'vitest';
import { CALM_RATES, planInvitation, planSession } from '../../../../server/sandbox/people/plan-by-quota.ts';

const countOf = (plans: (string | null)[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const plan of plans) counts[plan ?? 'nothing'] = (counts[plan ?? 'nothing'] ?? 0) + 1;
  return counts;
};

describe('plans by quota', () => {
  it.each([1, 2, 99])('hold every kind in each block of 64 sessions (seed %i)', (seed) => {
    for (const block of [0, 1, 5]) {
      const plans = Array.from({ length: 64 }, (_, i) =>
        planSession(seed, 64 * block + i, { rate: 1, rates: CALM_RATES }),
      );
      expect(countOf(plans)).toEqual({
        occurrenceDeclined: 4,
        newTimeProposed: 3,
        occurrenceDeleted: 3,
        occurrenceMoved: 3,
        occurrenceCancelled: 3,
        outOfOfficeAdded: 3,
        busyAdded: 3,
        nothing: 42,
      });
    }
  });

  it('hold every answer in each block of 16 invitations, at other places for another seed', () => {
    const plans = (seed: number) => Array.from({ length: 16 }, (_, i) => planInvitation(seed, 16 + i, 1));
    expect(countOf(plans(1))).toEqual({ declined: 2, tentativelyAccepted: 2, ignored: 2, accepted: 10 });
    expect(plans(1)).not.toEqual(plans(2));
  });

  it('share out what companies do to one-to-one meetings', () => {
    const rates = { moved: 0.42, cancelled: 0.3 };
    const counts = countOf(Array.from({ length: 64 }, (_, i) => planSession(3, i, { rate: 1, rates })));
    const sum = (...kinds: string[]) => kinds.reduce((all, kind) => all + counts[kind]!, 0);
    expect(sum('newTimeProposed', 'occurrenceMoved', 'outOfOfficeAdded', 'busyAdded')).toBe(27);
    expect(sum('occurrenceDeclined', 'occurrenceDeleted', 'occurrenceCancelled')).toBe(19);
    expect(counts.nothing).toBe(18);
  });

  it('follow the rate', () => {
    const plans = (rate: number) =>
      countOf(Array.from({ length: 64 }, (_, i) => planSession(1, i, { rate, rates: CALM_RATES })));
    expect(plans(0)).toEqual({ nothing: 64 });
    expect(plans(2)).toMatchObject({ occurrenceDeclined: 8, occurrenceMoved: 6 });
  });
});
