import { runChecks } from './check/run-checks.ts';
import type { Config } from './config.ts';
import type { CheckDeps } from './http/routes/check-routes.ts';
import { createTexts } from './locales/create-texts.ts';
import { writeFinding } from './locales/write-finding.ts';
import { realClock } from './real-clock.ts';

/**
 * The check of the running server, for one tenant at a time, so that none learns of another. By the real clock: the time that
 * a service tells is real, also where the rest of the server runs in virtual time.
 */
export function checkForPage(config: Config): CheckDeps['runChecks'] {
  const texts = createTexts();
  return async (tenantId, locale) => {
    const findings = await runChecks({ ...config, tenantIds: [tenantId] }, realClock);
    return findings.map((finding) => writeFinding(finding, texts.reader(locale, 'UTC')));
  };
}
