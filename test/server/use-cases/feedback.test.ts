import { describe, expect, test } from 'vitest';
import type { CardMessage } from '../../../server/contract/card-messages.ts';
import type { FeedbackBody } from '../../../server/contract/http.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../../server/domain/time/instant.ts';
import { answerCard } from '../../../server/use-cases/sessions/answer-card.ts';
import type { Database, TenantTransaction } from '../../../server/db/schema.ts';
import { askFeedback } from '../../../server/use-cases/sessions/ask-feedback.ts';
import { buildOverview } from '../../../server/use-cases/evaluation/build-overview.ts';
import { readSession } from '../../../server/use-cases/sessions/read-session.ts';
import { recordFeedback } from '../../../server/use-cases/sessions/record-feedback.ts';
import { sendMessages } from '../../../server/use-cases/sessions/send-messages.ts';
import { useDatabase } from '../../make/database.ts';
import { offer } from '../../make/pair.ts';
import { newId } from '../../make/person.ts';
import { refused, setStage, type Stage } from '../../make/server.ts';
import { bookedPair, firstOf, readSessions, type Booked } from '../../make/session.ts';

const db = useDatabase();
const USEFUL: FeedbackBody = { tookPlace: true, usefulness: 4, nextTopic: 'short-video', note: 'Very clear' };

const ask = (stage: Stage): Promise<Instant | null> => askFeedback(stage, { tenantId: stage.tenantId });
const say = (
  stage: Stage,
  booked: Booked,
  personId: PersonId,
  body: FeedbackBody = USEFUL,
  via: 'card' | 'page' = 'page',
) => recordFeedback(stage, { tenantId: stage.tenantId, personId, sessionId: firstOf(booked).sessionId, body, via });
const rowsOf = (stage: Stage) => stage.tx((tx) => tx.selectFrom('feedback').selectAll().orderBy('side').execute());
const requestsOf = (stage: Stage, sessionId: string) =>
  stage.tx((tx) =>
    tx
      .selectFrom('feedbackRequests')
      .select(['side', 'state', 'skippedBecause', 'reminders', 'dueAt'])
      .where('sessionId', '=', sessionId)
      .orderBy('side', 'desc')
      .execute(),
  );
/** Sends what is due and gives the feedback cards of a person, newest face of each. */
async function cardsOf(stage: Stage, personId: PersonId): Promise<CardMessage[]> {
  await sendMessages(stage, { tenantId: stage.tenantId });
  return stage.messenger.sent
    .filter((card) => card.conversationId === personId)
    .map(
      (card) =>
        stage.messenger.updated.findLast((update) => update.activityId === card.activityId)?.message ?? card.message,
    )
    .filter((message) => message.kind.startsWith('feedback'));
}
/** A booked pair whose first session has just ended (Tuesday, 10:30 in Rome); the executive's next meeting takes half an hour. */
async function heldPair(stage: Stage): Promise<Booked> {
  const booked = await bookedPair(stage);
  const { endsAt } = firstOf(booked);
  stage.clock.set(endsAt);
  const meeting = { start: endsAt, end: plus(endsAt, 30 * MINUTE), status: 'busy' as const };
  stage.calendar.busy.set(booked.mentee.personId, [meeting]);
  return booked;
}

describe('an answer is refused', () => {
  test('about somebody else’s session, of this tenant or another, as if it were not there', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    const otherPair = await bookedPair(stage, offer({ first: plus(firstOf(booked).startsAt, 2 * HOUR) }));
    const other = await setStage(db());
    for (const personId of [otherPair.mentor.personId, otherPair.mentee.personId, newId() as PersonId]) {
      await expect(say(stage, booked, personId)).rejects.toMatchObject({ code: 'notFound' });
    }
    await expect(say({ ...stage, tenantId: other.tenantId }, booked, booked.mentor.personId)).rejects.toMatchObject({
      code: 'notFound',
    });
    expect(await rowsOf(stage)).toEqual([]);
  });

  test('before the end, after a week, and about a session that did not stand', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    const { endsAt, sessionId } = firstOf(booked);
    stage.clock.set(plus(endsAt, -1));
    await expect(say(stage, booked, booked.mentor.personId)).rejects.toMatchObject({
      code: 'closed',
      details: { reason: 'tooEarly' },
    });
    stage.clock.set(plus(endsAt, 7 * DAY));
    await expect(say(stage, booked, booked.mentor.personId)).rejects.toMatchObject({ details: { reason: 'closed' } });
    stage.clock.set(endsAt);
    await stage.tx((tx) =>
      tx.updateTable('sessions').set({ state: 'cancelled' }).where('sessionId', '=', sessionId).execute(),
    );
    await expect(say(stage, booked, booked.mentor.personId)).rejects.toMatchObject({
      details: { reason: 'sessionNotHeld' },
    });
    expect(await rowsOf(stage)).toEqual([]);
  });

  test('with a note that shows nothing, naming the field', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    await expect(
      say(stage, booked, booked.mentor.personId, { tookPlace: true, note: ' \u200b\u2060 ' }),
    ).rejects.toMatchObject({ details: { fields: [{ path: 'note' }] } });
  });
});

describe('an answer is stored', () => {
  test('once, however often it is sent at the same time (F59)', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    const results = await Promise.all([
      say(stage, booked, booked.mentor.personId),
      say(stage, booked, booked.mentor.personId),
    ]);
    expect(results.map((result) => result.thanks)).toEqual([results[0].thanks, results[0].thanks]);
    expect(results.filter((result) => result.isEdit)).toHaveLength(1);
    expect(await rowsOf(stage)).toMatchObject([
      { side: 'mentor', usefulness: 4, note: 'Very clear', noteReader: 'programTeamGrouped', version: 2 },
    ]);
    const log = await stage.tx((tx) =>
      tx.selectFrom('runLog').select('kind').where('kind', '=', 'feedbackReceived').execute(),
    );
    expect(log).toHaveLength(1);
  });

  test('and edited as a new version, until it closes', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    await say(stage, booked, booked.mentee.personId);
    expect(await say(stage, booked, booked.mentee.personId, { tookPlace: true, usefulness: 2 })).toMatchObject({
      isEdit: true,
    });
    expect(await rowsOf(stage)).toMatchObject([{ version: 2, usefulness: 2, note: null, noteReader: null }]);
    const view = await readSession(stage, {
      tenantId: stage.tenantId,
      personId: booked.mentee.personId,
      sessionId: firstOf(booked).sessionId,
      locale: 'en',
    });
    expect(view).toMatchObject({ answer: { usefulness: 2 }, session: { feedback: 'answered' } });
    const partner = await readSession(stage, {
      tenantId: stage.tenantId,
      personId: booked.mentor.personId,
      sessionId: firstOf(booked).sessionId,
      locale: 'en',
    });
    expect(partner.answer).toBeNull();
  });

  test('before anybody is thanked: what cannot be stored is not thanked for (R9)', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    // The connection is cut during the commit: nobody knows whether it happened.
    const cut = {
      transaction: () => ({
        execute: <T>(work: (tx: TenantTransaction) => Promise<T>) =>
          stage.db
            .transaction()
            .execute(work)
            .then(() => Promise.reject(new Error('ECONNRESET'))),
      }),
    };
    await expect(say({ ...stage, db: cut as unknown as Database }, booked, booked.mentor.personId)).rejects.toThrow(
      'ECONNRESET',
    );
    // Said again it is the same answer (F49).
    await say(stage, booked, booked.mentor.personId);
    expect(await rowsOf(stage)).toHaveLength(1);
  });

  test('either side’s no wins, and a yes alone confirms', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    const held = async () => firstOf({ sessions: await readSessions(stage, booked.pairId) }).held;
    await say(stage, booked, booked.mentor.personId);
    expect(await held()).toBe('confirmed');
    await say(stage, booked, booked.mentee.personId, { tookPlace: false, note: 'dropped with the rest' });
    expect(await held()).toBe('notHeld');
    expect((await rowsOf(stage)).find((row) => row.side === 'mentee')).toMatchObject({ note: null, usefulness: null });
    await say(stage, booked, booked.mentee.personId, { tookPlace: true });
    expect(await held()).toBe('confirmed');
  });
});

describe('the cards', () => {
  test('ask the mentor five minutes after the end and the executive after the next meeting, once', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    const { endsAt, sessionId } = firstOf(booked);
    await ask(stage);
    expect(await requestsOf(stage, sessionId)).toEqual([]);
    stage.clock.set(plus(endsAt, 5 * MINUTE));
    expect(await ask(stage)).toBe(plus(endsAt, 30 * MINUTE));
    expect(await cardsOf(stage, booked.mentor.personId)).toMatchObject([
      { kind: 'feedbackMentor', sessionId, number: 1, of: 3, isReminder: false, given: null },
    ]);
    expect(await cardsOf(stage, booked.mentee.personId)).toEqual([]);
    stage.clock.set(plus(endsAt, 30 * MINUTE));
    await ask(stage);
    await ask(stage);
    expect(await cardsOf(stage, booked.mentee.personId)).toMatchObject([{ kind: 'feedbackMentee', sessionId }]);
    expect(await cardsOf(stage, booked.mentor.personId)).toHaveLength(1);
  });

  test.each<[string, (stage: Stage, booked: Booked) => unknown, number]>([
    ['has nothing else', (stage, booked) => stage.calendar.busy.delete(booked.mentee.personId), 5],
    ['cannot be read', (stage, booked) => stage.calendar.unreadable.add(booked.mentee.personId), 30],
    ['cannot be read right now', (stage) => stage.calendar.script('readBusy', refused('forbidden', 403)), 30],
  ])('ask an executive whose calendar %s', async (_, prepare, minutes) => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    prepare(stage, booked);
    const { endsAt, sessionId } = firstOf(booked);
    stage.clock.set(plus(endsAt, 5 * MINUTE));
    await ask(stage);
    const [, mentee] = await requestsOf(stage, sessionId);
    const isAsked = minutes === 5;
    expect(mentee).toMatchObject({ side: 'mentee', state: isAsked ? 'asked' : 'planned' });
    if (!isAsked) expect(mentee!.dueAt).toBe(plus(endsAt, minutes * MINUTE));
  });

  test('remind the mentor twice and the executive once, on working mornings, then close', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    const { endsAt, sessionId } = firstOf(booked);
    stage.clock.set(plus(endsAt, 5 * MINUTE));
    const sentAt: Instant[] = [];
    for (
      let now: Instant | null = stage.clock.now();
      now !== null && now < plus(endsAt, 7 * DAY + MINUTE);
      now = await ask(stage)
    ) {
      stage.clock.set(now);
      sentAt.push(now);
    }
    const asksOf = async (personId: PersonId) =>
      (await cardsOf(stage, personId)).map(
        (card) => 'isReminder' in card && 'sessionId' in card && card.sessionId === sessionId && card.isReminder,
      );
    expect(await asksOf(booked.mentor.personId)).toEqual([false, true, true]);
    expect(await asksOf(booked.mentee.personId)).toEqual([false, true]);
    expect(sentAt.slice(2).map((at) => new Date(at).toISOString())).toEqual([
      '2026-10-07T07:00:00.000Z',
      '2026-10-08T07:00:00.000Z',
      '2026-10-13T08:30:00.000Z',
    ]);
    expect((await requestsOf(stage, sessionId)).map((request) => request.state)).toEqual(['closed', 'closed']);
  });

  test('all become the thank-you, and a reminder that was not sent yet is dropped', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    const { endsAt } = firstOf(booked);
    stage.clock.set(plus(endsAt, 5 * MINUTE));
    await ask(stage);
    await cardsOf(stage, booked.mentor.personId);
    stage.clock.set('2026-10-07T07:00:00Z');
    await ask(stage);
    await cardsOf(stage, booked.mentor.personId);
    stage.clock.set('2026-10-08T07:00:00Z');
    await ask(stage);
    await say(stage, booked, booked.mentor.personId);
    expect((await cardsOf(stage, booked.mentor.personId)).map((card) => card.kind)).toEqual([
      'feedbackThanks',
      'feedbackThanks',
    ]);
    stage.clock.advance(2 * DAY);
    await ask(stage);
    expect(await cardsOf(stage, booked.mentor.personId)).toHaveLength(2);
  });

  test('answered in the card itself: Teams shows the thank-you already, so it is not sent again', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    stage.clock.set(plus(firstOf(booked).endsAt, 5 * MINUTE));
    await ask(stage);
    await cardsOf(stage, booked.mentor.personId);
    const { thanks } = await say(stage, booked, booked.mentor.personId, USEFUL, 'card');
    expect(thanks).toMatchObject({ kind: 'feedbackThanks', canEdit: true });
    await sendMessages(stage, { tenantId: stage.tenantId });
    expect(stage.messenger.updated).toEqual([]);
  });

  test('answered in the tab before the card went out: no card at all', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    stage.clock.set(plus(firstOf(booked).endsAt, 5 * MINUTE));
    await ask(stage);
    await say(stage, booked, booked.mentor.personId);
    expect(await cardsOf(stage, booked.mentor.personId)).toEqual([]);
  });
});

describe('nobody is asked', () => {
  const openedBy = async (stage: Stage, booked: Booked, after: number): Promise<void> => {
    stage.clock.set(plus(firstOf(booked).endsAt, after));
    await ask(stage);
  };

  test('about a session that was cancelled, or deleted, just before its end (F62)', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    booked.event.dates[0]!.isCancelled = true;
    await openedBy(stage, booked, 5 * MINUTE);
    const gone = await bookedPair(stage, offer({ first: plus(firstOf(booked).startsAt, DAY) }));
    gone.event.dates.shift();
    await openedBy(stage, gone, 5 * MINUTE);
    for (const { pairId } of [booked, gone]) {
      const first = firstOf({ sessions: await readSessions(stage, pairId) });
      expect(first).toMatchObject({ state: 'cancelled', held: 'open', feedbackDueAt: null });
      expect(await requestsOf(stage, first.sessionId)).toEqual([]);
    }
  });

  test('about one that somebody declined', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    booked.event.dates[0]!.answers.find((answer) => answer.address === booked.mentee.mail)!.response = 'declined';
    await openedBy(stage, booked, 5 * MINUTE);
    expect(firstOf({ sessions: await readSessions(stage, booked.pairId) })).toMatchObject({
      state: 'declined',
      held: 'open',
    });
    expect(await requestsOf(stage, firstOf(booked).sessionId)).toEqual([]);
  });

  test('about one that was moved to later, until that one is over', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    const { endsAt, sessionId } = firstOf(booked);
    const date = booked.event.dates[0]!;
    Object.assign(date, { start: plus(date.start, DAY), end: plus(date.end, DAY) });
    await openedBy(stage, booked, 5 * MINUTE);
    expect(await requestsOf(stage, sessionId)).toEqual([]);
    expect((await readSessions(stage, booked.pairId)).find((session) => session.sessionId === sessionId)).toMatchObject(
      { endsAt: plus(endsAt, DAY), locked: true, wasMoved: true },
    );
    stage.clock.set(plus(endsAt, DAY + 5 * MINUTE));
    await ask(stage);
    expect(await requestsOf(stage, sessionId)).toHaveLength(2);
  });

  test('about one older than three working days, whatever kept us from asking (F18)', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    await openedBy(stage, booked, 4 * DAY);
    expect(await requestsOf(stage, firstOf(booked).sessionId)).toMatchObject([
      { side: 'mentor', state: 'skipped', skippedBecause: 'tooOld' },
      { side: 'mentee', state: 'skipped', skippedBecause: 'tooOld' },
    ]);
    expect(await cardsOf(stage, booked.mentor.personId)).toEqual([]);
  });

  test('about one of which the other already said that it did not take place', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    await openedBy(stage, booked, 5 * MINUTE);
    await say(stage, booked, booked.mentor.personId, { tookPlace: false });
    stage.clock.advance(HOUR);
    await ask(stage);
    expect(await cardsOf(stage, booked.mentee.personId)).toEqual([]);
    expect(
      (await requestsOf(stage, firstOf(booked).sessionId)).find((request) => request.side === 'mentee'),
    ).toMatchObject({ state: 'skipped', skippedBecause: 'notHeld' });
  });

  test('while the calendar cannot say whether the session stood: it is asked again later', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    const { endsAt, sessionId } = firstOf(booked);
    stage.calendar.script(
      'readDate',
      { outcome: 'later', notBefore: plus(endsAt, HOUR), code: 'HTTP 503' },
      refused('forbidden', 403),
    );
    await openedBy(stage, booked, 5 * MINUTE);
    expect(await requestsOf(stage, sessionId)).toEqual([]);
    await openedBy(stage, booked, HOUR);
    expect(await requestsOf(stage, sessionId)).toEqual([]);
    await openedBy(stage, booked, HOUR + 15 * MINUTE);
    expect(await requestsOf(stage, sessionId)).toHaveLength(2);
  });

  test('outside the executive’s hours, when the question is found late', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    await openedBy(stage, booked, 5 * MINUTE);
    stage.clock.set('2026-10-06T20:00:00Z');
    await ask(stage);
    expect(await cardsOf(stage, booked.mentee.personId)).toEqual([]);
    stage.clock.set('2026-10-07T07:00:00Z');
    await ask(stage);
    expect(await cardsOf(stage, booked.mentee.personId)).toHaveLength(1);
  });
});

describe('a card action', () => {
  const act = (stage: Stage, personId: PersonId, action: Parameters<typeof answerCard>[2]) =>
    answerCard(stage, { tenantId: stage.tenantId, personId }, action);

  test('of a stranger who was forwarded the card stores nothing and says that it is not theirs (27)', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    const { sessionId } = firstOf(booked);
    const stranger = newId() as PersonId;
    expect(await act(stage, stranger, { verb: 'feedback.submit', sessionId, tookPlace: 'yes' })).toEqual({
      kind: 'error',
      text: 'notYours',
    });
    expect(await act(stage, stranger, { verb: 'feedback.edit', sessionId })).toEqual({
      kind: 'error',
      text: 'notYours',
    });
    expect(
      await act(stage, stranger, { verb: 'proposal.answer', pairId: booked.pairId, answer: 'agree', offer: '0' }),
    ).toEqual({ kind: 'error', text: 'notYours' });
    expect(await act(stage, stranger, { verb: 'mentor.answer', pairId: booked.pairId, answer: 'agree' })).toEqual({
      kind: 'error',
      text: 'notYours',
    });
    expect(await rowsOf(stage)).toEqual([]);
  });

  test('says why it is too early or too late', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    const { sessionId, endsAt } = firstOf(booked);
    const submit = { verb: 'feedback.submit', sessionId, tookPlace: 'yes' } as const;
    expect(await act(stage, booked.mentor.personId, submit)).toEqual({ kind: 'error', text: 'tooEarly' });
    stage.clock.set(plus(endsAt, 8 * DAY));
    expect(await act(stage, booked.mentor.personId, submit)).toEqual({ kind: 'error', text: 'closed' });
    expect(await act(stage, booked.mentor.personId, { verb: 'feedback.edit', sessionId })).toEqual({
      kind: 'feedbackClosed',
      sessionId,
    });
  });

  test('opens the form again with what was said', async () => {
    const stage = await setStage(db());
    const booked = await heldPair(stage);
    const { sessionId } = firstOf(booked);
    const thanks = await act(stage, booked.mentee.personId, {
      verb: 'feedback.submit',
      sessionId,
      tookPlace: 'yes',
      usefulness: '5',
      note: 'Good',
    });
    expect(thanks).toMatchObject({ kind: 'feedbackThanks' });
    expect(await act(stage, booked.mentee.personId, { verb: 'feedback.edit', sessionId })).toMatchObject({
      kind: 'feedbackMentee',
      partnerName: booked.mentor.displayName,
      given: { tookPlace: true, usefulness: 5, note: 'Good', noteReader: 'programTeamGrouped' },
    });
  });
});

test('the administrator sees numbers of groups, never a single score or note', async () => {
  const stage = await setStage(db());
  const booked = await heldPair(stage);
  await say(stage, booked, booked.mentor.personId);
  await say(stage, booked, booked.mentee.personId, { tookPlace: true, usefulness: 1, note: 'CANARY-NOTE' });
  stage.clock.advance(14 * DAY);
  const overview = await buildOverview(stage, { tenantId: stage.tenantId, locale: 'en' });
  expect(overview.feedback).toMatchObject({
    answers: null,
    published: { scores: [], topics: [], comments: [] },
    notes: [],
  });
  expect(overview.pairs).toMatchObject([{ state: 'booked', sessionsBooked: 3, sessionsConfirmed: 1 }]);
  expect(JSON.stringify(overview)).not.toMatch(/CANARY-NOTE|"usefulness":[0-9]/);
});
