import { expect, test } from 'vitest';
import { openDatabase } from '../../../server/db/connection.ts';
import { migrate } from '../../../server/db/migrate.ts';
import { inTenant } from '../../../server/db/tenancy.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import type { Instant } from '../../../server/domain/time/instant.ts';
import type { Clock } from '../../../server/ports.ts';
import { createVirtualClock } from '../../../server/sandbox/clock.ts';
import { recordFeedback } from '../../../server/use-cases/sessions/record-feedback.ts';
import { makeSessions } from '../../make/asked-sessions.ts';
import { addTenant, openInMemory } from '../../make/database.ts';
import { cohort } from '../../make/pair.ts';
import { newId } from '../../make/person.ts';
import { createFakeJobs } from '../../make/server.ts';
import { describeAnswersTogether } from './describe-answers-together.ts';

describeAnswersTogether(openInMemory);

test('virtual time stands still until all who wait for their turn are answered', async () => {
  const virtual = createVirtualClock(Date.now());
  const clock = virtual as unknown as Clock;
  const { db, close } = await openDatabase({ url: null, folder: null, clock });
  await migrate(db);
  const tenantId = await addTenant(db);
  const cohortId = await cohort({ tenantId, clock, tx: (work) => inTenant(db, tenantId, work) });
  const people = Array.from({ length: 8 }, () => newId() as PersonId);
  const sessions = await inTenant(db, tenantId, (tx) => makeSessions(tx, tenantId, { cohortId, people, perPair: 20 }));
  const said: Instant[] = [];
  // Both sides of 80 sessions: more than a group holds, and two of each session one after the other.
  const all = sessions.flatMap(({ sessionId, people: two }) =>
    two.map(async (personId) => {
      const input = { tenantId, personId, sessionId, body: { tookPlace: true }, via: 'page' as const };
      await recordFeedback({ db, clock, jobs: createFakeJobs() }, input);
      said.push(clock.now());
    }),
  );
  const start = clock.now();
  virtual.at(start + 1, 'later', () => undefined);
  await virtual.advanceTo(start + 1);
  await Promise.all(all);
  expect(said).toEqual(Array(160).fill(start));
  await close();
});
