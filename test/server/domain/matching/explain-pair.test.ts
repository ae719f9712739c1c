import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePrice } from '../../../../server/domain/matching/describe-price.ts';
import { explainPair, reasonsForSide } from '../../../../server/domain/matching/explain-pair.ts';
import { judgeCohort } from '../../../../server/domain/matching/judge-cohort.ts';
import type { OrganizationEntry } from '../../../../server/domain/matching/profile.ts';
import { makeCohort } from './make-cohort.ts';
import { makeMentee, makeMentor, makeScores } from './make-scores.ts';

const entry = (id: string, change: Partial<OrganizationEntry>): OrganizationEntry => ({
  id,
  managerId: null,
  department: null,
  office: null,
  country: null,
  level: null,
  ...change,
});
const mentee = makeMentee('mentee', {
  goals: [
    { skill: 'generative-ai', level: 3, weight: 2 },
    { skill: 'Drones', level: 2, weight: 1 },
    { skill: 'generative-ai', level: 1, weight: 1 },
    { skill: 'short-video', level: 5, weight: 1 },
  ],
  languages: ['pl', 'EN', 'en'],
  interests: ['Chess', 'Cinema'],
});
const mentor = makeMentor('mentor', {
  skills: [
    { skill: ' drones', level: 2 },
    { skill: 'generative-ai', level: 3 },
    { skill: 'short-video', level: 4 },
  ],
  languages: ['en'],
  interests: ['chess '],
});
const organization = [
  entry('mentee', { department: 'Sales', office: 'Milan', country: 'IT' }),
  entry('mentor', { department: 'IT', office: 'Warsaw', country: 'PL' }),
];
const PARTS = {
  goals: 300_000,
  overlap: 150_000,
  languages: 45_000,
  interests: 50_000,
  style: 400_000,
  department: 50_000,
  office: 25_000,
  country: 15_000,
  departmentPartnership: 60_000,
  motivation: 40_000,
};

describe('the reasons of a pair', () => {
  it('stand by what they give, equal ones in the order of the criteria; style is none', () => {
    const scores = makeScores({
      mentees: [mentee],
      mentors: [mentor],
      parts: PARTS,
      organization,
      minutesPerWeek: 1_259,
    });
    expect(explainPair(scores, 0, 0)).toEqual([
      { code: 'goalsCovered', covered: ['generative-ai', 'Drones'], of: 3 },
      { code: 'overlapHours', hoursPerWeek: 20 },
      { code: 'departmentPartnership', department: 'IT', menteeDepartment: 'Sales' },
      { code: 'sharedInterests', interests: ['Chess'] },
      { code: 'otherDepartment', department: 'IT', menteeDepartment: 'Sales' },
      { code: 'sharedLanguages', languages: ['EN'] },
      { code: 'otherOffice', office: 'Warsaw', menteeOffice: 'Milan' },
      { code: 'otherCountry', country: 'PL', menteeCountry: 'IT' },
    ]);
  });
  it('leave out what gives nothing, and differences that the directory does not show', () => {
    const made = { mentees: [mentee], mentors: [mentor], minutesPerWeek: 1_200 };
    const withoutWeight = makeScores({ ...made, organization, parts: { languages: 1 } });
    expect(explainPair(withoutWeight, 0, 0).map(({ code }) => code)).toEqual(['sharedLanguages']);
    const halfKnown = [entry('mentee', { department: 'Sales', office: '' }), entry('mentor', { office: 'Warsaw' })];
    const codes = explainPair(makeScores({ ...made, organization: halfKnown, parts: PARTS }), 0, 0).map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['goalsCovered', 'overlapHours', 'sharedInterests', 'sharedLanguages']);
    expect(explainPair(makeScores({ ...made, organization: [], parts: PARTS }), 0, 0)).toHaveLength(4);
  });
  it('name the partner’s place to each side', () => {
    const scores = makeScores({ mentees: [mentee], mentors: [mentor], parts: PARTS, organization });
    const reasons = explainPair(scores, 0, 0);
    expect(reasonsForSide(reasons, 'mentee')).toEqual(reasons);
    const asMentor = JSON.stringify(reasonsForSide(reasons, 'mentor').map((reason) => Object.values(reason)[1]));
    expect(asMentor).toContain('Milan');
    expect(asMentor).not.toMatch(/Warsaw|"PL"/);
    expect(reasonsForSide(reasons, 'mentor').filter((reason) => 'department' in reason)).toMatchObject([
      { code: 'departmentPartnership', department: 'Sales' },
      { code: 'otherDepartment', department: 'Sales' },
    ]);
  });
  it('agree with the parts and the rules of a whole cohort', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const scores = judgeCohort(makeCohort({ mentees: 6, mentors: 8, seed }));
        scores.mentees.forEach((_, i) =>
          scores.mentors.forEach((_, j) => {
            const reasons = explainPair(scores, i, j);
            const parts = scores.partsOf(i, j);
            const codes = reasons.map(({ code }) => code);
            expect(new Set(codes).size).toBe(codes.length);
            expect(codes.includes('otherDepartment')).toBe(parts.department > 0);
            expect(codes.includes('otherOffice')).toBe(parts.office > 0);
            expect(codes.includes('otherCountry')).toBe(parts.country > 0);
            expect(codes.includes('departmentPartnership')).toBe(parts.departmentPartnership > 0);
            expect(codes.includes('sharedLanguages')).toBe(parts.languages > 0);
            expect(codes.includes('sharedInterests')).toBe(parts.interests > 0);
            const broken = scores.brokenRules(i, j);
            if (scores.settings.mode !== 'reciprocal')
              expect(codes.includes('goalsCovered')).toBe(!broken.includes('noGoalCovered'));
          }),
        );
      }),
      { seed: 1, numRuns: 40 },
    );
  });
});

describe('the price of an edit', () => {
  it('counts goals and first choices, and names who comes and goes', () => {
    const mentees = ['a', 'b'].map((id) => makeMentee(id, { goals: mentee.goals }));
    const mentors = [mentor, makeMentor('other')];
    const scores = makeScores({
      mentees,
      mentors,
      scores: [
        [900, 300],
        [800, 700],
      ],
    });
    const price = describePrice(scores, {
      seats: 0,
      worst: { before: 700, after: 300 },
      total: -500,
      lost: [
        [0, 0, 900],
        [1, 1, 700],
      ],
      gained: [
        [0, 1, 300],
        [1, 0, 800],
      ],
    });
    expect(price).toEqual({
      code: 'price',
      seats: 0,
      goals: 0,
      firstChoicesLost: 1,
      worstBefore: 700,
      worstAfter: 300,
      total: -500,
      gained: [
        { mentee: 'a', mentor: 'other' },
        { mentee: 'b', mentor: 'mentor' },
      ],
      lost: [
        { mentee: 'a', mentor: 'mentor' },
        { mentee: 'b', mentor: 'other' },
      ],
    });
    const ban = { seats: -1, worst: { before: 900, after: null }, total: -900, gained: [] };
    expect(describePrice(scores, { ...ban, lost: [[0, 0, 900]] })).toMatchObject({ goals: -2, firstChoicesLost: 1 });
    expect(describePrice(scores, { ...ban, lost: [[1, 1, 700]] })).toMatchObject({ goals: 0, firstChoicesLost: 0 });
  });
});
