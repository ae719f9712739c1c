import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person, PersonId } from '../../../../server/domain/people/person.ts';
import { topicsOfSkills } from '../../../../server/domain/people/profile-topics.ts';
import {
  areSiblings,
  isInReportingLine,
  managersAbove,
  seniority,
} from '../../../../server/domain/people/reporting-line.ts';
import { rosterChanges, type RosterChange } from '../../../../server/domain/people/roster-changes.ts';

const id = (text: string): PersonId => text as PersonId;
const person = (personId: string, managerId: string | null, department: string | null = 'Sales'): Person => ({
  personId: id(personId),
  displayName: personId,
  mail: `${personId}@example.com`,
  jobTitle: null,
  department,
  officeLocation: null,
  country: null,
  preferredLanguage: null,
  accountEnabled: true,
  isGuest: false,
  managerId: managerId === null ? null : id(managerId),
});
const change = (...args: Parameters<typeof person>): RosterChange => ({ kind: 'person', person: person(...args) });

describe('the reporting line', () => {
  const tree: Record<string, string | null> = {
    ceo: null,
    chief: 'ceo',
    other: 'ceo',
    staff: 'chief',
    peer: 'chief',
    a: 'b',
    b: 'a',
    self: 'self',
  };
  const managerOf = (who: PersonId): PersonId | null => (tree[who] as PersonId | null) ?? null;
  it.each([
    ['ceo', 'staff', true],
    ['staff', 'ceo', true],
    ['other', 'staff', false],
    ['staff', 'peer', false],
    ['staff', 'staff', false],
    ['a', 'b', true],
    ['self', 'staff', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(isInReportingLine(id(a), id(b), managerOf)).toBe(expected);
  });
  it('knows siblings, but not by being one’s own manager', () => {
    expect(areSiblings(id('staff'), id('peer'), managerOf)).toBe(true);
    expect(areSiblings(id('staff'), id('other'), managerOf)).toBe(false);
    expect(areSiblings(id('ceo'), id('stranger'), managerOf)).toBe(false);
    expect(areSiblings(id('self'), id('self'), managerOf)).toBe(false);
  });
  it('counts managers above', () => {
    expect([
      seniority(id('ceo'), managerOf),
      seniority(id('chief'), managerOf),
      seniority(id('staff'), managerOf),
    ]).toEqual([0, 1, 2]);
  });
  it('ends in every directory, however broken', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(9)), { minLength: 10, maxLength: 10 }), (managers) => {
        const of = (who: PersonId): PersonId | null => {
          const manager = managers[Number(who)];
          return manager === null || manager === undefined ? null : id(String(manager));
        };
        for (let i = 0; i < 10; i++) {
          const above = managersAbove(id(String(i)), of);
          expect(new Set([...above, String(i)]).size).toBe(above.length + 1);
        }
      }),
      { seed: 5 },
    );
  });
});

describe('rosterChanges', () => {
  const full = [
    change('ceo', null),
    change('chief', 'ceo'),
    change('mentor', 'lead', 'IT'),
    change('lead', 'chief', 'IT'),
    change('someone', 'lead', 'IT'),
    change('nobody', null, null),
    change('mailbox', null),
  ];
  it('keeps the wanted and the chains above them, and counts the others per department', () => {
    const plan = rosterChanges({
      changes: full,
      known: new Map(),
      wanted: new Set([id('mentor')]),
      wantedMails: ['Mailbox@example.com'],
      isFull: true,
    });
    expect(plan.keep.map(({ personId }) => personId)).toEqual(['ceo', 'chief', 'mentor', 'lead', 'mailbox']);
    expect([...plan.countsByDepartment]).toEqual([
      ['IT', 1],
      ['', 1],
    ]);
    expect(plan.missesManager).toBe(false);
  });
  it('survives circles, orphans and people entered as their own manager', () => {
    const changes = [change('a', 'b'), change('b', 'a'), change('self', 'self'), change('orphan', 'gone')];
    const plan = rosterChanges({
      changes,
      known: new Map(),
      wanted: new Set(['a', 'self', 'orphan'].map(id)),
      isFull: true,
    });
    expect(plan.keep).toHaveLength(4);
    expect(plan.missesManager).toBe(true);
  });
  it('in a delta keeps known people and asks for a full round when a new manager is unknown', () => {
    const known = new Map([
      [id('mentor'), person('mentor', 'lead')],
      [id('lead'), person('lead', null)],
    ]);
    const moved = rosterChanges({
      changes: [change('mentor', 'newcomer')],
      known,
      wanted: new Set([id('mentor')]),
      isFull: false,
    });
    expect(moved.missesManager).toBe(true);
    const named = rosterChanges({
      changes: [change('mentor', 'newcomer'), change('newcomer', 'lead')],
      known,
      wanted: new Set([id('mentor')]),
      isFull: false,
    });
    expect(named).toMatchObject({ missesManager: false });
    expect(named.keep.map(({ personId }) => personId)).toEqual(['mentor', 'newcomer']);
  });
  it('takes only a removal for a removal, and the last word of a round (F11)', () => {
    const known = new Map([
      [id('mentor'), person('mentor', null)],
      [id('absent'), person('absent', null)],
    ]);
    const removed: RosterChange = { kind: 'removed', personId: id('mentor') };
    const plan = rosterChanges({
      changes: [removed, { kind: 'removed', personId: id('stranger') }],
      known,
      wanted: new Set([id('mentor')]),
      isFull: true,
    });
    expect(plan).toMatchObject({ keep: [], removed: ['mentor'], missesManager: false });
    const back = rosterChanges({
      changes: [removed, change('mentor', null)],
      known,
      wanted: new Set([id('mentor')]),
      isFull: false,
    });
    expect(back).toMatchObject({ removed: [], keep: [{ personId: 'mentor' }] });
  });
  it('takes a company of 50,000', () => {
    const changes = Array.from({ length: 50_000 }, (_, i) =>
      change(String(i), i === 0 ? null : String(Math.floor((i - 1) / 8))),
    );
    const wanted = new Set(Array.from({ length: 300 }, (_, i) => id(String(49_999 - i * 7))));
    const plan = rosterChanges({ changes, known: new Map(), wanted, isFull: true });
    const counted = [...plan.countsByDepartment.values()].reduce((a, b) => a + b, 0);
    expect(plan.keep.length + counted).toBe(50_000);
    expect(plan.keep.length).toBeGreaterThan(300);
  });
});

describe('topicsOfSkills', () => {
  it('knows free text, in its order, each topic once', () => {
    expect(
      topicsOfSkills([
        'Generative AI',
        'Short video',
        'Origami',
        'GenAI',
        'Prompt writing (advanced)',
        'E-commerce trends',
      ]),
    ).toEqual(['generative-ai', 'short-video', 'prompt-practice', 'digital-customers']);
  });
  it('takes the longer meaning and whole words only', () => {
    expect(topicsOfSkills(['Social media marketing'])).toEqual(['brand-on-social-media']);
    expect(topicsOfSkills(['Inkscape', 'Promptness', 'Therapist', ''])).toEqual([]);
  });
});
