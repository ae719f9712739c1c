import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { queueMessage } from '../../../server/db/messages.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { TENANT_RATES, THREAD_RATES } from '../../../server/domain/sessions/send-rates.ts';
import { plus, type Instant } from '../../../server/domain/time/instant.ts';
import { sendMessages } from '../../../server/use-cases/sessions/send-messages.ts';
import { useDatabase } from '../../make/database.ts';
import { openChat } from '../../make/pair.ts';
import { newId } from '../../make/person.ts';
import { setStage, type Stage } from '../../make/server.ts';

const db = useDatabase();
const CARDS = 90;

/** What happens to a send: it arrives and is answered after so long, is throttled, or our process dies with it under way. */
const ends = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('done' as const), travels: fc.integer({ min: 0, max: 60 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('throttled' as const), wait: fc.constantFrom(500, 5_000, 40_000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('killed' as const), arrives: fc.boolean() }) },
);

const busiest = (arrivals: readonly Instant[], within: number): number =>
  Math.max(0, ...arrivals.map((end) => arrivals.filter((at) => at > end - within && at <= end).length));

async function queueCards(stage: Stage, people: number): Promise<void> {
  const readers = Array.from({ length: people }, () => newId() as PersonId);
  for (const personId of readers) await openChat(stage, personId);
  const { tenantId } = stage;
  await stage.tx(async (tx) => {
    for (let i = 0; i < CARDS; i++)
      await queueMessage(tx, {
        tenantId,
        salt: 'salt',
        personId: readers[i % people]!,
        subjectKey: `card ${i}`,
        data: { kind: 'done', text: 'joined' },
        notBefore: stage.clock.now(),
        now: stage.clock.now(),
      });
  });
}

test('whatever Teams answers and whenever we are killed: every card goes out, and no rate is exceeded (F57)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(ends, { minLength: 5, maxLength: 60 }),
      fc.constantFrom(1, 3, 40),
      async (script, people) => {
        const stage = await setStage(db());
        const { clock, tenantId } = stage;
        await queueCards(stage, people);
        const sends: { at: Instant; thread: string }[] = [];
        let killed = 0;
        let taken = 0;
        stage.messenger.sendCard = async (_tenant, { conversationId }) => {
          const end = script[taken++ % script.length]!;
          // A process that only ever dies sends nothing: it does so a few times.
          if (end.kind === 'killed' && killed < 5) {
            killed++;
            if (end.arrives) sends.push({ at: clock.now(), thread: conversationId });
            throw new Error('killed');
          }
          sends.push({ at: clock.now(), thread: conversationId });
          if (end.kind === 'throttled')
            return { outcome: 'later', notBefore: plus(clock.now(), end.wait), code: 'TooManyRequests' };
          if (end.kind === 'done') clock.advance(end.travels);
          return { outcome: 'done', value: { activityId: newId() } };
        };
        let looks = 0;
        for (let next: Instant | null = clock.now(); next !== null; looks++) {
          expect(looks).toBeLessThan(1_000);
          clock.set(Math.max(next, clock.now()) as Instant);
          next = await sendMessages(stage, { tenantId }).catch(async () => {
            // The next process finds the lease still running, and looks again when it is over.
            await stage.tx((tx) =>
              sql`update messages set lease_until = clock_timestamp() - interval '1 s' where state = 'sending'`.execute(
                tx,
              ),
            );
            return clock.now();
          });
        }
        const states = await stage.tx((tx) => tx.selectFrom('messages').select('state').distinct().execute());
        expect(states).toEqual([{ state: 'sent' }]);
        const threads = new Set(sends.map(({ thread }) => thread));
        for (const { most, within } of TENANT_RATES)
          expect(
            busiest(
              sends.map(({ at }) => at),
              within,
            ),
          ).toBeLessThanOrEqual(most);
        for (const thread of threads)
          for (const { most, within } of THREAD_RATES) {
            const own = sends.filter((send) => send.thread === thread).map(({ at }) => at);
            expect(busiest(own, within)).toBeLessThanOrEqual(most);
          }
      },
    ),
    { numRuns: 12 },
  );
});
