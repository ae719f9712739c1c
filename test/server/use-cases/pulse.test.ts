import { describe, expect, test } from 'vitest';
import type { FeedbackBody } from '../../../server/contract/http.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../../server/domain/time/instant.ts';
import { buildOverview } from '../../../server/use-cases/evaluation/build-overview.ts';
import { exportProgram } from '../../../server/use-cases/evaluation/export-program.ts';
import { publishFeedback } from '../../../server/use-cases/evaluation/publish-feedback.ts';
import { releasePair } from '../../../server/use-cases/matching/release-pair.ts';
import { answerCard } from '../../../server/use-cases/sessions/answer-card.ts';
import { askFeedback } from '../../../server/use-cases/sessions/ask-feedback.ts';
import { leavePair } from '../../../server/use-cases/sessions/leave-pair.ts';
import { recordFeedback } from '../../../server/use-cases/sessions/record-feedback.ts';
import { wishAnotherMatch } from '../../../server/use-cases/sessions/wish-another-match.ts';
import { chatOf } from '../../make/chat.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, FIRST, offer, readPair } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { setStage, type Stage } from '../../make/server.ts';
import { bookedPair, type Booked } from '../../make/session.ts';

const db = useDatabase();
const ANOTHER: FeedbackBody = { tookPlace: true, rightMatch: 'another', safeToSpeak: 4, taughtBy: 'me' };

interface Scene {
  stage: Stage;
  booked: Booked;
}
/** A pair of three weekly sessions, of which the second is just over and counts as this one of its series. */
async function afterSession(number: number): Promise<Scene> {
  const stage = await setStage(db());
  const cohortId = await cohort(stage, { safeContact: person('Sara Safe') });
  const booked = await bookedPair(stage, undefined, { cohortId });
  await renumber(stage, booked.sessions[0]!, 10);
  await renumber(stage, booked.sessions[2]!, 11);
  await renumber(stage, booked.sessions[1]!, number);
  stage.clock.set(booked.sessions[1]!.endsAt);
  return { stage, booked };
}
const renumber = (stage: Stage, { sessionId }: { sessionId: string }, number: number) =>
  stage.tx((tx) => tx.updateTable('sessions').set({ number }).where('sessionId', '=', sessionId).execute());
const say = ({ stage, booked }: Scene, personId: PersonId, body: FeedbackBody = ANOTHER, nth = 1) =>
  recordFeedback(stage, {
    tenantId: stage.tenantId,
    personId,
    sessionId: booked.sessions[nth]!.sessionId,
    body,
    via: 'page',
  });
const rowsOf = (stage: Stage) => stage.tx((tx) => tx.selectFrom('feedback').selectAll().orderBy('side').execute());
const overviewOf = ({ stage }: Scene) => buildOverview(stage, { tenantId: stage.tenantId, locale: 'en' });
const wishIsTold = async (scene: Scene): Promise<boolean> => (await overviewOf(scene)).pairs[0]!.wantsAnotherMatch;
const release = ({ stage, booked }: Scene) => releasePair(stage, { tenantId: stage.tenantId, pairId: booked.pairId });
const dayAfterClosing = ({ booked }: Scene): Instant => plus(booked.sessions[1]!.endsAt, 8 * DAY);

describe('the card', () => {
  test.each([
    [1, false],
    [2, true],
    [3, false],
    [4, true],
    [5, false],
  ])('after session %i asks the pulse: %s, of both', async (number, isPulse) => {
    const { stage, booked } = await afterSession(number);
    stage.clock.advance(HOUR);
    await askFeedback(stage, { tenantId: stage.tenantId });
    for (const { personId } of [booked.mentor, booked.mentee])
      expect((await chatOf(stage, personId)).filter(({ kind }) => kind.startsWith('feedback'))).toMatchObject([
        { number, isPulse, given: null },
      ]);
  });

  test('is answered like every other, once, and opened again with what was said', async () => {
    const { stage, booked } = await afterSession(2);
    const { sessionId } = booked.sessions[1]!;
    const caller = { tenantId: stage.tenantId, personId: booked.mentee.personId };
    const answer = { verb: 'feedback.submit', sessionId, tookPlace: 'yes', rightMatch: 'unsure' } as const;
    expect(await answerCard(stage, caller, { ...answer, safeToSpeak: '3', taughtBy: '' })).toEqual({
      kind: 'feedbackThanks',
      sessionId,
      attempt: 1,
      canEdit: true,
      tookPlace: true,
      isPulse: true,
    });
    expect(await rowsOf(stage)).toMatchObject([
      { version: 1, tookPlace: true, rightMatch: 'unsure', safeToSpeak: 3, taughtBy: null, usefulness: null },
    ]);
    expect(await answerCard(stage, caller, { verb: 'feedback.edit', sessionId })).toMatchObject({
      isPulse: true,
      given: { tookPlace: true, rightMatch: 'unsure', safeToSpeak: 3 },
    });
    await answerCard(stage, caller, { ...answer, rightMatch: 'yes', safeToSpeak: '5' });
    expect(await rowsOf(stage)).toMatchObject([{ version: 2, rightMatch: 'yes', safeToSpeak: 5 }]);
  });

  test('shows the three ways after a 1 or 2 alone, and keeps nothing of a session that did not take place', async () => {
    const scene = await afterSession(2);
    const { personId } = scene.booked.mentor;
    for (const [safeToSpeak, kind] of [
      [1, 'pulseWays'],
      [2, 'pulseWays'],
      [3, 'feedbackThanks'],
      [5, 'feedbackThanks'],
    ] as const)
      expect((await say(scene, personId, { ...ANOTHER, safeToSpeak })).thanks).toMatchObject({ kind });
    expect((await say(scene, personId, { ...ANOTHER, safeToSpeak: 1, tookPlace: false })).thanks).toMatchObject({
      kind: 'feedbackThanks',
    });
    expect(await rowsOf(scene.stage)).toMatchObject([{ tookPlace: false, rightMatch: null, safeToSpeak: null }]);
  });

  test('of another session keeps nothing of a pulse that nobody asked for', async () => {
    const scene = await afterSession(1);
    const low = { ...ANOTHER, safeToSpeak: 1 };
    expect((await say(scene, scene.booked.mentor.personId, low)).thanks).toMatchObject({ kind: 'feedbackThanks' });
    expect(await rowsOf(scene.stage)).toMatchObject([{ rightMatch: null, safeToSpeak: null, taughtBy: null }]);
  });
});

describe('"I would like another match"', () => {
  test('is told of the pair once its form is closed, never of whom, and by no number before', async () => {
    const looks = async (who: 'mentor' | 'mentee') => {
      const scene = await afterSession(2);
      scene.stage.clock.advance(HOUR);
      await askFeedback(scene.stage, { tenantId: scene.stage.tenantId });
      const texts: string[] = [];
      const look = async (): Promise<void> => {
        const { pairs, feedback, runLog } = await overviewOf(scene);
        const [own] = pairs;
        texts.push(JSON.stringify([{ ...own, pairId: '' }, feedback, runLog]));
      };
      await look();
      await say(scene, scene.booked[who].personId);
      for (const days of [0, 1, 3, 4, 30]) {
        scene.stage.clock.set(plus(scene.booked.sessions[1]!.endsAt, days * DAY + 2 * HOUR));
        await askFeedback(scene.stage, { tenantId: scene.stage.tenantId });
        await look();
      }
      return texts;
    };
    const [ofMentor, ofMentee] = [await looks('mentor'), await looks('mentee')];
    expect(ofMentor.map((text) => text.includes('"wantsAnotherMatch":true'))).toEqual([
      ...Array.from({ length: 5 }, () => false),
      true,
    ]);
    expect(ofMentee).toEqual(ofMentor);
  });

  test('may be taken back while the form is open, and by a later pulse', async () => {
    const scene = await afterSession(2);
    const { stage, booked } = scene;
    const { personId } = booked.mentor;
    await say(scene, personId);
    await say(scene, personId, { ...ANOTHER, rightMatch: 'yes' });
    stage.clock.set(dayAfterClosing(scene));
    expect(await wishIsTold(scene)).toBe(false);

    const again = await afterSession(2);
    await say(again, again.booked.mentor.personId);
    again.stage.clock.set(dayAfterClosing(again));
    expect(await wishIsTold(again)).toBe(true);
    await renumber(again.stage, again.booked.sessions[2]!, 4);
    await say(again, again.booked.mentor.personId, { ...ANOTHER, rightMatch: 'yes' }, 2);
    again.stage.clock.advance(8 * DAY);
    expect(await wishIsTold(again)).toBe(false);
  });

  test('after a low score is the same wish; a stranger, a closed form and no answer are refused', async () => {
    const scene = await afterSession(2);
    const { stage, booked } = scene;
    const { sessionId } = booked.sessions[1]!;
    const wish = (personId: PersonId) => wishAnotherMatch(stage, { tenantId: stage.tenantId, personId, sessionId });
    await expect(wish(newId() as PersonId)).rejects.toMatchObject({ code: 'notFound' });
    await expect(wish(booked.mentor.personId)).rejects.toMatchObject({ code: 'closed' });
    await say(scene, booked.mentor.personId, { tookPlace: true, rightMatch: 'yes', safeToSpeak: 1, taughtBy: 'me' });
    await wish(booked.mentor.personId);
    expect(await rowsOf(stage)).toMatchObject([{ version: 2, rightMatch: 'another', safeToSpeak: 1, taughtBy: 'me' }]);
    stage.clock.advance(7 * DAY);
    await expect(wish(booked.mentor.personId)).rejects.toMatchObject({ code: 'closed' });
  });

  test('lets the administrator end the pair, not before it is told: both read the same, and may be matched again', async () => {
    const scene = await afterSession(2);
    const { stage, booked } = scene;
    await say(scene, booked.mentee.personId);
    await expect(release(scene)).rejects.toMatchObject({ code: 'conflict' });
    stage.clock.set(dayAfterClosing(scene));
    await release(scene);
    expect((await readPair(stage, booked.pairId)).state).toBe('closed');
    for (const [own, partner] of [
      [booked.mentor, booked.mentee],
      [booked.mentee, booked.mentor],
    ] as const)
      expect(await chatOf(stage, own.personId)).toContainEqual({
        kind: 'pairEnded',
        pairId: booked.pairId,
        partnerName: partner.displayName,
      });
    const { dueAt } = await stage.tx((tx) => tx.selectFrom('cohorts').select('dueAt').executeTakeFirstOrThrow());
    expect(dueAt).toBe(stage.clock.now());
    const writes = await stage.tx((tx) => tx.selectFrom('calendarWrites').select('kind').execute());
    expect(writes.map(({ kind }) => kind)).toContain('endSeries');
    expect(await wishIsTold(scene)).toBe(false);
    await expect(release(scene)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('to stop a pair', () => {
  test('reads to the other as if the program team had ended it, in the administrator’s view too', async () => {
    const views = async (isLeft: boolean) => {
      const scene = await afterSession(2);
      const { stage, booked } = scene;
      await say(scene, booked.mentor.personId);
      stage.clock.set(dayAfterClosing(scene));
      const who = { tenantId: stage.tenantId, personId: booked.mentor.personId, pairId: booked.pairId };
      if (isLeft) await leavePair(stage, who);
      else await release(scene);
      const { pairs, runLog } = await overviewOf(scene);
      const whole = await exportProgram(stage, { tenantId: stage.tenantId, locale: 'en' });
      const chat = await chatOf(stage, booked.mentee.personId);
      return JSON.stringify([pairs, runLog, whole, chat.filter(({ kind }) => kind === 'pairEnded')])
        .replace(/[0-9a-f-]{36}/g, '')
        .replace(/\.\d{4}@/g, '@');
    };
    const left = await views(true);
    expect(left).toContain('"kind":"pairEnded"');
    expect(left).toBe(await views(false));
  });

  test('is for the two alone, and done once', async () => {
    const { stage, booked } = await afterSession(2);
    const leave = (personId: PersonId) =>
      leavePair(stage, { tenantId: stage.tenantId, personId, pairId: booked.pairId });
    await expect(leave(newId() as PersonId)).rejects.toMatchObject({ code: 'notFound' });
    expect((await readPair(stage, booked.pairId)).state).toBe('booked');
    await leave(booked.mentor.personId);
    await expect(leave(booked.mentor.personId)).rejects.toMatchObject({
      code: 'closed',
      details: { reason: 'answeredElsewhere' },
    });
    const caller = { tenantId: stage.tenantId, personId: booked.mentee.personId };
    expect(await answerCard(stage, caller, { verb: 'pair.leave', pairId: booked.pairId })).toEqual({
      kind: 'done',
      text: 'answeredElsewhere',
    });
    expect(await chatOf(stage, booked.mentor.personId)).not.toContainEqual(
      expect.objectContaining({ kind: 'pairEnded' }),
    );
  });
});

test('the pulse says nothing of topics: an earlier wish stays the last one, and none is counted as "no wish"', async () => {
  const stage = await setStage(db());
  const cohortId = await cohort(stage);
  const pairs: Booked[] = [];
  for (let at = 0; at < 3; at++)
    pairs.push(await bookedPair(stage, offer({ first: plus(FIRST, at * HOUR) }), { cohortId }));
  const say = async (number: number, body: FeedbackBody): Promise<void> => {
    for (const { sessions, mentor, mentee } of pairs) {
      const { sessionId, endsAt } = sessions[number - 1]!;
      stage.clock.set(plus(endsAt, MINUTE));
      for (const { personId } of [mentor, mentee])
        await recordFeedback(stage, { tenantId: stage.tenantId, personId, sessionId, body, via: 'page' });
    }
  };
  await say(1, { tookPlace: true, nextTopic: 'short-video' });
  await say(2, ANOTHER);
  stage.clock.advance(14 * DAY);
  await publishFeedback(stage, { tenantId: stage.tenantId });
  const { feedback } = await buildOverview(stage, { tenantId: stage.tenantId, locale: 'en' });
  expect(feedback.published.topics).toMatchObject([{ topics: [{ topic: 'short-video' }] }]);
  const rows = await rowsOf(stage);
  expect(rows.map(({ nextTopic, topicsWeek }) => (topicsWeek === null) === (nextTopic === null))).not.toContain(false);
});
