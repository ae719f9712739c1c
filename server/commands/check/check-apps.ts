import { X509Certificate } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Config, Credential } from '../../config.ts';
import { DAY } from '../../domain/time/instant.ts';
import { createTokenSource, type TokenResult } from '../../graph/token.ts';
import type { Clock } from '../../ports.ts';
import { ok, problem, skipped, type Finding } from './finding.ts';

type AppName = 'main' | 'daemon';

/** Application permissions that each app needs, with the call they are for; calendar rights come from Exchange. */
const NEEDED: Record<AppName, Record<string, string>> = {
  main: {
    'AppCatalog.Read.All': 'finding the app in the catalog',
    'TeamsAppInstallation.ReadWriteSelfForUser.All': 'installing the app for participants',
  },
  daemon: { 'User.Read.All': 'reading the organization', 'GroupMember.Read.All': 'nominating by group' },
};
/** May be granted: without it pages show initials. */
const OPTIONAL: Record<AppName, readonly string[]> = { main: [], daemon: ['ProfilePhoto.Read.All'] };
const OF_MAILBOXES = /^(Calendars|MailboxSettings)\./;
const BOT_SCOPE = 'https://api.botframework.com/.default';
const DEADLINE = 30_000;
const EXPIRES_SOON = 30 * DAY;

const TODO_BY_CODE: Readonly<Record<string, string>> = {
  AADSTS7000215: 'Create a new client secret, or use a certificate.',
  AADSTS7000222: 'The secret has expired: create a new one, or use a certificate.',
  AADSTS700027: 'Upload the certificate of the PEM file to the app registration.',
  AADSTS700016: 'Look at the client id, and consent to the app in this tenant.',
  AADSTS90002: 'Look at INVERSO_TENANT_IDS.',
};

/**
 * Tokens of both apps and of the bot, and the permissions in them against the ones needed: too few and too many. Gives
 * the tokens of both apps too, null without one.
 */
export async function checkApps(
  config: Config,
  tenantId: string,
  clock: Clock,
): Promise<{ findings: Finding[]; mainToken: string | null; daemonToken: string | null }> {
  const ask = (credential: Credential, clientId: string, loginUrl: string, scope?: string): Promise<TokenResult> =>
    createTokenSource({
      clock,
      loginUrl,
      tenantId,
      clientId,
      credential,
      deadlineMilliseconds: DEADLINE,
      ...(scope === undefined ? {} : { scope }),
    }).get();
  const main = await ask(config.clientCredential, config.clientId, config.loginUrl);
  const daemon = await ask(config.graphCredential, config.graphClientId, config.loginUrl);
  const bot = await ask(config.clientCredential, config.clientId, config.botLoginUrl, BOT_SCOPE);
  const findings = [
    judgeToken('token of app 1', main),
    ...judgeCertificate('certificate of app 1', config.clientCredential, clock),
    ...judgePermissions('permissions of app 1', 'main', main),
    judgeToken('token of app 2', daemon),
    ...judgeCertificate('certificate of app 2', config.graphCredential, clock),
    ...judgePermissions('permissions of app 2', 'daemon', daemon),
    judgeToken('token of the bot', bot),
  ];
  return { findings, mainToken: tokenOf(main), daemonToken: tokenOf(daemon) };
}

const tokenOf = (result: TokenResult): string | null => (result.kind === 'token' ? result.token : null);

function judgeToken(name: string, token: TokenResult): Finding {
  if (token.kind === 'token') return ok(name, 'given');
  if (token.kind === 'later') {
    return problem(
      name,
      `no answer (${token.code})`,
      'Look at INVERSO_LOGIN_URL, INVERSO_BOT_LOGIN_URL and the network.',
    );
  }
  return problem(
    name,
    `refused: ${token.code}`,
    TODO_BY_CODE[token.code] ?? 'Look at the app registration and its credentials.',
  );
}

function judgeCertificate(name: string, credential: Credential, clock: Clock): Finding[] {
  if ('secret' in credential) return [];
  const { validTo } = new X509Certificate(credential.certificatePem);
  const left = Date.parse(validTo) - clock.now();
  const days = Math.floor(left / DAY);
  if (left > EXPIRES_SOON) return [ok(name, `valid for ${days} days`)];
  return [
    problem(
      name,
      left > 0 ? `expires in ${days} days` : 'has expired',
      'Create a new one and upload it to the app registration.',
    ),
  ];
}

function judgePermissions(name: string, app: AppName, token: TokenResult): Finding[] {
  if (token.kind !== 'token') return [skipped(name, 'there is no token')];
  const claim = decodeJwt(token.token)['roles'];
  const roles = Array.isArray(claim) ? claim.map(String) : [];
  const missing = Object.entries(NEEDED[app]).filter(([role]) => !roles.includes(role));
  const extra = roles.filter((role) => !(role in NEEDED[app]) && !OPTIONAL[app].includes(role));
  const wide = extra.filter((role) => OF_MAILBOXES.test(role));
  const unused = extra.filter((role) => !OF_MAILBOXES.test(role));
  const findings: Finding[] = [];
  if (missing.length > 0) {
    const list = missing.map(([role, use]) => `${role} (${use})`).join(', ');
    findings.push(
      problem(name, `missing: ${list}`, 'Grant them as application permissions and consent as administrator.'),
    );
  }
  if (wide.length > 0) {
    const todo = 'Remove them in Entra: Exchange grants them for single mailboxes (New-ManagementRoleAssignment).';
    findings.push(problem(name, `tenantWide: ${wide.join(', ')} open every mailbox`, todo));
  }
  if (unused.length > 0)
    findings.push(problem(name, `too many: ${unused.join(', ')}`, 'Remove them in Entra: nothing uses them.'));
  return findings.length > 0 ? findings : [ok(name, roles.join(', '))];
}
