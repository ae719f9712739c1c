import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProbes } from '../../../server/check/run-probes.ts';
import type { TenantId } from '../../../server/domain/people/person.ts';
import { createVirtualClock } from '../../../server/sandbox/clock.ts';
import { programMailboxId } from '../../../server/sandbox/people/company-roles.ts';
import { startSandbox, type Sandbox } from '../../../server/sandbox/sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  const clock = createVirtualClock(Date.parse('2026-09-28T06:00:00Z'));
  sandbox = await startSandbox({ seed: 1, clock, people: 24, executives: 4, weeks: 1 });
});
afterAll(() => sandbox.close());

const probe = (programMailbox = sandbox.programMailbox) => {
  const { graph } = sandbox.apps;
  const config = {
    graphUrl: sandbox.origin,
    loginUrl: sandbox.origin,
    graphClientId: graph.clientId,
    graphCredential: graph.certificate,
    programMailbox,
  };
  return runProbes(config, sandbox.tenantId as TenantId, sandbox.world.clock as never);
};

it('finds the sandbox as the code is written for, and leaves nothing behind', async () => {
  const probes = (await probe())!;
  expect(probes.filter(({ isExpected }) => !isExpected)).toEqual([]);
  expect(probes.map(({ question, observed }) => [question, observed])).toContainEqual([
    'pages of 999 people',
    'accepted',
  ]);
  expect(probes.length).toBeGreaterThan(5);
  const { clock, exchange } = sandbox.world;
  const events = exchange.view(programMailboxId(1), clock.now(), clock.now() + 400 * 86_400_000);
  expect(events.filter(({ subject }) => subject === 'Inverso')).toEqual([]);
});

it('says what differs', async () => {
  const { world } = sandbox;
  const before = [...world.exchangeAssignments];
  world.exchangeAssignments.splice(0, Infinity);
  const probes = (await probe())!;
  world.exchangeAssignments.push(...before);
  const different = probes.filter(({ isExpected }) => !isExpected).map(({ question }) => question);
  expect(different).toContain('the same transactionId for a second event');
  expect(different).not.toContain('pages of 999 people');
});

it('gives nothing where there is no program mailbox', async () => {
  expect(await probe('nobody@contoso.example')).toBeNull();
});
