import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CohortScores } from '../../../../server/domain/matching/cohort-scores.ts';
import { explainUnmatched } from '../../../../server/domain/matching/explain-unmatched.ts';
import { judgeCohort } from '../../../../server/domain/matching/judge-cohort.ts';
import type { UnmatchedReason } from '../../../../server/domain/matching/reasons.ts';
import { HARD_RULES, settingsFor, type HardRule } from '../../../../server/domain/matching/settings.ts';
import { makeCohort } from './make-cohort.ts';
import { makeMentee, makeMentor, makeScores, type MadeScores } from './make-scores.ts';

const NOBODY_TAKEN = { isTaken: () => false };
const ALL_TAKEN = { isTaken: () => true };
const explain = (made: MadeScores): UnmatchedReason[] => explainUnmatched(makeScores(made), 0, ALL_TAKEN);
const mentors = (count: number) => Array.from({ length: count }, (_, j) => makeMentor(`m${j}`));
const goal = (skill: string, level = 3) => ({ skill, level, weight: 1 });

describe('who has nobody', () => {
  it('reads that all who are allowed are taken, and nothing while one of them is free', () => {
    const made = { mentors: mentors(4), broken: [[], [], ['siblings'], ['noOverlap']] } satisfies MadeScores;
    expect(explain(made)).toEqual([{ code: 'allTaken', mentors: 2 }]);
    expect(explainUnmatched(makeScores(made), 0, NOBODY_TAKEN)).toEqual([]);
    expect(explainUnmatched(makeScores(made), 0, { isTaken: (j) => j !== 1 })).toEqual([]);
  });
  it('reads that nobody offers the goals: no mentor who is active and trained', () => {
    const made = {
      mentees: [makeMentee('mentee', { goals: [goal('AI'), goal('Drones')] })],
      mentors: [
        makeMentor('beginner', { skills: [{ skill: 'ai', level: 2 }] }),
        makeMentor('untrained', { skills: [{ skill: 'ai', level: 5 }], isTrained: false }),
        makeMentor('paused', { skills: [{ skill: 'drones', level: 5 }], isPaused: true }),
      ],
      broken: [['noGoalCovered', 'minimumScore'], ['notTrained'], ['siblings', 'paused']],
    } satisfies MadeScores;
    expect(explain(made)).toEqual([
      { code: 'nobodyOffers', skills: ['AI', 'Drones'] },
      { code: 'onlyFor', rule: 'notTrained', mentors: 1 },
    ]);
    expect(
      explain({ ...made, broken: [['noGoalCovered'], ['notTrained', 'siblings'], ['noOverlap', 'paused']] }),
    ).toEqual([{ code: 'nobodyOffers', skills: ['AI', 'Drones'] }]);
  });
  it('reads that nobody speaks the languages', () => {
    const made = {
      mentees: [makeMentee('mentee', { languages: ['pl', 'uk'] })],
      mentors: mentors(3),
      broken: [['noSharedLanguage'], ['siblings', 'noSharedLanguage'], ['noSharedLanguage', 'minimumScore']],
    } satisfies MadeScores;
    expect(explain(made)).toEqual([{ code: 'nobodySpeaks', languages: ['pl', 'uk'] }]);
  });
  it('reads that everybody who speaks the language stands in the reporting line', () => {
    const made = {
      mentees: [makeMentee('mentee', { languages: ['de', 'pl'] })],
      mentors: [...mentors(4), makeMentor('p1', { languages: ['pl', 'en'] }), makeMentor('p2', { languages: ['PL'] })],
      broken: [
        ...mentors(4).map((): HardRule[] => ['noSharedLanguage', 'minimumScore']),
        ['reportingLine'],
        ['reportingLine', 'noGoalCovered'],
      ],
    } satisfies MadeScores;
    expect(explain(made)).toEqual([
      { code: 'everyoneWho', passes: 'noSharedLanguage', breaks: 'reportingLine', mentors: 2, values: ['pl'] },
    ]);
  });
  it('reads that everybody who covers a goal works at other hours, and which goals nobody offers', () => {
    const made = {
      mentees: [makeMentee('mentee', { goals: [goal('AI'), goal('Drones', 5)] })],
      mentors: [...mentors(2), makeMentor('expert', { skills: [{ skill: 'ai', level: 3 }] })],
      broken: [['noGoalCovered'], ['noGoalCovered', 'siblings'], ['noOverlap']],
    } satisfies MadeScores;
    expect(explain(made)).toEqual([
      { code: 'everyoneWho', passes: 'noGoalCovered', breaks: 'noOverlap', mentors: 1, values: ['AI'] },
      { code: 'nobodyOffers', skills: ['Drones'] },
    ]);
  });
  it('reads it of each language by itself where no rule holds for all of them', () => {
    const made = {
      mentees: [makeMentee('mentee', { languages: ['pl', 'uk'] })],
      mentors: [
        ...mentors(3),
        makeMentor('p', { languages: ['pl'] }),
        makeMentor('u1', { languages: ['uk'] }),
        makeMentor('u2', { languages: ['uk'] }),
      ],
      broken: [
        ['noSharedLanguage'],
        ['noSharedLanguage'],
        ['noSharedLanguage'],
        ['siblings'],
        ['noOverlap'],
        ['noOverlap'],
      ],
    } satisfies MadeScores;
    expect(explain(made)).toEqual([
      { code: 'everyoneWho', passes: 'noSharedLanguage', breaks: 'siblings', mentors: 1, values: ['pl'] },
      { code: 'everyoneWho', passes: 'noSharedLanguage', breaks: 'noOverlap', mentors: 2, values: ['uk'] },
    ]);
  });
  it('reads which rule every mentor breaks, and who would be allowed but for it', () => {
    const made = { mentors: mentors(3), broken: [['noOverlap'], ['noOverlap'], ['noOverlap', 'siblings']] };
    expect(explain(made as MadeScores)).toEqual([
      { code: 'ruledOut', rule: 'noOverlap', mentors: 3, of: 3 },
      { code: 'onlyFor', rule: 'noOverlap', mentors: 2 },
    ]);
  });
  it('reads how many would be allowed but for one rule where several share the blame', () => {
    const broken: HardRule[][] = [
      ['siblings'],
      ['noOverlap'],
      ['noOverlap'],
      ['pastPair'],
      ['seniorityGap', 'siblings'],
    ];
    expect(explain({ mentors: mentors(5), broken })).toEqual([
      { code: 'onlyFor', rule: 'noOverlap', mentors: 2 },
      { code: 'onlyFor', rule: 'siblings', mentors: 1 },
      { code: 'onlyFor', rule: 'pastPair', mentors: 1 },
    ]);
  });
  it('reads what keeps most away where nothing shorter is true', () => {
    const broken: HardRule[][] = [
      ['siblings', 'noOverlap'],
      ['seniorityGap', 'pastPair'],
      ['sameDepartment', 'excludedPair'],
      ['siblings', 'sameDepartment'],
    ];
    expect(explain({ mentors: mentors(4), broken })).toEqual([
      { code: 'ruledOut', rule: 'siblings', mentors: 2, of: 4 },
      { code: 'ruledOut', rule: 'sameDepartment', mentors: 2, of: 4 },
      { code: 'ruledOut', rule: 'seniorityGap', mentors: 1, of: 4 },
    ]);
  });
  it('on a break reads that, and the rest only if it binds as well', () => {
    const mentees = [makeMentee('mentee', { isPaused: true })];
    expect(explain({ mentees, mentors: mentors(2), broken: [['paused'], ['paused', 'siblings']] })).toEqual([
      { code: 'onlyFor', rule: 'paused', mentors: 1 },
    ]);
    expect(explain({ mentees, mentors: mentors(1), broken: [['paused', 'siblings']] })).toEqual([
      { code: 'ruledOut', rule: 'siblings', mentors: 1, of: 1 },
    ]);
  });
  it('reads that no goal or no language was named', () => {
    const broken: HardRule[][] = [
      ['noSharedLanguage', 'noGoalCovered'],
      ['noSharedLanguage', 'noGoalCovered'],
    ];
    expect(explain({ mentees: [makeMentee('mentee', { languages: [] })], mentors: mentors(2), broken })).toEqual([
      { code: 'nobodyOffers', skills: [] },
      { code: 'nobodySpeaks', languages: [] },
    ]);
  });
  it('is explained without any mentor, and with nobody but the person', () => {
    const mentees = [makeMentee('mentee', { goals: [goal('AI')] })];
    expect(explain({ mentees, mentors: [] })).toEqual([{ code: 'nobodyOffers', skills: ['AI'] }]);
    expect(explain({ mentees, mentors: [makeMentor('mentee')], broken: [['samePerson']] })).toEqual([
      { code: 'nobodyOffers', skills: ['AI'] },
    ]);
    expect(explain({ mentors: [] })).toEqual([{ code: 'nobodySpeaks', languages: ['en'] }]);
  });
});

/** Whether a reason is so, counted anew from the rules of all pairs. */
function isTrue(scores: CohortScores, i: number, reason: UnmatchedReason): boolean {
  const mentee = scores.mentees[i]!;
  const key = (text: string): string => text.trim().toLowerCase();
  const columns = scores.mentors.map((mentor, j) => ({ mentor, broken: scores.brokenRules(i, j) }));
  const atHand = columns.filter(
    ({ mentor, broken }) => !mentor.isPaused && !broken.includes('notTrained') && !broken.includes('samePerson'),
  );
  const speaks = (languages: readonly string[], tag: string): boolean => languages.map(key).includes(key(tag));
  const covers = (column: (typeof columns)[number], skill: string): boolean => {
    const wanted = mentee.goals.find((other) => key(other.skill) === key(skill))!;
    return column.mentor.skills.some((known) => key(known.skill) === key(skill) && known.level >= wanted.level);
  };
  switch (reason.code) {
    case 'allTaken':
      return columns.filter(({ broken }) => broken.length === 0).length === reason.mentors;
    case 'nobodyOffers':
      return (
        (reason.skills.length > 0 || mentee.goals.length === 0) &&
        !reason.skills.some((skill) => atHand.some((column) => covers(column, skill)))
      );
    case 'nobodySpeaks':
      return (
        reason.languages.length === mentee.languages.length &&
        !atHand.some(({ mentor }) => reason.languages.some((tag) => speaks(mentor.languages, tag)))
      );
    case 'onlyFor': {
      // The pause of the person is not one of the mentors'.
      const only = mentee.isPaused ? atHand : columns;
      return only.filter(({ broken }) => broken.length === 1 && broken[0] === reason.rule).length === reason.mentors;
    }
    case 'ruledOut': {
      const others = columns.filter(({ broken }) => !broken.includes('samePerson'));
      const judged = atHand.length > 0 ? atHand : others;
      const keptAway = judged.filter(({ broken }) => broken.includes(reason.rule)).length;
      // A low score that follows from something else is not counted.
      const isCount = reason.rule === 'minimumScore' ? keptAway >= reason.mentors : keptAway === reason.mentors;
      return isCount && judged.length === reason.of && reason.mentors > 0;
    }
    case 'everyoneWho': {
      const passing = atHand
        .filter(({ broken }) => !broken.includes(reason.passes))
        .filter((column) => {
          if (reason.values.length === 0) return true;
          return reason.values.some((value) =>
            reason.passes === 'noSharedLanguage' ? speaks(column.mentor.languages, value) : covers(column, value),
          );
        });
      const isValued = reason.passes === 'noSharedLanguage' || reason.passes === 'noGoalCovered';
      return (
        passing.length === reason.mentors &&
        reason.mentors > 0 &&
        passing.every(({ broken }) => broken.includes(reason.breaks)) &&
        reason.values.length > 0 === isValued
      );
    }
  }
}

describe('in whole cohorts', () => {
  it('every reason is so, there is always one, and never more than four', () => {
    const codes = new Set<string>();
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(1, 4, 8),
        fc.boolean(),
        (seed, mentors, skills, isStrict) => {
          const rules = isStrict ? { minimumOverlap: 400, minimumScore: 500_000, otherDepartment: true } : {};
          const settings = settingsFor('reverse', { rules });
          const scores = judgeCohort(makeCohort({ mentees: 5, mentors, seed, skills, settings }));
          scores.mentees.forEach((_, i) => {
            const reasons = explainUnmatched(scores, i, ALL_TAKEN);
            expect(reasons.length).toBeGreaterThan(0);
            expect(reasons.length).toBeLessThanOrEqual(4);
            for (const reason of reasons) {
              codes.add(reason.code);
              expect(isTrue(scores, i, reason), JSON.stringify(reason)).toBe(true);
            }
          });
        },
      ),
      { seed: 3, numRuns: 150 },
    );
    expect([...codes].sort()).toEqual([
      'allTaken',
      'everyoneWho',
      'nobodyOffers',
      'nobodySpeaks',
      'onlyFor',
      'ruledOut',
    ]);
  });
  it('whatever rules are broken, every reason is so', () => {
    const rules = fc.subarray([...HARD_RULES].filter((rule) => rule !== 'samePerson' && rule !== 'paused'));
    fc.assert(
      fc.property(fc.array(rules, { minLength: 1, maxLength: 8 }), (broken) => {
        const scores = makeScores({
          mentors: broken.map((own, j) =>
            makeMentor(`m${j}`, {
              isTrained: !own.includes('notTrained'),
              languages: own.includes('noSharedLanguage') ? ['it'] : ['en'],
              skills: own.includes('noGoalCovered') ? [] : [{ skill: 'AI', level: 3 }],
            }),
          ),
          mentees: [makeMentee('mentee', { goals: [goal('ai')] })],
          broken,
        });
        const reasons = explainUnmatched(scores, 0, ALL_TAKEN);
        expect(reasons.length).toBeGreaterThan(0);
        for (const reason of reasons) expect(isTrue(scores, 0, reason), JSON.stringify(reason)).toBe(true);
      }),
      { seed: 4, numRuns: 2_000 },
    );
  });
  it('asks about 20,000 mentors once, and never about a pair', () => {
    const rules = HARD_RULES.filter((rule) => !['samePerson', 'paused', 'notTrained'].includes(rule));
    const skills = Array.from({ length: 6 }, (_, k) => ({ skill: `skill ${k}`, level: 2 }));
    const scores = makeScores({
      mentors: Array.from({ length: 20_000 }, (_, j) => makeMentor(`m${j}`, { skills })),
      mentees: [makeMentee('mentee', { goals: [goal('AI'), goal('Drones'), goal('SKILL 5', 2)] })],
      broken: Array.from({ length: 20_000 }, (_, j) => [rules[j % 10]!, rules[(j * 7 + 1) % 10]!]),
    });
    const asked = { rows: 0, pairs: 0 };
    const count = <A extends unknown[], R>(kind: keyof typeof asked, ask: (...args: A) => R): ((...args: A) => R) => {
      return (...args) => {
        asked[kind]++;
        return ask(...args);
      };
    };
    const counted: CohortScores = {
      ...scores,
      fillBroken: count('rows', scores.fillBroken),
      brokenRules: count('pairs', scores.brokenRules),
      partsOf: count('pairs', scores.partsOf),
      overlapOf: count('pairs', scores.overlapOf),
    };
    expect(explainUnmatched(counted, 0, ALL_TAKEN).length).toBeGreaterThan(0);
    expect(asked).toEqual({ rows: 1, pairs: 0 });
  });
});
