import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLocalSettings, type LocalSettings } from '../config.ts';
import { lockFolder } from '../db/lock-folder.ts';
import { createVirtualClock } from '../sandbox/clock.ts';
import { readSavedInstant } from '../sandbox/kernel/state-folder.ts';
import { leastPeople } from '../sandbox/people/company.ts';
import { startBoth, type Both } from '../simulation/start-both.ts';
import { buildPages } from './build-pages.ts';
import { pageFolder } from './page-folder.ts';
import { prepareDataFolder } from './prepare-data-folder.ts';
import { readArgs, UsageError } from './read-args.ts';
import { chooseSandboxPort } from './sandbox/choose-ports.ts';
import { countProgram } from './sandbox/count-program.ts';
import { describeStart } from './sandbox/describe-start.ts';
import { assertOwnData, eraseData } from './sandbox/erase-data.ts';
import { runFirstWeeks } from './sandbox/run-first-weeks.ts';
import { readStartFile, writeStartFile, type StartFile } from './sandbox/start-file.ts';
import { writeSettings } from './sandbox/write-settings.ts';
import { listenForStop } from './listen-for-stop.ts';

const OPTIONS = {
  fresh: { kind: 'flag' },
  people: { kind: 'integer', default: null, least: leastPeople(1), most: 5_000 },
  executives: { kind: 'integer', default: null, least: 1, most: 1_000 },
  seed: { kind: 'integer', default: null, least: 0, most: 2 ** 31 },
} as const;
const COMPANY = { people: 60, executives: 12, seed: 1 };
/** A whole program of six sessions, one every four weeks, with the weeks of its beginning. */
const WEEKS = 32;

/**
 * `inverso sandbox`, which `npm start` runs: a simulated Microsoft 365 with a seeded company, and the server in it, with
 * nothing configured. The first start begins at the real now, runs the program up to booked series and first answers,
 * and then lets time pass 1:1. A later start goes on where the last one stopped: while the sandbox is off its time stands
 * still, so that nobody's sessions pass unseen, and it is never set back. A first start that was broken off begins anew.
 *
 * The database is always the embedded one in the data folder: a DATABASE_URL that belongs to a real organization must
 * not get a simulated one mixed in.
 */
export async function sandbox(args: string[]): Promise<number> {
  const options = readArgs(args, OPTIONS);
  const settings = readLocalSettings();
  if (settings.databaseUrl !== null) say('DATABASE_URL is not used: the sandbox keeps its data in the data folder.');
  const folder = prepareDataFolder(settings.dataDir);
  // The whole folder and not its database alone: the sandbox's state stands beside it.
  const unlock = await lockFolder(folder);
  try {
    const start = await prepareStart(folder, options);
    const sandboxPort = await chooseSandboxPort(start.sandboxPort || null, settings.port);
    await buildPages(say);
    return await run(folder, { ...start, sandboxPort }, settings);
  } finally {
    await unlock();
  }
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

type Given = { fresh: boolean; people: number | null; executives: number | null; seed: number | null };

/** The company of this start: the kept one, or a new one in an emptied folder. Port 0: not chosen yet. */
async function prepareStart(folder: string, given: Given): Promise<StartFile> {
  assertOwnData(folder);
  if (!given.fresh) {
    const kept = readStartFile(folder);
    if (kept?.isComplete) return checkKept(kept, given);
    if (kept) say('The first start was broken off: beginning anew.');
  }
  const people = given.people ?? COMPANY.people;
  const executives = given.executives ?? COMPANY.executives;
  const least = leastPeople(executives);
  if (people < least) {
    throw new UsageError([{ path: 'people', reason: `must be at least ${least} for ${executives} executives` }]);
  }
  await eraseData(folder);
  mkdirSync(join(folder, 'sandbox'), { recursive: true, mode: 0o700 });
  return { people, executives, seed: given.seed ?? COMPANY.seed, sandboxPort: 0, isComplete: false };
}

/** A company cannot be changed once it is there. Throws UsageError where another one is asked for. */
function checkKept(kept: StartFile, given: Given): StartFile {
  const faults = (['people', 'executives', 'seed'] as const)
    .filter((name) => given[name] !== null && given[name] !== kept[name])
    .map((name) => ({
      path: name,
      reason: `is ${kept[name]} in the data folder; begin anew with --fresh to change it`,
    }));
  if (faults.length > 0) throw new UsageError(faults);
  return kept;
}

async function run(folder: string, start: StartFile, settings: LocalSettings): Promise<number> {
  const stop = listenForStop();
  const began = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - began) / 1000)} s`;
  say(
    start.isComplete
      ? 'Starting with the data of the last time.'
      : `Seeding a company of ${start.people} and starting the server.`,
  );
  // Before there is a database: one that is broken off while it is made must be known as ours, or nobody could begin anew.
  if (!start.isComplete) writeStartFile(folder, start);
  const saved = start.isComplete ? await readSavedInstant(join(folder, 'sandbox')) : null;
  const both = await startBoth({
    seed: start.seed,
    clock: createVirtualClock(saved ?? Date.now()),
    people: start.people,
    executives: start.executives,
    weeks: WEEKS,
    sandboxPort: start.sandboxPort,
    serverPort: settings.port,
    sandboxFolder: join(folder, 'sandbox'),
    databaseFolder: join(folder, 'server'),
    databaseUrl: null,
    graphVia: null,
    faultRate: 0,
    pageFolder: pageFolder(),
    logLevel: settings.logLevel,
  });
  const { clock } = both.sandbox.world;
  let stopFollowing: (() => void) | null = null;
  try {
    const kept = { ...start, sandboxPort: Number(new URL(both.sandbox.origin).port) };
    writeStartFile(folder, kept);
    const settingsFile = writeSettings(folder, both.config);
    say(`Ready after ${seconds()}.`);
    const counts = start.isComplete ? await countProgram(both) : await runFirst(both, start, stop.signal);
    stopFollowing = clock.follow();
    if (counts !== null) {
      await both.sandbox.save();
      writeStartFile(folder, { ...kept, isComplete: true });
      process.stdout.write(`${describeStart(both, counts)}\n`);
      say(
        `Done after ${seconds()}. Settings for other commands: ${settingsFile}\nStop with Ctrl+C; begin anew with --fresh.`,
      );
      await stop.asked;
    }
    say('Stopping.');
  } finally {
    // Work that waits for time to pass could not end, and so not be stopped, in a clock that stands still.
    stopFollowing ??= clock.follow();
    await stop.within(both.close());
    stopFollowing();
  }
  return 0;
}

async function runFirst(both: Both, start: StartFile, signal: AbortSignal) {
  const first = await runFirstWeeks(both, { executives: start.executives, signal, say });
  if (first && !first.isReached)
    say('After ten weeks not all of what was hoped for has happened; this is how far it came.');
  return first?.counts ?? null;
}
