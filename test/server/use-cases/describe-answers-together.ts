import { describe, expect, test } from 'vitest';
import type { FeedbackBody } from '../../../server/contract/http.ts';
import type { Database, TenantTransaction } from '../../../server/db/schema.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { HOUR, MINUTE, plus } from '../../../server/domain/time/instant.ts';
import { recordFeedback } from '../../../server/use-cases/sessions/record-feedback.ts';
import { useDatabase, type OpenForTest } from '../../make/database.ts';
import { offer } from '../../make/pair.ts';
import { newId } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
import { bookedPair, firstOf, readSessions, type Booked } from '../../make/session.ts';

const HELD: FeedbackBody = { tookPlace: true, usefulness: 4 };
const NOT_HELD: FeedbackBody = { tookPlace: false };

/** Answers that arrive at once, on any database that we run on. */
export function describeAnswersTogether(open: OpenForTest): void {
  const db = useDatabase(open);
  /** Pairs whose first sessions are over, and the program's own connection, which counts its transactions. */
  const over = async (pairs: number): Promise<{ stage: Stage; booked: Booked[]; transactions: () => number }> => {
    const stage = await setStage(db());
    const booked: Booked[] = [];
    for (let index = 0; index < pairs; index++)
      booked.push(await bookedPair(stage, offer({ first: plus(START, 26 * HOUR + index * HOUR) })));
    stage.clock.set(plus(firstOf(booked.at(-1)!).endsAt, 5 * MINUTE));
    let begun = 0;
    const counted = {
      transaction: () => {
        begun++;
        return stage.db.transaction();
      },
    };
    return { stage: { ...stage, db: counted as unknown as Database }, booked, transactions: () => begun };
  };
  const say = (stage: Stage, booked: Booked, personId: PersonId, body: FeedbackBody = HELD) =>
    recordFeedback(stage, {
      tenantId: stage.tenantId,
      personId,
      sessionId: firstOf(booked).sessionId,
      body,
      via: 'page',
    });
  const rowsOf = (stage: Stage) => stage.tx((tx) => tx.selectFrom('feedback').selectAll().execute());
  const heldOf = async (stage: Stage, booked: Booked) =>
    firstOf({ sessions: await readSessions(stage, booked.pairId) }).held;

  describe('answers that arrive at once', () => {
    test('are all stored, those of different sessions in few transactions', async () => {
      const { stage, booked, transactions } = await over(6);
      const results = await Promise.all(booked.map((one) => say(stage, one, one.mentor.personId)));
      expect(results.map(({ thanks }) => thanks)).toMatchObject(
        booked.map((one) => ({ kind: 'feedbackThanks', sessionId: firstOf(one).sessionId })),
      );
      expect(transactions()).toBe(3);
      const rows = await rowsOf(stage);
      expect(rows.map(({ sessionId, personId }) => `${sessionId} ${personId}`).sort()).toEqual(
        booked.map((one) => `${firstOf(one).sessionId} ${one.mentor.personId}`).sort(),
      );
      for (const one of booked) expect(await heldOf(stage, one)).toBe('confirmed');
    });

    test('of both sides of one session: each sees what the other said, and either side’s no wins', async () => {
      const { stage, booked } = await over(3);
      const [pair, ...others] = booked as [Booked, ...Booked[]];
      await Promise.all([
        ...others.map((one) => say(stage, one, one.mentor.personId)),
        say(stage, pair, pair.mentor.personId, NOT_HELD),
        say(stage, pair, pair.mentee.personId),
      ]);
      expect(await heldOf(stage, pair)).toBe('notHeld');
      expect(stage.jobs.woken).toContain('reconcileSeries');
    });

    test('of one person about one session: the later one is an edit of the first', async () => {
      const { stage, booked } = await over(3);
      const [pair, ...others] = booked as [Booked, ...Booked[]];
      await say(stage, pair, pair.mentee.personId);
      const [first, second] = await Promise.all([
        say(stage, pair, pair.mentor.personId),
        say(stage, pair, pair.mentor.personId, { tookPlace: true, usefulness: 2 }),
        // An edit beside first answers of others.
        say(stage, pair, pair.mentee.personId, { tookPlace: true, usefulness: 3 }),
        ...others.map((one) => say(stage, one, one.mentor.personId)),
      ]);
      expect([first.isEdit, second.isEdit]).toEqual([false, true]);
      const rows = await rowsOf(stage);
      const of = ({ personId }: { personId: PersonId }) => rows.find((row) => row.personId === personId);
      expect(of(pair.mentor)).toMatchObject({ version: 2, usefulness: 2 });
      expect(of(pair.mentee)).toMatchObject({ version: 2, usefulness: 3 });
      for (const { mentor } of others) expect(of(mentor)).toMatchObject({ version: 1, usefulness: 4 });
      const logged = await stage.tx((tx) =>
        tx.selectFrom('runLog').select('entryId').where('kind', '=', 'feedbackReceived').execute(),
      );
      // One of the same session in the same millisecond is told once.
      expect(logged).toHaveLength(3);
    });

    test('are refused alone: a stranger’s, a blank note and one that is too early hurt no neighbor', async () => {
      const { stage, booked } = await over(7);
      const [one, two, three, stranger, blank, early, four] = booked as [
        Booked,
        Booked,
        Booked,
        Booked,
        Booked,
        Booked,
        Booked,
      ];
      const { sessionId } = firstOf(early);
      await stage.tx((tx) =>
        tx
          .updateTable('sessions')
          .set({ endsAt: new Date(plus(stage.clock.now(), HOUR)) as never })
          .where('sessionId', '=', sessionId)
          .execute(),
      );
      const settled = await Promise.allSettled([
        ...[one, two, three].map((good) => say(stage, good, good.mentor.personId)),
        say(stage, stranger, newId() as PersonId),
        say(stage, blank, blank.mentor.personId, { tookPlace: true, note: ' \u200b ' }),
        say(stage, early, early.mentor.personId),
        say(stage, four, four.mentor.personId),
      ]);
      expect(settled).toMatchObject([
        { status: 'fulfilled' },
        { status: 'fulfilled' },
        { status: 'fulfilled' },
        { reason: { code: 'notFound' } },
        { reason: { code: 'badInput' } },
        { reason: { code: 'closed', details: { reason: 'tooEarly' } } },
        { status: 'fulfilled' },
      ]);
      expect(await rowsOf(stage)).toHaveLength(4);
    });

    test('with one that the database cannot hold: it alone fails', async () => {
      const { stage, booked, transactions } = await over(5);
      const settled = await Promise.allSettled(
        booked.map((one, index) =>
          say(stage, one, one.mentor.personId, index === 3 ? { tookPlace: true, note: 'NUL \0' } : HELD),
        ),
      );
      expect(settled.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      const rows = await rowsOf(stage);
      expect(rows).toHaveLength(4);
      expect(rows.every(({ version }) => version === 1)).toBe(true);
      // Two alone, three together, and those three once more each by itself.
      expect(transactions()).toBe(6);
    });

    test('are thanked for by nobody when the commit fails (R9)', async () => {
      const { stage, booked } = await over(4);
      const cut = {
        transaction: () => ({
          execute: <T>(work: (tx: TenantTransaction) => Promise<T>) =>
            stage.db
              .transaction()
              .execute(work)
              .then(() => Promise.reject(new Error('ECONNRESET'))),
        }),
      };
      const jobs = { woken: [] as string[], wake: (name: string) => void jobs.woken.push(name) };
      const unsure = { ...stage, db: cut as unknown as Database, jobs: jobs as unknown as Stage['jobs'] };
      const settled = await Promise.allSettled(booked.map((one) => say(unsure, one, one.mentor.personId)));
      expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
      expect(jobs.woken).toEqual([]);
      // Said again they are the same answers (F49).
      await Promise.all(booked.map((one) => say(stage, one, one.mentor.personId)));
      expect(await rowsOf(stage)).toHaveLength(4);
    });

    test('of two tenants go into two transactions, each with its own rows', async () => {
      const ours = await over(3);
      const theirs = await setStage(db());
      const foreign = await bookedPair(theirs, offer({ first: plus(START, 26 * HOUR) }));
      theirs.clock.set(plus(firstOf(foreign).endsAt, 5 * MINUTE));
      // The same connection, hence the same groups if tenants were mixed.
      const neighbor = { ...theirs, db: ours.stage.db };
      const settled = await Promise.allSettled([
        ...ours.booked.map((one) => say(ours.stage, one, one.mentor.personId)),
        say(neighbor, foreign, foreign.mentor.personId),
        // Somebody of ours asks about theirs, in our own group.
        say(ours.stage, foreign, foreign.mentor.personId),
      ]);
      expect(settled.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'fulfilled',
        'fulfilled',
        'rejected',
      ]);
      expect((await rowsOf(ours.stage)).map(({ tenantId }) => tenantId)).toEqual(Array(3).fill(ours.stage.tenantId));
      expect(await rowsOf(theirs)).toMatchObject([{ tenantId: theirs.tenantId, personId: foreign.mentor.personId }]);
    });
  });
}
