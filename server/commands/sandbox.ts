import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readLocalSettings } from '../config.ts';
import { lockFolder } from '../db/lock-folder.ts';
import type { TenantId } from '../domain/people/person.ts';
import { createVirtualClock, type VirtualClock } from '../sandbox/clock.ts';
import { companyRoles } from '../sandbox/people/company-roles.ts';
import { openProgram } from '../simulation/drive-program.ts';
import { readRecords, type Records } from '../simulation/records.ts';
import { startBoth, type Both } from '../simulation/start-both.ts';
import { buildPages } from './build-pages.ts';
import { pageFolder } from './page-folder.ts';
import { readArgs, UsageError } from './read-args.ts';
import { untilStopped } from './until-stopped.ts';

const OPTIONS = {
  fresh: { kind: 'flag' },
  people: { kind: 'integer', default: 60, least: 20, most: 5_000 },
  executives: { kind: 'integer', default: 12, least: 1, most: 1_000 },
  seed: { kind: 'integer', default: 1, least: 0, most: 2 ** 31 },
} as const;

const DAY = 86_400_000;
/** What the first start waits for before it hands over, and when it stops waiting. */
const WANTED = { series: 10, answers: 10, mostDays: 84 };
const WEEKS = 30;
const FIRST_SANDBOX_PORT = 4100;

/** What is remembered between starts beside the two parts' own data. */
interface Remembered {
  sandboxPort: number;
  isReady: boolean;
  /** The virtual time at the last look; the clock never goes back behind it. */
  now: number;
}

/**
 * `inverso sandbox`, which `npm start` runs: a simulated Microsoft 365 with a seeded company and the server in it, with
 * nothing configured. The first start runs the main flow until series are booked and the first feedback is there; a later
 * one goes on from the same data, at the later of the real now and the time where it stopped. Then time runs 1:1.
 */
export async function sandbox(args: string[]): Promise<number> {
  const options = readArgs(args, OPTIONS);
  if (options.people < 4 * options.executives + 8) {
    throw new UsageError([{ path: 'people', reason: `must be at least ${4 * options.executives + 8} for ${options.executives} executives` }]);
  }
  const settings = readLocalSettings();
  const folder = prepareFolder(settings.dataDir);
  const unlock = await lockFolder(folder);
  if (options.fresh) emptyFolder(folder);
  const file = join(folder, 'sandbox.json');
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Remembered) : null;
  await buildPages(say);
  say(before ? 'Starting from the data of the last time ...' : 'Starting database, sandbox tenant and server, and seeding a company ...');
  const clock = createVirtualClock(Math.max(Date.now(), before?.now ?? 0));
  const both = await startHere(
    {
      seed: options.seed,
      clock,
      people: options.people,
      executives: options.executives,
      weeks: WEEKS,
      sandboxPort: before?.sandboxPort ?? FIRST_SANDBOX_PORT,
      serverPort: settings.port,
      sandboxFolder: join(folder, 'sandbox'),
      databaseFolder: join(folder, 'server'),
      databaseUrl: settings.databaseUrl,
      graphVia: null,
      faultRate: 0,
      pageFolder: pageFolder(),
      logLevel: settings.logLevel,
    },
    before === null,
  );
  const remember = (isReady: boolean): void =>
    writeFileSync(file, JSON.stringify({ sandboxPort: Number(new URL(both.sandbox.origin).port), isReady, now: clock.now() } satisfies Remembered));
  remember(before?.isReady ?? false);
  try {
    if (!before?.isReady) await runFlow(both, clock, before !== null);
    remember(true);
    process.stdout.write(`${describe(both, clock, await records(both))}\n`);
    const stopFollowing = clock.follow();
    const keep = setInterval(() => remember(true), 10_000);
    await untilStopped();
    say('Stopping ...');
    clearInterval(keep);
    stopFollowing();
    remember(true);
  } finally {
    await both.close();
    await unlock();
  }
  return 0;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const records = (both: Both): Promise<Records> => readRecords(both.server.database.db, both.sandbox.tenantId as TenantId);

/** The data folder, made if need be. Throws when it cannot be written. */
function prepareFolder(dataDir: string): string {
  const folder = resolve(dataDir);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    throw new Error(`The data folder ${folder} cannot be written. Set INVERSO_DATA_DIR to a folder that can.`);
  }
  return folder;
}

/** Removes what earlier starts left, and nothing else. */
function emptyFolder(folder: string): void {
  for (const name of ['sandbox.json', 'sandbox', 'server']) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Starts both parts; on the very first start another sandbox port is taken when the usual one is not free. */
async function startHere(options: Parameters<typeof startBoth>[0], mayMove: boolean): Promise<Both> {
  try {
    return await startBoth(options);
  } catch (error) {
    const fault = error as NodeJS.ErrnoException & { port?: number };
    if (fault.code !== 'EADDRINUSE') throw error;
    if (mayMove && fault.port === options.sandboxPort) return startBoth({ ...options, sandboxPort: 0 });
    const isServer = fault.port === options.serverPort;
    throw new Error(
      isServer
        ? `Port ${options.serverPort} is in use by another program. Set PORT to a free one.`
        : `Port ${options.sandboxPort} is in use by another program, and the saved chats name it. Free it, or start with --fresh.`,
    );
  }
}

/** The main flow in virtual time, until enough is there to look at. */
async function runFlow(both: Both, clock: VirtualClock, isContinued: boolean): Promise<void> {
  const first = await records(both);
  if (!isContinued || first.participants.length === 0) {
    const opened = await openProgram(both, { programName: 'Reverse mentoring', cohortName: 'First cohort' });
    say(`Invited ${opened.mentees} executives and ${opened.mentors} volunteers.`);
  }
  const endsAt = clock.now() + WANTED.mostDays * DAY;
  let last = '';
  while (clock.now() < endsAt) {
    await clock.advanceTo(clock.now() + DAY);
    const now = await records(both);
    const booked = now.series.filter((series) => series.eventId !== null).length;
    const line = `pairs agreed ${now.agreedPairIds.length}, series booked ${booked}, feedback answers ${now.feedback.length}`;
    if (line !== last) say(`${new Date(clock.now()).toISOString().slice(0, 10)}  ${line}`);
    last = line;
    if (booked >= WANTED.series && now.feedback.length >= WANTED.answers) return;
  }
  say(`Stopped waiting after ${WANTED.mostDays} days of virtual time.`);
}

/** The short table of what happened, and where to look. */
function describe(both: Both, clock: VirtualClock, found: Records): string {
  const { world } = both.sandbox;
  const roles = companyRoles(world);
  const nameOf = (id: string | undefined): string => world.people.get(id ?? '')?.displayName ?? 'nobody yet';
  const pair = found.pairs.find(({ state }) => state === 'booked');
  const count = (side: 'mentor' | 'mentee'): number => found.participants.filter((row) => row.side === side && row.state === 'joined').length;
  const rows: [string, string | number][] = [
    ['people in the company', world.people.size],
    ['executives who joined', count('mentee')],
    ['mentors who joined', count('mentor')],
    ['pairs agreed', found.agreedPairIds.length],
    ['series booked', found.series.filter((series) => series.eventId !== null).length],
    ['sessions held', found.sessions.filter((session) => session.held === 'presumed' || session.held === 'confirmed').length],
    ['feedback answers stored', found.feedback.length],
    ['virtual time', new Date(clock.now()).toISOString().slice(0, 16).replace('T', ' ')],
  ];
  const table = rows.map(([name, value]) => `  ${name.padEnd(26)} ${value}`).join('\n');
  return `
${table}

  Teams tab        ${both.origin}/tab          sign in as
                     administrator  ${nameOf(roles.administrators[0])}
                     executive      ${nameOf(pair?.menteeId)}
                     mentor         ${nameOf(pair?.mentorId)}
  Outlook pane     ${both.origin}/taskpane
  Calendars, chats ${both.sandbox.origin}/sandbox/
  API              ${both.origin}/api/openapi.json

  Time runs 1:1 from here; the sandbox page can move it. Stop with Ctrl+C, begin anew with: npm start -- --fresh
`;
}
