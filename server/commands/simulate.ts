import pg from 'pg';
import { runSimulation, type SimulationResult } from '../simulation/run-simulation.ts';
import { readArgs, UsageError } from './read-args.ts';

const OPTIONS = {
  people: { kind: 'integer', default: 300, least: 20, most: 20_000 },
  mentees: { kind: 'integer', default: 40, least: 1, most: 2_000 },
  weeks: { kind: 'integer', default: 26, least: 1, most: 104 },
  seed: { kind: 'integer', default: 1, least: 0, most: 2 ** 31 },
  database: { kind: 'url', protocols: ['postgres:', 'postgresql:'] },
  keep: { kind: 'flag' },
  'sandbox-port': { kind: 'integer', default: 0, least: 0, most: 65_535 },
  'graph-via': { kind: 'url', protocols: ['http:', 'https:'] },
  faults: { kind: 'share', default: 0 },
  // What becomes of one-to-one meetings in companies.
  moved: { kind: 'share', default: 0.42 },
  cancelled: { kind: 'share', default: 0.3 },
  // What the agreement says: sessions may move by themselves, and how often they are.
  moves: { kind: 'flag' },
  'every-months': { kind: 'integer', default: 0, least: 0, most: 3 },
  json: { kind: 'flag' },
} as const;

/** `inverso simulate`: exit status 1 when the audit found a violation. */
export async function simulate(args: string[]): Promise<number> {
  const options = readArgs(args, OPTIONS);
  const least = 4 * options.mentees + 8;
  if (options.people < least)
    throw new UsageError([{ path: 'people', reason: `must be at least ${least} for ${options.mentees} mentees` }]);
  if (options.moved + options.cancelled > 1)
    throw new UsageError([{ path: 'cancelled', reason: 'must be at most 1 together with moved' }]);
  const database = options.database === null ? null : await createDatabase(options.database);
  try {
    const result = await runSimulation({
      people: options.people,
      mentees: options.mentees,
      weeks: options.weeks,
      seed: options.seed,
      databaseUrl: database?.url ?? null,
      sandboxPort: options['sandbox-port'],
      graphVia: options['graph-via'],
      faultRate: options.faults,
      rates: { moved: options.moved, cancelled: options.cancelled },
      movesAllowed: options.moves,
      everyMonths: options['every-months'],
      logLevel: 'error',
      progress: (line) => void process.stderr.write(`${line}\n`),
    });
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${describe(result)}\n`);
    return result.violations.length > 0 ? 1 : 0;
  } finally {
    if (database && !options.keep) await database.drop();
    else if (database) process.stderr.write(`kept: ${database.name}\n`);
  }
}

/** A database of the run's own on the given server. */
async function createDatabase(url: string): Promise<{ url: string; name: string; drop(): Promise<void> }> {
  const name = `inverso_simulation_${process.pid}_${Date.now()}`;
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await run(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, name, drop: () => run(`drop database ${name} with (force)`) };
}

/** The result for people: one line a number, violations last. */
function describe(result: SimulationResult): string {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(result)) {
    if (name === 'violations') continue;
    lines.push(`${name.padEnd(24)} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  }
  lines.push(`violations               ${result.violations.length}`);
  for (const { invariant, detail } of result.violations) lines.push(`  ${invariant}: ${detail}`);
  return lines.join('\n');
}
