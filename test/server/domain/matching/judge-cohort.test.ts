import { describe, expect, it } from 'vitest';
import { judgeCohort } from '../../../../server/domain/matching/judge-cohort.ts';
import { createPairJudge } from '../../../../server/domain/matching/judge-pair.ts';
import { rulesIn } from '../../../../server/domain/matching/rule-bits.ts';
import { CRITERIA, MODES, SCORE_MAX, settingsFor } from '../../../../server/domain/matching/settings.ts';
import { makeCohort } from './make-cohort.ts';
import { createPlainScore } from './plain-score.ts';

describe('judgeCohort', () => {
  it('gives the scores of the plain rules, whole rows at a time, in every mode', () => {
    const seen = { allowed: 0, refused: 0 };
    for (let seed = 1; seed <= 40; seed++) {
      const cohort = makeCohort({
        mentees: 12,
        mentors: 18,
        seed,
        skills: 14,
        settings: settingsFor(MODES[seed % 4]!),
      });
      const scores = judgeCohort(cohort);
      const plain = createPlainScore(cohort);
      const row = new Int32Array(scores.columns);
      // Twice, in another order: what one row leaves behind must not show in the next.
      for (const i of [...cohort.mentees.keys(), 3, 0]) {
        scores.fillRow(i, row);
        const expected = cohort.mentors.map((mentor) => plain(cohort.mentees[i]!, mentor));
        expect({ seed, i, row: [...row] }).toEqual({ seed, i, row: expected });
        for (const score of row) seen[score < 0 ? 'refused' : 'allowed']++;
      }
    }
    expect(seen.allowed).toBeGreaterThan(500);
    expect(seen.refused).toBeGreaterThan(1_000);
  });

  it('keeps the parts of each score, names a rule for each refusal, and does so with other settings', () => {
    for (let seed = 100; seed < 140; seed++) {
      const cohort = makeCohort({ mentees: 10, mentors: 14, seed });
      const scores = judgeCohort(cohort);
      const row = new Int32Array(scores.columns);
      const bits = new Int32Array(scores.columns).fill(-1);
      for (let i = 0; i < scores.rows; i++) {
        scores.fillRow(i, row);
        scores.fillBroken(i, bits);
        for (let j = 0; j < scores.columns; j++) {
          const parts = scores.partsOf(i, j);
          const sum = CRITERIA.reduce((total, name) => total + parts[name], 0);
          const broken = scores.brokenRules(i, j);
          expect({ seed, i, j, broken: rulesIn(bits[j]!) }).toEqual({ seed, i, j, broken });
          expect({ seed, i, j, score: row[j] }).toEqual({ seed, i, j, score: broken.length > 0 ? -1 : sum });
          expect(sum >= 0 && sum <= SCORE_MAX && Object.values(parts).every(Number.isInteger)).toBe(true);
        }
      }
    }
  });

  it('has every rule and every criterion decide somewhere', () => {
    const rules = new Set<string>();
    const criteria = new Set<string>();
    for (let seed = 1; seed <= 40; seed++) {
      const cohort = makeCohort({ mentees: 10, mentors: 14, seed });
      const scores = judgeCohort(cohort);
      for (let i = 0; i < scores.rows; i++)
        for (let j = 0; j < scores.columns; j++) {
          for (const rule of scores.brokenRules(i, j)) rules.add(rule);
          const parts = scores.partsOf(i, j);
          for (const name of CRITERIA) if (parts[name] !== 0) criteria.add(name);
        }
    }
    expect([...criteria].sort()).toEqual([...CRITERIA].sort());
    expect(rules.size).toBe(13);
  });

  it('survives a circle of managers, orphans, empty lists and a directory of 50,000', () => {
    const cohort = makeCohort({ mentees: 3, mentors: 3, seed: 7, settings: settingsFor('reverse') });
    const organization = new Map(cohort.organization);
    for (let k = 0; k < 50_000; k++)
      organization.set(`staff-${k}`, {
        id: `staff-${k}`,
        managerId: k % 1_000 === 0 ? (k === 0 ? 'staff-49000' : `staff-${k - 1_000}`) : `staff-${k - 1}`,
        department: null,
        office: null,
        country: null,
        level: null,
      });
    const judge = createPairJudge({ ...cohort, organization });
    expect(judge.organization.levelOf('staff-999')).toBe(999 + 49);
    expect(judge.organization.levelOf('staff-0')).toBe(49);
    const empty = {
      ...cohort,
      mentees: cohort.mentees.map((one) => ({ ...one, goals: [], skills: [], languages: [] })),
    };
    const row = new Int32Array(3);
    judgeCohort({ ...empty, organization }).fillRow(0, row);
    expect([...row]).toEqual([-1, -1, -1]);
  });
});

describe('settingsFor', () => {
  it('refuses weights that do not sum to the whole, and style beyond a tenth', () => {
    expect(() => settingsFor('reverse', { weights: { goals: 1 } })).toThrow(/weights: must sum to 1000000/);
    expect(() => settingsFor('reverse', { weights: { style: 110_000, goals: 400_000 } })).toThrow(/weights\.style/);
    for (const mode of MODES) expect(() => settingsFor(mode)).not.toThrow();
  });
});
