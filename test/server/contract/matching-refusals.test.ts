import { describe, expect, it } from 'vitest';
import { parseMatching } from '../../../server/contract/matching.ts';
import { parseZone } from '../../../server/domain/time/zones.ts';

const SMALL = {
  program: { from: '2026-09-07' },
  mentees: [{ id: 'chief' }, { id: 'head' }],
  mentors: [{ id: 'ada' }, { id: 'ben' }],
};

function expectFault(input: unknown, path: string, reason: string): void {
  const result = parseMatching(input, parseZone);
  const faults = 'faults' in result ? result.faults : [];
  expect(
    faults.map((fault) => ({ ...fault, reason: fault.reason.replace(/^(is not known here), only .*$/, '$1') })),
  ).toEqual([{ path, reason }]);
}

const UNKNOWN = 'is not known here';
const OBJECT = 'must be an object';
const LIST = 'must be a list';
const SWITCH = 'must be true or false';
const DAY = 'must be a day as YYYY-MM-DD, from 1970 to 2099';
const ID = 'must be an id of 1 to 200 characters, none of them invisible';
const ZONE = 'must be an IANA time zone such as Europe/Rome';
const PERIOD = 'must be [start, end] such as ["09:00", "17:00"], the start before the end, 24:00 at the latest';
const IN_ORDER = 'must be in order, none before the one before it ends';
const STYLE = 'must be null, {communication, initiative, structure}, or a list of these three';
const PAIR = 'must be [mentee, mentor], both by id';
const from = (least: number, most: number) => `must be a whole number from ${least} to ${most}`;
/** As it comes from a file: an own key of this name. */
const PROTO = JSON.parse('{"__proto__": {"wants": 2}}') as object;

type Row = [change: object, path: string, reason: string];

describe('refused of the whole', () => {
  it.each<[unknown, string, string]>([
    [[], 'input', OBJECT],
    [null, 'input', OBJECT],
    ['{}', 'input', OBJECT],
    [{ ...SMALL, program: undefined }, 'program', OBJECT],
    [{ ...SMALL, mentees: undefined }, 'mentees', LIST],
    [{ ...SMALL, mentors: { ada: {} } }, 'mentors', LIST],
    [{ ...SMALL, organization: null }, 'organization', LIST],
    [{ ...SMALL, pins: [] }, 'pins', UNKNOWN],
    [{ ...SMALL, '': 1 }, '""', UNKNOWN],
    [{ ...SMALL, mentees: [null] }, 'mentees.0', OBJECT],
    [{ ...SMALL, mentees: ['ada'] }, 'mentees.0', OBJECT],
    [{ ...SMALL, mentees: [[]] }, 'mentees.0', OBJECT],
    [{ ...SMALL, mentees: [{ id: 'a' }, { id: 'a' }] }, 'mentees.1.id', 'is the same as mentees.0.id'],
    [{ ...SMALL, mentors: [{ id: 'a' }, { id: 'a' }] }, 'mentors.1.id', 'is the same as mentors.0.id'],
    [{ ...SMALL, departmentPartnerships: [['IT']] }, 'departmentPartnerships.0', 'must be [department, department]'],
    [
      { ...SMALL, departmentPartnerships: [['IT', '']] },
      'departmentPartnerships.0',
      'must be [department, department]',
    ],
    [{ ...SMALL, departmentPartnerships: [['IT', 'IT ']] }, 'departmentPartnerships.0', 'must be two departments'],
  ])('%j', expectFault);
});

describe('refused of the program', () => {
  it.each<Row>([
    [{ from: undefined }, 'from', DAY],
    [{ from: '2026-02-29' }, 'from', DAY],
    [{ from: '2026-13-01' }, 'from', DAY],
    [{ from: '2026-2-1' }, 'from', DAY],
    [{ from: '2026-02-01T00:00:00Z' }, 'from', DAY],
    [{ from: '9999-12-31' }, 'from', DAY],
    [{ from: 20260201 }, 'from', DAY],
    [{ weeks: 1.5 }, 'weeks', from(1, 104)],
    [{ weeks: 0 }, 'weeks', from(1, 104)],
    [{ weeks: '24' }, 'weeks', from(1, 104)],
    [{ mode: 'toString' }, 'mode', 'must be one of reverse, traditional, reciprocal, crossFunctional'],
    [{ weights: { age: 1 } }, 'weights.age', UNKNOWN],
    [{ weights: { goals: '1' } }, 'weights.goals', from(0, 1_000_000)],
    [{ weights: { goals: -1 } }, 'weights.goals', from(0, 1_000_000)],
    [{ weights: { pastPair: 1e7 } }, 'weights.pastPair', from(0, 1_000_000)],
    [{ weights: [1] }, 'weights', OBJECT],
    [{ rules: { age: true } }, 'rules.age', UNKNOWN],
    [{ rules: { siblings: 1 } }, 'rules.siblings', SWITCH],
    [{ rules: { seniorityGap: 1e308 } }, 'rules.seniorityGap', `${from(-100, 100)}, or null`],
    [{ rules: { minimumScore: null } }, 'rules.minimumScore', from(0, 1_000_000)],
    [{ rules: { minimumOverlap: 1_441 } }, 'rules.minimumOverlap', from(0, 1_440)],
    [{ rules: { pastPairMonths: -1 } }, 'rules.pastPairMonths', from(0, 120)],
    [{ styleSigns: { structure: 2 } }, 'styleSigns.structure', from(-1, 1)],
    [{ styleSigns: { age: 1 } }, 'styleSigns.age', UNKNOWN],
  ])('%j', (change, path, reason) => {
    expectFault({ ...SMALL, program: { ...SMALL.program, ...change } }, `program.${path}`, reason);
  });
});

describe('refused of a mentee', () => {
  it.each<Row>([
    [{ id: undefined }, 'id', ID],
    [{ id: ' ' }, 'id', ID],
    [{ id: 7 }, 'id', ID],
    [{ id: 'a'.repeat(201) }, 'id', ID],
    [{ id: 'a\u202eb' }, 'id', ID],
    [{ id: 'a\nb' }, 'id', ID],
    [{ id: 'a\u200bb' }, 'id', ID],
    [{ id: 'a\ud800' }, 'id', ID],
    [PROTO, '__proto__', UNKNOWN],
    [{ 'a\u202eb': 1 }, 'a\\u{202e}b', UNKNOWN],
    [{ capacity: 1 }, 'capacity', UNKNOWN],
    [{ wants: 3 }, 'wants', from(1, 2)],
    [{ wants: null }, 'wants', from(1, 2)],
    [{ paused: 0 }, 'paused', SWITCH],
    [{ goals: { skill: 'ai', level: 3 } }, 'goals', LIST],
    [{ goals: [{ skill: 'ai' }] }, 'goals.0.level', from(1, 5)],
    [{ goals: [{ skill: 'ai', level: 6 }] }, 'goals.0.level', from(1, 5)],
    [{ goals: [{ skill: 'ai', level: 5, weight: 11 }] }, 'goals.0.weight', from(1, 10)],
    [{ goals: [{ skill: '\n', level: 5 }] }, 'goals.0.skill', 'must be a text of 1 to 200 characters'],
    [
      { goals: ['AI', ' ai'].map((skill) => ({ skill, level: 1 })) },
      'goals.1.skill',
      'is the same as mentees.0.goals.0.skill',
    ],
    [{ interests: [''] }, 'interests.0', 'must be a text of 1 to 200 characters'],
    [{ languages: 'en' }, 'languages', LIST],
    [{ languages: ['Portuguese'] }, 'languages.0', 'must be a language tag such as en or pt-BR'],
    [{ style: 'calm' }, 'style', STYLE],
    [{ style: [1, 2] }, 'style', STYLE],
    [{ style: [1, 2, 6] }, 'style.2', from(1, 5)],
    [{ style: { communication: 1, initiative: 2 } }, 'style.structure', from(1, 5)],
    [{ style: { communication: 1, initiative: 2, structure: 3, age: 4 } }, 'style.age', UNKNOWN],
    [{ timeZone: 'W. Europe Standard Time' }, 'timeZone', ZONE],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone', ZONE],
    [{ timeZone: '+01:00' }, 'timeZone', ZONE],
    [{ timeZone: '' }, 'timeZone', ZONE],
    [{ timeZone: 1 }, 'timeZone', 'must be the name of a time zone'],
    [{ workingHours: [] }, 'workingHours', 'must be an object, or null'],
    [{ workingHours: { Monday: [] } }, 'workingHours.Monday', UNKNOWN],
    [{ workingHours: { monday: null } }, 'workingHours.monday', LIST],
    [{ workingHours: { monday: ['09:00'] } }, 'workingHours.monday.0', PERIOD],
    [{ workingHours: { monday: [['22:00', '06:00']] } }, 'workingHours.monday.0', PERIOD],
    [{ workingHours: { monday: [['09:00', '09:00']] } }, 'workingHours.monday.0', PERIOD],
    [{ workingHours: { monday: [['09:00', '25:00']] } }, 'workingHours.monday.0', PERIOD],
    [{ workingHours: { monday: [['24:00', '24:00']] } }, 'workingHours.monday.0', PERIOD],
    [{ workingHours: { monday: [['9:00', '17:00']] } }, 'workingHours.monday.0', PERIOD],
    [{ workingHours: { monday: [['09:00', '17:00', '18:00']] } }, 'workingHours.monday.0', PERIOD],
    [
      {
        workingHours: {
          monday: [
            ['13:00', '17:00'],
            ['09:00', '12:00'],
          ],
        },
      },
      'workingHours.monday',
      IN_ORDER,
    ],
    [
      {
        workingHours: {
          friday: [
            ['09:00', '12:00'],
            ['11:59', '13:00'],
          ],
        },
      },
      'workingHours.friday',
      IN_ORDER,
    ],
    [{ pastPartners: [7] }, 'pastPartners.0', 'must be an id, or {id, endedOn}'],
    [{ pastPartners: [''] }, 'pastPartners.0.id', ID],
    [{ pastPartners: [{ id: 'a', endedOn: 'never' }] }, 'pastPartners.0.endedOn', `${DAY}, or null`],
  ])('%j', (change, path, reason) => {
    expectFault({ ...SMALL, mentees: [{ id: 'chief', ...change }] }, `mentees.0.${path}`, reason);
  });
});

describe('refused of a mentor', () => {
  it.each<Row>([
    [{ wants: 0 }, 'wants', from(1, 2)],
    [{ perspectives: [] }, 'perspectives', UNKNOWN],
    [{ capacity: 4 }, 'capacity', from(1, 3)],
    [{ capacity: 0 }, 'capacity', from(1, 3)],
    [{ trained: 'yes' }, 'trained', SWITCH],
    [{ motivation: 5 }, 'motivation', 'must be a text of at most 2000 characters, or null'],
    [{ motivation: 'a'.repeat(2_001) }, 'motivation', 'must be a text of at most 2000 characters, or null'],
    [{ skills: 'ai' }, 'skills', LIST],
    [{ skills: [{ skill: 'ai', level: 5, weight: 1 }] }, 'skills.0.weight', UNKNOWN],
    [
      { skills: ['ai', 'ai'].map((skill) => ({ skill, level: 1 })) },
      'skills.1.skill',
      'is the same as mentors.0.skills.0.skill',
    ],
    [{ timeZone: 'Nowhere' }, 'timeZone', ZONE],
  ])('%j', (change, path, reason) => {
    expectFault({ ...SMALL, mentors: [{ id: 'ada', ...change }] }, `mentors.0.${path}`, reason);
  });
});

describe('refused of the directory', () => {
  it.each<Row>([
    [{ id: 'chief' }, 'id', 'is the same as organization.0.id'],
    [{ managerId: 5 }, 'managerId', `${ID}, or null`],
    [{ department: 5 }, 'department', 'must be a text of at most 200 characters, or null'],
    [{ level: 0.5 }, 'level', `${from(0, 100)}, or null`],
    [{ age: 50 }, 'age', UNKNOWN],
  ])('%j', (change, path, reason) => {
    expectFault(
      { ...SMALL, organization: [{ id: 'chief' }, { id: 'x', ...change }] },
      `organization.1.${path}`,
      reason,
    );
  });
});

describe('refused of pins and forbidden pairs', () => {
  it.each<Row>([
    [{ pinned: [['chief']] }, 'pinned.0', PAIR],
    [{ pinned: [[0, 1]] }, 'pinned.0', PAIR],
    [{ pinned: [{ mentee: 'chief', mentor: 'ada' }] }, 'pinned.0', PAIR],
    [{ pinned: [['x', 'ada']] }, 'pinned.0.0', 'must be the id of a mentee'],
    [{ pinned: [['chief', 'head']] }, 'pinned.0.1', 'must be the id of a mentor'],
    [
      {
        pinned: [
          ['chief', 'ada'],
          ['chief', 'ada'],
        ],
      },
      'pinned.1',
      'is the same as pinned.0',
    ],
    [
      {
        pinned: [
          ['chief', 'ada'],
          ['chief', 'ben'],
        ],
      },
      'pinned.1.0',
      'is pinned more often than wanted: 1',
    ],
    [
      {
        pinned: [
          ['chief', 'ada'],
          ['head', 'ada'],
        ],
      },
      'pinned.1.1',
      'is pinned beyond the capacity: 1',
    ],
    [{ forbidden: [['chief', 'x']] }, 'forbidden.0.1', 'must be the id of a mentor'],
    [{ pinned: [['chief', 'ada']], forbidden: [['chief', 'ada']] }, 'forbidden.0', 'must not be pinned too: pinned.0'],
  ])('%j', (change, path, reason) => {
    expectFault({ ...SMALL, ...change }, path, reason);
  });
});

describe('refused together', () => {
  it('is everything that is wrong by itself', () => {
    const result = parseMatching(
      {
        ...SMALL,
        organization: [{ id: 'x', level: -1 }],
        mentees: [{ id: 'chief', wants: 3, paused: 'no', timeZone: 'Nowhere' }],
        mentors: [{ id: 'ada', timeZone: 'Nowhere' }, { age: 1 }],
        pinned: ['chief'],
      },
      parseZone,
    );
    expect('faults' in result && result.faults.map(({ path }) => path).sort()).toEqual([
      'mentees.0.paused',
      'mentees.0.wants',
      'mentors.0.timeZone',
      'mentors.1.age',
      'mentors.1.id',
      'organization.0.level',
      'pinned.0',
    ]);
  });
});
