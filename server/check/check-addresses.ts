import type { Config } from '../config.ts';
import { MINUTE } from '../domain/time/instant.ts';
import { askWithoutToken } from '../bot/ask-without-token.ts';
import { readServiceTime } from '../graph/read-service-time.ts';
import type { Clock } from '../ports.ts';
import { ok, problem, skipped, type Finding } from './finding.ts';

/** Entra and we allow five minutes between two clocks. */
const MOST_SKEW = 5 * MINUTE;
/** Reserved for examples (RFC 2606): the sandbox lives there, and the world reaches nobody there. */
const EXAMPLE = /(^|\.)example$/;

/** Our clock against that of the sign-in service. */
export async function checkClock({ loginUrl }: Config, tenantId: string, clock: Clock): Promise<Finding> {
  const path = 'INVERSO_LOGIN_URL';
  const time = await readServiceTime(`${loginUrl}/${tenantId}/v2.0/.well-known/openid-configuration`);
  if (time === null) return problem('clock', 'clockUntold', ['lookAtNetwork', { path }]);
  const skew = Math.abs(clock.now() - time);
  return skew <= MOST_SKEW
    ? ok('clock', 'clockRight', { seconds: Math.round(skew / 1_000) })
    : problem('clock', ['clockOff', { minutes: Math.round(skew / MINUTE) }], 'setClock');
}

/** Whether the bot's address leads to this server: it refuses who comes without a token, with 401. */
export async function checkBotEndpoint({ publicUrl }: Config): Promise<Finding> {
  if (EXAMPLE.test(new URL(publicUrl).hostname)) return skipped('botEndpoint', 'exampleAddress');
  const path = `${publicUrl}/api/messages`;
  const status = await askWithoutToken(path);
  if (status === null) return problem('botEndpoint', 'botUnreached', 'beReached');
  return status === 401
    ? ok('botEndpoint', 'botReached')
    : problem('botEndpoint', ['botElse', { status }], ['sendToServer', { path }]);
}
