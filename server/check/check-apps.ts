import { X509Certificate } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Config, Credential } from '../config.ts';
import { DAY, toIso, type Instant } from '../domain/time/instant.ts';
import { createTokenSource, type TokenResult } from '../graph/token.ts';
import type { Clock } from '../ports.ts';
import { about, ok, problem, skipped, type CheckName, type Finding, type TodoKey } from './finding.ts';
import { NEEDED_PERMISSIONS, OPTIONAL_PERMISSIONS, type AppName } from './needed-permissions.ts';

const OF_MAILBOXES = /^(Calendars|MailboxSettings)\./;
const BOT_SCOPE = 'https://api.botframework.com/.default';
const DEADLINE = 30_000;
const EXPIRES_SOON = 30 * DAY;
/** No application has this address. */
const UNKNOWN_RESOURCE = 'AADSTS500011';

const TODO_BY_CODE: Readonly<Record<string, TodoKey | [TodoKey, { path: string }]>> = {
  AADSTS7000215: 'newSecret',
  AADSTS7000222: 'newSecret',
  AADSTS700027: 'uploadCertificate',
  AADSTS700016: 'consent',
  AADSTS90002: ['lookAt', { path: 'INVERSO_TENANT_IDS' }],
};

/**
 * Tokens of both apps and of the bot, the permissions in them against the ones needed, too few and too many, and whom the
 * tokens of people are made out to. Gives the tokens of both apps too, null without one.
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
  const uri = `api://${new URL(config.publicUrl).host}/botid-${config.clientId}`;
  const findings = [
    judgeToken('tokenMain', main),
    ...judgeCertificate('certificateMain', config.clientCredential, clock),
    ...judgePermissions('permissionsMain', 'main', main),
    main.kind === 'token'
      ? judgeAudience(
          await ask(config.clientCredential, config.clientId, config.loginUrl, `${uri}/.default`),
          config.clientId,
          uri,
        )
      : skipped('audience', 'noTokenMain'),
    judgeToken('tokenDaemon', daemon),
    ...judgeCertificate('certificateDaemon', config.graphCredential, clock),
    ...judgePermissions('permissionsDaemon', 'daemon', daemon),
    judgeToken('tokenBot', bot),
  ];
  return { findings, mainToken: tokenOf(main), daemonToken: tokenOf(daemon) };
}

const tokenOf = (result: TokenResult): string | null => (result.kind === 'token' ? result.token : null);

function judgeToken(name: CheckName, token: TokenResult): Finding {
  if (token.kind === 'token') return ok(name, 'given');
  if (token.kind === 'later') {
    const path = 'INVERSO_LOGIN_URL, INVERSO_BOT_LOGIN_URL';
    return problem(name, ['noAnswer', { code: token.code }], ['lookAtNetwork', { path }]);
  }
  return problem(name, ['refused', { code: token.code }], TODO_BY_CODE[token.code] ?? 'lookAtRegistration');
}

/** The tab and the pane send tokens of this address; the server takes those that are made out to the app's id (version 2). */
function judgeAudience(token: TokenResult, clientId: string, uri: string): Finding {
  if (token.kind === 'refused' && token.code === UNKNOWN_RESOURCE)
    return problem('audience', ['audienceUnknown', { uri }], ['setUri', { uri }]);
  if (token.kind !== 'token') return judgeToken('audience', token);
  const audience = String(decodeJwt(token.token).aud);
  return audience.toLowerCase() === clientId
    ? ok('audience', 'audienceRight')
    : problem('audience', ['audienceWrong', { audience }], 'setTokenVersion');
}

function judgeCertificate(name: CheckName, credential: Credential, clock: Clock): Finding[] {
  if ('secret' in credential) return [];
  const end = Date.parse(new X509Certificate(credential.certificatePem).validTo) as Instant;
  const left = end - clock.now();
  const date = toIso(end).slice(0, 10);
  if (left > EXPIRES_SOON) return [ok(name, 'validUntil', { date })];
  return [problem(name, [left > 0 ? 'expiresOn' : 'expiredOn', { date }], 'newCertificate')];
}

function judgePermissions(name: CheckName, app: AppName, token: TokenResult): Finding[] {
  if (token.kind !== 'token') return [skipped(name, 'noToken')];
  const claim = decodeJwt(token.token)['roles'];
  const roles = Array.isArray(claim) ? claim.map(String) : [];
  const needed = NEEDED_PERMISSIONS[app].map((permission) => permission.name);
  const missing = needed.filter((role) => !roles.includes(role));
  const extra = roles.filter((role) => !needed.includes(role) && !OPTIONAL_PERMISSIONS[app].includes(role));
  const wide = extra.filter((role) => OF_MAILBOXES.test(role));
  const unused = extra.filter((role) => !OF_MAILBOXES.test(role));
  const findings = [
    ...(missing.length > 0 ? [about(problem(name, 'permissionsMissing', 'grant'), missing)] : []),
    ...(wide.length > 0 ? [about(problem(name, 'permissionsWide', 'removeWide'), wide)] : []),
    ...(unused.length > 0 ? [about(problem(name, 'permissionsUnused', 'removeUnused'), unused)] : []),
  ];
  return findings.length > 0 ? findings : [about(ok(name, 'permissionsFit'), roles)];
}
