import { describe, expect, test } from 'vitest';
import { saveAssistant } from '../../../server/db/assistants.ts';
import { savePeople } from '../../../server/db/people.ts';
import type { Person, PersonId } from '../../../server/domain/people/person.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../../server/domain/time/instant.ts';
import { buildHome } from '../../../server/use-cases/evaluation/build-home.ts';
import { addAction } from '../../../server/use-cases/sessions/add-action.ts';
import { answerNewTime } from '../../../server/use-cases/sessions/answer-new-time.ts';
import { askNewTime } from '../../../server/use-cases/sessions/ask-new-time.ts';
import { changeAction } from '../../../server/use-cases/sessions/change-action.ts';
import { expireOffers } from '../../../server/use-cases/sessions/expire-offers.ts';
import { keepNote } from '../../../server/use-cases/sessions/keep-note.ts';
import { leavePair } from '../../../server/use-cases/sessions/leave-pair.ts';
import { readWork } from '../../../server/use-cases/sessions/read-work.ts';
import { reconcileSeries } from '../../../server/use-cases/sessions/reconcile-series.ts';
import { writeCalendar } from '../../../server/use-cases/slots/write-calendar.ts';
import { loadTenant } from '../../../server/db/tenants.ts';
import { chatOf } from '../../make/chat.ts';
import { useDatabase } from '../../make/database.ts';
import { offer } from '../../make/pair.ts';
import { person } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
import { bookedPair, readSessions, type Booked } from '../../make/session.ts';

const db = useDatabase();

interface Two {
  stage: Stage;
  booked: Booked;
}
async function two(): Promise<Two> {
  const stage = await setStage(db());
  const booked = await bookedPair(stage, offer({ count: 3 }));
  await reconcileSeries(stage, { tenantId: stage.tenantId });
  return { stage, booked };
}
const at = ({ booked }: Two, number: number): string =>
  booked.sessions.find((session) => session.number === number)!.sessionId;
const as = ({ stage }: Two, { personId }: { personId: PersonId }, sessionId: string) => ({
  tenantId: stage.tenantId,
  personId,
  sessionId,
});
const work = (one: Two, who: Person, number: number) => readWork(one.stage, as(one, who, at(one, number)));
const note = (one: Two, who: Person, share: 'onlyMe' | 'partner', text: string) =>
  keepNote(one.stage, { ...as(one, who, at(one, 1)), body: { share, text } });
const act = (one: Two, who: Person, number: number, text: string) =>
  addAction(one.stage, { ...as(one, who, at(one, number)), text });

describe('notes', () => {
  test('are read by whom their writer chose, each for itself, and the last text counts', async () => {
    const one = await two();
    const { mentor, mentee } = one.booked;
    await note(one, mentor, 'onlyMe', 'for me');
    await note(one, mentor, 'partner', 'for both');
    await note(one, mentee, 'partner', 'first');
    await note(one, mentee, 'partner', 'then');
    expect((await work(one, mentor, 1)).notes).toEqual({ onlyMe: 'for me', partner: 'for both', ofPartner: 'then' });
    expect((await work(one, mentee, 1)).notes).toEqual({ onlyMe: '', partner: 'then', ofPartner: 'for both' });
    expect((await work(one, mentee, 2)).notes).toEqual({ onlyMe: '', partner: '', ofPartner: null });
  });

  test('are gone with their text, and are closed with the pair, which still reads them', async () => {
    const one = await two();
    const { mentor, mentee } = one.booked;
    await note(one, mentor, 'partner', 'for both');
    await note(one, mentee, 'onlyMe', 'kept');
    await note(one, mentor, 'partner', '  \n');
    expect((await work(one, mentee, 1)).notes).toEqual({ onlyMe: 'kept', partner: '', ofPartner: null });
    const { tenantId } = one.stage;
    await leavePair(one.stage, { tenantId, personId: mentee.personId, pairId: one.booked.pairId });
    await expect(note(one, mentor, 'onlyMe', 'late')).rejects.toMatchObject({ code: 'closed' });
    await expect(act(one, mentor, 1, 'late')).rejects.toMatchObject({ code: 'closed' });
    expect(await work(one, mentee, 1)).toMatchObject({ canWrite: false, notes: { onlyMe: 'kept' } });
  });
});

describe('actions', () => {
  test('stand on the page of this session and of the next, and only their owner ticks them', async () => {
    const one = await two();
    const { stage } = one;
    const { mentor, mentee } = one.booked;
    await act(one, mentee, 1, 'Ask twice');
    await act(one, mentee, 1, 'Ask twice');
    await act(one, mentor, 1, 'Send a link');
    const { actions } = await work(one, mentee, 2);
    const [asked, sent] = ['Ask twice', 'Send a link'].map((text) => actions.find((each) => each.text === text));
    const doneAt = async (): Promise<unknown> =>
      (await work(one, mentor, 2)).actions.find(({ actionId }) => actionId === asked!.actionId)!.doneAt;
    expect([asked, sent]).toMatchObject([
      { text: 'Ask twice', isOwn: true, doneAt: null, number: 1 },
      { text: 'Send a link', isOwn: false },
    ]);
    const change = (who: Person, actionId: string, to: 'done' | 'open' | 'remove') =>
      changeAction(stage, { tenantId: stage.tenantId, personId: who.personId, actionId, change: to });
    await expect(change(mentor, asked!.actionId, 'done')).rejects.toMatchObject({ code: 'notFound' });
    await change(mentee, asked!.actionId, 'done');
    expect(await doneAt()).not.toBeNull();
    await change(mentee, asked!.actionId, 'open');
    expect(await doneAt()).toBeNull();
    await change(mentor, sent!.actionId, 'remove');
    expect((await work(one, mentor, 2)).actions.map(({ text }) => text)).toEqual(['Ask twice']);
    // Done before the second session began, it is history on the page of the third.
    await change(mentee, asked!.actionId, 'done');
    stage.clock.set(plus(one.booked.sessions[2]!.startsAt, HOUR));
    expect((await work(one, mentor, 3)).actions).toEqual([]);
    expect((await work(one, mentor, 1)).actions).toHaveLength(1);
  });

  test('are a few at a time', async () => {
    const one = await two();
    for (let n = 0; n < 10; n++) await act(one, one.booked.mentee, 1, `number ${n}`);
    await expect(act(one, one.booked.mentee, 1, 'one more')).rejects.toMatchObject({
      code: 'badInput',
      details: { fields: [{ path: 'text' }] },
    });
  });
});

describe('another time for a session', () => {
  const ask = (one: Two, who: { personId: PersonId }, number = 2) =>
    askNewTime(one.stage, as(one, who, at(one, number)));
  const asksOf = async ({ stage }: Two, { personId }: { personId: PersonId }) =>
    (await buildHome(stage, { tenantId: stage.tenantId, personId, locale: 'en' })).asks.filter(
      (each) => each.kind === 'newTime',
    );
  const answer = (
    one: Two,
    who: { personId: PersonId },
    given: { answer: 'take' | 'keep' | 'skip'; start?: Instant },
  ) => answerNewTime(one.stage, { ...as(one, who, at(one, 2)), round: 1, ...given });
  const second = async ({ stage, booked }: Two) =>
    (await readSessions(stage, booked.pairId)).find(({ number }) => number === 2)!;

  test('is offered to the one who wishes alone, without a card, and nothing changes before they choose', async () => {
    const one = await two();
    const { mentor, mentee } = one.booked;
    const before = await second(one);
    await ask(one, mentee);
    await ask(one, mentee);
    const asks = await asksOf(one, mentee);
    expect(asks).toHaveLength(1);
    expect(asks[0]).toMatchObject({ because: 'wished', round: 1, canKeep: true });
    expect(await asksOf(one, mentor)).toEqual([]);
    expect((await chatOf(one.stage, mentee.personId)).filter(({ kind }) => kind === 'newTime')).toEqual([]);
    expect(await second(one)).toEqual(before);
    await expect(ask(one, mentor)).rejects.toMatchObject({ code: 'conflict' });

    const [first] = asks;
    const start = Date.parse(first!.kind === 'newTime' ? first!.starts[0]! : '') as Instant;
    expect(await answer(one, mentee, { answer: 'take', start })).toEqual({ outcome: 'taken' });
    await writeCalendar(one.stage, { tenantId: one.stage.tenantId });
    expect(await second(one)).toMatchObject({ startsAt: start, locked: true, state: 'booked' });
    const told = (await chatOf(one.stage, mentor.personId)).map(({ kind }) => kind);
    expect(told).toContain('sessionChanged');
  });

  test('may be none: the session is skipped, or stays as it is', async () => {
    const one = await two();
    const { mentee } = one.booked;
    await ask(one, mentee);
    await answer(one, mentee, { answer: 'keep' });
    expect(await second(one)).toMatchObject({ state: 'booked', locked: true });
    await ask(one, mentee);
    await answerNewTime(one.stage, { ...as(one, mentee, at(one, 2)), round: 2, answer: 'skip' });
    expect(await second(one)).toMatchObject({ state: 'cancelled' });
    await expect(ask(one, mentee)).rejects.toMatchObject({ code: 'closed' });
  });

  test('of the mentor is the mentor’s to choose; who takes none leaves it as it is', async () => {
    const one = await two();
    const { mentor, mentee } = one.booked;
    await ask(one, mentor);
    expect(await asksOf(one, mentee)).toEqual([]);
    await expect(answer(one, mentee, { answer: 'skip' })).rejects.toMatchObject({ code: 'notFound' });
    const { stage } = one;
    stage.clock.advance(5 * DAY);
    await expireOffers(stage, await stage.tx(loadTenant), stage.clock.now());
    expect(await asksOf(one, mentor)).toEqual([]);
    expect(await asksOf(one, mentee)).toEqual([]);
    expect(await second(one)).toMatchObject({ state: 'booked' });
  });

  test('is looked for by assistants as by the executive, and by nobody else', async () => {
    const one = await two();
    const { stage } = one;
    const { mentee } = one.booked;
    const [assistant, stranger] = [person('Asa Assistant'), person('Sven Stranger')];
    await stage.tx(async (tx) => {
      await savePeople(tx, stage.tenantId, [assistant, stranger], START);
      const { tenantId } = stage;
      await saveAssistant(tx, { tenantId, menteeId: mentee.personId, assistantId: assistant.personId }, START);
    });
    await expect(ask(one, stranger)).rejects.toMatchObject({ code: 'notFound' });
    await ask(one, assistant);
    expect(await asksOf(one, mentee)).toHaveLength(1);
    expect(await asksOf(one, assistant)).toHaveLength(1);
  });

  test('is too late within a working day before, and cannot be looked for without the calendars', async () => {
    const one = await two();
    const { stage } = one;
    stage.calendar.script('readBusy', { outcome: 'later', notBefore: plus(stage.clock.now(), MINUTE), code: '503' });
    await expect(ask(one, one.booked.mentee)).rejects.toMatchObject({ code: 'unavailable' });
    stage.clock.set(plus((await second(one)).startsAt, -HOUR));
    await expect(ask(one, one.booked.mentee)).rejects.toMatchObject({ code: 'closed', details: { reason: 'tooLate' } });
  });
});
