import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MadePair } from '../../make/pair.ts';
import { judgeBooking } from './judge-booking.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE } from './units.ts';

/*
 * The organizer's mailbox: tags that are stripped, events that are copied, items under other ids, and everything gone
 * (reliability.md F32-F35). The last test empties it.
 */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterEach(async () => {
  expect(await stage.violations()).toEqual([]);
});
afterAll(() => stage.close());

const seriesOf = async ({ pairId }: MadePair) =>
  (await stage.records()).series.find((series) => series.pairId === pairId)!;
const sessionsOf = async ({ pairId }: MadePair) =>
  (await stage.records()).sessions.filter((session) => session.pairId === pairId);
const pairOf = async ({ pairId }: MadePair) => (await stage.records()).pairs.find((pair) => pair.pairId === pairId)!;
const mailsOf = ({ mentor, mentee }: MadePair): number =>
  [mentor, mentee].reduce((sum, { personId }) => sum + stage.sandbox.world.exchange.mailsOf(personId).length, 0);
/** What a delegate does in the program mailbox, by the sandbox's own page. */
async function asDelegate(act: 'edit' | 'copy', eventId: string, more: object = {}): Promise<void> {
  const reply = await fetch(`${stage.sandbox.origin}/sandbox/api/calendar/${act}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: stage.mailboxId, eventId, ...more }),
  });
  expect(reply.status).toBe(200);
}
/** The executive declines one date, in their own calendar. */
async function decline(made: MadePair, number: number): Promise<void> {
  const copy = (await stage.datesOf(made.pairId, made.mentee.personId))[number - 1]!;
  stage.sandbox.world.exchange.respond(made.mentee.personId, copy.eventId, 'declined');
  await stage.pass(20 * MINUTE);
}

describe('F32: an assistant edits the series, and the tool strips the tag', () => {
  it('F32: it is still ours by its id, gets the tag back once, and keeps the assistant’s words', async () => {
    const made = await stage.book();
    const { eventId, key } = await seriesOf(made);
    const subject = 'Reverse mentoring, room 4';
    await asDelegate('edit', eventId!, { subject, stripsTags: true });
    const since = stage.clock.now();
    await stage.pass(2 * DAY + HOUR);
    const mails = mailsOf(made);
    expect(stage.ourWrites(since)).toMatchObject([{ kind: 'tag', eventId, messages: 0, tags: { InversoSeries: key } }]);
    for (const { subject: shown } of await stage.datesOf(made.pairId, stage.mailboxId)) expect(shown).toBe(subject);
    // Stripped again: whoever does it has the last word, and the dates are still looked after.
    await asDelegate('edit', eventId!, { stripsTags: true });
    await stage.pass(2 * DAY);
    expect(stage.ourWrites(since)).toHaveLength(1);
    expect(mailsOf(made)).toBe(mails);
    expect((await sessionsOf(made)).map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
    // Without a tag the audit would miss it: a person ends it.
    stage.sandbox.world.exchange.cancel(stage.mailboxId, eventId!);
    await stage.pass(HOUR);
    expect((await pairOf(made)).state).toBe('suspended');
  });

  it('F32: the answer to the write is lost: read, not written twice', async () => {
    const made = await stage.book();
    const { eventId } = await seriesOf(made);
    await asDelegate('edit', eventId!, { stripsTags: true });
    stage.fault({
      match: { method: 'PATCH', path: /\/events\/[^/]+$/i, body: /singleValueExtendedProperties/ },
      fault: { kind: 'status', status: 504, when: 'after', retryAfterSeconds: null },
      times: 1,
    });
    const since = stage.clock.now();
    await stage.pass(2 * DAY);
    expect(stage.ourWrites(since)).toMatchObject([{ kind: 'tag', eventId }]);
  });

  it('F32: ids have changed, too: found by its iCalUId', async () => {
    const made = await stage.book();
    const { eventId } = await seriesOf(made);
    await asDelegate('edit', eventId!, { stripsTags: true });
    stage.sandbox.exchange.renumber(stage.mailboxId);
    const since = stage.clock.now();
    await stage.pass(20 * MINUTE);
    const learned = await seriesOf(made);
    expect(learned.eventId).not.toBe(eventId);
    expect((await sessionsOf(made)).map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
    await stage.pass(2 * DAY);
    expect(stage.ourWrites(since)).toMatchObject([{ kind: 'tag', eventId: learned.eventId }]);
  });
});

describe('F33: somebody copies our event, tag and all', () => {
  const copiesOf = async (made: MadePair) => {
    const { eventId } = await seriesOf(made);
    return (await stage.eventsOf(made.pairId)).filter((event) => event.eventId !== eventId);
  };
  const told = async (made: MadePair): Promise<number> => {
    const { seriesId } = await seriesOf(made);
    const rows = await stage.rows.tx((tx) =>
      tx.selectFrom('runLog').select('at').where('kind', '=', 'copyFound').where('subjectId', '=', seriesId).execute(),
    );
    return rows.length;
  };

  it('F33: the copy is left alone, counts for nothing, and is told of once', async () => {
    const made = await stage.book();
    await asDelegate('copy', (await seriesOf(made)).eventId!);
    const since = stage.clock.now();
    await stage.pass(3 * DAY);
    expect(await copiesOf(made)).toHaveLength(1);
    expect(await told(made)).toBe(1);
    expect(stage.ourWrites(since)).toEqual([]);
    await decline(made, 1);
    expect((await sessionsOf(made)).map(({ state }) => state)).toEqual(['declined', 'booked', 'booked']);
  });

  it('F33: our own series is deleted, and the copy is not taken for it', async () => {
    const made = await stage.book();
    const { eventId } = await seriesOf(made);
    await asDelegate('copy', eventId!);
    stage.sandbox.world.exchange.cancel(stage.mailboxId, eventId!);
    const since = stage.clock.now();
    await stage.pass(HOUR);
    expect((await pairOf(made)).state).toBe('suspended');
    expect(await seriesOf(made)).toMatchObject({ state: 'cancelled', eventId });
    expect(await copiesOf(made)).toHaveLength(1);
    expect(stage.ourWrites(since)).toEqual([]);
  });

  it('F33: a copy that is made while the outcome of a create is unknown: the older one is ours', async () => {
    const made = await stage.propose();
    const { world } = stage.sandbox;
    stage.fault({
      match: { method: 'POST', path: /\/events$/i, body: /transactionId/ },
      fault: { kind: 'status', status: 504, when: 'after', retryAfterSeconds: 60 },
      times: 1,
    });
    await stage.agree(made);
    await stage.pass(30_000);
    const { key, state } = await seriesOf(made);
    expect(state).not.toBe('confirmed');
    const [original] = world.exchange.tagged('InversoSeries').filter(({ tag }) => tag === key);
    await asDelegate('copy', original!.eventId);
    await stage.pass(10 * MINUTE);
    expect(await seriesOf(made)).toMatchObject({ state: 'confirmed', eventId: original!.eventId });
    expect(await told(made)).toBe(1);
  });
});

describe('F35: the mailbox is moved or restored, and everything in it has other ids', () => {
  it('F35: matched again within a quarter of an hour: nothing written, nobody told, people’s acts still seen', async () => {
    const made = await stage.book({ moved: [2] });
    const before = await sessionsOf(made);
    const mails = mailsOf(made);
    const since = stage.clock.now();
    stage.sandbox.exchange.renumber(stage.mailboxId);
    await stage.pass(16 * MINUTE);
    const after = await sessionsOf(made);
    const standing = await stage.datesOf(made.pairId, stage.mailboxId);
    expect(after.map(({ eventId }) => eventId)).toEqual(standing.map(({ eventId }) => eventId));
    expect(after.some(({ eventId }) => before.some((session) => session.eventId === eventId))).toBe(false);
    expect(after.map(({ startsAt, state }) => [startsAt, state])).toEqual(
      before.map(({ startsAt, state }) => [startsAt, state]),
    );
    expect(stage.ourWrites(since)).toEqual([]);
    expect(mailsOf(made)).toBe(mails);
    await decline(made, 3);
    expect((await sessionsOf(made)).map(({ state }) => state)).toEqual(['booked', 'booked', 'declined']);
  });

  it('F35: a move that was under way finds its date under the new id', async () => {
    const made = await stage.propose({ moved: [2] });
    stage.fault({
      match: { method: 'PATCH', path: /\/events\/[^/]+$/i },
      fault: { kind: 'status', status: 503, when: 'before', retryAfterSeconds: 30 * 60 },
      times: 1,
    });
    await stage.agree(made);
    await stage.pass(5 * MINUTE);
    expect((await sessionsOf(made))[1]!.state).toBe('planned');
    stage.sandbox.exchange.renumber(stage.mailboxId);
    await stage.pass(HOUR);
    const [, second] = await sessionsOf(made);
    expect(second).toMatchObject({ state: 'booked' });
    expect((await stage.datesOf(made.pairId, stage.mailboxId))[1]!.start).toBe(second!.startsAt);
  });
});

it('F34: the mailbox is emptied: series are lost, the administrator is asked, nobody is invited anew', async () => {
  const made = await stage.book({ hasChats: true });
  const since = stage.clock.now();
  const mails = mailsOf(made);
  const cards = stage.sandbox.world.chats.sent().length;
  stage.sandbox.exchange.purge(stage.mailboxId);
  await stage.pass(DAY + HOUR);
  const { series } = await stage.records();
  expect(series.filter(({ state }) => state === 'confirmed')).toEqual([]);
  expect(await seriesOf(made)).toMatchObject({ state: 'lost' });
  expect(await stage.runLog('seriesLost')).toHaveLength(1);
  expect(stage.ourWrites(since)).toEqual([]);
  expect(mailsOf(made)).toBe(mails);
  expect(stage.sandbox.world.chats.sent()).toHaveLength(cards);
  // A person decides: nothing is asked of a hundred executives at once.
  expect((await pairOf(made)).state).toBe('booked');
  // A pair that is booked afterwards is booked once.
  const next = await stage.book();
  expect(await judgeBooking(stage, next.pairId)).toEqual([]);
});
