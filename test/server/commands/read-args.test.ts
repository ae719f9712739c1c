import { describe, expect, it } from 'vitest';
import { readArgs, UsageError } from '../../../server/commands/read-args.ts';

const SHAPE = {
  fresh: { kind: 'flag' },
  weeks: { kind: 'integer', default: 26, least: 1, most: 104 },
  seed: { kind: 'integer', default: null, least: 0, most: 10 },
  faults: { kind: 'share', default: 0 },
  color: { kind: 'choice', default: 'red', of: ['red', 'green'] },
  database: { kind: 'url', protocols: ['postgres:'] },
} as const;

function faultsOf(args: string[]): { path: string; reason: string }[] {
  try {
    readArgs(args, SHAPE);
  } catch (error) {
    if (error instanceof UsageError) return error.faults;
    throw error;
  }
  return [];
}

describe('readArgs', () => {
  it('gives defaults, and null where it is to be told that nothing was given', () => {
    expect(readArgs([], SHAPE)).toEqual({
      fresh: false,
      weeks: 26,
      seed: null,
      faults: 0,
      color: 'red',
      database: null,
    });
  });

  it('reads what is given', () => {
    const args = [
      '--fresh',
      '--weeks',
      '4',
      '--seed=0',
      '--faults',
      '0.1',
      '--color',
      'green',
      '--database',
      'postgres://u@h/d/',
    ];
    expect(readArgs(args, SHAPE)).toEqual({
      fresh: true,
      weeks: 4,
      seed: 0,
      faults: 0.1,
      color: 'green',
      database: 'postgres://u@h/d',
    });
  });

  it('names every value that cannot be used', () => {
    expect(
      faultsOf(['--weeks', '0', '--seed', '', '--faults', '', '--color', 'Red', '--database', 'http://h']),
    ).toEqual([
      { path: 'weeks', reason: 'must be a whole number from 1 to 104' },
      { path: 'seed', reason: 'must be a whole number from 0 to 10' },
      { path: 'faults', reason: 'must be a number from 0 to 0.5' },
      { path: 'color', reason: 'must be one of red, green' },
      { path: 'database', reason: 'must be a URL that begins with postgres://' },
    ]);
  });

  it.each([[['--nothing']], [['word']], [['--weeks']], [['--fresh=yes']]])('refuses %j', (args) => {
    expect(faultsOf(args)).toEqual([{ path: 'options', reason: expect.any(String) as string }]);
  });

  const WITH_FILES = {
    file: { kind: 'input' },
    seed: { kind: 'integer', default: 1, least: 0, most: 9 },
    out: { kind: 'output' },
  } as const;
  it.each([
    [['in.json'], { file: 'in.json', seed: 1, out: null }],
    [['-', '--seed', '2'], { file: '-', seed: 2, out: null }],
    [['--seed', '2', '--out', 'o', 'in.json'], { file: 'in.json', seed: 2, out: 'o' }],
    [['--', '--seed'], { file: '--seed', seed: 1, out: null }],
  ])('takes the one file to read wherever it stands: %j', (args, values) => {
    expect(readArgs(args, WITH_FILES)).toEqual(values);
  });

  it.each([
    [[], 'file', 'must be one file of JSON, or - for stdin'],
    [['a', 'b'], 'file', 'must be one file of JSON, or - for stdin'],
    [['-', '--out', ''], 'out', 'must be the name of a file'],
    [['in.json', '--out=-'], 'out', 'must be the name of a file'],
  ])('refuses %j', (args, path, reason) => {
    expect(() => readArgs(args, WITH_FILES)).toThrow(expect.objectContaining({ faults: [{ path, reason }] }) as Error);
  });
});
