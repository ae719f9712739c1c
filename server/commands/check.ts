import { ConfigError, readConfig } from '../config.ts';
import { realClock } from '../real-clock.ts';
import { problem, type Finding } from './check/finding.ts';
import { runChecks } from './check/run-checks.ts';
import { readArgs } from './read-args.ts';

/**
 * `inverso check [--json]`: says what a server with these settings can and cannot reach, why, and what to do, one line
 * each on stdout. Exit status 1 when there is a problem.
 */
export async function check(args: string[]): Promise<number> {
  const { json } = readArgs(args, { json: { kind: 'flag' } });
  // Waits of the Graph client do not keep the process alive by themselves.
  const hold = setInterval(() => undefined, 1_000);
  let findings: Finding[];
  try {
    findings = await runChecks(readConfig(), realClock);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings = error.faults.map(({ path, reason }) =>
      problem('settings', `${path} ${reason}`, `Set ${path}; the README lists all settings.`),
    );
  } finally {
    clearInterval(hold);
  }
  const isFine = findings.every(({ state }) => state !== 'problem');
  process.stdout.write(
    json ? `${JSON.stringify({ ok: isFine, checks: findings })}\n` : findings.map(describe).join(''),
  );
  return isFine ? 0 : 1;
}

/** // => 'problem  catalog app: not published. Upload the app package ...' */
const describe = ({ name, state, found, todo }: Finding): string =>
  `${state.padEnd(7)}  ${name}: ${found}${todo === null ? '' : `. ${todo}`}\n`;
