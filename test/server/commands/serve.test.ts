import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeStartFile } from '../../../server/commands/sandbox/start-file.ts';
import { createVirtualClock } from '../../../server/sandbox/clock.ts';
import { startSandbox, type Sandbox } from '../../../server/sandbox/sandbox.ts';
import { serveEnvironment } from '../../make/serve-environment.ts';
import { runCommand, startCommand } from './run-command.ts';

const LONG = 120_000;
let folder: string;
let sandbox: Sandbox;
let env: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inverso-serve-'));
  sandbox = await startSandbox({ seed: 1, clock: createVirtualClock(Date.now()), people: 24, executives: 4, weeks: 1 });
  env = serveEnvironment(sandbox, folder, join(folder, 'data'));
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('inverso migrate', { timeout: LONG }, () => {
  it('prints what ran, once', async () => {
    const data = { INVERSO_DATA_DIR: env['INVERSO_DATA_DIR']! };
    expect(await runCommand(['migrate'], data)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^(ran \d{4}-[a-z-]+\n)+$/) as string,
    });
    expect(await runCommand(['migrate'], data)).toEqual({ status: 0, out: 'The database is up to date.\n', err: '' });
  });

  it('says in one sentence when the database does not answer', async () => {
    const answer = await runCommand(['migrate'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' });
    expect(answer).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringMatching(/^The database cannot be reached: .+\n$/) as string,
    });
  });
});

describe('inverso serve', { timeout: LONG }, () => {
  it('serves by real time until it is asked to stop, with logs on stderr alone', async () => {
    const server = startCommand(['serve'], env);
    await server.prints(/"msg":"listening"/);
    const port = /"port":(\d+),"msg":"listening"/.exec(server.err())![1];
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/api/me`)).status).toBe(401);

    const second = await runCommand(['serve'], env);
    expect(second.status).toBe(1);
    expect(second.err).toMatch(/The data folder .+ is in use by process \d+\. .+\n$/);
    expect(second.err).not.toMatch(/^ +at /m);

    const began = performance.now();
    expect(await server.stop('SIGTERM')).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(server.out()).toBe('');
    expect(server.err()).toMatch(/"level":40.*a client secret is configured/);
    expect(server.err()).not.toContain(env['INVERSO_CLIENT_SECRET']);
    // Fastify warns of what it will not take any more.
    expect(server.err()).not.toMatch(/Deprecation/);
  });

  it('refuses to start without its settings, naming all that are missing', async () => {
    const { status, out, err } = await runCommand(['serve'], { INVERSO_PUBLIC_URL: 'http://plain.example' });
    expect([status, out]).toEqual([2, '']);
    const faults = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { path: string; reason: string });
    expect(faults).toHaveLength(7);
    expect(faults).toContainEqual({ path: 'INVERSO_PUBLIC_URL', reason: 'must be an https URL' });
    expect(faults).toContainEqual({ path: 'INVERSO_TENANT_IDS', reason: 'is not set' });
  });

  it('refuses the data of a sandbox', async () => {
    const data = join(folder, 'sandboxed');
    mkdirSync(join(data, 'sandbox'), { recursive: true });
    writeStartFile(data, { seed: 1, people: 60, executives: 12, sandboxPort: 4100, isComplete: true });
    expect(await runCommand(['serve'], { ...env, INVERSO_DATA_DIR: data })).toEqual({
      status: 1,
      out: '',
      err: `The data folder ${data} holds a sandbox. Set INVERSO_DATA_DIR to another folder.\n`,
    });
  });
});

describe('inverso check', { timeout: LONG }, () => {
  it('names missing settings as problems, and makes no data folder', async () => {
    const data = join(folder, 'none');
    const { status, out, err } = await runCommand(['check'], { INVERSO_DATA_DIR: data });
    expect([status, err]).toEqual([1, '']);
    expect(out.trim().split('\n')).toHaveLength(7);
    expect(out).toMatch(/^problem {2}settings: INVERSO_PUBLIC_URL is not set\. /m);
    expect(existsSync(data)).toBe(false);
  });

  it('tells a line each of what it can and cannot reach', async () => {
    const { status, out } = await runCommand(['check'], env);
    expect(status).toBe(1);
    expect(out).toMatch(/^ok {7}token of app 2: given$/m);
    expect(out).toMatch(/^problem {2}subscriptions: refused with 400 /m);
    for (const line of out.trim().split('\n')) expect(line).toMatch(/^(ok|problem|skipped) +[A-Za-z0-9 -]+: ./);
  });
});
