import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../server/commands/check/finding.ts';
import { runChecks } from '../../../../server/commands/check/run-checks.ts';
import type { Config } from '../../../../server/config.ts';
import { realClock } from '../../../../server/real-clock.ts';
import { createVirtualClock } from '../../../../server/sandbox/clock.ts';
import { createCertificate } from '../../../../server/sandbox/entra/certificate.ts';
import { programMailboxId } from '../../../../server/sandbox/people/company-roles.ts';
import { startSandbox, type Sandbox } from '../../../../server/sandbox/sandbox.ts';
import type { RightsMode } from '../../../../server/sandbox/world.ts';
import { startBoth, type Both } from '../../../../server/simulation/start-both.ts';

const START = Date.parse('2026-09-28T06:00:00Z');

const start = (rightsMode: RightsMode): Promise<Both> =>
  startBoth({
    seed: 1,
    clock: createVirtualClock(START),
    people: 24,
    executives: 4,
    weeks: 2,
    sandboxPort: 0,
    serverPort: 0,
    sandboxFolder: null,
    databaseFolder: null,
    databaseUrl: null,
    graphVia: null,
    faultRate: 0,
    rightsMode,
    pageFolder: '',
    logLevel: 'silent',
  });

/** Nothing is there yet; the check makes nothing either. */
const NO_FOLDER = '/nonexistent/inverso';

/** Nobody is asked there: fetch refuses the discard port. */
const NOWHERE = 'http://127.0.0.1:9';

let both: Both;
/** Settings as an operator has them, with one thing changed. */
const check = (change: Partial<Config> = {}): Promise<Finding[]> =>
  runChecks({ ...both.config, dataDir: NO_FOLDER, ...change }, realClock);
const problems = (findings: Finding[]): [string, string][] =>
  findings.filter(({ state }) => state === 'problem').map(({ name, found }) => [name, found]);

describe('runChecks, calendar rights by Exchange', () => {
  beforeAll(async () => void (both = await start('exchangeRbac')));
  afterAll(() => both.close());
  const undo: (() => void)[] = [];
  afterEach(() => undo.splice(0).forEach((step) => step()));

  it('finds everything in order', async () => {
    const findings = await check();
    expect(problems(findings)).toEqual([]);
    expect(findings.map(({ name, state }) => `${state} ${name}`)).toEqual([
      'ok settings',
      'ok database',
      'ok keys of the bot service',
      'ok keys of the sign-in service',
      'ok token of app 1',
      'ok permissions of app 1',
      'ok token of app 2',
      'ok certificate of app 2',
      'ok permissions of app 2',
      'ok token of the bot',
      'ok directory',
      'ok groups',
      'ok program mailbox',
      'ok Teams meetings',
      'ok free and busy',
      'ok subscriptions',
      'ok mailboxes outside the scope',
      'ok catalog app',
    ]);
  });

  it('tells nothing personal', async () => {
    const text = JSON.stringify(await check());
    expect(text).not.toContain('@');
    for (const person of both.sandbox.world.people.values()) {
      for (const word of [person.displayName, person.mail, person.id]) expect(text).not.toContain(word);
    }
  });

  it('shows permissions that are missing and that nothing needs', async () => {
    const app = both.sandbox.apps.graph;
    const granted = app.graphRoles;
    undo.push(() => (app.graphRoles = granted));
    app.graphRoles = ['User.Read.All', 'Mail.Read', 'MailboxSettings.Read'];
    expect(problems(await check())).toEqual([
      ['permissions of app 2', 'missing: GroupMember.Read.All (nominating by group)'],
      ['permissions of app 2', 'tenantWide: MailboxSettings.Read open every mailbox'],
      ['permissions of app 2', 'too many: Mail.Read'],
      ['groups', 'refused with 403 Authorization_RequestDenied'],
    ]);
  });

  it('shows a program mailbox that Exchange does not let us into', async () => {
    const { world } = both.sandbox;
    const assignments = [...world.exchangeAssignments];
    undo.push(() => void world.exchangeAssignments.splice(0, Infinity, ...assignments));
    const mailbox = programMailboxId(world.seed);
    world.exchangeAssignments.splice(0, Infinity, ...assignments.filter(({ scope }) => !scope.includes(mailbox)));
    const findings = await check();
    expect(problems(findings).map(([name]) => name)).toEqual(['Teams meetings', 'free and busy', 'subscriptions']);
    expect(findings.find(({ name }) => name === 'free and busy')?.todo).toContain('Application Calendars.ReadWrite');
  });

  it('shows a program mailbox without a license for Teams', async () => {
    const { mailbox } = both.sandbox.world.people.get(programMailboxId(1))!;
    undo.push(() => (mailbox.teamsLicensed = true));
    mailbox.teamsLicensed = false;
    expect(problems(await check())).toEqual([['Teams meetings', 'the program mailbox may not hold them']]);
  });

  it('shows a scope that leaves nothing out', async () => {
    const { world } = both.sandbox;
    const everybody = {
      clientId: both.config.graphClientId,
      role: 'Application Calendars.Read' as const,
      scope: [...world.people.keys()],
    };
    world.exchangeAssignments.push(everybody);
    undo.push(() => void world.exchangeAssignments.splice(world.exchangeAssignments.indexOf(everybody), 1));
    const [found] = problems(await check());
    expect(found?.[0]).toBe('mailboxes outside the scope');
    expect(found?.[1]).toMatch(/^none of \d+ mailboxes tried was refused$/);
  });

  it('shows an app that is not published, and a mailbox that nobody has', async () => {
    const findings = await check({
      manifestId: '99999999-9999-4999-8999-999999999999',
      programMailbox: "o'nobody@contoso.example",
    });
    expect(problems(findings)).toEqual([
      ['program mailbox', 'nobody in the directory has this address'],
      ['catalog app', 'not published'],
    ]);
    expect(findings.filter(({ state }) => state === 'skipped').map(({ name }) => name)).toEqual([
      'Teams meetings',
      'free and busy',
      'subscriptions',
    ]);
  });

  it('shows a wrong secret and a certificate that is not registered', async () => {
    const { certificatePem, privateKeyPem } = createCertificate('stranger', START, Date.now() + 7 * 86_400_000);
    const findings = await check({
      clientCredential: { secret: 'wrong' },
      graphCredential: { certificatePem, privateKeyPem },
    });
    expect(problems(findings)).toEqual([
      ['token of app 1', 'refused: AADSTS7000215'],
      ['token of app 2', 'refused: AADSTS700027'],
      ['certificate of app 2', expect.stringMatching(/^expires in [67] days$/)],
      ['token of the bot', 'refused: AADSTS7000215'],
    ]);
    expect(findings.filter(({ state }) => state === 'skipped')).toHaveLength(10);
  });

  it('shows a Graph that does not answer', async () => {
    const findings = await check({ graphUrl: NOWHERE });
    expect(problems(findings)).toEqual([
      ['directory', expect.stringMatching(/^no answer \(/)],
      ['catalog app', expect.stringMatching(/^no answer \(/)],
    ]);
  });

  it('shows what cannot be reached at all', async () => {
    const findings = await check({
      databaseUrl: 'postgres://nobody:secret@127.0.0.1:9/none',
      botOpenIdUrl: `${NOWHERE}/metadata`,
      loginUrl: NOWHERE,
      botLoginUrl: NOWHERE,
    });
    expect(findings.filter(({ state }) => state === 'ok').map(({ name }) => name)).toEqual([
      'settings',
      'certificate of app 2',
    ]);
    expect(problems(findings)[0]).toEqual(['database', expect.stringMatching(/^The database cannot be reached: /)]);
    expect(JSON.stringify(findings)).not.toContain('secret@');
  });
});

describe('runChecks, calendar rights for the whole tenant', () => {
  beforeAll(async () => void (both = await start('tenantWide')));
  afterAll(() => both.close());

  it('shows them, and that no mailbox is closed', async () => {
    const found = problems(await check());
    expect(found.map(([name]) => name)).toEqual(['permissions of app 2', 'mailboxes outside the scope']);
    expect(found[0]![1]).toBe('tenantWide: Calendars.ReadWrite, MailboxSettings.Read open every mailbox');
  });
});

describe('runChecks, subscriptions', () => {
  let sandbox: Sandbox;
  let product: Server;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 1, clock: createVirtualClock(START), people: 24, executives: 4, weeks: 1 });
    // All that Graph wants of an address before it delivers there.
    product = createServer((request, response) => {
      const token = new URL(request.url!, 'http://product').searchParams.get('validationToken');
      response.writeHead(200, { 'content-type': 'text/plain' }).end(token);
    });
    await new Promise<void>((resolve) => product.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(product.address() as AddressInfo).port}`;
    sandbox.linkProduct({
      botEndpoint: `${origin}/api/messages`,
      publicHost: 'inverso.contoso.example',
      loopbackOrigin: origin,
    });
  });
  afterAll(async () => {
    await sandbox.close();
    await new Promise((resolve) => product.close(resolve));
  });

  const subscriptions = async (publicHost: string): Promise<string | undefined> => {
    const findings = await runChecks(configOf(sandbox, `https://${publicHost}`), realClock);
    return findings.find(({ name }) => name === 'subscriptions')?.found;
  };

  it('are made and taken back: a second look finds no trace of the first', async () => {
    for (const _time of [1, 2])
      expect(await subscriptions('inverso.contoso.example')).toBe('changes of calendars are told');
  });

  it('are not made for a server that Graph does not reach', async () => {
    expect(await subscriptions('elsewhere.example')).toMatch(/^refused with 400 .*; calendars are polled instead$/);
  });
});

const configOf = ({ origin, tenantId, apps, programMailbox }: Sandbox, publicUrl: string): Config => ({
  ...both.config,
  dataDir: NO_FOLDER,
  publicUrl,
  tenantIds: [tenantId],
  clientId: apps.main.clientId,
  clientCredential: { secret: apps.main.secret! },
  graphClientId: apps.graph.clientId,
  graphCredential: apps.graph.certificate,
  programMailbox,
  graphUrl: origin,
  loginUrl: origin,
  botLoginUrl: origin,
  botOpenIdUrl: `${origin}/botframework/v1/.well-known/openidconfiguration`,
  connectorUrl: `${origin}/connector`,
});
