import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { explainFault } from '../../../server/explain-fault.ts';
import { migrateDatabase } from '../../../server/commands/migrate-database.ts';
import { sandbox } from '../../../server/commands/sandbox.ts';
import type { ConfigError } from '../../../server/config.ts';
import { runCommand, startCommand, type RunningCommand } from './run-command.ts';

const LONG = 180_000;
const SMALL = ['sandbox', '--people', '24', '--executives', '4', '--seed', '2'];

let folder: string;
let taken: Server;
const running: RunningCommand[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inverso-start-'));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  for (const command of running) await command.stop('SIGKILL');
  await new Promise((resolve) => taken.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const data = (name: string): Record<string, string> => ({ PORT: '0', INVERSO_DATA_DIR: join(folder, name) });

/** What a command throws that cannot start; `inverso` makes lines and a status of it, as other tests here see. */
async function refusalOf(
  command: (args: string[]) => Promise<number>,
  args: string[],
  env: Record<string, string>,
): Promise<unknown> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    return await command(args).then(
      (status) => Promise.reject(new Error(`not refused: ended with ${status}`)),
      (error: unknown) => error,
    );
  } finally {
    vi.unstubAllEnvs();
  }
}

/** Starts the sandbox and waits for the table. */
async function start(args: string[], env: Record<string, string>): Promise<RunningCommand> {
  const command = startCommand(args, env);
  running.push(command);
  await command.prints(/Stop with Ctrl\+C/);
  return command;
}

/** The numbers of the table by name. */
const numbers = (table: string): Record<string, number> =>
  Object.fromEntries([...table.matchAll(/^([a-z ]+?) {2,}(\d+)$/gm)].map(([, name, value]) => [name!, Number(value)]));
const addressOf = (table: string, name: string): string => new RegExp(`^${name} +(http\\S+)$`, 'm').exec(table)![1]!;

/** Status of a page or reply of the running sandbox. */
const statusOf = async (url: string): Promise<number> => {
  const reply = await fetch(url);
  await reply.arrayBuffer();
  return reply.status;
};

interface Clock {
  now: string;
  following: boolean;
}

describe('inverso sandbox', { timeout: LONG }, () => {
  let first: RunningCommand;
  let firstNow: number;

  it('brings a company to booked series and answers, and tells what happened and where to look', async () => {
    first = await start(SMALL, data('one'));
    const table = first.out();
    expect(numbers(table)).toMatchObject({ people: 24, executives: 4 });
    expect(numbers(table)['series booked']).toBeGreaterThanOrEqual(4);
    expect(numbers(table)['feedback answers']).toBeGreaterThanOrEqual(4);
    expect(table).toMatch(/\(administrator\),\n.+ \(executive\) or .+ \(mentor\)$/m);
    expect(first.err()).toMatch(/^Program opened: 4 executives and \d+ mentors are invited\.$/m);

    for (const page of ['Teams tab', 'Outlook pane', 'Calendar', 'Chat', 'API']) {
      expect(await statusOf(addressOf(table, page))).toBe(200);
    }
    expect(await statusOf(new URL('/api/me', addressOf(table, 'Teams tab')).href)).toBe(401);
    const clock = (await (await fetch(new URL('/sandbox/api/clock', addressOf(table, 'Chat')))).json()) as Clock;
    expect(clock.following).toBe(true);
    firstNow = Date.parse(clock.now);
  });

  it('lets a check look at it', async () => {
    const settings = readFileSync(join(folder, 'one/sandbox/settings.env'), 'utf8');
    const env = Object.fromEntries(
      [...settings.matchAll(/^(\w+)="(.*)"$/gm)].map(([, name, value]) => [name!, value!]),
    );
    const found = await runCommand(['check', '--json'], env);
    expect({ ...found, out: JSON.parse(found.out) as unknown }).toMatchObject({
      status: 0,
      out: { ok: true },
      err: '',
    });
  });

  it('keeps every other command from its data, in one sentence', async () => {
    const inUse = `The data folder ${join(folder, 'one')} is in use by process ${first.process.pid}. Stop that process first, or set INVERSO_DATA_DIR to another folder.`;
    expect(await runCommand(['sandbox'], data('one'))).toEqual({ status: 1, out: '', err: `${inUse}\n` });
    expect(explainFault(await refusalOf(sandbox, ['--fresh'], data('one')))).toBe(inUse);
    expect(explainFault(await refusalOf(migrateDatabase, [], data('one')))).toMatch(
      /^The data folder .+ is in use by process \d+\./,
    );
  });

  it('goes on from the same data after it was killed, at the same sandbox address and never earlier', async () => {
    // What has changed is written within two seconds.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await first.stop('SIGKILL')).toBe('SIGKILL');
    const second = await start(['sandbox'], data('one'));
    expect(second.err()).toMatch(/^Starting with the data of the last time\.$/m);
    expect(second.err()).not.toMatch(/Program opened/);
    const [before, after] = [numbers(first.out()), numbers(second.out())];
    expect(after['people']).toBe(before['people']);
    expect(after['series booked']).toBeGreaterThanOrEqual(before['series booked']!);
    expect(after['feedback answers']).toBeGreaterThanOrEqual(before['feedback answers']!);
    expect(new URL(addressOf(second.out(), 'Chat')).origin).toBe(new URL(addressOf(first.out(), 'Chat')).origin);
    const clock = (await (await fetch(new URL('/sandbox/api/clock', addressOf(second.out(), 'Chat')))).json()) as Clock;
    expect(Date.parse(clock.now)).toBeGreaterThanOrEqual(firstNow);

    const began = performance.now();
    second.process.kill('SIGINT');
    expect(await second.stop('SIGINT')).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('refuses another company than the one it has', async () => {
    expect(await runCommand(['sandbox', '--people', '60'], data('one'))).toEqual({
      status: 2,
      out: '',
      err: '{"path":"people","reason":"is 24 in the data folder; begin anew with --fresh to change it"}\n',
    });
  });
});

describe('inverso sandbox, when it cannot start', () => {
  it('names a port that is taken', async () => {
    const port = String((taken.address() as AddressInfo).port);
    const refusal = await refusalOf(sandbox, [], { ...data('three'), PORT: port });
    expect(explainFault(refusal)).toBe(`Port ${port} is taken by another program. Set PORT to another one.`);
  });

  it('names a folder that cannot be written, and one that is not its own', async () => {
    writeFileSync(join(folder, 'file'), '');
    const unwritable = await refusalOf(sandbox, [], { PORT: '0', INVERSO_DATA_DIR: join(folder, 'file/data') });
    expect(explainFault(unwritable)).toMatch(/^The data folder .+ cannot be written: .+$/);
    mkdirSync(join(folder, 'foreign/server/database'), { recursive: true });
    const foreign = await refusalOf(sandbox, ['--fresh'], data('foreign'));
    expect(explainFault(foreign)).toMatch(/^The data folder .+ holds a database that no sandbox made\..+$/);
    expect(existsSync(join(folder, 'foreign/server/database'))).toBe(true);
  });

  it('names bad input', async () => {
    expect(await refusalOf(sandbox, ['--people', '3', '--executives', 'x'], data('four'))).toMatchObject({
      faults: [
        { path: 'people', reason: 'must be a whole number from 12 to 5000' },
        { path: 'executives', reason: 'must be a whole number from 1 to 1000' },
      ],
    });
    expect(await refusalOf(sandbox, ['--people', '20', '--executives', '12'], data('four'))).toMatchObject({
      faults: [{ path: 'people', reason: 'must be at least 56 for 12 executives' }],
    });
    const settings = await refusalOf(sandbox, [], { ...data('four'), PORT: 'x', LOG_LEVEL: 'loud' });
    expect((settings as ConfigError).faults.map(({ path }) => path)).toEqual(['PORT', 'LOG_LEVEL']);
  });
});
