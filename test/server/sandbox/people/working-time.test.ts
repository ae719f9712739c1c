import { describe, expect, it } from 'vitest';
import {
  instantOf,
  isWorkingTime,
  nextWorkingInstant,
  wallTime,
} from '../../../../server/sandbox/people/working-time.ts';
import { seedCompany } from '../../../../server/sandbox/people/company.ts';
import type { SandboxPerson } from '../../../../server/sandbox/world.ts';
import { FROM, makeWorld } from './make-world.ts';

function person(zone: string, workingHours: SandboxPerson['mailbox']['workingHours']): SandboxPerson {
  const world = makeWorld(1);
  seedCompany(world, { people: 12, executives: 1, from: FROM, weeks: 1, programMailbox: 'inverso@contoso.example' });
  const [any] = [...world.people.values()] as [SandboxPerson];
  return { ...any, mailbox: { ...any.mailbox, zone, workingHours } };
}

describe('nextWorkingInstant', () => {
  const milan = person('Europe/Rome', { daysOfWeek: ['monday', 'tuesday', 'thursday'], start: '09:00', end: '17:00' });
  const at = (wall: string): number => instantOf(wall, 'Europe/Rome');

  it.each([
    ['at work', '2026-09-28T10:10', '2026-09-28T10:10'],
    ['before work', '2026-09-28T05:00', '2026-09-28T09:20'],
    ['after work', '2026-09-28T18:00', '2026-09-29T09:20'],
    ['on a free day', '2026-09-30T12:00', '2026-10-01T09:20'],
    ['over a weekend with a change of the clocks', '2026-10-22T20:00', '2026-10-26T09:20'],
  ])('%s', (_when, from, to) => {
    expect(wallTime(nextWorkingInstant(milan, at(from), 20), 'Europe/Rome')).toBe(to);
  });

  it('gives whole milliseconds and takes usual hours where there are none', () => {
    const somebody = person('America/Sao_Paulo', null);
    const next = nextWorkingInstant(somebody, Date.parse('2026-10-03T12:00:00Z') + 0.4, 0);
    expect(wallTime(next, 'America/Sao_Paulo')).toBe('2026-10-05T09:00');
    expect(Number.isInteger(nextWorkingInstant(somebody, next + 0.4, 0))).toBe(true);
  });

  it('knows what is wholly inside a working day', () => {
    expect(isWorkingTime(milan, at('2026-09-28T16:30'), at('2026-09-28T17:00'))).toBe(true);
    expect(isWorkingTime(milan, at('2026-09-28T16:30'), at('2026-09-28T17:01'))).toBe(false);
    expect(isWorkingTime(milan, at('2026-09-30T10:00'), at('2026-09-30T10:30'))).toBe(false);
  });
});
