import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ZoneId } from '../../../server/domain/time/instant.ts';
import { cohort, participant } from '../../make/pair.ts';
import { companyRoles } from '../../../server/sandbox/people/company-roles.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE } from './units.ts';

/* Clocks that change, zones with strange names, and a clock of ours that jumps (reliability.md F41-F47). */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterEach(async () => {
  expect(await stage.violations()).toEqual([]);
});
afterAll(() => stage.close());

const wallIn = (zone: string, at: number): string =>
  new Date(at).toLocaleString('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
const offersOf = (pairId: string) =>
  stage.rows.tx(async (tx) => {
    const rows = await tx
      .selectFrom('proposals')
      .select(['offers', 'generation'])
      .where('pairId', '=', pairId)
      .orderBy('generation')
      .execute();
    return rows.at(-1)?.offers ?? [];
  });
/** What the administrator's page says happened, in their language. */
async function readRunLog(): Promise<string[]> {
  const [administrator] = companyRoles(stage.sandbox.world).administrators;
  const { body } = await stage.ask(administrator!, 'GET', '/api/admin/overview');
  return (body as { runLog: { text: string }[] }).runLog.map(({ text }) => text);
}
const NEW_YORK = { zone: 'America/New_York', zoneName: 'Eastern Standard Time' };

it('F41: a series across four changes of the clocks keeps the executive’s wall time', async () => {
  const made = await stage.search({
    sessions: 26,
    every: { weeks: 1 },
    startsOn: '2026-10-12',
    mentor: { mailbox: NEW_YORK },
  });
  await stage.agree(made);
  await stage.pass(5 * MINUTE);
  const dates = await stage.datesOf(made.pairId, stage.mailboxId);
  expect(dates).toHaveLength(26);
  expect(dates[0]!.start).toBeLessThan(Date.parse('2026-10-25T00:00:00Z'));
  expect(dates.at(-1)!.start).toBeGreaterThan(Date.parse('2027-03-28T00:00:00Z'));
  expect(new Set(dates.map(({ start }) => wallIn('Europe/Rome', start))).size).toBe(1);
  // Both are at work on every date, also in the weeks in which only one of the two clocks has changed.
  for (const { start } of dates) {
    expect(wallIn('America/New_York', start) >= '09:00' && wallIn('America/New_York', start) < '18:00').toBe(true);
  }
});

describe('F42: zones under all their names', () => {
  it.each([
    ['Sao Paulo, where the clocks never change', 'E. South America Standard Time', 'America/Sao_Paulo'],
    ['half an hour off', 'India Standard Time', 'Asia/Kolkata'],
    ['the old name of Kyiv', 'Europe/Kiev', 'Europe/Kyiv'],
    ['the new name of Kyiv', 'Europe/Kyiv', 'Europe/Kyiv'],
    ['a Windows name', 'FLE Standard Time', 'Europe/Kyiv'],
    ['a name that nobody knows', 'Middle-earth Standard Time', null],
  ])('F42: %s: known, or said not to be, never UTC by accident', async (_, zoneName, expected) => {
    const row = await readSettingsOf({ zoneName, zone: expected ?? 'Europe/Rome' });
    if (expected === null) expect(row.timeZoneNote).toBe(zoneName);
    else {
      expect(row.timeZoneNote).toBeNull();
      const noon = Date.parse('2026-10-01T12:00:00Z');
      expect(wallIn(row.timeZone, noon)).toBe(wallIn(expected, noon));
    }
  });

  it('F42: "Customized Time Zone": mapped by its rules or said to be unknown', async () => {
    const row = await readSettingsOf({ zoneName: 'Customized Time Zone', zone: 'Europe/Rome' });
    const isKnown = row.timeZoneNote === null;
    const noon = Date.parse('2026-10-01T12:00:00Z');
    if (isKnown) expect(wallIn(row.timeZone, noon)).toBe(wallIn('Europe/Rome', noon));
    else expect(row.timeZoneNote).toBe('Customized Time Zone');
  });

  /** What the product keeps of somebody's mailbox settings. */
  async function readSettingsOf(mailbox: { zoneName: string; zone: string }) {
    const own = await cohort(stage.rows);
    const person = stage.hire('Zoe Zoned', { mailbox });
    await participant(stage.rows, own, 'mentor', person, { isPrepared: false, hasChat: false });
    // Settings are read every six hours.
    await stage.pass(6 * HOUR + MINUTE);
    return stage.rows.tx((tx) =>
      tx
        .selectFrom('participants')
        .select(['timeZone', 'timeZoneNote'])
        .where('personId', '=', person.personId)
        .executeTakeFirstOrThrow(),
    );
  }
});

it('F43: the executive moves to another zone: the series stays, new proposals use the new one and say so', async () => {
  const booked = await stage.book();
  const before = (await stage.datesOf(booked.pairId, stage.mailboxId)).map(({ start }) => start);
  const asked = await stage.search({ sessions: 3, every: { weeks: 1 } });
  for (const { mentee } of [booked, asked])
    Object.assign(stage.sandbox.world.people.get(mentee.personId)!.mailbox, NEW_YORK);
  const { status } = await stage.ask(asked.mentee.personId, 'POST', `/api/pairs/${asked.pairId}/proposal-answer`, {
    answer: 'anotherTime',
  });
  expect(status).toBe(200);
  await stage.pass(HOUR);
  expect((await stage.datesOf(booked.pairId, stage.mailboxId)).map(({ start }) => start)).toEqual(before);
  const offers = await offersOf(asked.pairId);
  expect(offers.length).toBeGreaterThan(0);
  for (const offer of offers) {
    expect(offer.timeZone).toBe('America/New_York');
    for (const { start } of offer.dates) expect(wallIn('Europe/Rome', start) < '18:00').toBe(true);
  }
});

it.each([
  ['doubles', '2026-10-11'],
  ['leaves out', '2027-03-14'],
])('F44: an hour that a change of the clocks %s is never proposed', async (_, startsOn) => {
  // No public holidays: the Sundays alone are the question.
  const nights = {
    country: null,
    mailbox: { workingHours: { daysOfWeek: ['sunday' as const], start: '01:00', end: '03:00' } },
  };
  const made = await stage.search({
    sessions: 6,
    every: { weeks: 1 },
    startsOn,
    firstWithinDays: 7,
    mentor: nights,
    mentee: nights,
  });
  const offers = await offersOf(made.pairId);
  expect(offers.length).toBeGreaterThan(0);
  for (const { time, dates } of offers) {
    expect(dates).toHaveLength(6);
    expect(time <= '01:30').toBe(true);
  }
});

it('F45: monthly by weekday: the same weekday of each month, at the same wall time', async () => {
  const made = await stage.search({ sessions: 6, every: { months: 1 }, firstWithinDays: 35 });
  const home = await stage.ask(made.mentee.personId, 'GET', '/api/home');
  expect(JSON.stringify(home.body)).toContain('every month');
  await stage.agree(made);
  await stage.pass(5 * MINUTE);
  const dates = await stage.datesOf(made.pairId, stage.mailboxId);
  expect(dates).toHaveLength(6);
  expect(new Set(dates.map(({ start }) => wallIn('Europe/Rome', start))).size).toBe(1);
  expect(new Set(dates.map(({ start }) => new Date(start).getUTCDay())).size).toBe(1);
  expect(new Set(dates.map(({ start }) => new Date(start).getUTCMonth())).size).toBe(6);
});

describe('F46: our clock jumps', () => {
  const cards = (): number => stage.sandbox.world.chats.sent().length;

  it('F46: an hour back: nothing is written twice, nothing is sent twice', async () => {
    const made = await stage.book({ hasChats: true });
    const since = stage.calls.length;
    const sent = cards();
    stage.clock.jump(-HOUR);
    await stage.pass(2 * HOUR);
    expect(await stage.eventsOf(made.pairId)).toHaveLength(1);
    expect(stage.calls.slice(since).filter(({ method, path }) => method === 'POST' && /\/events$/i.test(path))).toEqual(
      [],
    );
    expect(cards()).toBe(sent);
  });

  it('F46: a day ahead: no mass sending, and what is booked stays', async () => {
    const made = await stage.book({ hasChats: true });
    const sent = cards();
    stage.clock.jump(DAY);
    await stage.pass(HOUR);
    expect(cards() - sent).toBeLessThanOrEqual(2);
    expect(await stage.eventsOf(made.pairId)).toHaveLength(1);
  });
});

it('F47: a government drops the change of its clock: the dates behind it are reported once, and none is moved', async () => {
  const made = await stage.search({ sessions: 6, every: { weeks: 1 }, startsOn: '2026-10-12' });
  await stage.agree(made);
  await stage.pass(5 * MINUTE);
  const starts = async () => (await stage.datesOf(made.pairId, stage.mailboxId)).map(({ start }) => start);
  const before = await starts();
  const shifted = before.filter((start) => start > Date.parse('2026-10-25T01:00:00Z'));
  expect(shifted.length).toBeGreaterThan(0);
  expect(shifted.length).toBeLessThan(before.length);
  await stage.pass(DAY);
  expect(await stage.runLog('clockChanged')).toEqual([]);
  // Rome as it would be by the new rules: at UTC+2 the whole year.
  await stage.rows.tx((tx) =>
    tx
      .updateTable('series')
      .set({ timeZone: 'Africa/Johannesburg' as ZoneId })
      .where('pairId', '=', made.pairId)
      .execute(),
  );
  await stage.pass(3 * DAY);
  expect(await stage.runLog('clockChanged')).toHaveLength(1);
  const told = (await readRunLog()).filter((text) => text.includes(made.mentee.displayName));
  expect(told.filter((text) => text.includes(`: ${shifted.length} (`) && text.includes('Johannesburg'))).toHaveLength(
    1,
  );
  expect(await starts()).toEqual(before);
});
