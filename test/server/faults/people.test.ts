import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instant, type Instant } from '../../../server/domain/time/instant.ts';
import type { MadePair } from '../../make/pair.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE } from './units.ts';

/* What people and their mailboxes do, and what must not come of it (reliability.md F28-F31, F36-F38). */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterEach(async () => {
  expect(await stage.violations()).toEqual([]);
});
afterAll(() => stage.close());

const sessionsOf = async ({ pairId }: MadePair) =>
  (await stage.records()).sessions.filter((session) => session.pairId === pairId);
const pairOf = async ({ pairId }: MadePair) => (await stage.records()).pairs.find((pair) => pair.pairId === pairId)!;
const seriesOf = async ({ pairId }: MadePair) =>
  (await stage.records()).series.filter((series) => series.pairId === pairId);
const copyOf = async (made: MadePair, number: number) =>
  (await stage.datesOf(made.pairId, made.mentee.personId))[number - 1]!;
/** Cards that somebody has in the chat, as text. */
const cardsOf = (personId: string): string[] =>
  (stage.sandbox.world.chats.of(personId)?.activities ?? []).flatMap(({ card }) =>
    card === null ? [] : [JSON.stringify(card)],
  );

/** Ten in Rome, on the second working day from now. */
function dayAfterTomorrow(): Instant {
  const day = new Date(stage.clock.now());
  for (let left = 2; left > 0;) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() !== 0 && day.getUTCDay() !== 6) left--;
  }
  return instant(day.getTime() - (day.getTime() % DAY) + 8 * HOUR);
}

it('F28: the executive takes one date back: skipped, the mentor is told neutrally, nothing is booked anew', async () => {
  const made = await stage.book({ hasChats: true, first: dayAfterTomorrow() });
  const since = stage.clock.now();
  const [mentorHad, menteeHad] = [made.mentor, made.mentee].map(({ personId }) => cardsOf(personId).length);
  const { eventId, end } = await copyOf(made, 1);
  stage.sandbox.world.exchange.respond(made.mentee.personId, eventId, 'declined');
  await stage.pass(20 * MINUTE);
  const sessions = await sessionsOf(made);
  expect(sessions.map(({ state }) => state)).toEqual(['declined', 'booked', 'booked']);
  expect(stage.ourWrites(since)).toEqual([]);
  const told = cardsOf(made.mentor.personId).slice(mentorHad);
  expect(told).toHaveLength(1);
  // Never who or why.
  expect(told.join('')).not.toMatch(/declin/i);
  expect(cardsOf(made.mentee.personId)).toHaveLength(menteeHad!);
  await stage.clock.advanceTo(end + HOUR);
  const asked = (await stage.records()).requests.filter(({ sessionId }) => sessionId === sessions[0]!.sessionId);
  expect(asked.filter(({ state }) => state === 'asked')).toEqual([]);
  expect((await pairOf(made)).state).toBe('booked');
});

it('F29: the executive declines the whole series: the pair rests, both are asked once, no new series', async () => {
  const made = await stage.book({ hasChats: true });
  const since = stage.clock.now();
  const had = [made.mentor, made.mentee].map(({ personId }) => cardsOf(personId).length);
  const { seriesMasterId } = await copyOf(made, 1);
  stage.sandbox.world.exchange.respond(made.mentee.personId, seriesMasterId!, 'declined');
  await stage.pass(2 * HOUR);
  expect((await pairOf(made)).state).toBe('suspended');
  expect((await sessionsOf(made)).every(({ state }) => state !== 'booked')).toBe(true);
  expect(await seriesOf(made)).toHaveLength(1);
  expect(stage.ourWrites(since).filter(({ kind }) => kind === 'create')).toEqual([]);
  const asked = [made.mentor, made.mentee].map(({ personId }, index) => cardsOf(personId).length - had[index]!);
  expect(asked).toEqual([1, 1]);
});

describe('F30: another time is proposed', () => {
  it('F30: the other side is free then: the organizer’s event follows, and both calendars show one time', async () => {
    const made = await stage.book();
    const { eventId, start, end } = await copyOf(made, 1);
    const proposal = { start: start + 2 * HOUR, end: end + 2 * HOUR };
    stage.sandbox.world.exchange.respond(made.mentee.personId, eventId, 'tentativelyAccepted', proposal);
    await stage.pass(30 * MINUTE);
    expect((await sessionsOf(made))[0]).toMatchObject({ state: 'booked', startsAt: proposal.start });
    for (const personId of [stage.mailboxId, made.mentee.personId, made.mentor.personId])
      expect((await stage.datesOf(made.pairId, personId))[0]).toMatchObject({ start: proposal.start });
  });

  it('F30: the other side is not: the event stays where it is, and other times are asked about once', async () => {
    const made = await stage.book({ hasChats: true });
    const { eventId, start, end } = await copyOf(made, 1);
    const wall = new Date(start + 2 * HOUR).toLocaleString('sv-SE', { timeZone: 'Europe/Rome' }).replace(' ', 'T');
    stage.sandbox.world.exchange.add(made.mentor.personId, {
      subject: 'Dentist',
      start: wall.slice(0, 16),
      minutes: 60,
      zone: 'Europe/Rome',
      showAs: 'busy',
    });
    const since = stage.clock.now();
    const proposal = { start: start + 2 * HOUR, end: end + 2 * HOUR };
    stage.sandbox.world.exchange.respond(made.mentee.personId, eventId, 'tentativelyAccepted', proposal);
    await stage.pass(2 * HOUR);
    expect((await sessionsOf(made))[0]).toMatchObject({ state: 'booked', startsAt: start });
    expect((await stage.datesOf(made.pairId, stage.mailboxId))[0]).toMatchObject({ start });
    expect(stage.ourWrites(since)).toEqual([]);
    const offers = await stage.rows.tx((tx) =>
      tx.selectFrom('sessionOffers').select(['starts', 'state']).where('pairId', '=', made.pairId).execute(),
    );
    expect(offers).toHaveLength(1);
    expect(offers[0]!.starts.length).toBeLessThanOrEqual(3);
  });
});

it('F31: no reply, or a maybe: it stays, and nobody is reminded', async () => {
  const made = await stage.book({ hasChats: true });
  const { seriesMasterId } = await copyOf(made, 1);
  const since = stage.clock.now();
  const people = [made.mentor.personId, made.mentee.personId];
  const had = people.map((id) => cardsOf(id).length + stage.sandbox.world.exchange.mailsOf(id).length);
  stage.sandbox.world.exchange.respond(made.mentee.personId, seriesMasterId!, 'tentativelyAccepted');
  await stage.pass(4 * HOUR);
  expect((await sessionsOf(made)).map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
  expect(people.map((id) => cardsOf(id).length + stage.sandbox.world.exchange.mailsOf(id).length)).toEqual(had);
  expect(stage.ourWrites(since)).toEqual([]);
});

it('F36: name, mail and user name change: the series stands, and is still theirs', async () => {
  const made = await stage.book();
  const executive = stage.sandbox.world.people.get(made.mentee.personId)!;
  Object.assign(executive, {
    displayName: 'Elio Newname',
    surname: 'Newname',
    mail: `elio.newname@${stage.sandbox.world.domain}`,
    userPrincipalName: `elio.newname@${stage.sandbox.world.domain}`,
  });
  const since = stage.clock.now();
  await stage.pass(4 * HOUR);
  const stored = await stage.rows.tx((tx) =>
    tx.selectFrom('people').select(['mail']).where('personId', '=', made.mentee.personId).executeTakeFirstOrThrow(),
  );
  expect(stored.mail).toBe(executive.mail);
  expect((await sessionsOf(made)).map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
  expect(stage.ourWrites(since)).toEqual([]);
  const home = await stage.ask(made.mentee.personId, 'GET', '/api/home');
  expect(home).toMatchObject({ status: 200, body: { pairs: [{ pairId: made.pairId }] } });
});

it.each(['the executive', 'both'])(
  'F36: new addresses for %s, the old ones stay aliases: answers to the old invitation still count',
  async (who) => {
    const made = await stage.book({ hasChats: true });
    for (const { personId } of who === 'both' ? [made.mentee, made.mentor] : [made.mentee]) {
      const person = stage.sandbox.world.people.get(personId)!;
      person.aliases = [person.mail, person.userPrincipalName];
      const address = `renamed.${personId.slice(-4)}@${stage.sandbox.world.domain}`;
      Object.assign(person, { mail: address, userPrincipalName: address });
    }
    await stage.pass(4 * HOUR);
    const told = cardsOf(made.mentor.personId).length;
    stage.sandbox.world.exchange.respond(made.mentee.personId, (await copyOf(made, 2)).eventId, 'declined');
    await stage.pass(20 * MINUTE);
    expect((await sessionsOf(made)).map(({ state }) => state)).toEqual(['booked', 'declined', 'booked']);
    // The mentor hears of the mentee's decline, not of their own.
    expect(cardsOf(made.mentor.personId)).toHaveLength(told + 1);
    expect(await seriesOf(made)).toHaveLength(1);
  },
);

it('F37: somebody is hired again under the same name: a new person, who sees nothing of the old one', async () => {
  const made = await stage.book();
  const old = stage.sandbox.world.people.get(made.mentor.personId)!;
  const { mail, userPrincipalName } = old;
  old.deletedAt = stage.clock.now();
  await stage.pass(4 * HOUR);
  const again = stage.hire('Mia Mentor', { mail, userPrincipalName });
  const home = await stage.ask(again.personId, 'GET', '/api/home');
  expect(JSON.stringify(home.body)).not.toContain(made.pairId);
  const [session] = await sessionsOf(made);
  expect((await stage.ask(again.personId, 'GET', `/api/sessions/${session!.sessionId}`)).status).not.toBe(200);
});

it('F38: the mentor’s account is disabled: what was to come is cancelled once, and the partner is told', async () => {
  const made = await stage.book({ hasChats: true });
  const had = cardsOf(made.mentee.personId).length;
  stage.sandbox.world.people.get(made.mentor.personId)!.accountEnabled = false;
  await stage.pass(5 * HOUR);
  expect(await stage.eventsOf(made.pairId)).toEqual([]);
  expect((await sessionsOf(made)).every(({ state }) => state === 'cancelled')).toBe(true);
  const cancelled = stage.sandbox.world.exchange
    .mailsOf(made.mentee.personId)
    .filter(({ kind }) => kind === 'cancellation');
  expect(cancelled).toHaveLength(1);
  expect(cardsOf(made.mentee.personId).length).toBeGreaterThan(had);
  expect((await pairOf(made)).state).not.toBe('booked');
});
