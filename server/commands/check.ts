import { ConfigError, readConfig } from '../config.ts';
import { realClock } from '../real-clock.ts';
import { problem, type Finding } from '../check/finding.ts';
import { runChecks } from '../check/run-checks.ts';
import { runProbes, type Probe } from '../check/run-probes.ts';
import type { FindingReply } from '../contract/check.ts';
import type { TenantId } from '../domain/people/person.ts';
import { createTexts } from '../locales/create-texts.ts';
import { writeFinding } from '../locales/write-finding.ts';
import { readArgs } from './read-args.ts';

/**
 * `inverso check [--json] [--probe]`: says what a server with these settings can and cannot reach, why, and what to do, one line
 * each on stdout. With `--probe` it asks the tenant what Microsoft's documents leave open instead. Exit status 1 when there is a
 * problem, or an answer that the code is not written for.
 */
export async function check(args: string[]): Promise<number> {
  const { json, probe } = readArgs(args, { json: { kind: 'flag' }, probe: { kind: 'flag' } });
  if (probe) return printProbes(json);
  // Waits of the Graph client do not keep the process alive by themselves.
  const hold = setInterval(() => undefined, 1_000);
  let findings: Finding[];
  try {
    findings = await runChecks(readConfig(), realClock);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings = error.faults.map(({ path, reason }) =>
      problem('settings', ['plain', { text: `${path} ${reason}` }], ['setSetting', { path }]),
    );
  } finally {
    clearInterval(hold);
  }
  const isFine = findings.every(({ state }) => state !== 'problem');
  const reader = createTexts().reader('en', 'UTC');
  const checks = findings.map((finding) => writeFinding(finding, reader));
  process.stdout.write(json ? `${JSON.stringify({ ok: isFine, checks })}\n` : checks.map(describe).join(''));
  return isFine ? 0 : 1;
}

/** // => 'problem  catalog app: not published. Upload the app package ...' */
const describe = ({ name, state, found, todo }: FindingReply): string =>
  `${state.padEnd(7)}  ${name}: ${found}${todo === null ? '' : `. ${todo}`}\n`;

async function printProbes(json: boolean): Promise<number> {
  const config = readConfig();
  const hold = setInterval(() => undefined, 1_000);
  try {
    const probes: (Probe & { tenantId: string })[] = [];
    for (const tenantId of config.tenantIds) {
      const found = await runProbes(config, tenantId as TenantId, realClock);
      if (found === null) throw new Error('The program mailbox cannot be used yet: run inverso check, it says why.');
      probes.push(...found.map((one) => ({ tenantId, ...one })));
    }
    const isFine = probes.every(({ isExpected }) => isExpected);
    process.stdout.write(json ? `${JSON.stringify({ ok: isFine, probes })}\n` : probes.map(describeProbe).join(''));
    return isFine ? 0 : 1;
  } finally {
    clearInterval(hold);
  }
}

const describeProbe = ({ question, expected, observed, isExpected }: Probe): string =>
  `${isExpected ? 'same' : 'differs'}  ${question}: expected ${expected}; observed: ${observed}\n`;
