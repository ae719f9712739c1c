import { describe, expect, test } from 'vitest';
import { findOffer } from '../../../server/db/session-offers.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { MINUTE, plus } from '../../../server/domain/time/instant.ts';
import { answerNewTime } from '../../../server/use-cases/sessions/answer-new-time.ts';
import { reconcileSeries } from '../../../server/use-cases/sessions/reconcile-series.ts';
import { recordFeedback } from '../../../server/use-cases/sessions/record-feedback.ts';
import { writeCalendar } from '../../../server/use-cases/slots/write-calendar.ts';
import { useDatabase, type OpenForTest } from '../../make/database.ts';
import { setStage, type Stage } from '../../make/server.ts';
import { bookedPair, firstOf, readSessions, type Booked } from '../../make/session.ts';

/** Answers and choices that meet, on any database that we run on: as often as `times` says, since a race is won by chance. */
export function describeNotHeldRaces(open: OpenForTest, times: number): void {
  const db = useDatabase(open);
  const over = async (): Promise<{ stage: Stage; booked: Booked }> => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    stage.clock.set(plus(firstOf(booked).endsAt, 5 * MINUTE));
    return { stage, booked };
  };
  const look = (stage: Stage) => reconcileSeries(stage, { tenantId: stage.tenantId });
  const say = ({ tenantId, ...stage }: Stage, booked: Booked, personId: PersonId, tookPlace: boolean) => {
    const { sessionId } = firstOf(booked);
    return recordFeedback(stage, { tenantId, personId, sessionId, body: { tookPlace }, via: 'page' });
  };
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const offersOf = (stage: Stage) => stage.tx((tx) => tx.selectFrom('sessionOffers').selectAll().execute());

  describe('two things at once about a session that did not take place', () => {
    test('both say so, and two replicas look: one offer, on one card', async () => {
      for (let time = 0; time < times; time++) {
        const { stage, booked } = await over();
        const people = [booked.mentor.personId, booked.mentee.personId];
        await Promise.all(people.map((personId) => say(stage, booked, personId, false)));
        await Promise.all([look(stage), look(stage)]);
        expect(await offersOf(stage)).toHaveLength(1);
        const cards = await stage.tx((tx) =>
          tx.selectFrom('messages').select('personId').where('kind', '=', 'newTime').execute(),
        );
        expect(cards).toHaveLength(1);
      }
    });

    test('a yes when a time is taken: one of the two counts, never both', async () => {
      for (let time = 0; time < times; time++) {
        const { stage, booked } = await over();
        const { personId } = booked.mentor;
        const { sessionId, startsAt } = firstOf(booked);
        await say(stage, booked, personId, false);
        await look(stage);
        const start = (await stage.tx((tx) => findOffer(tx, sessionId)))!.starts[0]!;
        const { tenantId } = stage;
        // The answer changes in the very moment in which both calendars are read and the time is about to be stored.
        let changed: Promise<unknown> = Promise.resolve();
        stage.calendar.script('readBusy', async (usual) => {
          const times = await usual();
          changed = pause(time % 6).then(() => say(stage, booked, personId, true));
          changed.catch(() => undefined);
          return times;
        });
        const take = { tenantId, personId, sessionId, round: 1, answer: 'take', start } as const;
        const taken = await answerNewTime(stage, take).then(
          () => 'taken' as const,
          () => null,
        );
        const stored = await changed.then(
          () => 'stored' as const,
          () => null,
        );
        const done = [taken, stored].filter((one) => one !== null);
        expect(done).toHaveLength(1);
        await writeCalendar(stage, { tenantId });
        const session = (await readSessions(stage, booked.pairId)).find(({ number }) => number === 1);
        if (done[0] === 'taken') expect(session).toMatchObject({ held: 'open', attempt: 2, startsAt: start });
        else expect(session).toMatchObject({ held: 'confirmed', attempt: 1, startsAt });
        expect(stage.calendar.dates).toHaveLength(done[0] === 'taken' ? 1 : 0);
      }
    });
  });
}
