import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStartFile } from '../../../server/commands/sandbox/start-file.ts';
import { runCommand, startCommand, type RunningCommand } from './run-command.ts';

const LONG = 180_000;
const SMALL = ['sandbox', '--people', '24', '--executives', '4'];

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

  it('keeps a second process from its data, in one sentence', async () => {
    const owner = first.process.pid;
    for (const args of [['sandbox'], ['sandbox', '--fresh']]) {
      expect(await runCommand(args, data('one'))).toEqual({
        status: 1,
        out: '',
        err: `The data folder ${join(folder, 'one')} is in use by process ${owner}. Stop that process first, or set INVERSO_DATA_DIR to another folder.\n`,
      });
    }
    const migrated = await runCommand(['migrate'], data('one'));
    expect(migrated).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^The data folder .+ is in use by process \d+\..+\n$/) as string,
    });
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

  it('begins anew when the first start was broken off, and when it is asked to', async () => {
    const broken = startCommand(SMALL, data('two'));
    await broken.prints(/Program opened/);
    expect(await broken.stop('SIGTERM')).toBe(0);
    expect(readStartFile(join(folder, 'two'))).toMatchObject({ isComplete: false });
    const again = startCommand(SMALL, data('two'));
    await again.prints(/The first start was broken off: beginning anew\.[\s\S]*Program opened/);
    expect(await again.stop('SIGKILL')).toBe('SIGKILL');

    writeFileSync(join(folder, 'one/notes.txt'), 'mine');
    const fresh = startCommand([...SMALL, '--fresh', '--seed', '2'], data('one'));
    await fresh.prints(/Program opened/);
    await fresh.stop('SIGTERM');
    expect(readStartFile(join(folder, 'one'))).toMatchObject({ seed: 2, isComplete: false });
    expect(existsSync(join(folder, 'one/notes.txt'))).toBe(true);
  });
});

describe('inverso sandbox, when it cannot start', { timeout: LONG }, () => {
  it('names a port that is taken', async () => {
    const port = String((taken.address() as AddressInfo).port);
    expect(await runCommand(['sandbox'], { ...data('three'), PORT: port })).toEqual({
      status: 1,
      out: '',
      err: `Port ${port} is taken by another program. Set PORT to another one.\n`,
    });
  });

  it('names a folder that cannot be written, and one that is not its own', async () => {
    writeFileSync(join(folder, 'file'), '');
    const unwritable = await runCommand(['sandbox'], { PORT: '0', INVERSO_DATA_DIR: join(folder, 'file/data') });
    expect(unwritable).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^The data folder .+ cannot be written: .+\n$/) as string,
    });
    mkdirSync(join(folder, 'foreign/server/database'), { recursive: true });
    const foreign = await runCommand(['sandbox', '--fresh'], data('foreign'));
    expect(foreign).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^The data folder .+ holds a database that no sandbox made\..+\n$/) as string,
    });
    expect(existsSync(join(folder, 'foreign/server/database'))).toBe(true);
  });

  it('names bad input, a line each', async () => {
    expect(await runCommand(['sandbox', '--people', '3', '--executives', 'x'], data('four'))).toEqual({
      status: 2,
      out: '',
      err: '{"path":"people","reason":"must be a whole number from 12 to 5000"}\n{"path":"executives","reason":"must be a whole number from 1 to 1000"}\n',
    });
    expect(await runCommand(['sandbox', '--people', '20', '--executives', '12'], data('four'))).toMatchObject({
      status: 2,
      err: '{"path":"people","reason":"must be at least 56 for 12 executives"}\n',
    });
    const settings = await runCommand(['sandbox'], { ...data('four'), PORT: 'x', LOG_LEVEL: 'loud' });
    expect(
      settings.err
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { path: string }).path),
    ).toEqual(['PORT', 'LOG_LEVEL']);
  });
});
