import { describe, expect, test } from 'vitest';
import type { CardMessage } from '../../../server/contract/card-messages.ts';
import type { FeedbackBody } from '../../../server/contract/http.ts';
import { saveAssistant } from '../../../server/db/assistants.ts';
import { savePeople } from '../../../server/db/people.ts';
import { loadSingleDates, type SessionRow } from '../../../server/db/sessions.ts';
import { findOffer } from '../../../server/db/session-offers.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../../server/domain/time/instant.ts';
import { localDate } from '../../../server/domain/time/wall-time.ts';
import { buildHome } from '../../../server/use-cases/evaluation/build-home.ts';
import { buildOverview } from '../../../server/use-cases/evaluation/build-overview.ts';
import { exportOwnData } from '../../../server/use-cases/people/export-own-data.ts';
import { answerCard } from '../../../server/use-cases/sessions/answer-card.ts';
import { answerNewTime } from '../../../server/use-cases/sessions/answer-new-time.ts';
import { askFeedback } from '../../../server/use-cases/sessions/ask-feedback.ts';
import { markMailbox } from '../../../server/use-cases/sessions/mark-mailbox.ts';
import { readSession } from '../../../server/use-cases/sessions/read-session.ts';
import { reconcileSeries } from '../../../server/use-cases/sessions/reconcile-series.ts';
import { recordFeedback } from '../../../server/use-cases/sessions/record-feedback.ts';
import { writeCalendar } from '../../../server/use-cases/slots/write-calendar.ts';
import { chatOf } from '../../make/chat.ts';
import { openInMemory, useDatabase } from '../../make/database.ts';
import { offer, openChat } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { ROME, setStage, type Stage } from '../../make/server.ts';
import { bookedPair, firstOf, readSessions, type Booked } from '../../make/session.ts';
import { describeNotHeldRaces } from './describe-not-held-races.ts';

const db = useDatabase();
const NO: FeedbackBody = { tookPlace: false };
const YES: FeedbackBody = { tookPlace: true, usefulness: 2, nextTopic: 'short-video' };

interface Over {
  stage: Stage;
  booked: Booked;
}

/** A booked pair of three Tuesdays, or fewer, five minutes after the end of the first; the mentor was asked. */
async function over({ count = 3 } = {}): Promise<Over> {
  const stage = await setStage(db());
  const booked = await bookedPair(stage, offer({ count }));
  await look(stage);
  stage.clock.set(plus(firstOf(booked).endsAt, 5 * MINUTE));
  await askFeedback(stage, { tenantId: stage.tenantId });
  return { stage, booked };
}
const look = (stage: Stage) => reconcileSeries(stage, { tenantId: stage.tenantId });
const write = (stage: Stage) => writeCalendar(stage, { tenantId: stage.tenantId });
const sessionOf = async ({ stage, booked }: Over): Promise<SessionRow> =>
  (await readSessions(stage, booked.pairId)).find(({ number }) => number === 1)!;
const offerOf = ({ stage, booked }: Over) => stage.tx((tx) => findOffer(tx, firstOf(booked).sessionId));
const say = ({ stage, booked }: Over, who: { personId: PersonId }, body: FeedbackBody) =>
  recordFeedback(stage, {
    tenantId: stage.tenantId,
    personId: who.personId,
    sessionId: firstOf(booked).sessionId,
    body,
    via: 'page',
  });
const answer = async (
  { stage, booked }: Over,
  who: { personId: PersonId },
  given: { answer: 'take' | 'keep' | 'skip'; start?: Instant; round?: number },
) =>
  answerNewTime(stage, {
    tenantId: stage.tenantId,
    personId: who.personId,
    sessionId: firstOf(booked).sessionId,
    round: 1,
    ...given,
  });
const answersOf = ({ stage }: Over) =>
  stage.tx((tx) =>
    tx
      .selectFrom('feedback')
      .select(['side', 'attempt', 'tookPlace', 'sessionStart'])
      .orderBy('attempt')
      .orderBy('side')
      .execute(),
  );
const requestsOf = ({ stage }: Over) =>
  stage.tx((tx) =>
    tx.selectFrom('feedbackRequests').select(['side', 'attempt', 'state']).orderBy('attempt').orderBy('side').execute(),
  );
const newTimesFor = async ({ stage }: Over, who: { personId: PersonId }) =>
  (await chatOf(stage, who.personId)).filter(({ kind }) => kind === 'newTime');
const homeOf = ({ stage }: Over, who: { personId: PersonId }) =>
  buildHome(stage, { tenantId: stage.tenantId, personId: who.personId, locale: 'en' });
const cardAction = ({ stage }: Over, who: { personId: PersonId }, action: Parameters<typeof answerCard>[2]) =>
  answerCard(stage, { tenantId: stage.tenantId, personId: who.personId }, action);

/** The mentor says no, is offered times and takes the first; it stands in the calendars. */
async function heldAgain(): Promise<Over & { start: Instant; before: SessionRow }> {
  const one = await over();
  await say(one, one.booked.mentor, NO);
  await look(one.stage);
  const start = (await offerOf(one))!.starts[0]!;
  expect(await answer(one, one.booked.mentor, { answer: 'take', start })).toEqual({ outcome: 'taken' });
  await write(one.stage);
  return { ...one, start, before: firstOf(one.booked) };
}

describe('whoever says that a session did not take place', () => {
  test('is offered three times to come, in order and free for both, once, and nobody else is', async () => {
    const one = await over();
    const { stage, booked } = one;
    const [session, next] = booked.sessions as [SessionRow, SessionRow];
    const busy = {
      start: plus(session.startsAt, 2 * DAY),
      end: plus(session.endsAt, 2 * DAY),
      status: 'busy' as const,
    };
    stage.calendar.busy.set(booked.mentee.personId, [busy]);
    stage.jobs.woken.length = 0;
    await say(one, booked.mentor, NO);
    expect(stage.jobs.woken).toContain('reconcileSeries');
    await look(stage);
    await look(stage);
    const offered = (await offerOf(one))!;
    expect(offered).toMatchObject({ because: 'notHeld', round: 1, state: 'open', askedOf: booked.mentor.personId });
    expect(offered.starts).toHaveLength(3);
    for (const start of offered.starts) {
      expect(start).toBeGreaterThan(plus(stage.clock.now(), DAY));
      expect(localDate(start, ROME) < localDate(next.startsAt, ROME)).toBe(true);
      expect(start >= busy.end || plus(start, 30 * MINUTE) <= busy.start).toBe(true);
    }
    expect(await newTimesFor(one, booked.mentor)).toMatchObject([
      { because: 'notHeld', canKeep: false, forName: null, start: session.startsAt, starts: offered.starts },
    ]);
    expect(await newTimesFor(one, booked.mentee)).toEqual([]);
    expect((await homeOf(one, booked.mentor)).asks).toMatchObject([{ kind: 'newTime', because: 'notHeld' }]);
    expect((await homeOf(one, booked.mentee)).asks).toEqual([]);
    await expect(answer(one, booked.mentee, { answer: 'skip' })).rejects.toMatchObject({ code: 'notFound' });
    await expect(answer(one, booked.mentor, { answer: 'keep' })).rejects.toMatchObject({ code: 'badInput' });
  });

  test('answers for themselves: an assistant learns nothing of it', async () => {
    const one = await over();
    const { stage, booked } = one;
    const assistant = person('Ada Assistant');
    const { tenantId, clock } = stage;
    const of = { tenantId, menteeId: booked.mentee.personId, assistantId: assistant.personId };
    await stage.tx(async (tx) => {
      await savePeople(tx, tenantId, [assistant], clock.now());
      await saveAssistant(tx, of, clock.now());
    });
    await openChat(stage, assistant.personId);
    await say(one, booked.mentee, NO);
    await look(stage);
    expect(await newTimesFor(one, booked.mentee)).toHaveLength(1);
    expect(await newTimesFor(one, assistant)).toEqual([]);
    expect((await homeOf(one, assistant)).asks).toEqual([]);
    await expect(answer(one, assistant, { answer: 'skip' })).rejects.toMatchObject({ code: 'notFound' });
  });

  test('hears that there is no other time, and may read it for three working days', async () => {
    const one = await over();
    const { stage, booked } = one;
    const all = { start: stage.clock.now(), end: plus(stage.clock.now(), 40 * DAY), status: 'oof' as const };
    stage.calendar.busy.set(booked.mentee.personId, [all]);
    await say(one, booked.mentor, NO);
    await look(stage);
    expect(await newTimesFor(one, booked.mentor)).toMatchObject([{ starts: [], canKeep: false }]);
    stage.clock.advance(DAY);
    await look(stage);
    expect(await offerOf(one)).toMatchObject({ state: 'open' });
    stage.clock.advance(3 * DAY);
    await look(stage);
    expect(await offerOf(one)).toMatchObject({ state: 'expired', round: 1 });
    expect(await chatOf(stage, booked.mentor.personId)).toContainEqual({ kind: 'done', text: 'noLongerNeeded' });
    expect(await newTimesFor(one, booked.mentee)).toEqual([]);
  });

  test('is asked when the calendars can be read again', async () => {
    const one = await over();
    const { stage, booked } = one;
    await say(one, booked.mentor, NO);
    const later = { outcome: 'later' as const, notBefore: plus(stage.clock.now(), HOUR), code: 'HTTP 503' };
    // One for the look at what stands over sessions, one for the search.
    stage.calendar.script('readBusy', later, later);
    await look(stage);
    expect(await offerOf(one)).toBeUndefined();
    stage.clock.advance(15 * MINUTE);
    await look(stage);
    expect(await offerOf(one)).toMatchObject({ state: 'open' });
  });

  test('may do without: it stays not held, and neither is asked or reminded any more', async () => {
    const one = await over();
    const { stage, booked } = one;
    await say(one, booked.mentor, NO);
    await look(stage);
    expect(await answer(one, booked.mentor, { answer: 'skip' })).toEqual({ outcome: 'skipped' });
    expect(await answer(one, booked.mentor, { answer: 'skip' })).toEqual({ outcome: 'skipped' });
    for (let day = 0; day < 6; day++) {
      stage.clock.advance(DAY);
      await look(stage);
      await askFeedback(stage, { tenantId: stage.tenantId });
      await write(stage);
    }
    expect(await sessionOf(one)).toMatchObject({ state: 'booked', held: 'notHeld', attempt: 1 });
    expect(await newTimesFor(one, booked.mentor)).toEqual([]);
    const reminders = (await chatOf(stage, booked.mentee.personId)).filter(
      (card: CardMessage) => 'isReminder' in card && card.isReminder,
    );
    expect(reminders).toEqual([]);
    expect(stage.calendar.dates).toEqual([]);
    expect((await buildOverview(stage, { tenantId: stage.tenantId, locale: 'en' })).sessions).toMatchObject({
      notHeld: 1,
      held: 0,
    });
  });
});

test('unanswered it is not for the partner, who said nothing of the kind', async () => {
  const one = await over({ count: 1 });
  const { stage, booked } = one;
  const away = { start: stage.clock.now(), end: plus(stage.clock.now(), 8 * DAY), status: 'oof' as const };
  stage.calendar.busy.set(booked.mentor.personId, [away]);
  await say(one, booked.mentee, NO);
  await look(stage);
  stage.clock.set((await offerOf(one))!.answerBy);
  await look(stage);
  expect(await offerOf(one)).toMatchObject({ state: 'expired', askedOf: booked.mentee.personId });
  expect(await newTimesFor(one, booked.mentor)).toEqual([]);
});

describe('both say no', () => {
  test('unanswered it goes to the other one, who said so, too, and then it is over', async () => {
    const one = await over({ count: 1 });
    const { stage, booked } = one;
    const away = { start: stage.clock.now(), end: plus(stage.clock.now(), 8 * DAY), status: 'oof' as const };
    stage.calendar.busy.set(booked.mentee.personId, [away]);
    await say(one, booked.mentor, NO);
    stage.clock.advance(MINUTE);
    await say(one, booked.mentee, NO);
    await look(stage);
    expect(await offerOf(one)).toMatchObject({ askedOf: booked.mentor.personId });
    stage.clock.set((await offerOf(one))!.answerBy);
    await look(stage);
    expect(await offerOf(one)).toMatchObject({ state: 'open', askedOf: booked.mentee.personId });
    expect(await newTimesFor(one, booked.mentor)).toEqual([]);
    expect(await newTimesFor(one, booked.mentee)).toHaveLength(1);
    stage.clock.set((await offerOf(one))!.answerBy);
    await look(stage);
    expect(await offerOf(one)).toMatchObject({ state: 'expired', round: 1 });
    expect(await newTimesFor(one, booked.mentee)).toEqual([]);
  });

  test('and the one who was asked thinks again: the other one is asked', async () => {
    const one = await over();
    const { stage, booked } = one;
    await say(one, booked.mentor, NO);
    stage.clock.advance(MINUTE);
    await say(one, booked.mentee, NO);
    await look(stage);
    await say(one, booked.mentor, YES);
    expect(await offerOf(one)).toMatchObject({ state: 'withdrawn', round: 1 });
    await look(stage);
    expect(await offerOf(one)).toMatchObject({ state: 'open', round: 2, askedOf: booked.mentee.personId });
  });
});

describe('either side’s no wins', () => {
  test('the offer is for who said no; it stands though the partner says yes', async () => {
    const one = await over();
    const { stage, booked } = one;
    await say(one, booked.mentee, YES);
    await say(one, booked.mentor, NO);
    await look(stage);
    await say(one, booked.mentee, { ...YES, usefulness: 4 });
    expect(await offerOf(one)).toMatchObject({ state: 'open', askedOf: booked.mentor.personId });
    expect(await newTimesFor(one, booked.mentee)).toEqual([]);
  });

  test('a no that becomes a yes before a time is taken takes the offer back; a no after that offers anew', async () => {
    const one = await over();
    const { stage, booked } = one;
    await say(one, booked.mentor, NO);
    await look(stage);
    const start = (await offerOf(one))!.starts[0]!;
    await say(one, booked.mentor, YES);
    expect(await sessionOf(one)).toMatchObject({ held: 'confirmed' });
    expect(await newTimesFor(one, booked.mentor)).toEqual([]);
    expect(await chatOf(stage, booked.mentor.personId)).toContainEqual({ kind: 'done', text: 'noLongerNeeded' });
    await expect(answer(one, booked.mentor, { answer: 'take', start })).rejects.toMatchObject({ code: 'closed' });
    await look(stage);
    expect(await offerOf(one)).toMatchObject({ state: 'withdrawn', round: 1 });
    await say(one, booked.mentor, NO);
    await look(stage);
    expect(await offerOf(one)).toMatchObject({ state: 'open', round: 2 });
  });
});

describe('a time that is taken', () => {
  test('is a date of its own: the past one stays where it is, the other one is told, twice is once', async () => {
    const one = await heldAgain();
    const { stage, booked, start, before } = one;
    expect(await answer(one, booked.mentor, { answer: 'take', start })).toEqual({ outcome: 'taken' });
    await write(stage);
    expect(stage.calendar.dates).toMatchObject([{ date: { start, isCancelled: false } }]);
    expect(booked.event.dates[0]).toMatchObject({ start: before.startsAt, isCancelled: false });
    expect(await sessionOf(one)).toMatchObject({
      state: 'booked',
      held: 'open',
      attempt: 2,
      startsAt: start,
      locked: true,
      wasMoved: true,
      feedbackDueAt: plus(start, 35 * MINUTE),
    });
    const mentee = await chatOf(stage, booked.mentee.personId);
    expect(mentee).toContainEqual(
      expect.objectContaining({ kind: 'sessionChanged', what: 'moved', newStart: start, why: 'notHeld' }),
    );
    expect((await chatOf(stage, booked.mentor.personId)).filter(({ kind }) => kind === 'sessionChanged')).toEqual([]);
  });

  test('replaces the card that still asked about the old date, and no reminder of it follows', async () => {
    const one = await over();
    const { stage, booked } = one;
    stage.clock.advance(HOUR);
    await askFeedback(stage, { tenantId: stage.tenantId });
    expect((await chatOf(stage, booked.mentee.personId)).map(({ kind }) => kind)).toContain('feedbackMentee');
    await say(one, booked.mentor, NO);
    await look(stage);
    await answer(one, booked.mentor, { answer: 'take', start: (await offerOf(one))!.starts[2]! });
    await write(stage);
    expect(await chatOf(stage, booked.mentee.personId)).toContainEqual({ kind: 'done', text: 'heldLater' });
    stage.clock.advance(DAY);
    await askFeedback(stage, { tenantId: stage.tenantId });
    const cards = await chatOf(stage, booked.mentee.personId);
    expect(cards.filter(({ kind }) => kind === 'feedbackMentee')).toEqual([]);
    expect(await requestsOf(one)).toEqual([
      { side: 'mentee', attempt: 1, state: 'closed' },
      { side: 'mentor', attempt: 1, state: 'answered' },
    ]);
  });

  test('is asked about after its end, and what was said of the old date neither counts nor is lost', async () => {
    const one = await over();
    const { stage, booked } = one;
    const { tenantId } = stage;
    const { sessionId, startsAt } = firstOf(booked);
    await chatOf(stage, booked.mentor.personId);
    await say(one, booked.mentee, YES);
    await say(one, booked.mentor, NO);
    await look(stage);
    const start = (await offerOf(one))!.starts[0]!;
    await answer(one, booked.mentor, { answer: 'take', start });
    await write(stage);
    // Nothing can be said about it before, and what was said is about another date.
    await expect(say(one, booked.mentor, YES)).rejects.toMatchObject({ details: { reason: 'tooEarly' } });
    expect((await homeOf(one, booked.mentee)).pairs[0]!.sessions.find((view) => view.number === 1)).toMatchObject({
      held: 'open',
      feedback: 'notYet',
    });
    stage.clock.set(plus(start, 35 * MINUTE));
    await askFeedback(stage, { tenantId });
    expect(await sessionOf(one)).toMatchObject({ held: 'presumed', attempt: 2 });
    const asked = (await chatOf(stage, booked.mentor.personId)).filter(({ kind }) => kind === 'feedbackMentor');
    expect(asked).toMatchObject([{ sessionId, attempt: 2, start, isReminder: false }]);
    const view = { tenantId, personId: booked.mentee.personId, sessionId, locale: 'en' as const };
    const form = await readSession(stage, view);
    expect(form).toMatchObject({ answer: null, attempt: 2, session: { feedback: 'open' } });
    await say(one, booked.mentor, { ...YES, attempt: 2 });
    expect(await sessionOf(one)).toMatchObject({ held: 'confirmed' });
    // Each card is about its own date, and thanks for what was said of that.
    const thanks = (await chatOf(stage, booked.mentor.personId)).filter(({ kind }) => kind === 'feedbackThanks');
    expect(thanks).toMatchObject([
      { attempt: 1, tookPlace: false },
      { attempt: 2, tookPlace: true },
    ]);
    expect(await answersOf(one)).toEqual([
      { side: 'mentee', attempt: 1, tookPlace: true, sessionStart: startsAt },
      { side: 'mentor', attempt: 1, tookPlace: false, sessionStart: startsAt },
      { side: 'mentor', attempt: 2, tookPlace: true, sessionStart: null },
    ]);
    const own = await exportOwnData(stage, { tenantId, personId: booked.mentor.personId });
    expect(own.feedback.map(({ sessionStart, tookPlace }) => [sessionStart, tookPlace])).toEqual(
      expect.arrayContaining([
        [new Date(startsAt).toISOString(), false],
        [new Date(start).toISOString(), true],
      ]),
    );
    const { sessions } = await buildOverview(stage, { tenantId, locale: 'en' });
    expect(sessions).toMatchObject({ notHeld: 0, held: 1 });
  });

  test('is not answered for by a card of the old date, however late it comes (29)', async () => {
    const one = await heldAgain();
    const { stage, booked, start } = one;
    const { sessionId } = firstOf(booked);
    const submit = { verb: 'feedback.submit', sessionId, tookPlace: 'no' } as const;
    expect(await cardAction(one, booked.mentee, submit)).toEqual({ kind: 'error', text: 'closed' });
    stage.clock.set(plus(start, 2 * HOUR));
    await askFeedback(stage, { tenantId: stage.tenantId });
    expect(await cardAction(one, booked.mentee, submit)).toEqual({ kind: 'error', text: 'closed' });
    expect(await cardAction(one, booked.mentor, { verb: 'feedback.edit', sessionId })).toEqual({
      kind: 'feedbackClosed',
      sessionId,
    });
    await expect(say(one, booked.mentee, { ...NO, attempt: 1 })).rejects.toMatchObject({ code: 'closed' });
    expect(await answersOf(one)).toHaveLength(1);
    expect(await cardAction(one, booked.mentee, { ...submit, tookPlace: 'yes', attempt: 2 })).toMatchObject({
      kind: 'feedbackThanks',
      attempt: 2,
    });
    expect(await cardAction(one, booked.mentee, { verb: 'feedback.edit', sessionId, attempt: 2 })).toMatchObject({
      kind: 'feedbackMentee',
      attempt: 2,
      given: { tookPlace: true },
    });
    expect(await sessionOf(one)).toMatchObject({ held: 'confirmed' });
  });

  test('and gone before it is written: the same person is offered others (F17)', async () => {
    const one = await over();
    const { stage, booked } = one;
    await say(one, booked.mentee, NO);
    await look(stage);
    const start = (await offerOf(one))!.starts[0]!;
    await answer(one, booked.mentee, { answer: 'take', start });
    stage.calendar.busy.set(booked.mentor.personId, [{ start, end: plus(start, HOUR), status: 'busy' }]);
    await write(stage);
    await look(stage);
    await look(stage);
    expect(await offerOf(one)).toMatchObject({
      round: 2,
      state: 'open',
      because: 'taken',
      askedOf: booked.mentee.personId,
    });
    expect((await offerOf(one))!.starts).not.toContain(start);
    expect(await newTimesFor(one, booked.mentee)).toMatchObject([{ because: 'taken', canKeep: false, round: 2 }]);
    const other = (await offerOf(one))!.starts[1]!;
    expect(await answer(one, booked.mentee, { answer: 'take', start: other, round: 2 })).toEqual({ outcome: 'taken' });
    await write(stage);
    expect(await sessionOf(one)).toMatchObject({ startsAt: other, attempt: 2, held: 'open' });
    expect(stage.calendar.dates).toHaveLength(1);
  });

  test('may not take place either: it is offered again, and the third date counts', async () => {
    const one = await heldAgain();
    const { stage, booked, start } = one;
    stage.clock.set(plus(start, 35 * MINUTE));
    await askFeedback(stage, { tenantId: stage.tenantId });
    await say(one, booked.mentor, NO);
    await look(stage);
    const again = (await offerOf(one))!;
    expect(again).toMatchObject({ round: 2, state: 'open', because: 'notHeld' });
    await answer(one, booked.mentor, { answer: 'take', start: again.starts[0]!, round: 2 });
    await write(stage);
    expect(await sessionOf(one)).toMatchObject({ attempt: 3, held: 'open', startsAt: again.starts[0] });
    expect((await answersOf(one)).map(({ attempt, sessionStart }) => [attempt, sessionStart])).toEqual([
      [1, firstOf(booked).startsAt],
      [2, start],
    ]);
  });
});

describe('the calendars afterwards', () => {
  test('show the new date alone as the session: the old one, read with its series, moves nothing back', async () => {
    const one = await heldAgain();
    const { stage, booked, start } = one;
    const singles = await stage.tx((tx) => loadSingleDates(tx, [booked.series.seriesId]));
    expect([...singles]).toEqual([firstOf(booked).sessionId]);
    // A notification names the series; of it only its own dates are read, the old one among them.
    await stage.tx((tx) =>
      markMailbox(tx, stage.tenantId, booked.series.organizerId, stage.clock.now(), {
        events: [booked.event.eventId],
      }),
    );
    await look(stage);
    stage.clock.advance(15 * MINUTE);
    await look(stage);
    expect(await sessionOf(one)).toMatchObject({ state: 'booked', startsAt: start, attempt: 2 });
  });

  test('lack the new date, since somebody took it out: the session is lost, and not at its old time again', async () => {
    const one = await heldAgain();
    const { stage } = one;
    stage.calendar.dates[0]!.date.isCancelled = true;
    stage.clock.advance(15 * MINUTE);
    await look(stage);
    expect(await sessionOf(one)).toMatchObject({ state: 'cancelled', startsAt: one.start });
  });

  test('have other ids by now: those of the series are learned, and the new date keeps its own (F35)', async () => {
    const one = await heldAgain();
    const { stage, booked, start } = one;
    const { eventId } = stage.calendar.dates[0]!.date;
    booked.event.eventId = 'restored';
    for (const [index, date] of booked.event.dates.entries())
      Object.assign(date, { eventId: `restored-${index}`, seriesEventId: 'restored' });
    stage.clock.advance(15 * MINUTE);
    await look(stage);
    const [first, second] = await readSessions(stage, booked.pairId).then((all) =>
      all.sort((a, b) => a.number - b.number),
    );
    expect(first).toMatchObject({ eventId, startsAt: start });
    expect(second).toMatchObject({ eventId: 'restored-1' });
  });

  test('keep the old date when the pair ends, and lose the new one with the rest', async () => {
    const one = await heldAgain();
    const { stage, booked } = one;
    await stage.tx((tx) =>
      tx.updateTable('people').set({ accountEnabled: false }).where('personId', '=', booked.mentee.personId).execute(),
    );
    stage.clock.advance(3 * HOUR);
    for (let i = 0; i < 3; i++) {
      await look(stage);
      await write(stage);
    }
    expect(booked.event).toMatchObject({ isGone: false, dates: [{ start: one.before.startsAt }] });
    expect(stage.calendar.dates).toMatchObject([{ date: { isCancelled: true } }]);
    expect(await sessionOf(one)).toMatchObject({ state: 'cancelled' });
  });

  test('a person moves the old date to one to come: that is the new one, and the offer is taken back', async () => {
    const one = await over();
    const { stage, booked } = one;
    await say(one, booked.mentor, NO);
    await look(stage);
    const date = booked.event.dates[0]!;
    const start = plus(date.start, 2 * DAY);
    Object.assign(date, { start, end: plus(start, 30 * MINUTE) });
    stage.clock.advance(15 * MINUTE);
    await look(stage);
    expect(await offerOf(one)).toMatchObject({ state: 'withdrawn' });
    expect(await sessionOf(one)).toMatchObject({
      startsAt: start,
      held: 'open',
      attempt: 2,
      feedbackDueAt: plus(start, 35 * MINUTE),
    });
  });
});

test('a stranger can neither take nor skip', async () => {
  const one = await over();
  await say(one, one.booked.mentor, NO);
  await look(one.stage);
  const stranger = { personId: newId() as PersonId };
  await expect(answer(one, stranger, { answer: 'skip' })).rejects.toMatchObject({ code: 'notFound' });
});

describeNotHeldRaces(openInMemory, 2);
