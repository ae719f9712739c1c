import { checkCertificate } from '../../../server/domain/matching/solve/check-certificate.ts';
import type { Edit } from '../../../server/domain/matching/solve/edit-problem.ts';
import { resolveAfter } from '../../../server/domain/matching/solve/resolve-after.ts';
import { keepRows, whenToKeep } from '../../../server/domain/matching/solve/score-rows.ts';
import { solveAssignment } from '../../../server/domain/matching/solve/solve-assignment.ts';
import type { Objective } from '../../../server/domain/matching/solve/types.ts';
import { createPlainScore } from '../../server/domain/matching/plain-score.ts';
import { numbers } from '../../server/domain/matching/solve/make-instance.ts';
import { makeProgram, type Kind, type Program } from './make-profiles.ts';
import { runHighs, runJonkerVolgenant, runMunkres, type PeerResult } from './run-peers.ts';

/** One measurement, made in a process of its own: `node --import tsx measure.ts '<Job as JSON>'`. */
export interface Job {
  what: 'solve' | 'edits' | 'plain' | 'jonker-volgenant' | 'munkres' | 'highs';
  objective: Objective;
  kind: Kind;
  mentees: number;
  mentors: number;
  /** How often it is done in this process; the median counts. */
  repeats: number;
  /** Which program: another one in each run. */
  seed: number;
}

export interface Measured {
  milliseconds: number;
  /** Computing all scores once; part of `milliseconds` for our own solver. */
  scoring: number;
  seats: number;
  worst: number | null;
  total: number;
  /** What checkCertificate finds. */
  violations: number;
  /** The most memory that this process ever held, MB. */
  memory: number;
  /** For edits: the median of the first solve, scoring not included. */
  first: number;
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const timed = <T>(act: () => T): [milliseconds: number, result: T] => {
  const start = performance.now();
  const result = act();
  return [performance.now() - start, result];
};

/** From profiles to the proven result, scoring included. */
function measureSolve({ objective, repeats }: Job, program: Program): Partial<Measured> {
  const { wants, capacities } = program;
  const scoreAll = (): void => {
    const scores = program.judge();
    const row = new Int32Array(scores.columns);
    for (let i = 0; i < scores.rows; i++) scores.fillRow(i, row);
  };
  const runs = Array.from({ length: repeats }, () =>
    timed(() => {
      const scores = keepRows(program.judge(), { keepAt: whenToKeep(wants, capacities) });
      return solveAssignment({ wants, capacities, scores }, objective);
    }),
  );
  const memory = peakMemory();
  const scoring = median(Array.from({ length: repeats }, () => timed(scoreAll)[0]));
  const [, solution] = runs[0]!;
  const { seats, worst, total } = solution;
  const { violations } = checkCertificate(solution);
  return { milliseconds: median(runs.map(([ms]) => ms)), scoring, seats, worst, total, violations, memory };
}

/** Pins and forbids, each from the same first solution; scores are kept, so that scoring is in neither time. */
function measureEdits(job: Job, program: Program): Partial<Measured> {
  const random = numbers(job.seed);
  const { wants, capacities } = program;
  const scores = keepRows(program.judge());
  const row = new Int32Array(scores.columns);
  for (let i = 0; i < scores.rows; i++) scores.fillRow(i, row);
  const firsts = Array.from({ length: job.repeats }, () => timed(() => solveAssignment({ wants, capacities, scores })));
  const [, solution] = firsts[0]!;
  const chooseEdit = (k: number): Edit => {
    const [i, j] = solution.pairs[Math.floor(random() * solution.pairs.length)]!;
    if (k % 2 === 0) return { kind: 'forbid', row: i, column: j };
    for (;;) {
      const column = Math.floor(random() * scores.columns);
      scores.fillRow(i, row);
      if (row[column]! >= 0) return { kind: 'pin', row: i, column, score: row[column]! };
    }
  };
  let violations = 0;
  const times = Array.from({ length: 200 }, (_, k) => {
    const edit = chooseEdit(k);
    const [milliseconds, next] = timed(() => resolveAfter(solution, edit));
    violations += checkCertificate(next).violations;
    return milliseconds;
  });
  return { milliseconds: median(times), first: median(firsts.map(([ms]) => ms)), violations, memory: peakMemory() };
}

/** Rows of the plain object version that are enough to know how long all of them would take. */
const PLAIN_ROWS = 100;

/** Scoring alone, by plain objects pair by pair: some rows, as milliseconds for all of them. */
function measurePlain({ cohort }: Program): Partial<Measured> {
  const score = createPlainScore(cohort);
  const rows = cohort.mentees.slice(0, PLAIN_ROWS);
  const [milliseconds] = timed(() => {
    let sum = 0;
    for (const mentee of rows) for (const mentor of cohort.mentors) sum += score(mentee, mentor);
    return sum;
  });
  return { milliseconds: (milliseconds * cohort.mentees.length) / rows.length, memory: peakMemory() };
}

async function measurePeer({ what, repeats }: Job, program: Program): Promise<Partial<Measured>> {
  const peer = { 'jonker-volgenant': runJonkerVolgenant, munkres: runMunkres, highs: runHighs }[
    what as 'jonker-volgenant' | 'munkres' | 'highs'
  ];
  const runs: PeerResult[] = [];
  for (let k = 0; k < repeats; k++) runs.push(await peer(program));
  return {
    milliseconds: median(runs.map(({ milliseconds }) => milliseconds)),
    total: runs[0]!.total,
    memory: peakMemory(),
  };
}

const peakMemory = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

const text = process.argv[2];
if (text !== undefined && import.meta.filename === process.argv[1]) {
  const job = JSON.parse(text) as Job;
  const program = makeProgram(job.kind, job.mentees, job.mentors, job.seed);
  const measured =
    job.what === 'solve'
      ? measureSolve(job, program)
      : job.what === 'edits'
        ? measureEdits(job, program)
        : job.what === 'plain'
          ? measurePlain(program)
          : await measurePeer(job, program);
  process.stdout.write(JSON.stringify(measured));
}
