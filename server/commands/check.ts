import { decodeJwt } from 'jose';
import { join, resolve } from 'node:path';
import { readConfig, type Config, type Credential } from '../config.ts';
import { openDatabase } from '../db/connection.ts';
import { migrate } from '../db/migrate.ts';
import { assertIsolation } from '../db/tenancy.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import { DAY, HOUR, plus } from '../domain/time/instant.ts';
import { createAppInstaller } from '../graph/apps.ts';
import { createCalendar } from '../graph/calendar.ts';
import { createGraphClient } from '../graph/client.ts';
import { createDirectory } from '../graph/directory.ts';
import { createTokenSource } from '../graph/token.ts';
import type { DirectoryChange } from '../ports.ts';
import { realClock } from '../real-clock.ts';
import { readArgs } from './read-args.ts';

/** One line of the check: `red` needs somebody, `grey` could not be looked at because of an earlier line. */
export interface Finding {
  what: string;
  state: 'ok' | 'red' | 'grey';
  why: string;
  /** What to do about it. */
  cure: string;
}

/** Permissions each app needs in its token, and the call it is for. Calendar rights never stand there (platform.md 10). */
const NEEDED: Record<'daemon' | 'main', Record<string, string>> = {
  daemon: { 'User.Read.All': 'reading the organization', 'GroupMember.Read.All': 'nominating by group' },
  main: {
    'AppCatalog.Read.All': 'finding the app in the catalog',
    'TeamsAppInstallation.ReadWriteSelfForUser.All': 'installing the app for participants',
  },
};
const BY_EXCHANGE = /^(Calendars|MailboxSettings)\./;

/** `inverso check`: says what can and cannot be reached, and why. Exit status 1 when something is red. */
export async function check(args: string[]): Promise<number> {
  const { json } = readArgs(args, { json: { kind: 'flag' } });
  const findings = await findAll(readConfig());
  if (json) process.stdout.write(`${JSON.stringify(findings)}\n`);
  else for (const { what, state, why, cure } of findings) process.stdout.write(`${state.padEnd(5)} ${what}: ${why}${cure ? `\n      ${cure}` : ''}\n`);
  return findings.some(({ state }) => state === 'red') ? 1 : 0;
}

/** Looks at everything that the settings name. Never throws for what it finds. */
export async function findAll(config: Config): Promise<Finding[]> {
  const findings: Finding[] = [await checkDatabase(config)];
  for (const tenantId of config.tenantIds) {
    findings.push(...(await checkApp(config, tenantId, 'main', config.clientId, config.clientCredential)));
    findings.push(...(await checkApp(config, tenantId, 'daemon', config.graphClientId, config.graphCredential)));
    findings.push(await checkBot(config, tenantId));
    findings.push(...(await checkReach(config, tenantId as TenantId)));
  }
  return findings;
}

const ok = (what: string, why: string): Finding => ({ what, state: 'ok', why, cure: '' });
const red = (what: string, why: string, cure: string): Finding => ({ what, state: 'red', why, cure });

async function checkDatabase(config: Config): Promise<Finding> {
  const folder = config.databaseUrl === null ? resolve(join(config.dataDir, 'server')) : null;
  try {
    const { db, close } = await openDatabase({ url: config.databaseUrl, folder, clock: realClock });
    try {
      await migrate(db);
      await assertIsolation(db);
    } finally {
      await close();
    }
    return ok('database', 'reachable, tenants are isolated');
  } catch (error) {
    return red('database', (error as Error).message, 'Check DATABASE_URL or INVERSO_DATA_DIR; a running server holds the embedded database.');
  }
}

const tokensOf = (config: Config, tenantId: string, clientId: string, credential: Credential, scope?: string) =>
  createTokenSource({
    clock: realClock,
    loginUrl: scope === undefined ? config.loginUrl : config.botLoginUrl,
    tenantId,
    clientId,
    credential,
    deadlineMilliseconds: 30_000,
    ...(scope === undefined ? {} : { scope }),
  });

async function checkApp(config: Config, tenantId: string, app: 'daemon' | 'main', clientId: string, credential: Credential): Promise<Finding[]> {
  const name = app === 'main' ? 'app 1 (sign-in, bot, installs)' : 'app 2 (organization and calendars)';
  const token = await tokensOf(config, tenantId, clientId, credential).get();
  if (token.kind !== 'token') {
    return [red(name, `no token: ${token.code}`, 'Check the client id, its secret or certificate, and that an administrator has consented.')];
  }
  const claims = decodeJwt(token.token);
  const roles = Array.isArray(claims['roles']) ? (claims['roles'] as string[]) : [];
  const findings = [ok(name, 'signs in')];
  for (const [permission, use] of Object.entries(NEEDED[app])) {
    findings.push(
      roles.includes(permission)
        ? ok(`${name} ${permission}`, `granted, for ${use}`)
        : red(`${name} ${permission}`, `missing; needed for ${use}`, `Grant the application permission ${permission} and consent as administrator.`),
    );
  }
  for (const extra of roles.filter((role) => !(role in NEEDED[app]))) {
    findings.push(
      BY_EXCHANGE.test(extra)
        ? red(`${name} ${extra}`, 'granted for all mailboxes of the tenant', `Remove ${extra} in Entra; Exchange gives it for single mailboxes (New-ManagementRoleAssignment).`)
        : red(`${name} ${extra}`, 'granted, but nothing needs it', `Remove the application permission ${extra}.`),
    );
  }
  return findings;
}

async function checkBot(config: Config, tenantId: string): Promise<Finding> {
  const token = await tokensOf(config, tenantId, config.clientId, config.clientCredential, 'https://api.botframework.com/.default').get();
  return token.kind === 'token'
    ? ok('bot', 'gets a token for the Bot Connector')
    : red('bot', `no token: ${token.code}`, 'Check that the bot is registered for app 1 as a single-tenant bot.');
}

/** Calendar rights are proved by calls, never by the token: a mailbox inside the scope, and one outside. */
async function checkReach(config: Config, tenantId: TenantId): Promise<Finding[]> {
  const log = { debug: () => undefined, warn: () => undefined };
  const base = { clock: realClock, graphUrl: config.graphUrl, loginUrl: config.loginUrl, tenantId, log, readRepeats: 0 };
  const daemon = createGraphClient({ ...base, clientId: config.graphClientId, credential: config.graphCredential });
  const main = createGraphClient({ ...base, clientId: config.clientId, credential: config.clientCredential });
  const people: DirectoryChange[] = [];
  const directory = await createDirectory(daemon).readChanges(tenantId, null, async (page) => void people.push(...page));
  const findings: Finding[] = [];
  if (directory.outcome !== 'done') {
    return [red('directory', 'cannot be read', 'Grant User.Read.All to app 2.'), { what: 'calendars', state: 'grey', why: 'not looked at without the directory', cure: '' }];
  }
  findings.push(ok('directory', `readable, ${people.length} people`));
  const app = await createAppInstaller(main, { manifestId: config.manifestId }).findCatalogApp(tenantId);
  findings.push(
    app.outcome === 'done' && app.value !== null
      ? ok('catalog', 'the app is published')
      : red('catalog', 'the app was not found', 'Upload the app package to the organization’s catalog, or set INVERSO_MANIFEST_ID.'),
  );
  const persons = people.flatMap((change) => (change.kind === 'person' ? [change.person] : []));
  const mailbox = persons.find((person) => person.mail?.toLowerCase() === config.programMailbox.toLowerCase());
  if (!mailbox) return [...findings, red('program mailbox', `${config.programMailbox} is not in the directory`, 'Set INVERSO_PROGRAM_MAILBOX to a licensed user.')];
  const calendar = createCalendar(daemon, {
    notificationUrl: `${config.publicUrl}/graph/notifications`,
    lifecycleUrl: `${config.publicUrl}/graph/lifecycle`,
  });
  const now = realClock.now();
  const busy = await calendar.readBusy(tenantId, mailbox.personId, [{ personId: mailbox.personId, address: config.programMailbox }], now, plus(now, DAY));
  findings.push(
    busy.outcome === 'done'
      ? ok('program mailbox', 'free and busy times can be asked through it')
      : red('program mailbox', 'free and busy times cannot be asked', 'Assign the role "Application Calendars.ReadWrite" for this mailbox in Exchange.'),
  );
  findings.push(await checkOutside(calendar, tenantId, persons.filter((person) => person.personId !== mailbox.personId && person.accountEnabled).map((person) => person.personId)));
  return findings;
}

/** How many mailboxes are tried before it is believed that the scope is open. */
const TRIED = 40;

async function checkOutside(calendar: ReturnType<typeof createCalendar>, tenantId: TenantId, others: readonly PersonId[]): Promise<Finding> {
  const what = 'mailboxes outside the scope';
  const now = realClock.now();
  for (const personId of others.slice(-TRIED)) {
    const seen = await calendar.readOrganizerWindow(tenantId, personId, now, plus(now, HOUR));
    if (seen.outcome === 'refused' && seen.reason === 'forbidden') return ok(what, 'are refused, as they should be');
  }
  return red(what, 'could be read', 'Limit the Exchange role assignments of app 2 to the participants (New-ManagementScope), and remove tenant-wide grants.');
}
