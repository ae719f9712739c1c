// npm run bench:notices [-- --seconds 60]: a flood of change notifications, 5,000 a minute, while people change their
// sessions. The whole product runs beside the sandbox, with the embedded database on a folder and clocks that follow real
// time; a thread sends the flood.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { noticeOf } from '../server/faults/notices.ts';
import { setFaultStage } from '../server/faults/stage.ts';
import { MINUTE } from '../server/faults/units.ts';
import { measureAnswers } from './measure-answers.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const A_MINUTE = 5_000;
/** Somebody moves a session this often. */
const CHANGE_EVERY_SECONDS = 3;
/** After the flood: what a change may take to be known. */
const KNOWN_WITHIN_SECONDS = 60;

const say = (line: string): unknown => process.stdout.write(`${line}\n`);
const later = (milliseconds: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const folder = mkdtempSync(join(tmpdir(), 'inverso-notices-'));
const stage = await setFaultStage({ folder });
const pair = await stage.book({ count: 6 });
// What is known comes from the flood alone.
stage.fault({ match: { path: /\/graph\//, part: 'notification' }, fault: { kind: 'drop' } });
const sessions = async () => (await stage.records()).sessions.filter((session) => session.pairId === pair.pairId);
const [first, ...others] = await sessions();
const stopFollowing = stage.clock.follow();

/** What each session was moved to last, by its number. */
const movedTo = new Map<number, number>();
let changes = 0;
async function changeSessions(): Promise<void> {
  const end = performance.now() + Number(values.seconds) * 1_000;
  for (; performance.now() < end; changes++) {
    const session = others[changes % others.length]!;
    const start = session.startsAt + (1 + (changes % 4)) * 30 * MINUTE;
    stage.sandbox.world.exchange.move(stage.mailboxId, session.eventId!, start, start + 30 * MINUTE);
    movedTo.set(session.number, start);
    await later(CHANGE_EVERY_SECONDS * 1_000);
  }
}

const body = JSON.stringify({ value: [noticeOf(stage, 'updated', first!.eventId!)] });
const question = {
  url: `${stage.origin()}/graph/notifications`,
  everyMilliseconds: 60_000 / A_MINUTE,
  body,
  good: 202,
};
const { seconds, questions, refused, at } = await measureAnswers(question, changeSessions);
const over = performance.now();
const countUnknown = async (): Promise<number> =>
  (await sessions()).filter(({ number, startsAt }) => movedTo.has(number) && movedTo.get(number) !== startsAt).length;
while ((await countUnknown()) > 0 && performance.now() - over < KNOWN_WITHIN_SECONDS * 1_000) await later(100);
const knownAfter = (performance.now() - over) / 1_000;
say(
  '| notices | seconds | not 202 | p50 ms | p99 ms | longest ms | changes meanwhile | not known | all known after, s |',
);
say('| --: | --: | --: | --: | --: | --: | --: | --: | --: |');
const cells = [questions, seconds.toFixed(1), refused, ...[0.5, 0.99, 1].map((share) => at(share).toFixed(1)), changes];
say(`| ${[...cells, await countUnknown(), knownAfter.toFixed(1)].join(' | ')} |`);
stopFollowing();
await stage.close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
