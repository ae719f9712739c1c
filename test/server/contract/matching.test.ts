import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatchingFault } from '../../../server/contract/find-matching-faults.ts';
import { MOST } from '../../../server/contract/matching-fields.ts';
import { CRITERIA, MODES, RULES, STYLE_TRAITS, WEEKDAYS } from '../../../server/contract/matching-input.ts';
import { parseMatching } from '../../../server/contract/matching.ts';
import * as profile from '../../../server/domain/matching/profile.ts';
import * as settings from '../../../server/domain/matching/settings.ts';
import * as person from '../../../server/domain/people/person.ts';
import { parseZone } from '../../../server/domain/time/zones.ts';

const read = (input: unknown) => parseMatching(input, parseZone);

function valueOf(input: unknown) {
  const result = read(input);
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return result.value;
}

function faultsOf(input: unknown): MatchingFault[] {
  const result = read(input);
  return 'faults' in result ? result.faults : [];
}

const SMALL = {
  program: { from: '2026-09-07' },
  mentees: [{ id: 'chief' }, { id: 'head' }],
  mentors: [{ id: 'ada' }, { id: 'ben' }],
};
const withProgram = (change: object) => ({ ...SMALL, program: { ...SMALL.program, ...change } });
const withMentee = (change: object) => ({ ...SMALL, mentees: [{ id: 'chief', ...change }, { id: 'head' }] });
const withMentor = (change: object) => ({ ...SMALL, mentors: [{ id: 'ada', ...change }, { id: 'ben' }] });
const withEntry = (change: object) => ({ ...SMALL, organization: [{ id: 'chief' }, change] });

describe('the lists that the contract repeats', () => {
  it('are those of the domain', () => {
    expect(MODES).toEqual(settings.MODES);
    expect(CRITERIA).toEqual(settings.CRITERIA);
    expect(RULES).toEqual(Object.keys(settings.DEFAULT_RULES));
    expect(STYLE_TRAITS).toEqual(profile.STYLE_TRAITS);
    expect(WEEKDAYS).toEqual(person.WEEKDAYS);
  });

  it('allow every default of the domain', () => {
    for (const mode of MODES) {
      const { weights, rules, styleSigns } = settings.settingsFor(mode);
      expect(valueOf(withProgram({ mode, weights, rules, styleSigns })).program).toMatchObject({ weights, rules });
    }
  });
});

describe('what may be given besides', () => {
  it('is how many a mentor would want as a mentee, as both sides have the same fields', () => {
    expect(valueOf(withMentor({ wants: 2 })).mentors[0]).toMatchObject({ id: 'ada', capacity: 1 });
  });
});

describe('what may be left out', () => {
  it('is filled in', () => {
    const both = {
      goals: [],
      skills: [],
      interests: [],
      languages: [],
      style: null,
      timeZone: 'UTC',
      workingHours: null,
      pastPartners: [],
      paused: false,
    };
    expect(
      valueOf({
        ...SMALL,
        organization: [{ id: 'chief' }],
        mentees: [{ id: 'chief', goals: [{ skill: 'ai', level: 3 }] }],
        mentors: [{ id: 'ada', pastPartners: ['chief', { id: 'head' }] }],
      }),
    ).toEqual({
      program: { mode: 'reverse', from: '2026-09-07', weeks: 24, weights: {}, rules: {}, styleSigns: {} },
      organization: [{ id: 'chief', managerId: null, department: null, office: null, country: null, level: null }],
      mentees: [{ ...both, id: 'chief', wants: 1, goals: [{ skill: 'ai', level: 3, weight: 1 }] }],
      mentors: [
        {
          ...both,
          id: 'ada',
          capacity: 1,
          trained: true,
          motivation: null,
          pastPartners: [
            { id: 'chief', endedOn: null },
            { id: 'head', endedOn: null },
          ],
        },
      ],
      pinned: [],
      forbidden: [],
      departmentPartnerships: [],
    });
  });

  it('shares nothing between two people or two inputs', () => {
    const { mentees, mentors } = valueOf(SMALL);
    mentees[0]!.interests.push('chess');
    expect([...mentees.slice(1), ...mentors, ...valueOf(SMALL).mentees].flatMap(({ interests }) => interests)).toEqual(
      [],
    );
  });
});

describe('what is given', () => {
  it('is kept', () => {
    const workingHours = {
      monday: [
        ['09:00', '12:30'],
        ['12:30', '24:00'],
      ],
      sunday: [],
    };
    const given = {
      id: 'chief',
      wants: 2,
      goals: [{ skill: 'generative-ai', level: 5, weight: 10 }],
      skills: [{ skill: 'negotiation', level: 1 }],
      interests: ['chess'],
      languages: ['it', 'en'],
      style: { communication: 1, initiative: 5, structure: 3 },
      timeZone: 'Europe/Rome',
      workingHours,
      pastPartners: [{ id: 'gone', endedOn: '2024-02-29' }],
      paused: true,
    };
    expect(valueOf({ ...SMALL, mentees: [given] }).mentees).toEqual([given]);
  });

  it('takes work style as three numbers in their order', () => {
    expect(valueOf(withMentee({ style: [1, 5, 3] })).mentees[0]!.style).toEqual({
      communication: 1,
      initiative: 5,
      structure: 3,
    });
  });

  it('reads languages as what is spoken, each once', () => {
    expect(valueOf(withMentee({ languages: ['pt-BR', 'EN', 'en-GB', 'pt'] })).mentees[0]!.languages).toEqual([
      'pt',
      'en',
    ]);
  });

  it('reads names as one line, and empty ones as none', () => {
    const entry = { id: 'x', managerId: '', department: ' Sales\tand\u00a0 Trade\n', office: '', country: '  ' };
    expect(valueOf(withEntry(entry)).organization[1]).toEqual({
      id: 'x',
      managerId: null,
      department: 'Sales and Trade',
      office: null,
      country: null,
      level: null,
    });
  });

  it('gives zones their name of today', () => {
    expect(valueOf(withMentee({ timeZone: 'europe/kiev' })).mentees[0]!.timeZone).toBe('Europe/Kyiv');
  });

  it('may be a circle of managers, an unknown manager, or people whom the directory does not know', () => {
    const organization = [
      { id: 'a', managerId: 'b' },
      { id: 'b', managerId: 'a' },
      { id: 'c', managerId: 'c' },
      { id: 'd', managerId: 'nobody' },
    ];
    expect(valueOf({ ...SMALL, organization }).organization.map(({ managerId }) => managerId)).toEqual([
      'b',
      'a',
      'c',
      'nobody',
    ]);
  });

  it('may be an id that JavaScript has a use for', () => {
    const ids = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const people = ids.map((id) => ({ id }));
    const pinned = ids.map((id) => [id, id]);
    expect(valueOf({ ...SMALL, mentees: people, mentors: people, organization: people, pinned }).pinned).toEqual(
      pinned,
    );
  });

  it('may be the same person on both sides', () => {
    expect(valueOf({ ...SMALL, mentors: SMALL.mentees }).mentors).toHaveLength(2);
  });
});

describe('limits', () => {
  const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
  it.each<[string, unknown, string, number]>([
    ['organization', { ...SMALL, organization: many(MOST.organization + 1, 0) }, 'organization', MOST.organization],
    ['mentees', { ...SMALL, mentees: many(MOST.people + 1, 0) }, 'mentees', MOST.people],
    ['mentors', { ...SMALL, mentors: many(1_000_000, 0) }, 'mentors', MOST.people],
    ['pins', { ...SMALL, pinned: many(MOST.pinned + 1, 0) }, 'pinned', MOST.pinned],
    ['goals', withMentee({ goals: many(1_000_000, 0) }), 'mentees.0.goals', MOST.goals],
    ['skills', withMentor({ skills: many(MOST.skills + 1, 0) }), 'mentors.0.skills', MOST.skills],
    ['past partners', withMentor({ pastPartners: many(201, 'x') }), 'mentors.0.pastPartners', MOST.pastPartners],
    ['periods', withMentor({ workingHours: { monday: many(11, 0) } }), 'mentors.0.workingHours.monday', MOST.periods],
  ])('of %s', (_name, input, path, most) => {
    expect(faultsOf(input)).toEqual([{ path, reason: `must not be longer than ${most}` }]);
  });

  it('takes as many as it says', () => {
    const people = Array.from({ length: MOST.people }, (_, i) => ({ id: `p${i}` }));
    const organization = Array.from({ length: MOST.organization }, (_, i) => ({
      id: `p${i}`,
      managerId: `p${i >> 3}`,
    }));
    const value = valueOf({ ...SMALL, mentees: people, mentors: people, organization });
    expect([value.mentees.length, value.organization.length]).toEqual([MOST.people, MOST.organization]);
  });

  it('names fifty faults at most, of shape, zones or sense', () => {
    const wrong = (item: (i: number) => object) => ({
      ...SMALL,
      mentees: Array.from({ length: 20_000 }, (_, i) => item(i)),
    });
    expect(faultsOf(wrong(() => ({})))).toHaveLength(50);
    expect(faultsOf(wrong((i) => ({ id: `p${i}`, timeZone: 'Nowhere' })))).toHaveLength(50);
    expect(faultsOf(wrong(() => ({ id: 'same' })))).toHaveLength(50);
    const keys = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, 0]));
    expect(faultsOf({ ...SMALL, ...keys })).toHaveLength(50);
  });
});

describe('whatever comes', () => {
  it('is read, or refused with a path and a reason that a terminal can show', () => {
    const anything = fc.anything({ withNullPrototype: false, withBigInt: false, key: fc.string({ unit: 'binary' }) });
    const json = anything.map((value) => JSON.parse(JSON.stringify(value) ?? 'null') as unknown);
    const input = fc.oneof(
      json,
      fc.record(
        { program: json, mentees: fc.array(json), mentors: fc.array(json), pinned: json },
        { requiredKeys: [] },
      ),
      fc
        .dictionary(fc.constantFrom('goals', 'style', 'workingHours', 'pastPartners', 'languages', 'timeZone'), json)
        .map(withMentee),
    );
    fc.assert(
      fc.property(input, (value) => {
        for (const { path, reason } of faultsOf(value)) {
          expect(path).not.toMatch(/^$|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          expect(reason).toMatch(/^(must|is) .+/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
