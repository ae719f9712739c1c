import { describe, expect, test } from 'vitest';
import type { CardMessage } from '../../../server/contract/card-messages.ts';
import { loadParticipants } from '../../../server/db/cohorts.ts';
import { queueMessage } from '../../../server/db/messages.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { DAY, HOUR, parseInstant, plus } from '../../../server/domain/time/instant.ts';
import { answerInvitation } from '../../../server/use-cases/people/answer-invitation.ts';
import { answerMentor } from '../../../server/use-cases/matching/answer-mentor.ts';
import { answerProposal } from '../../../server/use-cases/matching/answer-proposal.ts';
import { askMentors } from '../../../server/use-cases/matching/ask-mentors.ts';
import { buildHome } from '../../../server/use-cases/evaluation/build-home.ts';
import { releasePair } from '../../../server/use-cases/matching/release-pair.ts';
import { remindAndExpire } from '../../../server/use-cases/matching/remind-and-expire.ts';
import { offerSlots } from '../../../server/use-cases/slots/offer-slots.ts';
import { chatOf, textsOf } from '../../make/chat.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, offer, pair, participant, readPair, type MadePair } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
import { readSeries, readSessions } from '../../make/session.ts';

const db = useDatabase();

const remind = (stage: Stage) => remindAndExpire(stage, { tenantId: stage.tenantId });

describe('an invitation', () => {
  const goals = [{ topic: 'generative-ai' as const, level: 2 }];
  const asMentee = (stage: Stage, cohortId: string, personId: PersonId) => ({
    tenantId: stage.tenantId,
    personId,
    cohortId,
    side: 'mentee' as const,
  });
  const stateOf = async (stage: Stage, cohortId: string, personId: PersonId) =>
    (await stage.tx((tx) => loadParticipants(tx, { cohortId, personId })))[0]!;

  test('is nobody else’s to answer', async () => {
    const stage = await setStage(db());
    const cohortId = await cohort(stage, { state: 'inviting' });
    const nominated = await participant(stage, cohortId, 'mentee', person(), { state: 'nominated' });
    const mentor = await participant(stage, cohortId, 'mentor', person(), { state: 'invited' });
    for (const personId of [newId() as PersonId, nominated.personId, mentor.personId]) {
      await expect(
        answerInvitation(stage, { ...asMentee(stage, cohortId, personId), answer: { kind: 'goals', goals } }),
      ).rejects.toMatchObject({ code: 'notFound' });
    }
  });

  test('names each topic once', async () => {
    const stage = await setStage(db());
    const cohortId = await cohort(stage, { state: 'inviting' });
    const mentee = await participant(stage, cohortId, 'mentee', person(), { state: 'invited' });
    await expect(
      answerInvitation(stage, {
        ...asMentee(stage, cohortId, mentee.personId),
        answer: { kind: 'goals', goals: [...goals, ...goals] },
      }),
    ).rejects.toMatchObject({ code: 'badInput', details: { fields: [{ path: 'goals' }] } });
  });

  test('of a closed cohort is closed, and so is a second answer once mentors were asked', async () => {
    const stage = await setStage(db());
    const closed = await cohort(stage, { state: 'closed' });
    const late = await participant(stage, closed, 'mentee', person(), { state: 'invited' });
    await expect(
      answerInvitation(stage, { ...asMentee(stage, closed, late.personId), answer: { kind: 'goals', goals } }),
    ).rejects.toMatchObject({ details: { reason: 'cohortClosed' } });
    const running = await cohort(stage);
    const joined = await participant(stage, running, 'mentee');
    await expect(
      answerInvitation(stage, { ...asMentee(stage, running, joined.personId), answer: { kind: 'goals', goals } }),
    ).rejects.toMatchObject({ details: { reason: 'matchesMade' } });
  });

  test('is answered, and answered again until the matches are made', async () => {
    const stage = await setStage(db());
    const cohortId = await cohort(stage, { state: 'inviting' });
    const mentee = await participant(stage, cohortId, 'mentee', person(), { state: 'invited' });
    await answerInvitation(stage, { ...asMentee(stage, cohortId, mentee.personId), answer: { kind: 'goals', goals } });
    const other = [{ topic: 'short-video' as const, level: 1 }];
    await answerInvitation(stage, {
      ...asMentee(stage, cohortId, mentee.personId),
      answer: { kind: 'goals', goals: other },
    });
    expect(await stateOf(stage, cohortId, mentee.personId)).toMatchObject({ state: 'joined', goals: other });
    await answerInvitation(stage, { ...asMentee(stage, cohortId, mentee.personId), answer: { kind: 'decline' } });
    expect(await stateOf(stage, cohortId, mentee.personId)).toMatchObject({ state: 'declined' });
    expect(textsOf(await chatOf(stage, mentee.personId))).toEqual(['declined']);
    const joins = await stage.tx((tx) => tx.selectFrom('runLog').select('kind').where('kind', '=', 'joined').execute());
    expect(joins).toHaveLength(1);
  });

  test('is reminded of once, half way, and both cards close together', async () => {
    const stage = await setStage(db());
    const cohortId = await cohort(stage, { state: 'inviting' });
    const mentor = await participant(stage, cohortId, 'mentor', person(), {
      state: 'invited',
      dueAt: plus(START, 7 * DAY),
    });
    await stage.tx((tx) =>
      queueMessage(tx, {
        tenantId: stage.tenantId,
        salt: 'salt',
        personId: mentor.personId,
        subjectKey: `ask:${cohortId}:mentor`,
        data: { kind: 'join', cohortId, programName: 'Reverse mentoring', suggested: [], isReminder: false },
        notBefore: START,
        now: START,
      }),
    );
    await chatOf(stage, mentor.personId);
    await remind(stage);
    expect(await chatOf(stage, mentor.personId)).toHaveLength(1);
    // Half way is Thursday evening.
    const next = await remind(stage);
    expect(next).toBe(parseInstant('2026-10-02T07:00:00Z'));
    stage.clock.set(plus(next!, -1));
    await remind(stage);
    expect(await chatOf(stage, mentor.personId)).toHaveLength(1);
    stage.clock.set(next!);
    await remind(stage);
    await remind(stage);
    expect(await chatOf(stage, mentor.personId)).toMatchObject([{ isReminder: false }, { isReminder: true }]);
    await answerInvitation(stage, {
      ...asMentee(stage, cohortId, mentor.personId),
      side: 'mentor',
      answer: { kind: 'join', skills: goals, motivation: 'I like it' },
    });
    expect(textsOf(await chatOf(stage, mentor.personId))).toEqual(['joined', 'joined']);
  });
});

describe('the question to the mentor', () => {
  const publish = async (stage: Stage): Promise<MadePair> => {
    const made = await pair(stage, 'proposed');
    await askMentors(stage, { tenantId: stage.tenantId, cohortId: made.cohortId });
    return made;
  };
  const say = (stage: Stage, made: MadePair, answer: 'agree' | 'decline', personId = made.mentor.personId) =>
    answerMentor(stage, { tenantId: stage.tenantId, personId, pairId: made.pairId, answer });

  test('is not put without matches, nor for a cohort that is not there', async () => {
    const stage = await setStage(db());
    const cohortId = await cohort(stage);
    await expect(askMentors(stage, { tenantId: stage.tenantId, cohortId })).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'nothingToPublish' },
    });
    await expect(askMentors(stage, { tenantId: stage.tenantId, cohortId: newId() })).rejects.toMatchObject({
      code: 'notFound',
    });
  });

  test('tells the mentor of the other department as the executive’s, and nothing of the goals', async () => {
    const stage = await setStage(db());
    const { mentor, mentee } = await publish(stage);
    const [card] = await chatOf(stage, mentor.personId);
    expect(card).toMatchObject({
      kind: 'mentorQuestion',
      partner: { displayName: mentee.displayName, topics: [], motivation: null },
    });
    const reasons = card?.kind === 'mentorQuestion' ? card.reasons : [];
    expect(reasons.find((reason) => reason.code === 'otherDepartment')).toMatchObject({ department: 'Board' });
    expect(await chatOf(stage, mentee.personId)).toEqual([]);
    const home = await buildHome(stage, { tenantId: stage.tenantId, personId: mentor.personId, locale: 'en' });
    expect(home.asks).toHaveLength(1);
    const [ask] = home.asks;
    expect(ask?.kind === 'mentor' && ask.reasons.join(' ')).toMatch(/Board/);
    expect(ask?.kind === 'mentor' && ask.reasons.join(' ')).not.toMatch(/Digital/);
    expect(JSON.stringify(home)).not.toMatch(/generative/i);
    expect(
      (await buildHome(stage, { tenantId: stage.tenantId, personId: mentee.personId, locale: 'en' })).asks,
    ).toEqual([]);
  });

  test('is nobody else’s to answer: not the executive’s, not a stranger’s, not before it was put', async () => {
    const stage = await setStage(db());
    const made = await publish(stage);
    for (const personId of [made.mentee.personId, newId() as PersonId])
      await expect(say(stage, made, 'agree', personId)).rejects.toMatchObject({ code: 'notFound' });
    const other = await setStage(db());
    await expect(say({ ...stage, tenantId: other.tenantId }, made, 'agree')).rejects.toMatchObject({
      code: 'notFound',
    });
    const unasked = await pair(stage, 'proposed');
    await expect(say(stage, unasked, 'agree')).rejects.toMatchObject({ code: 'notFound' });
    expect((await readPair(stage, made.pairId)).state).toBe('mentorAsked');
  });

  test('answered twice alike is answered once; the other answer afterwards is closed', async () => {
    const stage = await setStage(db());
    const made = await publish(stage);
    await Promise.all([say(stage, made, 'agree'), say(stage, made, 'agree')]);
    expect(await readPair(stage, made.pairId)).toMatchObject({ state: 'mentorAgreed', dueAt: START });
    await offerSlots(stage, { tenantId: stage.tenantId });
    expect((await readPair(stage, made.pairId)).state).toBe('menteeAsked');
    await say(stage, made, 'agree');
    await expect(say(stage, made, 'decline')).rejects.toMatchObject({
      code: 'closed',
      details: { reason: 'answeredElsewhere' },
    });
    expect((await readPair(stage, made.pairId)).state).toBe('menteeAsked');
  });

  test('declined, the executive never learns of it', async () => {
    const stage = await setStage(db());
    const made = await publish(stage);
    await say(stage, made, 'decline');
    await say(stage, made, 'decline');
    expect((await readPair(stage, made.pairId)).state).toBe('mentorDeclined');
    expect(await chatOf(stage, made.mentee.personId)).toEqual([]);
    const home = await buildHome(stage, { tenantId: stage.tenantId, personId: made.mentee.personId, locale: 'en' });
    expect([home.asks, home.pairs]).toEqual([[], []]);
  });

  test('is reminded of once on the third working morning, and goes to the administrator on the fifth working day', async () => {
    const stage = await setStage(db());
    const made = await publish(stage);
    await chatOf(stage, made.mentor.personId);
    stage.clock.set('2026-10-01T06:59:00Z');
    await remind(stage);
    expect(await chatOf(stage, made.mentor.personId)).toHaveLength(1);
    stage.clock.set('2026-10-01T07:00:00Z');
    await remind(stage);
    await remind(stage);
    expect(await chatOf(stage, made.mentor.personId)).toMatchObject([{ isReminder: false }, { isReminder: true }]);
    stage.clock.set(plus(parseInstant('2026-10-05T06:00:00Z'), -1));
    await remind(stage);
    expect((await readPair(stage, made.pairId)).state).toBe('mentorAsked');
    stage.clock.advance(1);
    await remind(stage);
    expect((await readPair(stage, made.pairId)).state).toBe('waiting');
    await expect(say(stage, made, 'agree')).rejects.toMatchObject({ code: 'closed' });
    // The administrator looks for another match: both cards say that this one has ended.
    await releasePair(stage, { tenantId: stage.tenantId, pairId: made.pairId });
    expect(textsOf(await chatOf(stage, made.mentor.personId))).toEqual(['pairEnded', 'pairEnded']);
  });

  test('a reminder closes with the question, and one that was never sent is dropped', async () => {
    const stage = await setStage(db());
    const made = await publish(stage);
    await chatOf(stage, made.mentor.personId);
    stage.clock.set('2026-10-01T07:00:00Z');
    await remind(stage);
    await say(stage, made, 'agree');
    expect(textsOf(await chatOf(stage, made.mentor.personId))).toEqual(['mentorAgreed']);
    expect(stage.messenger.sent).toHaveLength(1);
  });

  test('whose time ran out while nobody looked is not reminded of afterwards', async () => {
    const stage = await setStage(db());
    const made = await publish(stage);
    await chatOf(stage, made.mentor.personId);
    stage.clock.advance(30 * DAY);
    await remind(stage);
    expect((await readPair(stage, made.pairId)).state).toBe('waiting');
    expect(await chatOf(stage, made.mentor.personId)).toHaveLength(1);
  });
});

describe('the proposal to the executive', () => {
  const say = (
    stage: Stage,
    made: MadePair,
    answer: Parameters<typeof answerProposal>[1]['answer'],
    change: { offer?: number; personId?: PersonId } = {},
  ) =>
    answerProposal(stage, {
      tenantId: stage.tenantId,
      personId: made.mentee.personId,
      pairId: made.pairId,
      answer,
      ...change,
    });
  const offered = async (stage: Stage): Promise<MadePair> => {
    const made = await pair(stage, 'mentorAgreed');
    await offerSlots(stage, { tenantId: stage.tenantId });
    return made;
  };

  test('is nobody else’s to answer', async () => {
    const stage = await setStage(db());
    const made = await offered(stage);
    for (const personId of [made.mentor.personId, newId() as PersonId])
      await expect(say(stage, made, 'agree', { personId })).rejects.toMatchObject({ code: 'notFound' });
    const other = await setStage(db());
    await expect(say({ ...stage, tenantId: other.tenantId }, made, 'agree')).rejects.toMatchObject({
      code: 'notFound',
    });
    const unoffered = await pair(stage, 'mentorAgreed');
    await expect(say(stage, unoffered, 'agree')).rejects.toMatchObject({ code: 'notFound' });
  });

  test('holds only the times that were offered', async () => {
    const stage = await setStage(db());
    const made = await pair(stage, 'menteeAsked', { offers: [offer()] });
    await expect(say(stage, made, 'agree', { offer: 1 })).rejects.toMatchObject({
      code: 'badInput',
      details: { fields: [{ path: 'offer' }] },
    });
    expect((await readPair(stage, made.pairId)).state).toBe('menteeAsked');
  });

  test('a double click books once: one series, one intent, one key', async () => {
    const stage = await setStage(db());
    const made = await offered(stage);
    await Promise.all([say(stage, made, 'agree', { offer: 0 }), say(stage, made, 'agree', { offer: 0 })]);
    await say(stage, made, 'agree', { offer: 0 });
    expect((await readPair(stage, made.pairId)).state).toBe('agreed');
    expect(await readSessions(stage, made.pairId)).toHaveLength(3);
    expect(await stage.tx((tx) => tx.selectFrom('calendarWrites').select('kind').execute())).toEqual([
      { kind: 'create' },
    ]);
    expect((await readSeries(stage, made.pairId)).state).toBe('planned');
    await expect(say(stage, made, 'agree', { offer: 1 })).rejects.toMatchObject({ code: 'closed' });
    await expect(say(stage, made, 'anotherMentor')).rejects.toMatchObject({ code: 'closed' });
    expect(stage.jobs.woken).toContain('writeCalendar');
  });

  test.each(['mentor', 'mentee'] as const)(
    'of which the %s has left meanwhile: nothing is booked (F38)',
    async (side) => {
      const stage = await setStage(db());
      const made = await offered(stage);
      expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['proposal']);
      await stage.tx((tx) =>
        tx.updateTable('people').set({ accountEnabled: false }).where('personId', '=', made[side].personId).execute(),
      );
      await expect(say(stage, made, 'agree')).rejects.toMatchObject({ code: 'closed' });
      expect((await readPair(stage, made.pairId)).state).toBe('closed');
      expect(await readSessions(stage, made.pairId)).toEqual([]);
      // Who left is told nothing; the other one reads that it has ended, not why.
      expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual([
        side === 'mentor' ? 'pairEnded' : 'proposal',
      ]);
      expect(await chatOf(stage, made.mentor.personId)).toEqual([]);
      await expect(say(stage, made, 'agree')).rejects.toMatchObject({ code: 'closed' });
    },
  );

  test('another time: other times on a card of its own, and the old card says what was answered', async () => {
    const stage = await setStage(db());
    const made = await offered(stage);
    const [first] = await chatOf(stage, made.mentee.personId);
    await say(stage, made, 'anotherTime');
    await say(stage, made, 'anotherTime');
    expect((await readPair(stage, made.pairId)).state).toBe('mentorAgreed');
    await offerSlots(stage, { tenantId: stage.tenantId });
    const chat = await chatOf(stage, made.mentee.personId);
    expect(textsOf(chat)).toEqual(['anotherTime', 'proposal']);
    const starts = (card: CardMessage | undefined) =>
      card?.kind === 'proposal' ? card.offers.map((one) => one.dates[0]!.start) : [];
    expect(starts(chat[1]).length).toBeGreaterThan(0);
    expect(starts(chat[1]).filter((start) => starts(first).includes(start))).toEqual([]);
  });

  test('another mentor ends the match; the mentor never learns by whom', async () => {
    const stage = await setStage(db());
    const made = await pair(stage, 'proposed');
    await askMentors(stage, { tenantId: stage.tenantId, cohortId: made.cohortId });
    await answerMentor(stage, {
      tenantId: stage.tenantId,
      personId: made.mentor.personId,
      pairId: made.pairId,
      answer: 'agree',
    });
    await offerSlots(stage, { tenantId: stage.tenantId });
    await chatOf(stage, made.mentor.personId);
    await say(stage, made, 'anotherMentor');
    await say(stage, made, 'anotherMentor');
    expect((await readPair(stage, made.pairId)).state).toBe('menteeDeclined');
    expect(textsOf(await chatOf(stage, made.mentor.personId))).toEqual(['pairEnded']);
    expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['anotherMentor']);
  });

  test('my assistant, without anybody named: the question stays open (the rest is in assistants.test.ts)', async () => {
    const stage = await setStage(db());
    const made = await offered(stage);
    expect(await say(stage, made, 'askAssistant')).toEqual({ outcome: 'needsAssistant' });
    expect((await readPair(stage, made.pairId)).state).toBe('menteeAsked');
    expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['proposal']);
    await say(stage, made, 'agree', { offer: 0 });
    expect((await readPair(stage, made.pairId)).state).toBe('agreed');
  });

  test('is reminded of once, and silence is never consent', async () => {
    const stage = await setStage(db());
    const made = await offered(stage);
    await chatOf(stage, made.mentee.personId);
    stage.clock.set('2026-10-01T07:00:00Z');
    await remind(stage);
    await remind(stage);
    expect(await chatOf(stage, made.mentee.personId)).toMatchObject([{ isReminder: false }, { isReminder: true }]);
    stage.clock.advance(7 * DAY);
    await remind(stage);
    expect((await readPair(stage, made.pairId)).state).toBe('waiting');
    await expect(say(stage, made, 'agree')).rejects.toMatchObject({ code: 'closed' });
    expect(stage.calendar.count('createSeries')).toBe(0);
    await releasePair(stage, { tenantId: stage.tenantId, pairId: made.pairId });
    expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['pairEnded', 'pairEnded']);
  });

  test('answered after the reminder, both cards say so', async () => {
    const stage = await setStage(db());
    const made = await offered(stage);
    await chatOf(stage, made.mentee.personId);
    stage.clock.set('2026-10-01T07:00:00Z');
    await remind(stage);
    await chatOf(stage, made.mentee.personId);
    await say(stage, made, 'agree', { offer: 0 });
    expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['proposalAgreed', 'proposalAgreed']);
  });
});

test('only a match that waits can be released', async () => {
  const stage = await setStage(db());
  const made = await pair(stage, 'menteeAsked');
  await expect(releasePair(stage, { tenantId: stage.tenantId, pairId: made.pairId })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(releasePair(stage, { tenantId: stage.tenantId, pairId: newId() })).rejects.toMatchObject({
    code: 'notFound',
  });
  const other = await setStage(db());
  const waiting = await pair(stage, 'waiting');
  await expect(releasePair({ ...stage }, { tenantId: other.tenantId, pairId: waiting.pairId })).rejects.toMatchObject({
    code: 'notFound',
  });
  stage.clock.advance(HOUR);
  await releasePair(stage, { tenantId: stage.tenantId, pairId: waiting.pairId });
  expect((await readPair(stage, waiting.pairId)).state).toBe('closed');
});
