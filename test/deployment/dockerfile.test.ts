import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createVirtualClock } from '../../server/sandbox/clock.ts';
import { startSandbox, type Sandbox } from '../../server/sandbox/sandbox.ts';
import { serveEnvironment } from '../make/serve-environment.ts';
import { readDockerfile, type Step } from '../make/read-dockerfile.ts';
import { whyNoPostgres } from '../postgres/open-postgres.ts';
import { createOwnDatabase } from '../postgres/own-database.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const stages = readDockerfile(readFileSync(join(project, 'appPackage/Dockerfile'), 'utf8'));
const reason = await whyNoPostgres();
if (reason !== null) console.warn(reason);
if (reason !== null) test.skip(reason);

/** Installing and building, on a busy machine. */
const LONG = 900_000;
/** Nobody in particular; who runs the tests, where that is no root. */
const USER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;

/** Runs the steps of the Dockerfile in clean folders, as there is no Docker to do it: each stage in one of its own. */
describe.skipIf(reason !== null)('the Dockerfile, step by step', { timeout: LONG }, () => {
  let top: string;
  let sandbox: Sandbox;
  const folderOf = (stage: number): string => join(top, String(stage), 'app');

  beforeAll(async () => {
    top = mkdtempSync(join(tmpdir(), 'inverso-image-'));
    chmodSync(top, 0o755);
    mkdirSync(join(top, 'home'));
    own(join(top, 'home'));
    sandbox = await startSandbox({
      seed: 1,
      clock: createVirtualClock(Date.now()),
      people: 24,
      executives: 4,
      weeks: 1,
    });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(top, { recursive: true, force: true });
    // Two installations are many files.
  }, LONG);
  const own = (path: string): void => {
    if (USER !== null) spawnSync('chown', ['-R', `${USER.uid}:${USER.gid}`, path]);
  };
  const env = { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'] };

  const run = (step: Step, stage: number): void => {
    const folder = folderOf(stage);
    if (step.kind === 'COPY') {
      const from = step.from === null ? project : join(top, step.from, '..');
      for (const source of step.sources) {
        const isFolder = step.target.endsWith('/') || step.sources.length > 1;
        const target = join(folder, step.target, isFolder ? basename(source) : '');
        cpSync(
          step.from === null ? join(from, source) : join(folderOf(Number(step.from)), source.replace(/^\/app\//, '')),
          target,
          {
            recursive: true,
          },
        );
      }
      own(folder);
    } else if (step.kind === 'RUN') {
      const home = join(top, 'home');
      const done = spawnSync('bash', ['-ec', step.command], {
        cwd: folder,
        env: { ...env, HOME: home, npm_config_cache: join(home, '.npm') },
        ...(USER ?? {}),
        encoding: 'utf8',
        timeout: LONG,
      });
      expect(done.status, `${step.command}\n${done.stdout}\n${done.stderr}`).toBe(0);
    }
  };

  it('builds, and what it builds serves the tab with PostgreSQL to an ordinary user', async () => {
    for (const [stage, { steps }] of stages.entries()) {
      mkdirSync(folderOf(stage), { recursive: true });
      own(folderOf(stage));
      for (const step of steps) run(step, stage);
    }
    const image = folderOf(stages.length - 1);
    const database = await createOwnDatabase();
    const settings = serveEnvironment(sandbox, top, join(top, 'none'));
    chmodSync(settings['INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH']!, 0o644);
    const last = stages.at(-1)!;
    const server = spawn(last.command[0]!, last.command.slice(1), {
      cwd: image,
      env: { ...last.env, ...settings, PATH: process.env['PATH'], DATABASE_URL: database.url, PORT: '0' },
      ...(USER ?? {}),
    });
    try {
      const port = await portOf(server);
      for (const [path, status, text] of [
        ['/healthz', 200, ''],
        ['/readyz', 200, ''],
        ['/tab', 200, '<div id="root">'],
        ['/taskpane', 200, '/assets/taskpane-'],
        ['/api/me', 401, 'signedOut'],
      ] as const) {
        const answer = await fetch(`http://127.0.0.1:${port}${path}`);
        expect(answer.status, path).toBe(status);
        expect(await answer.text()).toContain(text);
      }
    } finally {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      expect(await ended).toBe(0);
      await database.drop();
    }
  });
});

function portOf(server: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const look = (chunk: Buffer): void => {
      text += chunk.toString();
      const port = /"port":(\d+),"msg":"listening"/.exec(text)?.[1];
      if (port !== undefined) resolve(port);
    };
    server.stdout?.on('data', look);
    server.stderr?.on('data', look);
    server.once('exit', (code) => reject(new Error(`ended with ${code}:\n${text}`)));
  });
}
