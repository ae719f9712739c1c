import { describe, expect, test } from 'vitest';
import { saveAssistant } from '../../../server/db/assistants.ts';
import { queueMessage } from '../../../server/db/messages.ts';
import { savePeople } from '../../../server/db/people.ts';
import { findOffer } from '../../../server/db/session-offers.ts';
import { at, json } from '../../../server/db/schema.ts';
import type { BusyStatus } from '../../../server/domain/slots/busy.ts';
import {
  DAY,
  HOUR,
  MINUTE,
  parseInstant,
  plus,
  type Instant,
  type LocalDate,
} from '../../../server/domain/time/instant.ts';
import { answerNewTime } from '../../../server/use-cases/sessions/answer-new-time.ts';
import { answerRestart } from '../../../server/use-cases/sessions/answer-restart.ts';
import { markMailbox } from '../../../server/use-cases/sessions/mark-mailbox.ts';
import { renewSubscriptions } from '../../../server/use-cases/sessions/renew-subscriptions.ts';
import { answerProposal } from '../../../server/use-cases/matching/answer-proposal.ts';
import { linkSeriesDates } from '../../../server/use-cases/slots/link-series-dates.ts';
import { offerSlots } from '../../../server/use-cases/slots/offer-slots.ts';
import { reconcileSeries } from '../../../server/use-cases/sessions/reconcile-series.ts';
import { writeCalendar } from '../../../server/use-cases/slots/write-calendar.ts';
import type { Person, PersonId } from '../../../server/domain/people/person.ts';
import { chatOf, textsOf } from '../../make/chat.ts';
import { useDatabase } from '../../make/database.ts';
import { FIRST, offer, openChat, pair, readPair } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { refused, setStage, type Stage } from '../../make/server.ts';
import { agreedPair, bookedPair, readSeries, readSessions, type Booked } from '../../make/session.ts';

const db = useDatabase();

/** A booked pair of three weekly Tuesdays, two days after the booking: everything has reached everybody. */
async function settled(
  options: { movesAllowed?: boolean; count?: number } = {},
): Promise<{ stage: Stage; booked: Booked }> {
  const stage = await setStage(db());
  const booked = await bookedPair(stage, offer({ count: options.count ?? 3 }));
  if (options.movesAllowed) await stage.tx((tx) => tx.updateTable('cohorts').set({ movesAllowed: true }).execute());
  stage.clock.advance(2 * DAY + HOUR + 30 * MINUTE);
  await look(stage);
  return { stage, booked };
}
const look = (stage: Stage) => reconcileSeries(stage, { tenantId: stage.tenantId });
/** The next round, and what it wants written. */
async function round(stage: Stage): Promise<void> {
  stage.clock.advance(15 * MINUTE);
  await look(stage);
  await writeCalendar(stage, { tenantId: stage.tenantId });
}
const block = (stage: Stage, who: Person, start: Instant, minutes = 60, status: BusyStatus = 'busy'): void =>
  void stage.calendar.busy.set(who.personId, [
    ...(stage.calendar.busy.get(who.personId) ?? []),
    { start, end: plus(start, minutes * MINUTE), status },
  ]);
const second = async (stage: Stage, { pairId }: Booked) => (await readSessions(stage, pairId))[1]!;
const offerOf = (stage: Stage, sessionId: string) => stage.tx((tx) => findOffer(tx, sessionId));
const cards = (stage: Stage, kind: string) =>
  stage.tx((tx) =>
    tx.selectFrom('messages').select(['personId', 'data']).where('kind', '=', kind).orderBy('createdAt').execute(),
  );
const logged = async (stage: Stage) =>
  (await stage.tx((tx) => tx.selectFrom('runLog').select('kind').execute())).map(({ kind }) => kind);
const answer = async (
  stage: Stage,
  who: Person,
  session: { sessionId: string },
  given: { answer: 'take' | 'keep' | 'skip'; start?: Instant },
) => {
  const open = await offerOf(stage, session.sessionId);
  return answerNewTime(stage, {
    tenantId: stage.tenantId,
    personId: who.personId,
    sessionId: session.sessionId,
    round: open?.round ?? 1,
    ...given,
  });
};

const decline = (booked: Booked, who: Person, index = 1, proposed: { start: Instant; end: Instant } | null = null) => {
  const own = booked.event.dates[index]!.answers.find(({ address }) => address === who.mail)!;
  Object.assign(own, { response: 'declined', proposed });
};

/** The mentor takes the second date back, and the executive puts another one in its place; nothing is written yet. */
async function chooseSingleDate(stage: Stage, booked: Booked): Promise<{ start: Instant }> {
  decline(booked, booked.mentor);
  await round(stage);
  const session = await second(stage, booked);
  const [start] = (await offerOf(stage, session.sessionId))!.starts;
  await answer(stage, booked.mentee, session, { answer: 'take', start: start! });
  return { start: start! };
}

describe('a hard conflict', () => {
  test('moves by itself in the same week where the agreement allows it, at most twice, and tells both why', async () => {
    const { stage, booked } = await settled({ movesAllowed: true });
    const before = await second(stage, booked);
    block(stage, booked.mentee, before.startsAt);
    await round(stage);
    const once = await second(stage, booked);
    expect(once.startsAt).not.toBe(before.startsAt);
    expect(Math.abs(once.startsAt - before.startsAt)).toBeLessThan(4 * DAY);
    expect(once).toMatchObject({ state: 'booked', locked: false, wasMoved: true });
    expect((await cards(stage, 'sessionChanged')).map(({ personId, data }) => [personId, data])).toEqual(
      expect.arrayContaining([
        [booked.mentor.personId, expect.objectContaining({ what: 'moved', why: 'conflict', newStart: once.startsAt })],
        [booked.mentee.personId, expect.objectContaining({ what: 'moved', why: 'conflict', newStart: once.startsAt })],
      ]),
    );
    stage.clock.advance(2 * DAY);
    for (let i = 0; i < 3; i++) {
      block(stage, booked.mentor, (await second(stage, booked)).startsAt, 45);
      await round(stage);
      await round(stage);
    }
    expect(stage.calendar.count('moveDate')).toBe(2);
    expect(await offerOf(stage, before.sessionId)).toMatchObject({ state: 'open', because: 'conflict', round: 1 });
  });

  test('asks the executive once, with three times, where moves are not allowed', async () => {
    const { stage, booked } = await settled();
    const session = await second(stage, booked);
    block(stage, booked.mentor, session.startsAt);
    await round(stage);
    await round(stage);
    const asked = await cards(stage, 'newTime');
    expect(asked).toMatchObject([{ personId: booked.mentee.personId, data: { because: 'conflict', canKeep: true } }]);
    expect((await offerOf(stage, session.sessionId))?.starts).toHaveLength(3);
    expect(JSON.stringify(asked)).not.toMatch(/mentor|decline/);
    expect(stage.calendar.count('moveDate')).toBe(0);
    expect(await logged(stage)).not.toContain('sessionChanged');
  });

  test('tentative beside it, and a conflict within a working day, change nothing', async () => {
    const { stage, booked } = await settled({ movesAllowed: true });
    const session = await second(stage, booked);
    block(stage, booked.mentee, session.startsAt, 60, 'tentative');
    await round(stage);
    stage.clock.set(plus(session.startsAt, -DAY + HOUR));
    block(stage, booked.mentee, session.startsAt);
    await round(stage);
    expect(stage.calendar.count('moveDate')).toBe(0);
    expect(await cards(stage, 'newTime')).toEqual([]);
  });

  test('is over: the offer is taken back, and a new one may follow', async () => {
    const { stage, booked } = await settled();
    const session = await second(stage, booked);
    block(stage, booked.mentor, session.startsAt);
    await round(stage);
    stage.calendar.busy.clear();
    await round(stage);
    expect(await offerOf(stage, session.sessionId)).toMatchObject({ state: 'withdrawn' });
    expect(await cards(stage, 'newTime')).toEqual([]);
    block(stage, booked.mentor, session.startsAt);
    await round(stage);
    expect(await offerOf(stage, session.sessionId)).toMatchObject({ state: 'open', round: 2 });
  });

  test('of a session that a person moved is left alone', async () => {
    const { stage, booked } = await settled({ movesAllowed: true });
    const date = booked.event.dates[1]!;
    Object.assign(date, { start: plus(date.start, HOUR), end: plus(date.end, HOUR) });
    await round(stage);
    block(stage, booked.mentee, date.start);
    await round(stage);
    await round(stage);
    expect(stage.calendar.count('moveDate')).toBe(0);
    expect(await cards(stage, 'newTime')).toEqual([]);
  });

  /** A pair of three Thursdays at ten, of which the second is Christmas Eve; it is not two weeks before. */
  async function beforeChristmas(): Promise<{ stage: Stage; booked: Booked; eve: Instant }> {
    const stage = await setStage(db());
    const booked = await bookedPair(stage, offer({ first: parseInstant('2026-12-17T09:00:00Z') }));
    await stage.tx((tx) => tx.updateTable('cohorts').set({ movesAllowed: true }).execute());
    stage.clock.set('2026-12-11T08:30:00Z');
    await look(stage);
    return { stage, booked, eve: (await second(stage, booked)).startsAt };
  }
  const dayOf = (start: Instant): string => new Date(start).toISOString().slice(0, 10);

  test('of which only a public holiday is left in the week is asked about; no holiday is offered', async () => {
    const { stage, booked, eve } = await beforeChristmas();
    block(stage, booked.mentee, plus(eve, -4 * DAY), 4 * 24 * 60 + 9 * 60);
    await round(stage);
    expect(stage.calendar.count('moveDate')).toBe(0);
    const { starts } = (await offerOf(stage, booked.sessions[1]!.sessionId))!;
    expect(starts).toHaveLength(3);
    expect(starts.map(dayOf)).not.toContain('2026-12-25');
  });

  test('is not moved into a blackout of the program, nor into what people keep free: that is offered after all else', async () => {
    for (const isBlackout of [true, false]) {
      const { stage, booked, eve } = await beforeChristmas();
      const days = { from: '2026-12-21', to: '2026-12-24' } as { from: LocalDate; to: LocalDate };
      await stage.tx((tx) =>
        isBlackout
          ? tx
              .updateTable('cohorts')
              .set({ blackouts: json([days]) })
              .execute()
          : tx
              .updateTable('participants')
              .set({
                preferences: json({
                  protected: { monday: [['09:00', '18:00']], wednesday: [['09:00', '18:00']] },
                  noMeetingDays: ['tuesday', 'thursday', 'friday'],
                }),
              })
              .where('personId', '=', booked.mentor.personId)
              .execute(),
      );
      block(stage, booked.mentee, eve);
      await round(stage);
      expect(stage.calendar.count('moveDate')).toBe(0);
      const { starts } = (await offerOf(stage, booked.sessions[1]!.sessionId))!;
      expect(starts).toHaveLength(3);
      const kept = ['2026-12-21', '2026-12-22', '2026-12-23', '2026-12-24'];
      if (isBlackout) expect(starts.map(dayOf).filter((day) => kept.includes(day))).toEqual([]);
      else
        expect(starts.map((start) => new Date(start).getUTCDay()).filter((day) => day === 1 || day === 3)).toEqual([]);
    }
  });

  test('that cannot be read is none', async () => {
    const { stage, booked } = await settled({ movesAllowed: true });
    const session = await second(stage, booked);
    stage.calendar.unreadable.add(booked.mentor.personId);
    block(stage, booked.mentee, session.startsAt);
    await round(stage);
    expect(stage.calendar.count('moveDate')).toBe(0);
  });
});

describe('the answer to other times', () => {
  const asked = async () => {
    const { stage, booked } = await settled();
    const session = await second(stage, booked);
    block(stage, booked.mentor, session.startsAt);
    await round(stage);
    const starts = (await offerOf(stage, session.sessionId))!.starts;
    return { stage, booked, session, starts };
  };

  test('one tap moves the session, locks it, and the same tap again is the same answer', async () => {
    const { stage, booked, session, starts } = await asked();
    const start = starts[1]!;
    expect(await answer(stage, booked.mentee, session, { answer: 'take', start })).toEqual({ outcome: 'taken' });
    expect(await answer(stage, booked.mentee, session, { answer: 'take', start })).toEqual({ outcome: 'taken' });
    await writeCalendar(stage, { tenantId: stage.tenantId });
    expect(await second(stage, booked)).toMatchObject({ startsAt: start, state: 'booked', locked: true });
    expect(stage.calendar.count('moveDate')).toBe(1);
    await expect(answer(stage, booked.mentee, session, { answer: 'skip' })).rejects.toMatchObject({ code: 'closed' });
    await round(stage);
    expect(await second(stage, booked)).toMatchObject({ startsAt: start });
  });

  test('a time that was taken meanwhile gives others, and nothing moves', async () => {
    const { stage, booked, session, starts } = await asked();
    block(stage, booked.mentee, starts[0]!, 30, 'oof');
    const refreshed = await answer(stage, booked.mentee, session, { answer: 'take', start: starts[0]! });
    if (refreshed.outcome !== 'refreshed') throw new Error(refreshed.outcome);
    expect(refreshed.message).toMatchObject({ isRefreshed: true, canKeep: true });
    expect(refreshed.message.starts).toHaveLength(3);
    expect(refreshed.message.starts).not.toContain(starts[0]);
    await writeCalendar(stage, { tenantId: stage.tenantId });
    expect(stage.calendar.count('moveDate')).toBe(0);
    const other = refreshed.message.starts[0] as Instant;
    expect(await answer(stage, booked.mentee, session, { answer: 'take', start: other })).toEqual({ outcome: 'taken' });
  });

  test('a time that is taken between the tap and the write is not booked over: fresh times are offered (F17)', async () => {
    const { stage, booked, session, starts } = await asked();
    await answer(stage, booked.mentee, session, { answer: 'take', start: starts[0]! });
    block(stage, booked.mentee, starts[0]!, 30);
    await writeCalendar(stage, { tenantId: stage.tenantId });
    await round(stage);
    await round(stage);
    expect(stage.calendar.count('moveDate')).toBe(0);
    expect(await offerOf(stage, session.sessionId)).toMatchObject({ state: 'open', because: 'taken', round: 2 });
    expect(await cards(stage, 'newTime')).toMatchObject([{ personId: booked.mentee.personId }]);
  });

  test('keeping it locks it; skipping it takes it out of the calendars and tells the mentor neutrally', async () => {
    const kept = await asked();
    expect(await answer(kept.stage, kept.booked.mentee, kept.session, { answer: 'keep' })).toEqual({ outcome: 'kept' });
    await round(kept.stage);
    expect(await second(kept.stage, kept.booked)).toMatchObject({
      state: 'booked',
      locked: true,
      startsAt: kept.session.startsAt,
    });
    expect(await cards(kept.stage, 'newTime')).toEqual([]);
    const skipped = await asked();
    await answer(skipped.stage, skipped.booked.mentee, skipped.session, { answer: 'skip' });
    await writeCalendar(skipped.stage, { tenantId: skipped.stage.tenantId });
    expect(skipped.booked.event.dates[1]!.isCancelled).toBe(true);
    expect(await second(skipped.stage, skipped.booked)).toMatchObject({ state: 'cancelled', feedbackDueAt: null });
    expect(await cards(skipped.stage, 'sessionChanged')).toMatchObject([
      { personId: skipped.booked.mentor.personId, data: { what: 'cancelled' } },
    ]);
  });

  test('belongs to the executive and who answers for them, to nobody else', async () => {
    const { stage, booked, session, starts } = await asked();
    const stranger = person('Sam Stranger');
    const take = { answer: 'take' as const, start: starts[0]! };
    for (const who of [stranger, booked.mentor])
      await expect(answer(stage, who, session, take)).rejects.toMatchObject({ code: 'notFound' });
    await expect(
      answer(stage, booked.mentee, session, { answer: 'take', start: plus(starts[0]!, MINUTE) }),
    ).rejects.toMatchObject({ code: 'badInput' });
    await expect(
      answerNewTime(stage, {
        tenantId: stage.tenantId,
        personId: booked.mentee.personId,
        sessionId: newId(),
        round: 1,
        ...take,
      }),
    ).rejects.toMatchObject({ code: 'notFound' });
    stage.calendar.script('readBusy', { outcome: 'later', notBefore: plus(stage.clock.now(), HOUR), code: 'HTTP 429' });
    await expect(answer(stage, booked.mentee, session, take)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await answer(stage, booked.mentee, session, take)).toEqual({ outcome: 'taken' });
  });

  test('an assistant is asked in the executive’s place and may answer; one without a chat leaves it to the executive', async () => {
    const { stage, booked } = await settled();
    const assistant = person('Ada Assistant');
    await stage.tx(async (tx) => {
      await savePeople(tx, stage.tenantId, [assistant], stage.clock.now());
      await saveAssistant(
        tx,
        { tenantId: stage.tenantId, menteeId: booked.mentee.personId, assistantId: assistant.personId },
        stage.clock.now(),
      );
    });
    await openChat(stage, assistant.personId);
    const session = await second(stage, booked);
    block(stage, booked.mentee, session.startsAt);
    await round(stage);
    expect(await cards(stage, 'newTime')).toMatchObject([
      {
        personId: assistant.personId,
        data: { forName: booked.mentee.displayName, partnerName: booked.mentor.displayName },
      },
    ]);
    const { starts } = (await offerOf(stage, session.sessionId))!;
    expect(await answer(stage, assistant, session, { answer: 'take', start: starts[0]! })).toEqual({
      outcome: 'taken',
    });
    expect(JSON.stringify(await cards(stage, 'sessionChanged'))).not.toMatch(/Ada/);
  });

  test('unanswered it goes to the mentor after three working days, then it is over, and no administrator hears of it', async () => {
    const { stage, booked } = await settled({ count: 4 });
    const [, , third] = await readSessions(stage, booked.pairId);
    stage.clock.set(plus(third!.startsAt, -8 * DAY));
    block(stage, booked.mentee, third!.startsAt);
    await look(stage);
    const open = (await offerOf(stage, third!.sessionId))!;
    expect(open.answerBy).toBe(plus(stage.clock.now(), 3 * DAY));
    stage.clock.set(open.answerBy);
    await look(stage);
    const over = (await offerOf(stage, third!.sessionId))!;
    expect(over).toMatchObject({ state: 'open', askedOf: booked.mentor.personId, round: open.round });
    expect(await cards(stage, 'newTime')).toMatchObject([{ personId: booked.mentor.personId }]);
    // Seven days and a weekend: the freeze comes before three more working days are over.
    expect(over.answerBy).toBe(plus(third!.startsAt, -DAY));
    stage.clock.set(over.answerBy);
    await look(stage);
    expect(await offerOf(stage, third!.sessionId)).toMatchObject({ state: 'expired' });
    expect((await readSessions(stage, booked.pairId))[2]).toMatchObject({ state: 'booked', startsAt: third!.startsAt });
    expect(await logged(stage)).not.toContain('waitingForAdministrator');
  });
});

describe('what people do with one date', () => {
  test('the mentor declines: the executive is offered three times, and a tap puts a new date in its place', async () => {
    const { stage, booked } = await settled();
    decline(booked, booked.mentor);
    await round(stage);
    const session = await second(stage, booked);
    expect(session).toMatchObject({ state: 'declined', feedbackDueAt: null });
    expect(await cards(stage, 'newTime')).toMatchObject([
      { personId: booked.mentee.personId, data: { because: 'declined', canKeep: false } },
    ]);
    const { starts } = (await offerOf(stage, session.sessionId))!;
    await answer(stage, booked.mentee, session, { answer: 'take', start: starts[0]! });
    await writeCalendar(stage, { tenantId: stage.tenantId });
    expect(await second(stage, booked)).toMatchObject({ state: 'booked', startsAt: starts[0], locked: true });
    expect(stage.calendar.count('createDate')).toBe(1);
    expect(booked.event.dates[1]!.isCancelled).toBe(true);
    await round(stage);
    expect(await second(stage, booked)).toMatchObject({ state: 'booked', startsAt: starts[0] });
  });

  test('the executive declines: no question to anybody, and the mentor hears that it does not take place', async () => {
    const { stage, booked } = await settled();
    decline(booked, booked.mentee);
    await round(stage);
    expect(await cards(stage, 'newTime')).toEqual([]);
    expect(await cards(stage, 'sessionChanged')).toMatchObject([
      { personId: booked.mentor.personId, data: { what: 'cancelled' } },
    ]);
    expect(stage.calendar.count('createDate')).toBe(0);
  });

  test('a time that one of them asks for is followed where the other is free, and stays (F30)', async () => {
    const { stage, booked } = await settled({ movesAllowed: true });
    const before = await second(stage, booked);
    const wish = { start: plus(before.startsAt, DAY), end: plus(before.endsAt, DAY) };
    decline(booked, booked.mentee, 1, wish);
    await round(stage);
    expect(stage.calendar.calls.filter(({ name }) => name === 'moveDate')).toHaveLength(1);
    expect(await second(stage, booked)).toMatchObject({ startsAt: wish.start, state: 'booked', locked: true });
    // Outlook forgets the answers when the organizer moves the date.
    Object.assign(booked.event.dates[1]!.answers[0]!, { response: 'notResponded', proposed: null });
    block(stage, booked.mentor, wish.start);
    for (let i = 0; i < 3; i++) await round(stage);
    expect(stage.calendar.count('moveDate')).toBe(1);
    expect((await second(stage, booked)).startsAt).toBe(wish.start);
  });

  test('a time at which the other is busy is asked about, once', async () => {
    const { stage, booked } = await settled();
    const before = await second(stage, booked);
    const wish = { start: plus(before.startsAt, DAY), end: plus(before.endsAt, DAY) };
    block(stage, booked.mentor, wish.start);
    const own = booked.event.dates[1]!.answers.find(({ address }) => address === booked.mentee.mail)!;
    Object.assign(own, { response: 'tentativelyAccepted', proposed: wish });
    await round(stage);
    await round(stage);
    expect(await cards(stage, 'newTime')).toMatchObject([{ data: { because: 'proposed', canKeep: true } }]);
    expect(await offerOf(stage, before.sessionId)).toMatchObject({ round: 1 });
    expect(stage.calendar.count('moveDate')).toBe(0);
  });
});

describe('a decline that is taken back', () => {
  const accept = (booked: Booked, who: Person): void => {
    booked.event.dates[1]!.answers.find(({ address }) => address === who.mail)!.response = 'accepted';
  };

  test('by the mentor: the session takes place after all, the offer is taken back, and the executive is told', async () => {
    const { stage, booked } = await settled();
    decline(booked, booked.mentor);
    await round(stage);
    const session = await second(stage, booked);
    await round(stage);
    expect((await second(stage, booked)).state).toBe('declined');
    accept(booked, booked.mentor);
    await round(stage);
    expect(await second(stage, booked)).toMatchObject({
      state: 'booked',
      startsAt: session.startsAt,
      feedbackDueAt: plus(session.endsAt, 5 * MINUTE),
    });
    expect(await offerOf(stage, session.sessionId)).toMatchObject({ state: 'withdrawn' });
    expect(await cards(stage, 'newTime')).toEqual([]);
    expect(await cards(stage, 'sessionChanged')).toMatchObject([
      { personId: booked.mentee.personId, data: { what: 'restored', newStart: session.startsAt } },
    ]);
    // It is looked after like any other again.
    await round(stage);
    expect(await cards(stage, 'sessionChanged')).toHaveLength(1);
    decline(booked, booked.mentor);
    await round(stage);
    expect(await offerOf(stage, session.sessionId)).toMatchObject({ state: 'open', round: 2 });
  });

  test('by the executive: the mentor is told; as long as the other one declines, too, it stays lost', async () => {
    const { stage, booked } = await settled();
    decline(booked, booked.mentee);
    await round(stage);
    decline(booked, booked.mentor);
    accept(booked, booked.mentee);
    await round(stage);
    expect((await second(stage, booked)).state).toBe('declined');
    accept(booked, booked.mentor);
    await round(stage);
    expect((await second(stage, booked)).state).toBe('booked');
    expect((await cards(stage, 'sessionChanged')).map(({ personId, data }) => [personId, data])).toEqual([
      [booked.mentor.personId, expect.objectContaining({ what: 'cancelled' })],
      [booked.mentor.personId, expect.objectContaining({ what: 'restored' })],
    ]);
  });

  test('after another time was taken changes nothing: the date is on its way out', async () => {
    const { stage, booked } = await settled();
    const { start } = await chooseSingleDate(stage, booked);
    accept(booked, booked.mentor);
    stage.clock.advance(15 * MINUTE);
    await look(stage);
    expect((await second(stage, booked)).state).toBe('declined');
    await round(stage);
    await round(stage);
    expect(await second(stage, booked)).toMatchObject({ state: 'booked', startsAt: start });
    expect(booked.event.dates[1]!.isCancelled).toBe(true);
  });
});

describe('whole series', () => {
  test('declined by one: the pair rests, the rest leaves the calendars, both are asked once, and a click searches (F29)', async () => {
    const { stage, booked } = await settled();
    for (const date of booked.event.dates)
      date.answers.find(({ address }) => address === booked.mentor.mail)!.response = 'declined';
    await round(stage);
    await round(stage);
    expect((await readPair(stage, booked.pairId)).state).toBe('suspended');
    expect((await cards(stage, 'restart')).map(({ personId }) => personId).sort()).toEqual(
      [booked.mentee.personId, booked.mentor.personId].sort(),
    );
    expect(await cards(stage, 'newTime')).toEqual([]);
    expect(booked.event.isGone).toBe(true);
    const given = { tenantId: stage.tenantId, pairId: booked.pairId };
    await answerRestart(stage, { ...given, personId: booked.mentor.personId, answer: 'leave' });
    expect((await readPair(stage, booked.pairId)).state).toBe('suspended');
    await expect(
      answerRestart(stage, { ...given, personId: person().personId, answer: 'findTimes' }),
    ).rejects.toMatchObject({ code: 'notFound' });
    await answerRestart(stage, { ...given, personId: booked.mentee.personId, answer: 'findTimes' });
    expect(await readPair(stage, booked.pairId)).toMatchObject({ state: 'mentorAgreed', generation: 2 });
    await expect(
      answerRestart(stage, { ...given, personId: booked.mentor.personId, answer: 'findTimes' }),
    ).rejects.toMatchObject({ code: 'closed' });
    expect(stage.calendar.count('createSeries')).toBe(1);
  });

  test('a near look that sees one decline looks at the whole horizon before it asks about one date', async () => {
    const { stage, booked } = await settled();
    for (const date of booked.event.dates)
      date.answers.find(({ address }) => address === booked.mentor.mail)!.response = 'declined';
    await round(stage);
    expect(await cards(stage, 'newTime')).toEqual([]);
    expect((await readPair(stage, booked.pairId)).state).toBe('suspended');
  });

  test('ids that changed are matched again by the tag, and nothing is told or written (F35)', async () => {
    const { stage, booked } = await settled();
    booked.event.eventId = 'moved-series';
    for (const date of booked.event.dates)
      Object.assign(date, {
        eventId: `moved-${date.eventId}`,
        seriesEventId: 'moved-series',
        iCalUId: `new-${date.iCalUId}`,
      });
    await round(stage);
    expect(await readSeries(stage, booked.pairId)).toMatchObject({ state: 'confirmed', eventId: 'moved-series' });
    expect(
      (await readSessions(stage, booked.pairId)).map(({ state, eventId }) => [state, eventId?.slice(0, 6)]),
    ).toEqual(Array(3).fill(['booked', 'moved-']));
    expect(stage.calendar.count('createSeries')).toBe(1);
    expect(await cards(stage, 'restart')).toEqual([]);
  });

  test('many gone at once are lost: the administrator is asked, nobody is invited anew (F34)', async () => {
    const stage = await setStage(db());
    const all = [];
    for (let i = 0; i < 3; i++) all.push(await bookedPair(stage));
    stage.clock.advance(HOUR);
    await look(stage);
    for (const { event } of all) event.isGone = true;
    await round(stage);
    await round(stage);
    for (const { pairId } of all) {
      expect((await readSeries(stage, pairId)).state).toBe('lost');
      expect((await readPair(stage, pairId)).state).toBe('booked');
    }
    expect((await logged(stage)).filter((kind) => kind === 'seriesLost')).toHaveLength(1);
    expect(await cards(stage, 'restart')).toEqual([]);
    expect(stage.calendar.count('createSeries')).toBe(3);
  });
});

describe('people', () => {
  test('one leaves: the dates to come are cancelled once, the other is told, and the pair is over (F38)', async () => {
    const { stage, booked } = await settled();
    await stage.tx((tx) =>
      tx.updateTable('people').set({ accountEnabled: false }).where('personId', '=', booked.mentor.personId).execute(),
    );
    stage.clock.advance(3 * HOUR);
    for (let i = 0; i < 3; i++) await round(stage);
    expect(booked.event.isGone).toBe(true);
    expect(stage.calendar.count('cancelEvent')).toBe(1);
    expect(await cards(stage, 'partnerLeft')).toMatchObject([{ personId: booked.mentee.personId }]);
    expect((await readPair(stage, booked.pairId)).state).toBe('closed');
    expect((await readSessions(stage, booked.pairId)).map(({ state }) => state)).toEqual(Array(3).fill('cancelled'));
  });

  test('one leaves in mid-series: it ends with the last date that took place', async () => {
    const { stage, booked } = await settled();
    stage.clock.set(plus(booked.sessions[0]!.endsAt, HOUR));
    await stage.tx((tx) =>
      tx
        .updateTable('people')
        .set({ removedAt: at(stage.clock.now()) })
        .where('personId', '=', booked.mentee.personId)
        .execute(),
    );
    await round(stage);
    await round(stage);
    expect(stage.calendar.count('endSeries')).toBe(1);
    expect(booked.event.dates).toHaveLength(1);
    expect(await cards(stage, 'partnerLeft')).toMatchObject([{ personId: booked.mentor.personId }]);
  });

  const leave = async (stage: Stage, { personId }: Person): Promise<void> => {
    await stage.tx((tx) =>
      tx.updateTable('people').set({ accountEnabled: false }).where('personId', '=', personId).execute(),
    );
    stage.clock.advance(3 * HOUR);
    for (let i = 0; i < 3; i++) await round(stage);
  };
  const dateWrites = (stage: Stage) =>
    stage.tx((tx) =>
      tx
        .selectFrom('calendarWrites')
        .select(['kind', 'state', 'code'])
        .where('kind', 'in', ['createDate', 'moveDate'])
        .execute(),
    );

  test('one leaves: a date in the place of a lost one is cancelled as well, before the first session and after', async () => {
    for (const isGoing of [false, true]) {
      const { stage, booked } = await settled();
      await chooseSingleDate(stage, booked);
      await writeCalendar(stage, { tenantId: stage.tenantId });
      if (isGoing) stage.clock.set(plus(booked.sessions[0]!.endsAt, HOUR));
      await leave(stage, booked.mentor);
      expect(stage.calendar.dates.map(({ date }) => date.isCancelled)).toEqual([true]);
      expect((await second(stage, booked)).state).toBe('cancelled');
      const single = stage.calendar.dates[0]!.date.eventId;
      expect(
        stage.calendar.calls.filter(({ name, args }) => name === 'cancelEvent' && args[2] === single),
      ).toHaveLength(1);
    }
  });

  test('one leaves before a chosen date, or a move, is written: it never is', async () => {
    const { stage, booked } = await settled();
    await chooseSingleDate(stage, booked);
    await leave(stage, booked.mentor);
    expect(await dateWrites(stage)).toEqual([{ kind: 'createDate', state: 'refused', code: 'seriesEnded' }]);
    expect(stage.calendar.count('createDate')).toBe(0);
    const other = await settled();
    const before = await second(other.stage, other.booked);
    const wish = { start: plus(before.startsAt, DAY), end: plus(before.endsAt, DAY) };
    decline(other.booked, other.booked.mentee, 1, wish);
    other.stage.clock.advance(15 * MINUTE);
    await look(other.stage);
    expect(await dateWrites(other.stage)).toMatchObject([{ kind: 'moveDate', state: 'planned' }]);
    await leave(other.stage, other.booked.mentor);
    expect(await dateWrites(other.stage)).toMatchObject([{ state: 'refused', code: 'seriesEnded' }]);
    expect(other.stage.calendar.count('moveDate')).toBe(0);
  });

  test.each(['came through', 'did not'])(
    'one leaves while it is not known whether a chosen date came through; it %s',
    async (what) => {
      const { stage, booked } = await settled();
      await chooseSingleDate(stage, booked);
      stage.calendar.script('createDate', async (go) => {
        if (what === 'came through') await go();
        return { outcome: 'unknown' as const, notBefore: plus(stage.clock.now(), 4 * HOUR), code: 'HTTP 504' };
      });
      await writeCalendar(stage, { tenantId: stage.tenantId });
      await leave(stage, booked.mentor);
      stage.clock.advance(2 * HOUR);
      for (let i = 0; i < 3; i++) await round(stage);
      expect(stage.calendar.count('createDate')).toBe(1);
      expect(stage.calendar.dates.filter(({ date }) => !date.isCancelled)).toEqual([]);
      expect((await second(stage, booked)).state).not.toBe('booked');
    },
  );

  test.each(['proposed', 'mentorAsked', 'mentorAgreed', 'noSlot', 'menteeAsked', 'waiting'] as const)(
    'one leaves a match that is %s: it is over, with its questions, and nobody learns why',
    async (state) => {
      const stage = await setStage(db());
      const made = await pair(stage, state, { offers: [offer()] });
      const ask = (personId: PersonId, subjectKey: string) =>
        stage.tx((tx) =>
          queueMessage(tx, {
            ...{ tenantId: stage.tenantId, salt: 'salt', personId, subjectKey },
            data: { kind: 'done', text: 'proposalAgreed' },
            notBefore: stage.clock.now(),
            now: stage.clock.now(),
          }),
        );
      if (state !== 'proposed') await ask(made.mentor.personId, `match:${made.pairId}`);
      if (state === 'menteeAsked') await ask(made.mentee.personId, `proposal:${made.pairId}:1`);
      const before = await chatOf(stage, made.mentor.personId);
      await stage.tx((tx) =>
        tx.updateTable('people').set({ accountEnabled: false }).where('personId', '=', made.mentee.personId).execute(),
      );
      await look(stage);
      expect((await readPair(stage, made.pairId)).state).toBe('closed');
      const proposals = await stage.tx((tx) => tx.selectFrom('proposals').select('state').execute());
      expect(proposals).toEqual([{ state: 'expired' }]);
      expect(textsOf(await chatOf(stage, made.mentor.personId))).toEqual(before.map(() => 'pairEnded'));
      expect(textsOf(await chatOf(stage, made.mentee.personId))).not.toContain('pairEnded');
      expect(await cards(stage, 'partnerLeft')).toEqual([]);
    },
  );

  test('one leaves before the booking is sent: it never is; while it is under way: ended once it stands', async () => {
    const stage = await setStage(db());
    const waiting = await agreedPair(stage);
    const going = await agreedPair(stage, offer({ first: plus(FIRST, HOUR) }));
    await stage.tx((tx) =>
      tx
        .updateTable('calendarWrites')
        .set({ state: 'unknown', attempts: 1 })
        .where('seriesId', 'in', (eb) => eb.selectFrom('series').select('seriesId').where('pairId', '=', going.pairId))
        .execute(),
    );
    await stage.tx((tx) => tx.updateTable('people').set({ accountEnabled: false }).execute());
    await stage.tx((tx) =>
      tx
        .updateTable('people')
        .set({ accountEnabled: true })
        .where('personId', 'in', [waiting.mentee.personId, going.mentee.personId])
        .execute(),
    );
    await look(stage);
    expect((await readPair(stage, waiting.pairId)).state).toBe('closed');
    expect(await readSessions(stage, waiting.pairId)).toEqual([]);
    expect((await readPair(stage, going.pairId)).state).toBe('agreed');
    expect(await cards(stage, 'partnerLeft')).toMatchObject([{ personId: waiting.mentee.personId }]);
    stage.clock.advance(2 * MINUTE);
    for (let i = 0; i < 2; i++) {
      await writeCalendar(stage, { tenantId: stage.tenantId });
      stage.clock.advance(2 * MINUTE);
    }
    expect(stage.calendar.series).toHaveLength(1);
    stage.clock.advance(3 * HOUR);
    await round(stage);
    expect((await readPair(stage, going.pairId)).state).toBe('closed');
    expect(stage.calendar.series.map(({ isGone }) => isGone)).toEqual([true]);
  });

  test('somebody deletes the series: a date in the place of a lost one goes, too', async () => {
    const { stage, booked } = await settled();
    await chooseSingleDate(stage, booked);
    await writeCalendar(stage, { tenantId: stage.tenantId });
    booked.event.isGone = true;
    for (let i = 0; i < 3; i++) await round(stage);
    expect((await readPair(stage, booked.pairId)).state).toBe('suspended');
    expect((await second(stage, booked)).state).toBe('cancelled');
    expect(stage.calendar.dates.map(({ date }) => date.isCancelled)).toEqual([true]);
  });

  test('one moves to another zone: the series stays, they are told once, and new times use the new zone (F41, F43)', async () => {
    const { stage, booked } = await settled();
    stage.clock.advance(DAY);
    const usual = stage.calendar.readBusy;
    stage.calendar.readBusy = async (...args) => {
      const answered = await usual(...args);
      const own = answered.outcome === 'done' ? answered.value.get(booked.mentor.personId) : undefined;
      if (own?.readable) own.timeZone = 'America/Sao_Paulo' as typeof own.timeZone;
      return answered;
    };
    await look(stage);
    stage.clock.advance(DAY);
    await look(stage);
    expect(await cards(stage, 'outsideHours')).toMatchObject([
      { personId: booked.mentor.personId, data: { start: booked.sessions[0]!.startsAt } },
    ]);
    expect((await readSessions(stage, booked.pairId)).map(({ startsAt }) => startsAt)).toEqual(
      booked.sessions.map(({ startsAt }) => startsAt),
    );
    expect(stage.calendar.count('moveDate')).toBe(0);
    block(stage, booked.mentee, (await second(stage, booked)).startsAt);
    await round(stage);
    // São Paulo begins at 14:00 in Rome.
    const hours = (await offerOf(stage, booked.sessions[1]!.sessionId))!.starts.map((start) =>
      new Date(start).getUTCHours(),
    );
    expect(Math.min(...hours)).toBeGreaterThanOrEqual(12);
  });

  test('the administrator hears of momentum alone, once, and never who or why', async () => {
    const { stage, booked } = await settled();
    await stage.tx((tx) =>
      tx
        .updateTable('pairs')
        .set({ agreedAt: at(stage.clock.now()) })
        .execute(),
    );
    booked.event.dates[1]!.answers.find(({ address }) => address === booked.mentee.mail)!.response = 'declined';
    await round(stage);
    stage.clock.advance(15 * DAY);
    for (let i = 0; i < 4; i++) {
      stage.clock.advance(3 * HOUR);
      await look(stage);
    }
    const entries = await stage.tx((tx) =>
      tx.selectFrom('runLog').selectAll().where('kind', '=', 'lostSession').execute(),
    );
    expect(entries).toMatchObject([
      { subjectId: booked.pairId, detail: { mentor: booked.mentor.displayName, mentee: booked.mentee.displayName } },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/declin|reason/);
  });
});

describe('a loss', () => {
  /** Everything that is due in a month of quiet looks. */
  async function passMonth(stage: Stage): Promise<void> {
    for (let day = 0; day < 28; day++) {
      stage.clock.advance(DAY);
      await look(stage);
    }
  }

  test('of a series that ended is nothing to be alarmed of in the one that came after it', async () => {
    const { stage, booked } = await settled();
    for (const date of booked.event.dates)
      date.answers.find(({ address }) => address === booked.mentor.mail)!.response = 'declined';
    await round(stage);
    const pairOf = { tenantId: stage.tenantId, pairId: booked.pairId };
    await answerRestart(stage, { ...pairOf, personId: booked.mentee.personId, answer: 'findTimes' });
    await offerSlots(stage, { tenantId: stage.tenantId });
    await answerProposal(stage, { ...pairOf, personId: booked.mentee.personId, answer: 'agree' });
    // A long series: momentum is looked at as long as something is to come.
    await stage.tx((tx) => tx.updateTable('series').set({ everyWeeks: 8 }).execute());
    await writeCalendar(stage, { tenantId: stage.tenantId });
    await linkSeriesDates(stage, { tenantId: stage.tenantId });
    await writeCalendar(stage, { tenantId: stage.tenantId });
    expect(await readPair(stage, booked.pairId)).toMatchObject({ state: 'booked', generation: 2 });
    await stage.tx((tx) =>
      tx
        .updateTable('sessions')
        .set({ endsAt: at(plus(stage.clock.now(), 90 * DAY)) })
        .where('state', '=', 'booked')
        .where('number', '=', 3)
        .execute(),
    );
    await passMonth(stage);
    expect(await logged(stage)).not.toContain('lostSession');
  });

  test.each([true, false])('counts unless another date was placed after it (%s)', async (isPlaced) => {
    const { stage, booked } = await settled({ count: 8 });
    decline(booked, booked.mentee, 2);
    // So far ahead is looked once a day.
    stage.clock.advance(DAY);
    await look(stage);
    expect((await readSessions(stage, booked.pairId))[2]).toMatchObject({ state: 'declined' });
    if (isPlaced) await chooseSingleDate(stage, booked);
    await writeCalendar(stage, { tenantId: stage.tenantId });
    await passMonth(stage);
    expect((await logged(stage)).includes('lostSession')).toBe(!isPlaced);
  });
});

describe('with full rights', () => {
  const full = async () => {
    const { stage, booked } = await settled({ movesAllowed: true });
    await stage.tx((tx) => tx.updateTable('tenants').set({ calendarRights: 'full' }).execute());
    /** What stands in both calendars: the copies of all dates. */
    const show = () => {
      for (const who of [booked.mentor, booked.mentee])
        stage.calendar.views.set(
          who.personId,
          booked.event.dates.map(({ iCalUId, start, end }) => ({
            iCalUId,
            start,
            end,
            status: 'busy' as const,
            isCancelled: false,
            response: 'accepted' as const,
          })),
        );
    };
    show();
    await round(stage);
    const copyOf = (who: Person, index: number) =>
      stage.calendar.views.get(who.personId)!.find(({ iCalUId }) => iCalUId === booked.event.dates[index]!.iCalUId)!;
    return { stage, booked, show, copyOf };
  };

  test('own items are told by their id: nothing disturbs, and getSchedule is asked for hours once a day alone', async () => {
    const { stage, booked } = await full();
    const before = stage.calendar.count('readBusy');
    await round(stage);
    await round(stage);
    expect(stage.calendar.count('readBusy')).toBe(before);
    expect(stage.calendar.count('readViews')).toBeGreaterThan(1);
    expect(stage.calendar.count('moveDate')).toBe(0);
    const windows = stage.calendar.calls.flatMap(({ name, args }) =>
      name === 'readViews' ? (args[1] as { from: Instant; to: Instant }[]) : [],
    );
    expect(Math.max(...windows.map(({ from, to }) => to - from))).toBeLessThan(7 * DAY);
    expect((await readSessions(stage, booked.pairId)).every(({ state }) => state === 'booked')).toBe(true);
  });

  test('something over a session moves it, though it has the same start and end', async () => {
    const { stage, booked } = await full();
    const { startsAt, endsAt } = await second(stage, booked);
    stage.calendar.views.get(booked.mentee.personId)!.push({
      iCalUId: 'another',
      start: startsAt,
      end: endsAt,
      status: 'oof',
      isCancelled: false,
      response: 'organizer',
    });
    block(stage, booked.mentee, startsAt, 30, 'oof');
    await round(stage);
    expect(stage.calendar.count('moveDate')).toBe(1);
  });

  test('a copy that differs is a request: the organizer’s event follows, never two times in two calendars (F30)', async () => {
    const { stage, booked, show, copyOf } = await full();
    const before = await second(stage, booked);
    const copy = copyOf(booked.mentee, 1);
    Object.assign(copy, { start: plus(copy.start, DAY), end: plus(copy.end, DAY) });
    await round(stage);
    show();
    await round(stage);
    expect(await second(stage, booked)).toMatchObject({ startsAt: plus(before.startsAt, DAY), locked: true });
    expect(stage.calendar.count('moveDate')).toBe(1);
  });

  test('a copy that was seen and is gone at two looks was deleted silently (F28); one never seen is on its way', async () => {
    const { stage, booked, copyOf } = await full();
    const remove = (who: Person, index: number) => {
      const items = stage.calendar.views.get(who.personId)!;
      items.splice(items.indexOf(copyOf(who, index)), 1);
    };
    remove(booked.mentee, 1);
    await round(stage);
    expect((await second(stage, booked)).state).toBe('booked');
    await round(stage);
    expect((await second(stage, booked)).state).toBe('deleted');
    expect(await cards(stage, 'sessionChanged')).toMatchObject([
      { personId: booked.mentor.personId, data: { what: 'cancelled' } },
    ]);
    expect(await cards(stage, 'newTime')).toEqual([]);
    // The third date is two weeks away, its copies have not been looked for yet.
    remove(booked.mentor, 2);
    stage.clock.advance(5 * DAY);
    await round(stage);
    await round(stage);
    expect((await readSessions(stage, booked.pairId))[2]!.state).toBe('booked');
  });

  test('both people are watched, and a notice about one is followed at once, at any hour', async () => {
    const { stage, booked, copyOf } = await full();
    stage.jobs.woken.length = 0;
    await look(stage);
    expect(stage.jobs.woken).toContain('renewSubscriptions');
    await renewSubscriptions(stage, { tenantId: stage.tenantId });
    const rows = await stage.tx((tx) => tx.selectFrom('subscriptions').select(['mailboxId', 'clientState']).execute());
    expect(rows.map(({ mailboxId }) => mailboxId).sort()).toEqual(
      [stage.mailbox.personId, booked.mentor.personId, booked.mentee.personId].sort(),
    );
    expect(new Set(rows.map(({ clientState }) => clientState)).size).toBe(3);
    await look(stage);
    stage.clock.set('2026-09-30T21:00:00Z');
    const copy = copyOf(booked.mentee, 1);
    Object.assign(copy, { start: plus(copy.start, DAY), end: plus(copy.end, DAY) });
    await stage.tx((tx) => markMailbox(tx, stage.tenantId, booked.mentee.personId, stage.clock.now()));
    await look(stage);
    await writeCalendar(stage, { tenantId: stage.tenantId });
    expect((await second(stage, booked)).startsAt).toBe(copy.start);
  });

  test('a calendar that may not be read falls back to free and busy', async () => {
    const { stage, booked } = await full();
    stage.calendar.script('readViews', async (go) => {
      const views = await go();
      return views.map((view, index) => (index % 2 === 0 ? refused('forbidden', 403, 'ErrorAccessDenied') : view));
    });
    block(stage, booked.mentee, (await second(stage, booked)).startsAt);
    await round(stage);
    expect(stage.calendar.count('moveDate')).toBe(1);
  });
});
