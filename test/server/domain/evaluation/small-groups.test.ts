import { describe, expect, it } from 'vitest';
import type { Topic } from '../../../../server/contract/vocabulary.ts';
import { breakDown } from '../../../../server/domain/evaluation/break-down.ts';
import { lastClosedDay, lastClosedWeek } from '../../../../server/domain/evaluation/closed-periods.ts';
import {
  publishComments,
  publishScores,
  publishTopics,
  type NewAnswer,
} from '../../../../server/domain/evaluation/publish-answers.ts';
import { showScore } from '../../../../server/domain/evaluation/show-score.ts';
import { BEST, MAY_BE_KNOWN, rulesOf, thresholdOf, WORST } from '../../../../server/domain/evaluation/small-groups.ts';
import { parseInstant } from '../../../../server/domain/time/instant.ts';

const RULES = rulesOf({});

/** Answers of so many people, one each; in one department and office unless told. */
const answers = <T>(given: readonly T[], part: Partial<NewAnswer<T>> = {}): NewAnswer<T>[] =>
  given.map((one, index) => ({
    personId: `${part.department ?? ''}-${part.office ?? ''}-${index}`,
    givenAt: index,
    given: one,
    department: null,
    office: null,
    ...part,
  }));
/** So many scores with a sum; what is published hangs on the sum alone. */
function scoresOf(people: number, sum: number): number[] {
  const least = Math.floor(sum / people);
  return Array.from({ length: people }, (_, index) => (index < sum - least * people ? least + 1 : least));
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('thresholds', () => {
  it('can be raised by a setting, never lowered (86)', () => {
    expect(rulesOf({})).toEqual({ people: 9, topics: 5, comments: 10, margin: 17 });
    for (const low of [1, 0, -1, NaN, -Infinity, '1', null, [], {}])
      expect(rulesOf({ scoresFrom: low, commentsFrom: low })).toEqual(rulesOf({}));
    expect(rulesOf({ scoresFrom: 8, commentsFrom: 20 })).toEqual({ people: 12, topics: 8, comments: 20, margin: 17 });
    expect(thresholdOf(5, 5.2)).toBe(6);
  });

  it('count different people, each once with the last answer', () => {
    const one = answers([5, 5, 5, 5, 5, 5, 5, 5, 5, 5], { personId: 'one' });
    expect(publishScores(one, RULES)).toBeNull();
    const nine = answers([3, 3, 3, 3, 3, 3, 3, 3, 3]);
    expect(publishScores(nine.slice(1), RULES)).toBeNull();
    const changed = [{ ...nine[0]!, given: 5, givenAt: -1 }, ...nine];
    expect(publishScores(changed, RULES)).toEqual({ all: { people: 9, value: 3 }, by: null, groups: [] });
  });
});

describe('a score of a group', () => {
  /** What each figure leaves possible for the people whose answers are not known: which sums of theirs give it. */
  function sumsBehind(people: number, fakes: number, known: number, margin: number): Map<string, number[]> {
    const behind = new Map<string, number[]>();
    for (const sum of range((people - fakes) * WORST, (people - fakes) * BEST)) {
      const shown = JSON.stringify(showScore(scoresOf(people, sum + known), { ...RULES, margin }));
      behind.set(shown, [...(behind.get(shown) ?? []), sum]);
    }
    return behind;
  }
  /** The figures from which somebody’s score follows: everybody’s is the best, or everybody’s the worst. */
  const tellingFigures = (people: number, margin = RULES.margin): number =>
    range(0, MAY_BE_KNOWN)
      .flatMap((fakes) =>
        range(fakes * WORST, fakes * BEST).flatMap((known) =>
          [...sumsBehind(people, fakes, known, margin).values()].map((sums) => ({ sums, unknown: people - fakes })),
        ),
      )
      .filter(
        ({ sums: [one, ...others], unknown }) =>
          others.length === 0 && (one === unknown * WORST || one === unknown * BEST),
      ).length;

  it('tells nobody’s, whatever all and up to four fake accounts answer (84, 85)', () => {
    for (const people of range(RULES.people, 60)) expect([people, tellingFigures(people)]).toEqual([people, 0]);
  });

  it('would tell some with a smaller margin, or of fewer people', () => {
    for (const people of range(RULES.people, 60)) expect(tellingFigures(people, RULES.margin - 1)).toBeGreaterThan(0);
    for (const people of range(5, RULES.people - 1)) expect(tellingFigures(people, 0)).toBeGreaterThan(0);
  });

  it('is a bound where all agree on the best or the worst, and never an exact 5 or 1 (85)', () => {
    for (const people of range(RULES.people, 200)) {
      expect(showScore(scoresOf(people, BEST * people), RULES)).not.toHaveProperty('value');
      expect(showScore(scoresOf(people, WORST * people), RULES)).not.toHaveProperty('value');
      const threes = showScore(scoresOf(people, 3 * people), RULES);
      // Who all agree in the middle look like any others of the same mean.
      const mixed = [...scoresOf(people - 2, 3 * (people - 2)), 1, 5];
      expect(threes).toEqual(showScore(mixed, RULES));
    }
    expect(showScore(scoresOf(9, 45), RULES)).toEqual({ people: 9, atLeast: 3.1 });
    expect(showScore(scoresOf(40, 199), RULES)).toEqual({ people: 40, atLeast: 4.5 });
    expect(showScore(scoresOf(40, 41), RULES)).toEqual({ people: 40, atMost: 1.5 });
    expect(showScore(scoresOf(40, 172), RULES)).toEqual({ people: 40, value: 4.3 });
  });
});

describe('a breakdown', () => {
  const members = (sizes: Record<string, number>): string[] =>
    Object.entries(sizes).flatMap(([label, n]) => Array.from({ length: n }, () => label));
  const sizesOf = (sizes: Record<string, number>, least = 9): [string | null, number][] | null =>
    breakDown(members(sizes), (label) => (label === '' ? null : label), least)?.map(({ label, members: own }) => [
      label,
      own.length,
    ]) ?? null;

  it('leaves nobody over whom the difference to all would tell (83, the remainder rule)', () => {
    expect(sizesOf({ a: 12, b: 9 })).toEqual([
      ['a', 12],
      ['b', 9],
    ]);
    expect(sizesOf({ a: 12, b: 10, c: 1 })).toEqual([
      ['a', 12],
      [null, 11],
    ]);
    expect(sizesOf({ a: 12, b: 10, c: 5, '': 4 })).toEqual([
      ['a', 12],
      ['b', 10],
      [null, 9],
    ]);
    expect(sizesOf({ a: 12, b: 8 })).toBeNull();
    expect(sizesOf({ a: 40 })).toBeNull();
    expect(sizesOf({ a: 8, b: 8, c: 8 })).toBeNull();
    expect(sizesOf({})).toBeNull();
  });

  const spread = [1, 3, 3, 3, 3, 3, 3, 3, 5];
  const inTwo = (first: readonly number[], second: readonly number[]) => [
    ...answers(first, { department: 'Sales', office: 'Rome' }),
    ...answers(second, { department: 'Finance', office: 'Turin' }),
  ];

  it('is by one property, and only where each group’s mean may be told: else the difference tells the other (83)', () => {
    expect(publishScores(inTwo(spread, spread), RULES)).toEqual({
      all: { people: 18, value: 3 },
      by: 'department',
      groups: [
        { label: 'Finance', score: { people: 9, value: 3 } },
        { label: 'Sales', score: { people: 9, value: 3 } },
      ],
    });
    expect(
      publishScores(
        inTwo(
          spread,
          spread.map(() => 5),
        ),
        RULES,
      ),
    ).toEqual({
      all: { people: 18, value: 4 },
      by: null,
      groups: [],
    });
    const byOffice = inTwo(spread, spread).map((answer) => ({ ...answer, department: 'Sales' }));
    expect(publishScores(byOffice, RULES)?.by).toBe('office');
  });

  it('tells nobody’s score, not even by its absence, whatever fake accounts answer in a group (83, 84)', () => {
    for (const fakes of [
      [4, 0],
      [2, 2],
      [1, 3],
      [0, 0],
    ] as const)
      for (const known of range(0, 4)) {
        const fakeSum = fakes.map((n) => n * WORST + Math.min(known, 4) * n);
        const behind = new Map<string, [number, number][]>();
        for (const first of range(9 - fakes[0], (9 - fakes[0]) * BEST))
          for (const second of range(9 - fakes[1], (9 - fakes[1]) * BEST)) {
            const shown = publishScores(
              inTwo(scoresOf(9, first + fakeSum[0]!), scoresOf(9, second + fakeSum[1]!)),
              RULES,
            );
            const key = JSON.stringify(shown);
            behind.set(key, [...(behind.get(key) ?? []), [first, second]]);
          }
        for (const sums of behind.values())
          for (const group of [0, 1] as const) {
            const [one, ...others] = new Set(sums.map((both) => both[group]));
            const unknown = 9 - fakes[group];
            if (others.length === 0) expect([unknown * WORST, unknown * BEST]).not.toContain(one);
          }
      }
  });

  it('is by the groups at the time of the answer, so that nobody is singled out by a new name later (86)', () => {
    const all = inTwo(spread, spread);
    const renamed = all.map((answer, index) => (index === 0 ? { ...answer, department: 'Only one' } : answer));
    expect(publishScores(renamed, RULES)?.groups.map(({ label, score }) => [label, score.people])).toEqual([
      ['Finance', 9],
      [null, 9],
    ]);
  });
});

describe('wanted topics', () => {
  const wanted = (counts: Partial<Record<Topic | 'none', number>>) =>
    publishTopics(
      answers(
        Object.entries(counts).flatMap(([topic, n]) =>
          Array.from({ length: n }, () => (topic === 'none' ? null : (topic as Topic))),
        ),
      ),
      RULES,
    )?.topics.map(({ topic, people }) => [topic, people]) ?? null;

  it('are named from five people on, as in a small pilot, and not counted there', () => {
    expect(wanted({ 'short-video': 2, none: 2 })).toBeNull();
    expect(wanted({ 'short-video': 2, 'generative-ai': 1, none: 2 })).toEqual([
      ['generative-ai', null],
      ['short-video', null],
    ]);
  });

  it('are counted where no count of one to four can be inferred from the others (83)', () => {
    expect(wanted({ 'generative-ai': 6, 'short-video': 5 })).toEqual([
      ['generative-ai', 6],
      ['short-video', 5],
    ]);
    expect(wanted({ 'generative-ai': 6, 'short-video': 5, 'data-literacy': 1 })).toEqual([
      ['data-literacy', null],
      ['generative-ai', 6],
      ['short-video', null],
    ]);
    expect(wanted({ 'generative-ai': 9, 'short-video': 4 })).toEqual([
      ['generative-ai', null],
      ['short-video', null],
    ]);
    expect(wanted({ 'generative-ai': 20 })).toEqual([['generative-ai', null]]);
  });

  it('leave no topic of which the number follows, for all ways in which 16 people may wish', () => {
    for (const a of range(0, 16))
      for (const b of range(0, 16 - a))
        for (const c of range(0, 16 - a - b)) {
          const counts = { 'generative-ai': a, 'short-video': b, 'data-literacy': c, none: 16 - a - b - c };
          const told = wanted(counts)!.filter(([, n]) => n !== null);
          const left = 16 - told.reduce((sum, [, n]) => sum + Number(n), 0);
          for (const [, n] of told) expect(n).toBeGreaterThanOrEqual(5);
          expect(left === 0 || left >= 5).toBe(true);
        }
  });
});

describe('comments', () => {
  it('are shown from ten people on, without the order in which they came (87)', () => {
    const ten = answers(range(0, 9).map((n) => `word ${9 - n}`));
    expect(publishComments(ten.slice(1), RULES)).toBeNull();
    expect(publishComments([...ten.slice(1), ...ten.slice(1)], RULES)).toBeNull();
    expect(publishComments(ten, RULES)?.texts).toEqual(ten.map(({ given }) => given).toReversed());
    expect(publishComments(ten.toReversed(), RULES)).toEqual(publishComments(ten, RULES));
  });
});

describe('closed periods', () => {
  it('end on Monday 00:00 UTC, and each day 00:00 UTC (87)', () => {
    const monday = parseInstant('2026-11-23T00:00:00Z');
    for (const within of ['2026-11-23T00:00:00Z', '2026-11-25T12:00:00Z', '2026-11-29T23:59:59.999Z'])
      expect(lastClosedWeek(parseInstant(within))).toBe(monday);
    expect(lastClosedWeek(parseInstant('2026-11-30T00:00:00Z'))).toBe(parseInstant('2026-11-30T00:00:00Z'));
    expect(lastClosedDay(parseInstant('2026-11-25T23:59:00Z'))).toBe(parseInstant('2026-11-25T00:00:00Z'));
  });
});
