import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { assign } from '../../../server/commands/assign.ts';
import { UsageError } from '../../../server/commands/read-args.ts';
import type { AssignmentOutput } from '../../../server/contract/assignment.ts';
import { startCommand } from './run-command.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inverso-assign-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(input: unknown): string {
  const file = join(folder, 'input.json');
  writeFileSync(file, typeof input === 'string' ? input : JSON.stringify(input));
  return file;
}

/** What the command prints on stdout. */
async function answerTo(input: unknown): Promise<AssignmentOutput> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    expect(await assign([fileOf(input)])).toBe(0);
    expect(write).toHaveBeenCalledOnce();
    return JSON.parse(String(write.mock.calls[0]![0])) as AssignmentOutput;
  } finally {
    write.mockRestore();
  }
}

async function faultsOf(args: string[]): Promise<{ path: string; reason: string }[]> {
  try {
    await assign(args);
  } catch (error) {
    if (error instanceof UsageError) return error.faults;
    throw error;
  }
  return [];
}

const SMALL = {
  wants: [1, 2],
  capacities: [1, 2, 1],
  scores: [
    [900, 800, null],
    [950, 400, 300],
  ],
};

describe('inverso assign, as a command', () => {
  it('reads stdin and prints the result alone', async () => {
    const command = startCommand(['assign', '-'], {});
    command.process.stdin!.end(JSON.stringify({ ...SMALL, pinned: [[1, 1]] }));
    expect(await command.ended).toBe(0);
    expect(command.err()).toBe('');
    const { milliseconds, ...result } = JSON.parse(command.out()) as AssignmentOutput;
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    // The worst pair that is not pinned comes before the total: 800 and 950, not 900 and 300.
    expect(result).toEqual({
      pairs: [
        [0, 1, 800],
        [1, 0, 950],
        [1, 1, 400],
      ],
      seats: 3,
      worst: 800,
      total: 2_150,
      blockingPairs: 0,
    });
  });

  it('ends with 2 and one fault a line', async () => {
    const command = startCommand(['assign', fileOf({ wants: [0, 1], capacities: [4], scores: [[1], [2]] })], {});
    expect(await command.ended).toBe(2);
    expect(command.out()).toBe('');
    expect(
      command
        .err()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { path: 'wants.0', reason: 'must be a whole number from 1 to 2' },
      { path: 'capacities.0', reason: 'must be a whole number from 1 to 3' },
    ]);
  });
});

describe('inverso assign', () => {
  it('gives the same for scores and for the list of allowed pairs', async () => {
    const sparse = SMALL.scores.map((row) => row.flatMap((score, j) => (score === null ? [] : [[j, score]])));
    const { milliseconds: _, ...dense } = await answerTo(SMALL);
    expect(dense).toMatchObject({ seats: 3, worst: 400, total: 2_150 });
    expect(await answerTo({ wants: SMALL.wants, capacities: SMALL.capacities, sparse })).toMatchObject(dense);
  });

  it('counts the pairs that would rather have each other', async () => {
    const input = {
      wants: [1, 1],
      capacities: [1, 1],
      scores: [
        [1000, 400],
        [500, 100],
      ],
    };
    expect(await answerTo(input)).toMatchObject({ worst: 400, total: 900, blockingPairs: 1 });
    expect(await answerTo({ ...input, pinned: [[0, 1]] })).toMatchObject({ worst: 500, total: 900, blockingPairs: 0 });
  });

  it.each([
    { wants: [], capacities: [], scores: [] },
    { wants: [], capacities: [1, 2], sparse: [] },
    { wants: [1, 2], capacities: [], scores: [[], []] },
    { wants: [1], capacities: [1], scores: [[null]] },
    { wants: [2], capacities: [3], sparse: [[]], pinned: [] },
  ])('works without anybody to match: %j', async (input) => {
    expect(await answerTo(input)).toMatchObject({ pairs: [], seats: 0, worst: null, total: 0, blockingPairs: 0 });
  });

  it('has no worst pair where all are pinned', async () => {
    const input = { wants: [1], capacities: [1], scores: [[7]], pinned: [[0, 0]] };
    expect(await answerTo(input)).toMatchObject({ pairs: [[0, 0, 7]], seats: 1, worst: null, total: 7 });
  });

  it.each<[string, unknown, string, string]>([
    ['no object', [], 'input', 'must be an object'],
    ['unknown words', { ...SMALL, pins: [] }, 'pins', 'is not known here'],
    ['both forms', { ...SMALL, sparse: [[], []] }, 'sparse', 'must not be given together with scores'],
    ['neither form', { ...SMALL, scores: undefined }, 'scores', 'must be given, or sparse in its place'],
    ['nobody told', { scores: [] }, 'wants', 'must be a list of whole numbers'],
    ['too few rows', { ...SMALL, scores: [[1, 2, 3]] }, 'scores', 'must have one row per mentee: 2, not 1'],
    ['ragged rows', { ...SMALL, scores: [[1, 2, 3], [1]] }, 'scores.1', 'must have one score per mentor: 3, not 1'],
    ['no row', { ...SMALL, scores: [[1, 2, 3], 5] }, 'scores.1', 'must be a list'],
    ['fractions', score(1.5), 'scores.1.0', 'must be a whole number from 0 to 1000000, or null'],
    ['words', score('1'), 'scores.1.0', 'must be a whole number from 0 to 1000000, or null'],
    ['low scores', score(-1), 'scores.1.0', 'must be a whole number from 0 to 1000000, or null'],
    ['high scores', score(1_000_001), 'scores.1.0', 'must be a whole number from 0 to 1000000, or null'],
    ['no wish', { ...SMALL, wants: [1, 0] }, 'wants.1', 'must be a whole number from 1 to 2'],
    ['three wishes', { ...SMALL, wants: [1, 3] }, 'wants.1', 'must be a whole number from 1 to 2'],
    ['four places', { ...SMALL, capacities: [1, 2, 4] }, 'capacities.2', 'must be a whole number from 1 to 3'],
    ['half a place', { ...SMALL, capacities: [1, 2, 0.5] }, 'capacities.2', 'must be a whole number from 1 to 3'],
    ['an unknown mentor', sparse([[3, 1]]), 'sparse.0.0.0', 'must be a mentor from 0 to 2'],
    [
      'a mentor twice',
      sparse([
        [1, 1],
        [1, 1],
      ]),
      'sparse.0.1',
      'mentor 1 is listed twice',
    ],
    ['half a pair', sparse([[1]]), 'sparse.0.0', 'must be [mentor, score]'],
    ['null in a list', sparse([[1, null]]), 'sparse.0.0.1', 'must be a whole number from 0 to 1000000'],
    ['no pin', pinned(3), 'pinned.0', 'must be [mentee, mentor]'],
    ['a pin of an unknown mentee', pinned([2, 0]), 'pinned.0.0', 'must be a mentee from 0 to 1'],
    ['a pin of an unknown mentor', pinned([0, 3]), 'pinned.0.1', 'must be a mentor from 0 to 2'],
    ['a pin twice', pinned([1, 0], [1, 0]), 'pinned.1', 'is pinned twice'],
    ['a forbidden pin', pinned([0, 2]), 'pinned.0', 'is a pair that must not be matched'],
    ['pins beyond a wish', pinned([0, 0], [0, 1]), 'pinned.1', 'mentee 0 wants only 1'],
    ['pins beyond a place', pinned([0, 0], [1, 0]), 'pinned.1', 'mentor 0 takes only 1'],
  ])('refuses %s', async (_name, input, path, reason) => {
    expect(await faultsOf([fileOf(input)])).toContainEqual({ path, reason });
  });

  it('refuses a dense matrix beyond 5,000 x 5,000 and takes it as a list', async () => {
    const capacities = Array.from({ length: 5_001 }, () => 1);
    expect(await faultsOf([fileOf({ wants: [1], capacities, scores: [capacities] })])).toEqual([
      { path: 'scores', reason: 'must not exceed 5000 x 5000: use sparse' },
    ]);
    expect(await answerTo({ wants: [1], capacities, sparse: [[[5_000, 9]]] })).toMatchObject({
      pairs: [[0, 5_000, 9]],
    });
  });

  it('names fifty faults at most', async () => {
    const scores = [Array.from({ length: 100 }, () => -1)];
    const faults = await faultsOf([fileOf({ wants: [1], capacities: Array(100).fill(1), scores })]);
    expect(faults.length).toBe(50);
  });

  it('reads a file that begins with the mark of its byte order', async () => {
    expect(await answerTo('\uFEFF{"wants":[1],"capacities":[1],"scores":[[5]]}')).toMatchObject({ total: 5 });
  });

  it('refuses what is no file, no JSON, or more than one', async () => {
    expect(await faultsOf([fileOf('{')])).toEqual([
      { path: 'input', reason: expect.stringMatching(/^is not JSON/) as string },
    ]);
    const missing = join(folder, 'missing.json');
    expect(await faultsOf([missing])).toEqual([{ path: missing, reason: 'cannot be read: ENOENT' }]);
    for (const args of [[], ['a', 'b'], ['--seed']])
      expect(await faultsOf(args)).toEqual([{ path: 'file', reason: 'must be one file of JSON, or - for stdin' }]);
  });
});

function score(value: unknown): unknown {
  return { ...SMALL, scores: [SMALL.scores[0], [value, 400, 300]] };
}

function sparse(row: unknown[]): unknown {
  return { wants: SMALL.wants, capacities: SMALL.capacities, sparse: [row, []] };
}

function pinned(...pins: unknown[]): unknown {
  return { ...SMALL, pinned: pins };
}
