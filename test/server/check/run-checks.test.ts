import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkBotEndpoint } from '../../../server/check/check-addresses.ts';
import { PACKAGE_VERSION } from '../../../server/check/package-version.ts';
import { runChecks } from '../../../server/check/run-checks.ts';
import { PROCESS_ZONES, type ZoneData } from '../../../server/check/check-time-zones.ts';
import type { Config } from '../../../server/config.ts';
import type { FindingReply } from '../../../server/contract/check.ts';
import { LOCALES } from '../../../server/contract/vocabulary.ts';
import { openDatabase } from '../../../server/db/connection.ts';
import { migrate } from '../../../server/db/migrate.ts';
import { LEAVE_ROLE } from '../../../server/db/tenancy.ts';
import { createTexts } from '../../../server/locales/create-texts.ts';
import { writeFinding } from '../../../server/locales/write-finding.ts';
import type { Clock } from '../../../server/ports.ts';
import { realClock } from '../../../server/real-clock.ts';
import { createVirtualClock } from '../../../server/sandbox/clock.ts';
import { createCertificate } from '../../../server/sandbox/entra/certificate.ts';
import { companyRoles, programMailboxId } from '../../../server/sandbox/people/company-roles.ts';
import { startSandbox, type Sandbox } from '../../../server/sandbox/sandbox.ts';
import type { RightsMode } from '../../../server/sandbox/world.ts';
import { startBoth, type Both } from '../../../server/simulation/start-both.ts';

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
const reader = createTexts().reader('en', 'UTC');
/** Settings as an operator has them, with one thing changed. */
const check = async (
  change: Partial<Config> = {},
  clock: Clock = realClock,
  zones: ZoneData = PROCESS_ZONES,
): Promise<FindingReply[]> =>
  (await runChecks({ ...both.config, dataDir: NO_FOLDER, ...change }, clock, zones)).map((finding) =>
    writeFinding(finding, reader),
  );
const problems = (findings: FindingReply[]): [string, string][] =>
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
      'ok time zones',
      'ok clock',
      'ok keys of the bot service',
      // The sandbox has an address of an example, which nobody reaches from outside.
      'skipped address of the bot',
      'ok keys of the sign-in service',
      'ok token of app 1',
      'ok permissions of app 1',
      'ok single sign-on',
      'ok token of app 2',
      'ok certificate of app 2',
      'ok permissions of app 2',
      'ok token of the bot',
      'ok directory',
      'ok groups',
      'ok program mailbox',
      'ok Teams meetings',
      'ok free and busy',
      'ok free and busy of others',
      'ok subscriptions',
      'ok mailboxes outside the scope',
      'ok level of rights',
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
      ['permissions of app 2', 'granted for the whole tenant: MailboxSettings.Read; every mailbox is open'],
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
    expect(problems(findings).map(([name]) => name)).toEqual([
      'Teams meetings',
      'free and busy',
      'free and busy of others',
      'subscriptions',
    ]);
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
    expect(found?.[1]).toMatch(/^mailboxes tried: \d+; none was refused$/);
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
      'address of the bot',
      'Teams meetings',
      'free and busy',
      'free and busy of others',
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
      ['certificate of app 2', expect.stringMatching(/^expires on \d{4}-\d\d-\d\d$/)],
      ['token of the bot', 'refused: AADSTS7000215'],
    ]);
    expect(findings.filter(({ state }) => state === 'skipped')).toHaveLength(14);
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
      'time zones',
      'certificate of app 2',
    ]);
    expect(problems(findings)[0]).toEqual(['database', expect.stringMatching(/^The database cannot be reached: /)]);
    expect(JSON.stringify(findings)).not.toContain('secret@');
  });
});

/** One thing wrong each: how it is planted, and the finding that names it with its cure. */
describe('runChecks, misconfigurations planted one by one', () => {
  beforeAll(async () => void (both = await start('exchangeRbac')));
  afterAll(() => both.close());
  const undo: (() => void | Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0)) await step();
  });
  const set = <Kind extends object, Key extends keyof Kind>(of: Kind, key: Key, value: Kind[Key]): void => {
    const before = of[key];
    undo.push(() => void (of[key] = before));
    of[key] = value;
  };
  const main = () => both.sandbox.apps.main;
  const daemon = () => both.sandbox.apps.graph;

  it.each<[string, string, RegExp, RegExp, () => Partial<Config> | void | Promise<Partial<Config>>]>([
    [
      'a missing role',
      'permissions of app 2',
      /^missing: GroupMember.Read.All \(nominating by group\)$/,
      /admin-script/,
      () => set(daemon(), 'graphRoles', ['User.Read.All']),
    ],
    [
      'a role that is too broad',
      'permissions of app 2',
      /^too many: Directory.ReadWrite.All$/,
      /Remove them in Entra/,
      () => set(daemon(), 'graphRoles', [...daemon().graphRoles, 'Directory.ReadWrite.All']),
    ],
    [
      'calendars of the whole tenant',
      'permissions of app 2',
      /^granted for the whole tenant: Calendars.ReadWrite/,
      /Exchange grants them for single mailboxes/,
      () => set(daemon(), 'graphRoles', [...daemon().graphRoles, 'Calendars.ReadWrite']),
    ],
    [
      'an address of the app that nobody has',
      'single sign-on',
      /^no app has the address api:\/\/elsewhere\.example\/botid-/,
      /^Set the Application ID URI of app 1 to api:/,
      () => ({ publicUrl: 'https://elsewhere.example' }),
    ],
    [
      'tokens for another audience',
      'single sign-on',
      /^tokens are made out to /,
      /requestedAccessTokenVersion/,
      () => {
        set(daemon(), 'identifierUri', main().identifierUri);
        set(main(), 'identifierUri', null);
      },
    ],
    [
      'an expired certificate',
      'certificate of app 2',
      /^expired on 2026-09-27$/,
      /Create a new one/,
      () => ({ graphCredential: createCertificate('old', START - 90 * 86_400_000, START - 86_400_000) }),
    ],
    [
      'the named mailbox inside the scope',
      'mailboxes outside the scope',
      /^the one in INVERSO_OUTSIDE_MAILBOX can be read$/,
      /New-ManagementScope/,
      () => ({ outsideMailbox: both.config.programMailbox }),
    ],
    [
      'a bot that nobody reaches',
      'address of the bot',
      /^cannot be reached from here$/,
      /INVERSO_PUBLIC_URL/,
      () => ({ publicUrl: 'https://127.0.0.1:9' }),
    ],
    [
      'an old package',
      'catalog app',
      /^published in version 0\.9\.9; this server expects \d/,
      /npm run package/,
      () => set(both.sandbox.world.catalog!, 'version', '0.9.9'),
    ],
    [
      'another tenant',
      'token of app 2',
      /^refused: AADSTS90002$/,
      /INVERSO_TENANT_IDS/,
      () => ({ tenantIds: ['99999999-9999-4999-8999-999999999999'] }),
    ],
    [
      'a program mailbox that does not exist',
      'program mailbox',
      /^nobody in the directory has this address$/,
      /INVERSO_PROGRAM_MAILBOX/,
      () => ({ programMailbox: 'gone@contoso.example' }),
    ],
    [
      'a program mailbox whose account is disabled',
      'program mailbox',
      /^its account is disabled$/,
      /Enable the account/,
      () => set(both.sandbox.world.people.get(programMailboxId(1))!, 'accountEnabled', false),
    ],
    [
      'a database one migration behind',
      'database',
      /^migrations that have not run: 1$/,
      /^Run: inverso migrate$/,
      async () => {
        const dataDir = mkdtempSync(join(tmpdir(), 'inverso-check-'));
        undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
        const opened = await openDatabase({ url: null, folder: join(dataDir, 'server'), clock: realClock });
        const names = await migrate(opened.db);
        await opened.db.connection().execute(async (connection) => {
          await sql.raw(LEAVE_ROLE).execute(connection);
          await sql`delete from kysely_migration where name = ${names.at(-1)}`.execute(connection);
        });
        await opened.close();
        return { dataDir };
      },
    ],
  ])('%s', async (_, name, found, todo, plant) => {
    const findings = await check((await plant()) ?? {});
    const named = findings.filter((finding) => finding.name === name && finding.state === 'problem');
    expect(named.map((finding) => finding.found).join('\n')).toMatch(found);
    expect(named.map((finding) => finding.todo).join('\n')).toMatch(todo);
  });

  it('a clock ten minutes off', async () => {
    const late: Clock = { ...realClock, now: () => (realClock.now() - 600_000) as ReturnType<Clock['now']> };
    const findings = await check({}, late);
    expect(problems(findings)).toContainEqual(['clock', '10 minutes away from the sign-in service']);
    expect(findings.find(({ name }) => name === 'clock')?.todo).toMatch(/NTP/);
  });

  it('a time zone that this Node does not know', async () => {
    const findings = await check({}, realClock, {
      version: '2019a',
      isKnown: (zone) => zone !== 'Europe/Kyiv' && PROCESS_ZONES.isKnown(zone),
    });
    expect(problems(findings)).toEqual([['time zones', 'not known here: Europe/Kyiv']]);
    expect(findings.find(({ name }) => name === 'time zones')?.todo).toMatch(/ICU/);
  });

  it('somebody else at the bot’s address', async () => {
    const other = createServer((_, response) => response.writeHead(200).end('hello'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    undo.push(() => void other.close());
    const publicUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const findings = await runChecks(
      { ...both.config, dataDir: NO_FOLDER, publicUrl: both.config.publicUrl },
      realClock,
    );
    expect(findings.find(({ name }) => name === 'botEndpoint')?.state).toBe('skipped');
    expect(await checkBotEndpoint({ ...both.config, publicUrl })).toMatchObject({
      state: 'problem',
      found: { key: 'botElse', values: { status: 200 } },
    });
    const product = `http://127.0.0.1:${both.server.port}`;
    expect(await checkBotEndpoint({ ...both.config, publicUrl: product })).toMatchObject({ state: 'ok' });
  });

  it('is proved by the mailbox that is named, where it is refused', async () => {
    const { world } = both.sandbox;
    const inside = new Set(companyRoles(world).executives.concat(companyRoles(world).volunteers));
    const outside = [...world.people.values()].find(
      ({ id, mail, accountEnabled }) =>
        mail !== null && accountEnabled && !inside.has(id) && id !== programMailboxId(1),
    )!;
    const findings = await check({ outsideMailbox: outside.mail });
    expect(findings.find(({ name }) => name === 'mailboxes outside the scope')).toMatchObject({
      state: 'ok',
      found: 'are refused with 403',
    });
  });

  it('finds basic rights where only the program mailbox is open', async () => {
    const { world } = both.sandbox;
    const program = programMailboxId(1);
    const before = [...world.exchangeAssignments];
    undo.push(() => void world.exchangeAssignments.splice(0, Infinity, ...before));
    world.exchangeAssignments.splice(0, Infinity, ...before.filter(({ scope }) => scope.includes(program)));
    const findings = await check();
    expect(problems(findings)).toEqual([]);
    expect(findings.find(({ name }) => name === 'level of rights')?.found).toBe(
      'basic: the calendar of the program mailbox alone',
    );
  });

  it('is written in every language', async () => {
    const findings = await runChecks({ ...both.config, dataDir: NO_FOLDER, loginUrl: NOWHERE }, realClock);
    for (const locale of LOCALES) {
      const text = JSON.stringify(findings.map((one) => writeFinding(one, createTexts().reader(locale, 'UTC'))));
      expect(text, locale).not.toMatch(/check(Names|Found|Todo)|\{\{/);
    }
  });
});

describe('runChecks, calendar rights for the whole tenant', () => {
  beforeAll(async () => void (both = await start('tenantWide')));
  afterAll(() => both.close());

  it('shows them, and that no mailbox is closed', async () => {
    const found = problems(await check());
    expect(found.map(([name]) => name)).toEqual(['permissions of app 2', 'mailboxes outside the scope']);
    expect(found[0]![1]).toBe(
      'granted for the whole tenant: Calendars.ReadWrite, MailboxSettings.Read; every mailbox is open',
    );
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
    const found = findings.find(({ name }) => name === 'subscriptions');
    return found && writeFinding(found, reader).found;
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

describe('PACKAGE_VERSION', () => {
  it('is the version of every environment file', () => {
    const folder = new URL('../../../appPackage/env/', import.meta.url);
    const files = readdirSync(folder).filter((name) => /^\.env\.[a-z]+$/.test(name));
    expect(files.length).toBeGreaterThan(2);
    for (const file of files)
      expect(readFileSync(new URL(file, folder), 'utf8'), file).toContain(`\nAPP_VERSION=${PACKAGE_VERSION}\n`);
  });
});
