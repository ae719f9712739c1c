import { describe, expect, it } from 'vitest';
import { readExpand } from '../../../../server/sandbox/graph/odata/expand.ts';
import { readFilter } from '../../../../server/sandbox/graph/odata/filter.ts';

const item: Record<string, unknown> = {
  name: "O'Neil (Jr), A",
  size: 4,
  on: true,
  none: null,
  date: '2026-03-01T00:00:00Z',
};
const passes = (text: string): boolean => readFilter(text).test(item, (each, path) => each[path]);

describe('readFilter', () => {
  it.each([
    ["name eq 'o''neil (jr), a'", true],
    ["name ne 'x'", true],
    ["startswith(name,'O''N') and size gt 3", true],
    ["endswith(name, 'B')", false],
    ["contains(name,'(jr)')", true],
    ['size ge 4 and size le 4 and not (size lt 4)', true],
    ["on eq true and (size eq 5 or none eq null) and name in ('x', 'O''Neil (Jr), A')", true],
    ['size eq 5 or size eq 4 and on eq false', false],
    ['date ge 2026-01-01T00:00:00Z', true],
    ['none gt 3', false],
    ["none ne 'x'", true],
  ])('%s', (text, expected) => {
    expect(passes(text)).toBe(expected);
  });

  it('tells names and operators', () => {
    const filter = readFilter("not startswith(name,'a') or size in (1,2)");
    expect([...filter.names]).toEqual(['name', 'size']);
    expect([...filter.operators]).toEqual(['not', 'startswith', 'in']);
  });

  it.each([
    '',
    'name',
    'name eq',
    'name is 3',
    "name eq 'x",
    '(name eq 3',
    'name eq 3)',
    'name in 3',
    "4 eq 'x'",
    'name eq x',
    'startswith(name)',
  ])('refuses %s', (text) => {
    expect(() => readFilter(text)).toThrow(/filter clause/);
  });
});

describe('readExpand', () => {
  it('reads options inside parentheses', () => {
    const [manager, app] = readExpand("manager($levels=max;$select=id,mail),teamsApp($filter=id eq 'a;b')");
    expect([manager!.name, [...manager!.options]]).toEqual([
      'manager',
      [
        ['levels', 'max'],
        ['select', 'id,mail'],
      ],
    ]);
    expect([app!.name, [...app!.options]]).toEqual(['teamsApp', [['filter', "id eq 'a;b'"]]]);
    expect(() => readExpand('manager(')).toThrow('$expand');
  });
});
