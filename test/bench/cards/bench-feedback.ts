import { sql } from 'kysely';
import type { FeedbackBody } from '../../../server/contract/http.ts';
import { openDatabase } from '../../../server/db/connection.ts';
import { migrate } from '../../../server/db/migrate.ts';
import type { Database } from '../../../server/db/schema.ts';
import { inTenant, LEAVE_ROLE } from '../../../server/db/tenancy.ts';
import { ensureTenant } from '../../../server/db/tenants.ts';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { realClock } from '../../../server/real-clock.ts';
import type { Sandbox } from '../../../server/sandbox/sandbox.ts';
import { startWorker } from '../../../server/threads/start-worker.ts';
import { cohort } from '../../make/pair.ts';
import { makeSessions, type AskedSession } from '../../make/asked-sessions.ts';
import type { Post, Pressed, Pressing } from './press.ts';
import { startProduct, type Store } from './start-product.ts';

const CONNECTIONS = 64;
const ROUNDS = 5;
const WARM_UP = 10;
/** Answers of one connection that count in a round. */
const POSTS = 30;
const PER_ROUND = CONNECTIONS * (WARM_UP + POSTS);
const ANSWER: FeedbackBody = {
  tookPlace: true,
  usefulness: 4,
  nextTopic: 'short-video',
  note: 'Clear, and to the point',
};

/** A kind of POST over all rounds. */
interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
}

/**
 * How fast answers to cards are stored, beside a POST with the same hooks, token check and zod that stores nothing, both
 * over 64 connections in turns. Throws when an answer was refused, or is not in the database afterwards.
 */
export async function benchFeedback(sandbox: Sandbox, store: Store): Promise<{ bare: Measured; stored: Measured }> {
  const answers = await prepare(sandbox, store);
  const product = await startProduct(sandbox, store);
  const presser = startWorker(new URL('./press', import.meta.url).href, {});
  const press = async (round: number, posts: Post[]): Promise<Pressed> => {
    const connections = Array.from({ length: CONNECTIONS }, (_, index) =>
      posts.filter((__, post) => post % CONNECTIONS === index),
    );
    const pressed = new Promise<Pressed>((resolve, reject) => {
      presser.once('message', resolve);
      presser.once('error', reject);
    });
    presser.postMessage({ origin: product.origin, round, connections, warmUp: WARM_UP } satisfies Pressing);
    const result = await pressed;
    if (Object.keys(result.refused).length > 0) throw new Error(`refused: ${JSON.stringify(result.refused)}`);
    return result;
  };
  const bare: Pressed[] = [];
  const stored: Pressed[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const posts = answers.slice(round * PER_ROUND, (round + 1) * PER_ROUND);
    const bares = posts.map((post) => ({ ...post, path: post.path.replace('/api/', '/api/bench/') }));
    bare.push(await press(2 * round + 1, bares));
    stored.push(await press(2 * round + 2, posts));
  }
  await presser.terminate();
  await product.stop();
  await assertStored(sandbox, store, answers.length);
  return { bare: summarize(bare), stored: summarize(stored) };
}

async function prepare(sandbox: Sandbox, store: Store): Promise<Post[]> {
  const tenantId = sandbox.tenantId as TenantId;
  const people = [...sandbox.world.people.keys()].slice(0, 200) as PersonId[];
  const perPair = Math.ceil((ROUNDS * PER_ROUND) / people.length);
  const database = await open(store);
  await migrate(database.db);
  await inTenant(database.db, tenantId, (tx) => ensureTenant(tx, tenantId, realClock.now()));
  const cohortId = await cohort({ tenantId, clock: realClock, tx: (work) => inTenant(database.db, tenantId, work) });
  const sessions = await inTenant(database.db, tenantId, async (tx) => {
    // What is measured is the answer: the cards that it replaces wait in the outbox.
    await tx.updateTable('tenants').set({ writesStopped: true }).execute();
    return makeSessions(tx, tenantId, { cohortId, people, perPair });
  });
  if (database.kind === 'postgres') await gatherStatistics(database.db);
  await database.close();
  const tokens = new Map<PersonId, string>();
  for (const personId of people) tokens.set(personId, await sandbox.userToken(personId));
  const body = JSON.stringify(ANSWER);
  const of = ({ sessionId, people: two }: AskedSession): Post[] =>
    two.map((personId) => ({ path: `/api/sessions/${sessionId}/feedback`, token: tokens.get(personId)!, body }));
  return sessions.flatMap(of).slice(0, ROUNDS * PER_ROUND);
}

/** Of the tables that were just filled, as PostgreSQL does by itself within minutes; the embedded database never does. */
const gatherStatistics = (db: Database): Promise<unknown> =>
  db.connection().execute(async (connection) => {
    await sql.raw(LEAVE_ROLE).execute(connection);
    await sql`analyze pairs, series, sessions, feedback_requests, messages`.execute(connection);
  });

async function assertStored(sandbox: Sandbox, store: Store, expected: number): Promise<void> {
  const database = await open(store);
  const rows = await inTenant(database.db, sandbox.tenantId as TenantId, (tx) =>
    tx.selectFrom('feedback').select('version').execute(),
  );
  await database.close();
  if (rows.length !== expected || rows.some(({ version }) => version !== 1))
    throw new Error(`${rows.length} answers are stored, not ${expected} once each`);
}

const open = (store: Store): ReturnType<typeof openDatabase> =>
  openDatabase({
    url: 'databaseUrl' in store ? store.databaseUrl : null,
    folder: 'folder' in store ? store.folder : null,
    clock: realClock,
  });

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]!;

function summarize(rounds: readonly Pressed[]): Measured {
  const at = (share: number): number =>
    median(
      rounds.map(({ milliseconds }) => {
        const sorted = [...milliseconds].sort((a, b) => a - b);
        return sorted[Math.ceil(share * sorted.length) - 1]!;
      }),
    );
  const perSecond = median(rounds.map(({ seconds, milliseconds }) => milliseconds.length / seconds));
  return { perSecond, p50: at(0.5), p99: at(0.99) };
}
