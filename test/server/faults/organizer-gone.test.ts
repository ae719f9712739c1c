import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HomeReply } from '../../../server/contract/http.ts';
import { companyRoles } from '../../../server/sandbox/people/company-roles.ts';
import type { CalendarItem } from '../../../server/sandbox/world.ts';
import type { MadePair } from '../../make/pair.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE } from './units.ts';

/* The mentor organizes, and their account and mailbox are deleted (reliability.md F38). */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterAll(() => stage.close());

/** Mailboxes that the application of the product may write. */
const writable = (): string[] =>
  stage.sandbox.world.exchangeAssignments.find(({ role }) => role === 'Application Calendars.ReadWrite')!.scope;

/** A pair whose mentor organizes the series, which stands in both calendars. */
async function bookByMentor(): Promise<MadePair> {
  const made = await stage.propose({ hasChats: true });
  await stage.rows.tx((tx) => tx.updateTable('cohorts').set({ organizer: 'mentor' }).execute());
  writable().push(made.mentor.personId);
  await stage.agree(made);
  await stage.pass(20 * MINUTE);
  return made;
}

/** The mentor's account goes, and with it the mailbox; a day later the product has done what it can. */
async function takeMentorAway({ mentor }: MadePair): Promise<void> {
  stage.sandbox.world.people.get(mentor.personId)!.deletedAt = stage.clock.now();
  await stage.pass(DAY);
}

it('F38: the organizer’s mailbox is gone already: ended here, told once, with the line that takes out the copies', async () => {
  const { world } = stage.sandbox;
  const made = await bookByMentor();
  const ofPair = <Row extends { pairId: string }>(rows: Row[]): Row[] =>
    rows.filter(({ pairId }) => pairId === made.pairId);
  const before = await stage.records();
  expect(ofPair(before.series)).toMatchObject([{ state: 'confirmed', organizerId: made.mentor.personId }]);
  const cards = world.chats.sent().length;
  await takeMentorAway(made);
  const { series, sessions, pairs, openWrites } = await stage.records();
  expect(ofPair(series)).toMatchObject([{ state: 'cancelled' }]);
  expect(ofPair(sessions).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(ofPair(pairs)).toMatchObject([{ state: 'closed' }]);
  expect(openWrites).toBe(0);
  expect(world.chats.sent().length).toBeGreaterThan(cards);
  // Nobody took the copies out: the administrator is told how, once.
  expect(await stage.datesOf(made.pairId, made.mentee.personId)).toHaveLength(3);
  const [administrator] = companyRoles(world).administrators;
  const log = async (): Promise<string[]> => {
    const { body } = await stage.ask(administrator!, 'GET', '/api/admin/overview');
    return (body as { runLog: { text: string }[] }).runLog.map(({ text }) => text);
  };
  const line = `Remove-CalendarEvents -Identity ${made.mentor.personId} -CancelOrganizedMeetings -QueryWindowInDays 400`;
  expect((await log()).filter((text) => text.includes(line))).toHaveLength(1);
  // And nobody asks the mailbox that is gone any more.
  const asked = stage.calls.length;
  await stage.pass(6 * HOUR);
  expect(stage.calls.slice(asked).filter(({ path }) => path.includes(made.mentor.personId))).toEqual([]);
});

describe('F38: the one whose calendar the dates were left in takes them out with one click', () => {
  type Left = Extract<HomeReply['asks'][number], { kind: 'copiesLeft' }>;
  const left = async (personId: string): Promise<Left[]> => {
    const { body } = await stage.ask(personId, 'GET', '/api/home');
    return (body as HomeReply).asks.filter((ask) => ask.kind === 'copiesLeft');
  };
  const click = ({ pairId }: MadePair, personId: string) =>
    stage.ask(personId, 'POST', `/api/pairs/${pairId}/remove-copies`);
  const deletesSince = (at: number) => stage.ourWrites(at).filter(({ kind }) => kind === 'delete');
  const calendarOf = (personId: string): CalendarItem[] =>
    stage.sandbox.world.exchange.view(personId, stage.clock.now() - 60 * DAY, stage.clock.now() + 400 * DAY);
  afterEach(() => stage.sandbox.faults.clear());

  it('F38: after the click they are gone, once, and what else stands at that time stays; a second click does no harm', async () => {
    const made = await bookByMentor();
    const { personId } = made.mentee;
    const [first] = await stage.datesOf(made.pairId, personId);
    const own = { minutes: 30, zone: 'UTC', showAs: 'busy' as const };
    stage.sandbox.world.exchange.add(personId, {
      ...own,
      subject: 'Dentist',
      start: new Date(first!.start).toISOString().slice(0, 16),
    });
    expect(await left(personId)).toEqual([]);
    await takeMentorAway(made);
    writable().push(personId);
    const dates = (await stage.datesOf(made.pairId, personId)).map(({ start }) => new Date(start).toISOString());
    expect(dates).toHaveLength(3);
    expect(await left(personId)).toEqual([{ kind: 'copiesLeft', pairId: made.pairId, state: 'open', starts: dates }]);
    const since = stage.clock.now();
    expect(await Promise.all([click(made, personId), click(made, personId)])).toMatchObject([
      { status: 200 },
      { status: 200 },
    ]);
    await stage.pass(MINUTE);
    expect(await stage.datesOf(made.pairId, personId)).toEqual([]);
    expect(calendarOf(personId).map(({ subject }) => subject)).toEqual(['Dentist']);
    expect(deletesSince(since)).toHaveLength(1);
    expect(await left(personId)).toEqual([]);
    expect(await click(made, personId)).toMatchObject({ status: 200 });
    await stage.pass(HOUR);
    expect(deletesSince(since)).toHaveLength(1);
    expect((await stage.records()).openWrites).toBe(0);
  });

  it('F38: what was held stays in the calendar, and only what is still to come goes', async () => {
    const made = await bookByMentor();
    const { personId } = made.mentee;
    const [first] = await stage.datesOf(made.pairId, personId);
    await stage.clock.advanceTo(first!.end + HOUR);
    await takeMentorAway(made);
    writable().push(personId);
    expect((await left(personId)).map(({ starts }) => starts.length)).toEqual([2]);
    await click(made, personId);
    await stage.pass(MINUTE);
    expect((await stage.datesOf(made.pairId, personId)).map(({ start }) => start)).toEqual([first!.start]);
    expect(await left(personId)).toEqual([]);
  });

  it('F38: where the calendar may not be written, the page says so, and a later click works once it may', async () => {
    const made = await bookByMentor();
    const { personId } = made.mentee;
    await takeMentorAway(made);
    const since = stage.clock.now();
    await click(made, personId);
    expect(await left(personId)).toMatchObject([{ state: 'working' }]);
    await stage.pass(MINUTE);
    expect(await left(personId)).toMatchObject([{ state: 'refused' }]);
    await stage.pass(DAY);
    expect(deletesSince(since)).toEqual([]);
    expect(await stage.datesOf(made.pairId, personId)).toHaveLength(3);
    writable().push(personId);
    await click(made, personId);
    await stage.pass(MINUTE);
    expect(await stage.datesOf(made.pairId, personId)).toEqual([]);
    expect(await left(personId)).toEqual([]);
  });

  it('F38: a removal of unknown outcome is found out by reading, and not sent again', async () => {
    const made = await bookByMentor();
    const { personId } = made.mentee;
    await takeMentorAway(made);
    writable().push(personId);
    stage.fault({
      match: { method: 'DELETE', path: /\/events\//i },
      fault: { kind: 'status', status: 504, when: 'after', retryAfterSeconds: null },
      times: 1,
    });
    const since = stage.clock.now();
    await click(made, personId);
    await stage.pass(10 * MINUTE);
    expect(await stage.datesOf(made.pairId, personId)).toEqual([]);
    expect(deletesSince(since)).toHaveLength(1);
    expect(stage.calls.filter(({ method, at }) => method === 'DELETE' && at >= since)).toHaveLength(1);
    expect(await left(personId)).toEqual([]);
  });

  it('F38: nobody else is asked, and nobody else may', async () => {
    const made = await bookByMentor();
    const other = await bookByMentor();
    await takeMentorAway(made);
    expect(await left(other.mentee.personId)).toEqual([]);
    for (const { personId } of [other.mentee, other.mentor])
      expect(await click(made, personId)).toMatchObject({ status: 404 });
    expect(await click(other, other.mentee.personId)).toMatchObject({ status: 404 });
  });
});
