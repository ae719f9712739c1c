// npm run bench:health [-- --size 5000]: how fast /healthz answers while an administrator has so many mentees matched with as
// many mentors. The real app listens on a port of its own, with the embedded database on a folder; a thread asks it at a
// fixed pace.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { buildApp } from '../../../server/app.ts';
import { openDatabase } from '../../../server/db/connection.ts';
import { migrate } from '../../../server/db/migrate.ts';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { realClock } from '../../../server/real-clock.ts';
import { createMatcher } from '../../../server/threads/create-matcher.ts';
import { ADMINISTRATOR_APP_ROLE } from '../../../server/use-cases/people/load-caller.ts';
import { loadContent } from '../../../server/locales/load-content.ts';
import { writeTexts } from '../../../server/write-texts.ts';
import { measureAnswers } from '../measure-answers.ts';
import { fillCohort } from './fill-cohort.ts';
import type { Calendar } from '../../../server/ports.ts';

const { values } = parseArgs({
  options: { size: { type: 'string', default: '5000' } },
});
const EVERY_MILLISECONDS = 10;
const tenantId = '00000000-0000-4000-8000-00000000abcd' as TenantId;
const say = (line: string): unknown => process.stdout.write(`${line}\n`);
const later = (milliseconds: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const notAsked = async (): Promise<never> => Promise.reject(new Error('nothing of this bench asks for it'));

/** The app as main wires it, but with everybody an administrator and without Microsoft 365. */
async function startApp(folder: string) {
  const database = await openDatabase({ url: null, folder, clock: realClock });
  await migrate(database.db);
  const matcher = createMatcher(realClock);
  const app = await buildApp({
    db: database.db,
    clock: realClock,
    matcher,
    jobs: { wake: () => undefined },
    directory: {
      readChanges: notAsked,
      findGroups: notAsked,
      readMembers: notAsked,
      findPerson: notAsked,
      readProfileHints: notAsked,
    },
    calendar: new Proxy({} as Calendar, { get: () => notAsked }),
    texts: writeTexts('https://inverso.contoso.example', loadContent(null)),
    logger: pino({ level: 'error' }, process.stderr),
    pageFolder: '/no/such/folder',
    publicHost: 'inverso.contoso.example',
    connectOrigins: [],
    shedsLoad: true,
    hasNeighbors: false,
    authenticate: async () => ({
      tenantId,
      personId: '00000000-0000-4000-8000-000000000001' as PersonId,
      displayName: 'Administrator',
      appRoles: [ADMINISTRATOR_APP_ROLE],
    }),
    config: { clientId: '', tenantId, scope: '', authority: '', loginEndpoints: null },
    isReady: async () => undefined,
    runChecks: notAsked,
    handleActivity: notAsked,
    readNotices: () => null,
    acceptNotices: notAsked,
  });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    db: database.db,
    origin,
    async close() {
      await matcher.stop();
      await app.close();
      await database.close();
    },
  };
}

/** Runs `work` while the thread asks, and prints a row of the table. */
async function measure(name: string, origin: string, work: () => Promise<unknown>): Promise<void> {
  const question = { url: `${origin}/healthz`, everyMilliseconds: EVERY_MILLISECONDS, good: 200 };
  const { seconds, questions, refused, at } = await measureAnswers(question, work);
  const cells = [name, seconds.toFixed(1), questions, refused, ...[0.5, 0.99, 1].map((share) => at(share).toFixed(1))];
  say(`| ${cells.join(' | ')} |`);
}

const folder = mkdtempSync(join(tmpdir(), 'inverso-health-'));
const app = await startApp(folder);
say('| while | seconds | questions | not 200 | p50 ms | p99 ms | longest ms |');
say('| --- | --: | --: | --: | --: | --: | --: |');
await measure('nothing runs', app.origin, () => later(3_000));
const size = Number(values.size);
// Node loads its fetch at the first use, which would count against the server.
await fetch(`${app.origin}/healthz`);
const cohortId = await fillCohort(app.db, tenantId, size);
await measure(`${size} x ${size} is matched`, app.origin, async () => {
  const reply = await fetch(`${app.origin}/api/admin/cohorts/${cohortId}/match`, { method: 'POST' });
  if (!reply.ok) throw new Error(`${reply.status}: ${await reply.text()}`);
  const { pairs } = (await reply.json()) as { pairs: number };
  if (pairs < 0.9 * size) throw new Error(`only ${pairs} pairs were found`);
});
await app.close();
rmSync(folder, { recursive: true, force: true });
