import { afterAll, beforeAll, expect, it } from 'vitest';
import { companyRoles } from '../../../server/sandbox/people/company-roles.ts';
import { readCard, type CardAction } from '../../../server/sandbox/people/read-card.ts';
import type { MadePair } from '../../make/pair.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE } from './units.ts';

/* The pulse, the three ways and the safe contact through Teams, Graph and our API as they are over HTTP (product.md F4, F6). */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterAll(() => stage.close());

const cardsOf = (personId: string) =>
  (stage.sandbox.world.chats.of(personId)?.activities ?? []).flatMap(({ id, card }) => (card ? [{ id, card }] : []));
const textOf = (personId: string): string => JSON.stringify(cardsOf(personId).map(({ card }) => card));

/** Presses the button of a card in the person's chat as Teams does, and gives what takes the card's place. */
async function press(personId: string, verb: string, inputs: Record<string, string> = {}) {
  const { chats } = stage.sandbox.world;
  const found = cardsOf(personId)
    .flatMap(({ id, card }) => everyAction(card).map((action) => ({ id, action })))
    .findLast(({ action }) => action['verb'] === verb);
  if (!found) throw new Error(`no card of ${personId} has a button ${verb}: ${textOf(personId)}`);
  return chats.execute(personId, found.id, found.action, inputs);
}
/** Also those that one sees after another press. */
function everyAction(value: unknown): CardAction['action'][] {
  if (Array.isArray(value)) return value.flatMap(everyAction);
  if (typeof value !== 'object' || value === null) return [];
  const own = value as CardAction['action'];
  return [...(own['type'] === 'Action.Execute' ? [own] : []), ...Object.values(own).flatMap(everyAction)];
}

/** A pair whose second session is over, and whose mentor has the card. */
async function afterPulse(): Promise<MadePair> {
  const made = await stage.book({ hasChats: true, count: 4 });
  const sessions = (await stage.records()).sessions.filter(({ pairId }) => pairId === made.pairId);
  const second = sessions.toSorted((a, b) => a.startsAt - b.startsAt)[1]!;
  await stage.clock.advanceTo(second.endsAt + 10 * MINUTE);
  return made;
}

it('a low score shows the ways to its writer alone, and a press sends the name to the safe contact alone', async () => {
  const { world } = stage.sandbox;
  const { administrators, ombudspersonId } = companyRoles(world);
  const made = await afterPulse();
  const ombudsperson = world.people.get(ombudspersonId)!;
  await world.chats.install(ombudspersonId);
  const named = await stage.ask(administrators[0]!, 'POST', `/api/admin/cohorts/${made.cohortId}/safe-contact`, {
    address: ombudsperson.mail.toUpperCase(),
  });
  expect(named).toEqual({ status: 200, body: { displayName: ombudsperson.displayName } });
  await stage.pass(HOUR);
  const before = [textOf(made.mentee.personId), textOf(ombudspersonId)];

  expect(textOf(made.mentor.personId)).toContain('How safe do you feel to say what you think?');
  const answers = { tookPlace: 'yes', rightMatch: 'unsure', safeToSpeak: '1' };
  const reply = await press(made.mentor.personId, 'feedback.submit', answers);
  expect(readCard(reply.value as Record<string, unknown>).actions.map(({ verb }) => verb)).toEqual([
    'contact.ask',
    'pulse.anotherMatch',
    'feedback.edit',
  ]);
  await stage.pass(HOUR);
  expect([textOf(made.mentee.personId), textOf(ombudspersonId)]).toEqual(before);

  const asked = await press(made.mentor.personId, 'contact.ask');
  expect(JSON.stringify(asked.value)).toContain('Your name was sent to your safe contact, and nothing else.');
  await stage.pass(5 * MINUTE);
  const [welcome, card, ...more] = cardsOf(ombudspersonId);
  expect(JSON.stringify([welcome!.card])).toBe(before[1]);
  expect(more).toEqual([]);
  expect(JSON.stringify(card)).toContain('Mia Mentor asks you to get in touch');
  expect(JSON.stringify(card)).not.toContain('Elio');
  expect(textOf(made.mentee.personId)).toBe(before[0]);
});

it('"safe contact" in the chat names them, with a button', async () => {
  const { world } = stage.sandbox;
  const { ombudspersonId } = companyRoles(world);
  const made = await afterPulse();
  await world.chats.say(made.mentee.personId, 'safe contact');
  await stage.pass(MINUTE);
  expect(textOf(made.mentee.personId)).toContain(world.people.get(ombudspersonId)!.displayName);
  expect((await press(made.mentee.personId, 'contact.ask')).statusCode).toBe(200);
  await stage.pass(5 * MINUTE);
  expect(textOf(ombudspersonId)).toContain('Elio Executive asks you to get in touch');
});

it('to stop takes all that is to come out of both calendars, and says to the other only that the pair has ended', async () => {
  const made = await afterPulse();
  await press(made.mentor.personId, 'feedback.submit', { tookPlace: 'yes', safeToSpeak: '2' });
  const { value } = await press(made.mentor.personId, 'pair.leave');
  expect(JSON.stringify(value)).toContain('The pair has ended and its sessions to come are cancelled.');
  await stage.pass(HOUR);
  expect(textOf(made.mentee.personId)).toContain('Your pair with Mia Mentor has ended');
  for (const { personId } of [made.mentor, made.mentee]) {
    const dates = await stage.datesOf(made.pairId, personId);
    expect(dates.filter(({ start }) => start > stage.clock.now())).toEqual([]);
  }
  await stage.pass(DAY);
  expect(await stage.violations()).toEqual([]);
});
