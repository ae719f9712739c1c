import { parseAssignment, scoreOfPair, type AssignmentInput, type AssignmentOutput } from '../contract/assignment.ts';
import { countBlockingPairs } from '../domain/matching/solve/count-blocking-pairs.ts';
import { denseRows, NOT_ALLOWED, sparseRows, type ScoreRows } from '../domain/matching/solve/score-rows.ts';
import { solveAssignment } from '../domain/matching/solve/solve-assignment.ts';
import { UsageError } from './read-args.ts';
import { readInput } from './read-input.ts';

/** `inverso assign FILE|-`: the best assignment of the scores in a file, or on stdin, as one line of JSON. */
export async function assign(args: string[]): Promise<number> {
  const [file, ...others] = args;
  if (file === undefined || others.length > 0 || (file.startsWith('-') && file !== '-'))
    throw new UsageError([{ path: 'file', reason: 'must be one file of JSON, or - for stdin' }]);
  const parsed = parseAssignment(await readInput(file));
  if ('faults' in parsed) throw new UsageError(parsed.faults);
  process.stdout.write(`${JSON.stringify(solve(parsed.value))}\n`);
  return 0;
}

function solve(input: AssignmentInput): AssignmentOutput {
  const start = performance.now();
  const problem = {
    wants: input.wants,
    capacities: input.capacities,
    scores: rowsOf(input),
    pinned: input.pinned.map(([mentee, mentor]) => [mentee, mentor, scoreOfPair(input, mentee, mentor)!] as const),
  };
  const { pairs, seats, worst, total } = solveAssignment(problem);
  const blockingPairs = countBlockingPairs(problem, pairs);
  return { pairs, seats, worst, total, blockingPairs, milliseconds: Math.round(10 * (performance.now() - start)) / 10 };
}

function rowsOf({ capacities, scores, sparse }: AssignmentInput): ScoreRows {
  const columns = capacities.length;
  if (sparse) return sparseRows(columns, sparse);
  const matrix = new Int32Array(scores!.length * columns);
  scores!.forEach((row, i) => {
    for (let j = 0; j < columns; j++) matrix[i * columns + j] = row[j] ?? NOT_ALLOWED;
  });
  return denseRows(scores!.length, columns, matrix);
}
