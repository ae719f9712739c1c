import { decodeJwt, errors } from 'jose';
import { createSigningKeys } from '../bot/signing-keys.ts';
import type { Config } from '../config.ts';
import type { TenantId } from '../domain/people/person.ts';
import { MINUTE, plus } from '../domain/time/instant.ts';
import { createTokenKeys } from '../http/token-keys.ts';
import type { Clock } from '../ports.ts';
import { checkBotEndpoint, checkClock } from './check-addresses.ts';
import { checkApps } from './check-apps.ts';
import { checkDatabase } from './check-database.ts';
import { checkReach } from './check-reach.ts';
import { checkTimeZones, PROCESS_ZONES } from './check-time-zones.ts';
import { ok, problem, type Finding } from './finding.ts';

/**
 * Looks at everything that a server with these settings needs, in the order in which it needs it. Never throws for what
 * it finds, changes nothing that stays, and gives nothing personal. With several tenants findings carry the tenant's id.
 */
export async function runChecks(config: Config, clock: Clock, zones = PROCESS_ZONES): Promise<Finding[]> {
  const findings = [
    ok('settings', 'complete'),
    await checkDatabase(config, clock),
    checkTimeZones(zones),
    await checkClock(config, config.tenantIds[0]!, clock),
    await checkBotKeys(config, clock),
    await checkBotEndpoint(config),
  ];
  for (const tenantId of config.tenantIds) {
    const apps = await checkApps(config, tenantId, clock);
    const ofTenant = [
      await checkSignInKeys(config, tenantId, clock),
      ...apps.findings,
      ...(await checkReach(config, tenantId as TenantId, clockOf(apps.daemonToken, clock), apps)),
    ];
    const named = config.tenantIds.length === 1 ? null : tenantId;
    findings.push(...ofTenant.map((finding) => ({ ...finding, tenantId: named })));
  }
  return findings;
}

/** Entra dates tokens back by this much. */
const BACKDATED = 5 * MINUTE;
const TOLERANCE = 10 * MINUTE;

/** The service's own time, as its token tells it, where ours is another: what we ask for must lie in its future. */
function clockOf(token: string | null, clock: Clock): Clock {
  const dated = token === null ? undefined : decodeJwt(token).nbf;
  const ahead = dated === undefined ? 0 : dated * 1_000 + BACKDATED - clock.now();
  return Math.abs(ahead) < TOLERANCE ? clock : { ...clock, now: () => plus(clock.now(), ahead) };
}

/** A key that no issuer has: looking for it shows whether there is a list of keys. */
const NO_KEY = 'check';

async function checkBotKeys({ botOpenIdUrl }: Config, clock: Clock): Promise<Finding> {
  const found = await createSigningKeys({ openIdUrl: botOpenIdUrl, clock })(NO_KEY);
  return found === 'unavailable'
    ? problem('botKeys', 'unreadable', ['lookAtNetwork', { path: 'INVERSO_BOT_OPENID_URL' }])
    : ok('botKeys', 'readable');
}

async function checkSignInKeys({ loginUrl }: Config, tenantId: string, clock: Clock): Promise<Finding> {
  const name = 'signInKeys';
  const keys = createTokenKeys(`${loginUrl}/${tenantId}/discovery/v2.0/keys`, clock);
  try {
    await keys({ alg: 'RS256', kid: NO_KEY }, { payload: '', signature: '' });
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) {
      return problem(name, 'unreadable', ['lookAtNetwork', { path: 'INVERSO_LOGIN_URL, INVERSO_TENANT_IDS' }]);
    }
  }
  return ok(name, 'readable');
}
