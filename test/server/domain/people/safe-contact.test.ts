import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../../server/domain/people/person.ts';
import { judgeSafeContact } from '../../../../server/domain/people/safe-contact.ts';
import { isLow, isPulse } from '../../../../server/domain/sessions/pulse.ts';

const id = (name: string): PersonId => name as PersonId;
/** chief -> lead -> mentee -> report -> mentor; an ombudsperson outside; two who are each other's manager. */
const MANAGERS: Record<string, string> = {
  lead: 'chief',
  mentee: 'lead',
  report: 'mentee',
  mentor: 'report',
  colleague: 'lead',
  one: 'two',
  two: 'one',
};
const judge = (contactId: string | null, participants = ['mentee', 'mentor'], isGone = false) =>
  judgeSafeContact({
    contactId: contactId === null ? null : id(contactId),
    isGone,
    participants: participants.map(id),
    managerOf: (person) => (MANAGERS[person] === undefined ? null : id(MANAGERS[person])),
  });

describe('judgeSafeContact', () => {
  it.each<[string | null, string | null, string[]]>([
    [null, 'none', []],
    ['mentee', 'participant', []],
    ['chief', 'inLine', ['mentee', 'mentor']],
    ['lead', 'inLine', ['mentee', 'mentor']],
    ['report', 'inLine', ['mentee', 'mentor']],
    ['colleague', null, []],
    ['ombudsperson', null, []],
    ['one', null, []],
  ])('%s: %s', (contact, problem, people) => {
    expect(judge(contact)).toEqual({ problem, people });
  });
  it('looks at the account first, and survives a circle', () => {
    expect(judge('ombudsperson', ['mentee'], true)).toEqual({ problem: 'gone', people: [] });
    expect(judge('one', ['two'])).toEqual({ problem: 'inLine', people: ['two'] });
  });
});

it('asks the pulse after sessions 2 and 4', () => {
  expect([1, 2, 3, 4, 5, 6, 22].filter(isPulse)).toEqual([2, 4]);
});

it('shows the ways after a 1 or 2, and after nothing else', () => {
  expect([null, 1, 2, 3, 4, 5].filter(isLow)).toEqual([1, 2]);
});
