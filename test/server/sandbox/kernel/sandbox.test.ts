import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../../server/sandbox/clock.ts';
import { readSavedInstant } from '../../../../server/sandbox/kernel/state-folder.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../../server/sandbox/sandbox.ts';

const START = Date.parse('2026-09-28T06:00:00Z');
const GRAPH = 'https://graph.microsoft.com';
let folder: string;
let running: Sandbox[];
let failures: unknown[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inverso-sandbox-'));
  running = [];
  failures = [];
});
afterEach(async () => {
  expect(failures).toEqual([]);
  for (const sandbox of running) await sandbox.close();
  await rm(folder, { recursive: true });
});

async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({
    seed: 5,
    clock: createVirtualClock(START),
    people: 40,
    executives: 6,
    weeks: 4,
    behavior: false,
    failed: (error) => failures.push(error),
    ...options,
  });
  running.push(sandbox);
  return sandbox;
}

async function appToken(sandbox: Sandbox, clientId: string, secret: string): Promise<string> {
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    scope: `${GRAPH}/.default`,
  };
  const url = `${sandbox.origin}/${sandbox.tenantId}/oauth2/v2.0/token`;
  const reply = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return (await reply.json()).access_token;
}
const read = async (sandbox: Sandbox, token: string, path: string) => {
  const reply = await fetch(sandbox.origin + path, { headers: { authorization: `Bearer ${token}` } });
  return { status: reply.status, now: reply.headers.get('x-sandbox-now'), body: await reply.json() };
};

describe('startSandbox', () => {
  it('serves sign-in, Graph, connector and control on one port', async () => {
    const sandbox = await start();
    const { apps, world } = sandbox;
    expect(new X509Certificate(apps.graph.certificate.certificatePem).subject).toContain('Inverso');
    apps.graph.secret = 'for this test';
    const token = await appToken(sandbox, apps.graph.clientId, 'for this test');
    const users = await read(sandbox, token, '/v1.0/users?$select=id,displayName&$top=5');
    expect([users.status, users.body.value.length]).toEqual([200, 5]);
    expect(users.now).toBe('2026-09-28T06:00:00.000Z');
    const program = await read(sandbox, token, `/v1.0/users/${sandbox.programMailbox}/events`);
    expect(program.status).toBe(200);
    const outside = [...world.people.values()].find(
      ({ id }) =>
        !world.exchangeAssignments.some(({ scope }) =>
          scope.some((entry) => entry === id || world.groups.get(entry.slice(6))?.memberIds.includes(id)),
        ),
    )!;
    const denied = await read(sandbox, token, `/v1.0/users/${outside.id}/events`);
    expect([denied.status, denied.body.error.code]).toEqual([403, 'ErrorAccessDenied']);
    expect((await fetch(`${sandbox.origin}/connector/v3/conversations`, { method: 'POST' })).status).toBe(401);
    expect((await (await fetch(`${sandbox.origin}/sandbox/api/clock`)).json()).now).toBe('2026-09-28T06:00:00.000Z');
    const body = JSON.stringify({ person: outside.id });
    const headers = { 'content-type': 'application/json' };
    const own = await fetch(`${sandbox.origin}/sandbox/api/token`, { method: 'POST', body, headers });
    expect((await own.json()).token).toMatch(/^ey/);
    expect(sandbox.counts()).toMatchObject({ faults: { injected: 0 }, graph: { requests: 3 } });
  });

  it('puts calendar rights into the token where the tenant works so', async () => {
    const sandbox = await start({ rightsMode: 'tenantWide' });
    expect(sandbox.apps.graph.graphRoles).toContain('Calendars.ReadWrite');
    expect(sandbox.world.exchangeAssignments).toEqual([]);
  });

  it('makes the same tenant of the same seed', async () => {
    const [one, two, other] = [await start(), await start(), await start({ seed: 6 })];
    const picture = ({ world, apps }: Sandbox) =>
      JSON.stringify([[...world.people], [...world.groups], world.catalog, apps.main, apps.graph.clientId]);
    expect(picture(two)).toBe(picture(one));
    expect(picture(other)).not.toBe(picture(one));
  });

  it('goes on from the folder: tenant, clock, chats, tokens, rights', async () => {
    const first = await start({ folder, behavior: true });
    first.linkProduct({
      botEndpoint: 'http://127.0.0.1:1/api/messages',
      publicHost: 'inverso.example',
      loopbackOrigin: 'http://127.0.0.1:1',
    });
    const [person] = first.world.people.values();
    await first.world.chats.install(person!.id);
    first.world.exchange.add(person!.id, {
      subject: 'Mine',
      start: '2026-09-29T10:00',
      minutes: 30,
      zone: 'UTC',
      showAs: 'busy',
    });
    await first.world.clock.advanceTo(START + 3_600_000);
    const token = await first.userToken(person!.id);
    await first.close();
    running = [];
    expect((await stat(join(folder, 'sandbox.json'))).mode & 0o077).toBe(0);
    expect(await readSavedInstant(folder)).toBe(START + 3_600_000);

    const second = await start({ folder, behavior: true, seed: 99, people: 12 });
    expect(second.world.clock.now()).toBe(START + 3_600_000);
    expect(second.tenantId).toBe(first.tenantId);
    expect([...second.world.people]).toEqual([...first.world.people]);
    expect(second.apps).toEqual(first.apps);
    expect(second.world.chats.of(person!.id)).toEqual(first.world.chats.of(person!.id));
    const week = [START, START + 7 * 86_400_000] as const;
    expect(second.world.exchange.view(person!.id, ...week)).toEqual(first.world.exchange.view(person!.id, ...week));
    expect(await second.entra.verify(`Bearer ${token}`, second.apps.main.clientId)).toMatchObject({
      personId: person!.id,
    });
    expect(second.world.exchangeAssignments).toEqual(first.world.exchangeAssignments);
  });

  it('says what is wrong with the folder, and with the port', async () => {
    await writeFile(join(folder, 'sandbox.json'), '{');
    await expect(start({ folder })).rejects.toThrow(/--fresh/);
    const { origin } = await start();
    await expect(start({ port: Number(new URL(origin).port) })).rejects.toThrow(/is taken/);
  });

  it('serves its page from the build, and nothing outside of it', async () => {
    await mkdir(join(folder, 'build', 'sandbox'), { recursive: true });
    await writeFile(join(folder, 'build', 'sandbox', 'index.html'), '<p>page');
    await writeFile(join(folder, 'secret'), 'secret');
    const { origin } = await start({ pageFolder: join(folder, 'build') });
    expect(await (await fetch(`${origin}/sandbox/`)).text()).toBe('<p>page');
    expect((await fetch(`${origin}/sandbox/..%2f..%2fsecret`)).status).toBe(404);
    expect((await fetch(`${origin}/assets/none.js`)).status).toBe(404);
  });
});
