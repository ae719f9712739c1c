import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../server/db/connection.ts';
import { migrate } from '../../server/db/migrate.ts';
import { inTenant } from '../../server/db/tenancy.ts';
import { ensureTenant } from '../../server/db/tenants.ts';
import type { PersonId, TenantId } from '../../server/domain/people/person.ts';
import { realClock } from '../../server/real-clock.ts';
import { createVirtualClock } from '../../server/sandbox/clock.ts';
import { startSandbox, type Sandbox } from '../../server/sandbox/sandbox.ts';
import { makeSessions } from '../make/asked-sessions.ts';
import { cohort } from '../make/pair.ts';
import { serveEnvironment } from '../make/serve-environment.ts';
import { startCommand, type RunningCommand } from '../server/commands/run-command.ts';
import { createOwnDatabase, hasPostgres } from './own-database.ts';

const ANSWERS = 1_000;
const PEOPLE = 40;
const CONNECTIONS = 16;
/** After so many thanks, and a moment more, the server is killed: four times on the way to the last answer. */
const KILL_AFTER = { least: 120, most: 220, moment: 25 };
const KILLS = 4;

/** One answer, what was said last, and how often it was sent. */
interface Answer {
  path: string;
  token: string;
  note: string;
  sent: number;
  isThanked: boolean;
}

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inverso-kill-'));
  sandbox = await startSandbox({
    seed: 1,
    clock: createVirtualClock(Date.now()),
    people: 60,
    executives: 12,
    weeks: 1,
  });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const between = (least: number, most: number): number => least + Math.floor(Math.random() * (most - least));
const pause = (milliseconds: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const hasServer = await hasPostgres();

describe('kill -9 of the server while 1,000 answers arrive: each that was thanked for is there once (F48)', () => {
  test.skipIf(!hasServer)('on PostgreSQL', { timeout: 240_000 }, async () => {
    const own = await createOwnDatabase();
    await answerUnderFire(own.url, join(folder, 'postgres')).finally(own.drop);
  });

  test('on the embedded database', { timeout: 240_000 }, () => answerUnderFire(null, join(folder, 'embedded')));
});

async function answerUnderFire(databaseUrl: string | null, dataDir: string): Promise<void> {
  const open = () => openDatabase({ url: databaseUrl, folder: join(dataDir, 'server'), clock: realClock });
  const tenantId = sandbox.tenantId as TenantId;
  const answers = await prepare(open, tenantId);
  const env = environment(databaseUrl, dataDir);

  let origin = '';
  let thanks = 0;
  let cut = 0;
  const waiting = [...answers];
  const answerAll = async (index: number): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: `127.0.1.${index + 1}` });
    for (let answer = waiting.shift(); answer !== undefined; answer = waiting.shift()) {
      answer.sent++;
      const status = await post(agent, origin, answer);
      if (status === 200) {
        answer.isThanked = true;
        thanks++;
        continue;
      }
      expect([null, 503]).toContain(status);
      if (status === null) cut++;
      // Nobody was thanked: it is sent again, as people do.
      waiting.push(answer);
      await pause(50);
    }
    agent.destroy();
  };

  let server = await start(env);
  origin = server.origin;
  const answering = Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => answerAll(index)));
  for (let kills = 0; kills < KILLS; kills++) {
    const enough = thanks + between(KILL_AFTER.least, KILL_AFTER.most);
    while (thanks < enough) await pause(1);
    await pause(between(0, KILL_AFTER.moment));
    expect(await server.command.stop('SIGKILL')).toBe('SIGKILL');
    server = await start(env);
    origin = server.origin;
  }
  await answering;
  await server.command.stop('SIGTERM');

  // It was hit while it worked, and not in between.
  expect(cut).toBeGreaterThan(0);
  expect(answers.every(({ isThanked }) => isThanked)).toBe(true);
  const database = await open();
  const { rows, logged } = await inTenant(database.db, tenantId, async (tx) => ({
    rows: await tx.selectFrom('feedback').select(['note', 'version']).execute(),
    logged: await tx.selectFrom('runLog').select('entryId').where('kind', '=', 'feedbackReceived').execute(),
  }));
  await database.close();
  const versions = new Map(rows.map(({ note, version }) => [note, version]));
  expect(rows).toHaveLength(ANSWERS);
  // Two answers about one session may be of the same millisecond, which the log tells once.
  expect(logged.length).toBeLessThanOrEqual(ANSWERS);
  for (const { note, sent } of answers) {
    expect(versions.get(note)).toBeGreaterThanOrEqual(1);
    expect(versions.get(note)).toBeLessThanOrEqual(sent);
  }
}

async function prepare(open: () => ReturnType<typeof openDatabase>, tenantId: TenantId): Promise<Answer[]> {
  const people = [...sandbox.world.people.keys()].slice(0, PEOPLE) as PersonId[];
  const database = await open();
  await migrate(database.db);
  await inTenant(database.db, tenantId, (tx) => ensureTenant(tx, tenantId, realClock.now()));
  const cohortId = await cohort({ tenantId, clock: realClock, tx: (work) => inTenant(database.db, tenantId, work) });
  const sessions = await inTenant(database.db, tenantId, (tx) =>
    makeSessions(tx, tenantId, { cohortId, people, perPair: ANSWERS / PEOPLE }),
  );
  await database.close();
  const tokens = new Map<PersonId, string>();
  for (const personId of people) tokens.set(personId, await sandbox.userToken(personId));
  return sessions.flatMap(({ sessionId, people: two }) =>
    two.map((personId) => ({
      path: `/api/sessions/${sessionId}/feedback`,
      token: tokens.get(personId)!,
      note: `${sessionId} ${personId}`,
      sent: 0,
      isThanked: false,
    })),
  );
}

const environment = (databaseUrl: string | null, dataDir: string): Record<string, string> => ({
  ...serveEnvironment(sandbox, folder, dataDir),
  LOG_LEVEL: 'info',
  ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
});

async function start(env: Record<string, string>): Promise<{ command: RunningCommand; origin: string }> {
  const command = startCommand(['serve'], env);
  await command.prints(/"msg":"listening"/);
  return { command, origin: `http://127.0.0.1:${/"port":(\d+),"msg":"listening"/.exec(command.err())![1]}` };
}

/** The status of the reply; null when the connection was cut or refused. */
function post(agent: Agent, origin: string, { path, token, note }: Answer): Promise<number | null> {
  const body = JSON.stringify({ tookPlace: true, usefulness: 4, note });
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve) => {
    request(origin + path, { agent, method: 'POST', headers }, (response) => {
      response
        .resume()
        .on('error', () => resolve(null))
        .on('end', () => resolve(response.statusCode ?? null));
    })
      .on('error', () => resolve(null))
      .end(body);
  });
}
