import { afterAll, beforeAll, expect, it } from 'vitest';
import { companyRoles } from '../../../server/sandbox/people/company-roles.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE } from './units.ts';

/* The mentor organizes, and their account and mailbox are deleted (reliability.md F38). */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterAll(() => stage.close());

it('F38: the organizer’s mailbox is gone already: ended here, told once, with the line that takes out the copies', async () => {
  const { world } = stage.sandbox;
  const made = await stage.propose({ hasChats: true });
  await stage.rows.tx((tx) => tx.updateTable('cohorts').set({ organizer: 'mentor' }).execute());
  world.exchangeAssignments
    .find(({ role }) => role === 'Application Calendars.ReadWrite')!
    .scope.push(made.mentor.personId);
  await stage.agree(made);
  await stage.pass(20 * MINUTE);
  const ofPair = <Row extends { pairId: string }>(rows: Row[]): Row[] =>
    rows.filter(({ pairId }) => pairId === made.pairId);
  const before = await stage.records();
  expect(ofPair(before.series)).toMatchObject([{ state: 'confirmed', organizerId: made.mentor.personId }]);
  const cards = world.chats.sent().length;
  world.people.get(made.mentor.personId)!.deletedAt = stage.clock.now();
  await stage.pass(DAY);
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
