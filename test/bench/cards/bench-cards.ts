// npm run bench:cards [-- --only delivery|feedback]: cards delivered a minute to one tenant whose connector throttles, and
// how fast answers are stored. The product runs in a process of its own beside the sandbox. Prints tables in Markdown.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createVirtualClock } from '../../../server/sandbox/clock.ts';
import { startSandbox } from '../../../server/sandbox/sandbox.ts';
import { createOwnDatabase, hasPostgres } from '../../postgres/own-database.ts';
import { benchDelivery } from './bench-delivery.ts';
import { benchFeedback } from './bench-feedback.ts';
import type { Store } from './start-product.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
if (values.only !== undefined && !['delivery', 'feedback'].includes(values.only))
  throw new Error(`--only: delivery or feedback, not ${values.only}`);
const say = (line: string): unknown => process.stdout.write(`${line}\n`);
const load = (): string => loadavg()[0]!.toFixed(1);

async function sayFeedback(name: string, store: Store): Promise<void> {
  const before = load();
  const { bare, stored } = await benchFeedback(sandbox, store);
  const cells = [bare, stored].flatMap((kind) => [kind.perSecond.toFixed(0), kind.p50.toFixed(1), kind.p99.toFixed(1)]);
  const ratio = (stored.perSecond / bare.perSecond).toFixed(2);
  say(`| ${[name, ...cells, ratio, (stored.p99 / bare.p99).toFixed(1), `${before}-${load()}`].join(' | ')} |`);
}

async function sayDelivery(name: string, store: Store): Promise<void> {
  const before = load();
  const { cards, seconds, perMinute, sends, throttled, mostInASecond, lost, doubled } = await benchDelivery(
    sandbox,
    store,
  );
  const share = `${((100 * throttled) / sends).toFixed(1)}%`;
  const cells = [name, cards, seconds.toFixed(0), perMinute.toFixed(0), sends, share, mostInASecond, lost, doubled];
  say(`| ${[...cells, `${before}-${load()}`].join(' | ')} |`);
}

const clock = createVirtualClock(Date.now());
const sandbox = await startSandbox({ seed: 1, clock, people: 1_100, executives: 200, weeks: 1, behavior: false });
const stopFollowing = clock.follow();
const folder = mkdtempSync(join(tmpdir(), 'inverso-cards-'));
if (values.only !== 'feedback') {
  say('| outbox | cards | seconds | a minute | sends | 429 | most in a second | lost | doubled | load |');
  say('| :-- | --: | --: | --: | --: | --: | --: | --: | --: | --: |');
  if (await hasPostgres()) {
    const own = await createOwnDatabase();
    await sayDelivery('PostgreSQL', { databaseUrl: own.url }).finally(own.drop);
  }
}
if (values.only !== 'delivery') {
  say('| answers | bare/s | p50 ms | p99 ms | stored/s | p50 ms | p99 ms | stored/bare | p99 ratio | load |');
  say('| :-- | --: | --: | --: | --: | --: | --: | --: | --: | --: |');
  if (await hasPostgres()) {
    const own = await createOwnDatabase();
    await sayFeedback('PostgreSQL', { databaseUrl: own.url }).finally(own.drop);
  }
  await sayFeedback('embedded', { folder });
}
stopFollowing();
await sandbox.close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
