// npm run bench:matching [-- --quick] [--runs 3]: how long matching takes from profiles to the proven result, beside other
// solvers in the same run. Prints tables in Markdown. Each measurement has a process of its own, so that its memory is its own.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { KINDS, type Kind } from './make-profiles.ts';
import { median, type Job, type Measured } from './measure.ts';

const MEASURE = fileURLToPath(new URL('measure.ts', import.meta.url));
/** Peers are left out where they need minutes or more memory than there is. */
const LARGEST = { 'jonker-volgenant': 10_000, munkres: 5_000, highs: 100 } as const;
const SIZES: [mentees: number, mentors: number][] = [
  [100, 100],
  [1_000, 1_000],
  [5_000, 5_000],
  [10_000, 10_000],
  [2_000, 20_000],
];

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, runs: { type: 'string', default: '3' } },
});
const sizes = values.quick ? SIZES.slice(0, 2) : SIZES;
const runs = Number(values.runs);

function measure(job: Omit<Job, 'repeats'>): Measured {
  // Small ones are over before the machine's compiler is warm: they are repeated, and the median counts.
  const repeats = job.mentees <= 1_000 ? 9 : 1;
  const child = spawnSync(process.execPath, ['--import', 'tsx', MEASURE, JSON.stringify({ ...job, repeats })], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0)
    throw new Error(`${job.what} ended with ${child.status ?? child.signal}: ${JSON.stringify(job)}`);
  return JSON.parse(child.stdout) as Measured;
}

/** Medians over several programs of the same kind; memory and violations are the worst of them. */
function summarize(list: readonly Measured[]): Measured {
  const of = (name: 'milliseconds' | 'scoring' | 'first'): number => median(list.map((one) => one[name]));
  return {
    ...list[0]!,
    milliseconds: of('milliseconds'),
    scoring: of('scoring'),
    first: of('first'),
    violations: list.reduce((sum, one) => sum + one.violations, 0),
    memory: Math.max(...list.map((one) => one.memory)),
  };
}

interface Row {
  kind: Kind;
  mentees: number;
  mentors: number;
  total: Measured;
  ordered: Measured;
  peers: { [peer in keyof typeof LARGEST]?: Measured };
}

/** All that is measured for one kind and size, interleaved, so that a busy moment of the machine meets all alike. */
function measureRow(kind: Kind, mentees: number, mentors: number): Row {
  const peers = (Object.keys(LARGEST) as (keyof typeof LARGEST)[]).filter(
    (peer) => mentees === mentors && mentees <= LARGEST[peer] && (kind === 'square' || peer === 'highs'),
  );
  const lists: Record<string, Measured[]> = {};
  for (let seed = 1; seed <= runs; seed++) {
    const job = { kind, mentees, mentors, seed };
    const note = (name: string, measured: Measured): unknown => (lists[name] ??= []).push(measured);
    note('total', measure({ ...job, what: 'solve', objective: 'total' }));
    note('ordered', measure({ ...job, what: 'solve', objective: 'worst-then-total' }));
    for (const peer of peers) note(peer, measure({ ...job, what: peer, objective: 'total' }));
  }
  const found = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, summarize(list)]));
  const { total, ordered, ...rest } = found as { total: Measured; ordered: Measured };
  return { kind, mentees, mentors, total, ordered, peers: rest };
}

const say = (line: string): unknown => process.stdout.write(`${line}\n`);
const whole = (value: number | undefined): string =>
  value === undefined ? '' : value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
const ratio = (value: number, to: number | undefined): string => (to === undefined ? '' : (value / to).toFixed(2));

say(`Node ${process.version}, ${cpus().length} cores, medians of ${runs} runs. Times in milliseconds, memory in MB.`);
say(
  '"Total" is seats and total, "ordered" is seats, then the worst pair, then the total; both from profiles to the proof,',
);
say('scoring included. Peers are given ready scores, solve one to one programs by the total, and prove nothing.\n');
say(
  '| kind | size | scoring | total | ordered | JV | munkres | HiGHS | total / JV | ordered / JV | ordered / total | total / munkres | memory | faults of proof |',
);
say('| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |');
for (const [mentees, mentors] of sizes) {
  // The baseline is that of the square kind, for all kinds of a size.
  let baseline: number | undefined;
  for (const kind of KINDS) {
    if (kind === 'square' && mentees !== mentors && mentees > mentors) continue;
    const { total, ordered, peers } = measureRow(kind, mentees, mentors);
    baseline ??= peers['jonker-volgenant']?.milliseconds;
    const { munkres, highs } = peers;
    const cells = [
      kind,
      `${whole(mentees)} x ${whole(mentors)}`,
      whole(total.scoring),
      whole(total.milliseconds),
      whole(ordered.milliseconds),
      whole(peers['jonker-volgenant']?.milliseconds),
      whole(munkres?.milliseconds),
      whole(highs?.milliseconds),
      ratio(total.milliseconds, baseline),
      ratio(ordered.milliseconds, baseline),
      ratio(ordered.milliseconds, total.milliseconds),
      munkres ? ratio(total.milliseconds - total.scoring, munkres.milliseconds) : '',
      whole(Math.max(total.memory, ordered.memory)),
      whole(total.violations + ordered.violations),
    ];
    say(`| ${cells.join(' | ')} |`);
    const jv = peers['jonker-volgenant'];
    if (jv && jv.total !== total.total) say(`\nThe totals differ: ${total.total} and ${jv.total}\n`);
  }
}

say('\nScoring all pairs, row by row and by plain objects pair by pair (square, from profiles):\n');
say('| size | rows | plain | plain / rows |');
say('| --- | --: | --: | --: |');
for (const [mentees, mentors] of sizes) {
  const job = { kind: 'square', mentees, mentors, seed: 1, objective: 'total' } as const;
  const { scoring } = measure({ ...job, what: 'solve' });
  const plain = measure({ ...job, what: 'plain' }).milliseconds;
  say(`| ${whole(mentees)} x ${whole(mentors)} | ${whole(scoring)} | ${whole(plain)} | ${whole(plain / scoring)} |`);
}

say('\nAfter one pin or forbid, from the last solution (median of 200; scoring in neither):\n');
say('| kind | size | first | after an edit | ratio | faults of proof |');
say('| --- | --- | --: | --: | --: | --: |');
for (const kind of KINDS) {
  const { first, milliseconds, violations } = measure({
    what: 'edits',
    objective: 'worst-then-total',
    kind,
    mentees: 1_000,
    mentors: 1_000,
    seed: 1,
  });
  say(
    `| ${kind} | 1,000 x 1,000 | ${whole(first)} | ${whole(milliseconds)} | ${ratio(milliseconds, first)} | ${violations} |`,
  );
}
