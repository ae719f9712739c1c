import { openDatabase } from '../../../server/db/connection.ts';
import { queueMessage } from '../../../server/db/messages.ts';
import { migrate } from '../../../server/db/migrate.ts';
import { at } from '../../../server/db/schema.ts';
import { inTenant } from '../../../server/db/tenancy.ts';
import { ensureTenant } from '../../../server/db/tenants.ts';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { instant } from '../../../server/domain/time/instant.ts';
import { realClock } from '../../../server/real-clock.ts';
import type { Sandbox } from '../../../server/sandbox/sandbox.ts';
import { startProduct, type Store } from './start-product.ts';

const CARDS = 2_000;
/** One send in forty is answered with 429 and a Retry-After, another one without. */
const EVERY = 40;
const THROTTLED = [
  { after: EVERY / 2, retryAfterSeconds: 2 },
  { after: 0, retryAfterSeconds: null },
];
/** Cards that are delivered before it counts: the product has started and is at its pace then. */
const WARM_UP = 50;
const SECONDS = 60;
/** Milliseconds without a card after which what is missing is lost: more than any wait that it was told. */
const SILENCE = 30_000;
const SALT = 'bench';

export interface Delivery {
  cards: number;
  seconds: number;
  perMinute: number;
  sends: number;
  throttled: number;
  mostInASecond: number;
  lost: number;
  doubled: number;
}

/**
 * Lets the product's outbox empty itself in real time into the sandbox's connector, which throttles one send in twenty, and
 * counts what arrives there. `perMinute` is of the first 60 seconds at pace; the rest is seen to its end.
 */
export async function benchDelivery(sandbox: Sandbox, store: Store): Promise<Delivery> {
  const conversations = await prepare(sandbox, store);
  const sends: number[] = [];
  let throttled = 0;
  const stopWatching = sandbox.faults.watch(({ method, path }, part, fault) => {
    if (part !== 'connector' || method !== 'POST' || !path.endsWith('/activities')) return;
    sends.push(performance.now());
    if (fault) throttled++;
  });
  const rules = THROTTLED.map(({ after, retryAfterSeconds }) =>
    sandbox.faults.add({
      match: { method: 'POST', path: /\/activities$/, part: 'connector' },
      fault: { kind: 'status', status: 429, when: 'before', retryAfterSeconds },
      after,
      every: EVERY - 1,
    }),
  );
  const arrivals: number[] = [];
  const listen = (): unknown => arrivals.push(performance.now());
  sandbox.world.hooks.activityDelivered.push(listen);
  const product = await startProduct(sandbox, store);
  const start = performance.now();
  while (arrivals.length < CARDS && performance.now() - (arrivals.at(-1) ?? start) < SILENCE)
    await new Promise((resolve) => setTimeout(resolve, 250));
  // What is sent twice would come now.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await product.stop();
  for (const remove of rules) remove();
  stopWatching();
  const shown = conversations.map((personId) => sandbox.world.chats.of(personId)!.activities.length);
  const begin = arrivals[WARM_UP] ?? start;
  const counted = arrivals.filter((arrival) => arrival > begin && arrival <= begin + SECONDS * 1_000);
  const per = CARDS / conversations.length;
  return {
    cards: arrivals.length,
    seconds: (arrivals.at(-1)! - start) / 1_000,
    perMinute: (counted.length * 60) / SECONDS,
    sends: sends.length,
    throttled,
    mostInASecond: Math.max(...sends.map((end) => sends.filter((send) => send > end - 1_000 && send <= end).length)),
    lost: shown.reduce((sum, count) => sum + Math.max(0, per - count), 0),
    doubled: shown.reduce((sum, count) => sum + Math.max(0, count - per), 0),
  };
}

async function prepare(sandbox: Sandbox, store: Store): Promise<PersonId[]> {
  const tenantId = sandbox.tenantId as TenantId;
  const { chats, people } = sandbox.world;
  const readers = [...people.values()]
    .filter(({ accountEnabled, deletedAt }) => accountEnabled && deletedAt === null)
    .slice(0, CARDS / 2)
    .map(({ id }) => id as PersonId);
  const database = await openDatabase({
    url: 'databaseUrl' in store ? store.databaseUrl : null,
    folder: 'folder' in store ? store.folder : null,
    clock: realClock,
  });
  await migrate(database.db);
  for (const personId of readers) await chats.install(personId);
  await inTenant(database.db, tenantId, async (tx) => {
    const now = realClock.now();
    await ensureTenant(tx, tenantId, now);
    for (const personId of readers) {
      await tx
        .insertInto('conversations')
        .values({
          tenantId,
          personId,
          conversationId: chats.of(personId)!.conversationId,
          serviceUrl: `${sandbox.origin}/connector/`,
          installedAt: at(now),
          welcomedAt: at(now),
        })
        .execute();
      for (const subjectKey of ['first', 'second'])
        await queueMessage(tx, {
          tenantId,
          salt: SALT,
          personId,
          subjectKey,
          data: { kind: 'welcome' },
          notBefore: instant(now),
          now,
        });
    }
  });
  await database.close();
  return readers;
}
