import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { HomeReply, SessionReply } from '../../../server/contract/http.ts';
import type { Instant } from '../../../server/domain/time/instant.ts';
import { readCard, type CardAction } from '../../../server/sandbox/people/read-card.ts';
import type { MadePair } from '../../make/pair.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE } from './units.ts';

/* A session that did not take place is held at another time, or not at all: by cards and pages, against real calendars. */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterEach(async () => {
  expect(await stage.violations()).toEqual([]);
});
afterAll(() => stage.close());

const firstOf = async ({ pairId }: MadePair) =>
  (await stage.records()).sessions.find((session) => session.pairId === pairId && session.number === 1)!;
const answersOf = async (sessionId: string) =>
  (await stage.records()).feedback.filter((answer) => answer.sessionId === sessionId);
const homeOf = async (personId: string) => (await stage.ask(personId, 'GET', '/api/home')).body as HomeReply;
const isNewTime = ({ kind }: { kind: string }): boolean => kind === 'newTime';

/** The newest card in somebody's chat whose first action has this verb, with its actions. */
function cardOf(personId: string, verb: string): { activityId: string; actions: CardAction[] } | undefined {
  const cards = (stage.sandbox.world.chats.of(personId)?.activities ?? []).flatMap(({ id, card }) =>
    card === null ? [] : [{ activityId: id, actions: readCard(card).actions }],
  );
  return cards.findLast(({ actions }) => actions[0]?.verb === verb);
}
/** The person taps an action of the card, and fills what it asks. */
async function tap(personId: string, verb: string, index: number, inputs: Record<string, string> = {}): Promise<void> {
  const card = cardOf(personId, verb);
  if (!card?.actions[index]) throw new Error(`no card ${verb} with ${index + 1} actions`);
  await tapOf(personId, card.activityId, card.actions[index], inputs);
}
async function tapOf(
  personId: string,
  activityId: string,
  { action }: CardAction,
  inputs: Record<string, string> = {},
) {
  const answer = await stage.sandbox.world.chats.execute(personId, activityId, action, inputs);
  expect(answer.httpStatus).toBe(200);
  return JSON.stringify(answer.value);
}
/** What stands in a calendar over these minutes. */
const standing = (ownerId: string, at: number) =>
  stage.sandbox.world.exchange.view(ownerId, at, at + MINUTE).filter(({ isCancelled }) => !isCancelled);

/** A pair ten minutes after the end of its first session: the mentor has the card, the executive has it soon. */
async function over(): Promise<{ made: MadePair; sessionId: string; start: Instant; end: Instant }> {
  const made = await stage.book({ hasChats: true });
  const { sessionId, startsAt, endsAt } = await firstOf(made);
  await stage.clock.advanceTo(endsAt + 40 * MINUTE);
  return { made, sessionId, start: startsAt, end: endsAt };
}

it('no on the card, a time is taken on the next one: both calendars hold it, and after it both are asked anew', async () => {
  const { made, sessionId, start } = await over();
  const [mentor, mentee] = [made.mentor.personId, made.mentee.personId];
  const menteesCard = cardOf(mentee, 'feedback.submit')!;
  await tap(mentor, 'feedback.submit', 0, { tookPlace: 'no' });
  await stage.pass(2 * MINUTE);
  expect((await homeOf(mentor)).asks.filter(isNewTime)).toMatchObject([{ because: 'notHeld', canKeep: false }]);
  expect((await homeOf(mentee)).asks).toEqual([]);
  // Three times, or none of them: it cannot be left as it is.
  const offered = cardOf(mentor, 'session.newTime')!;
  expect(offered.actions.map(({ action }) => (action['data'] as { answer: string }).answer)).toEqual([
    'take',
    'take',
    'take',
    'skip',
  ]);
  // A double click.
  const take = offered.actions[1]!;
  await Promise.all([1, 2].map(() => tapOf(mentor, offered.activityId, take)));
  await stage.pass(3 * MINUTE);

  const again = await firstOf(made);
  const chosen = Number((take.action['data'] as { start: string }).start);
  expect(again).toMatchObject({ state: 'booked', held: 'open', attempt: 2, startsAt: chosen });
  for (const ownerId of [stage.mailboxId, mentor, mentee]) {
    expect(standing(ownerId, chosen)).toHaveLength(1);
    expect(standing(ownerId, start)).toHaveLength(1);
  }
  expect(stage.ourWrites(start).map(({ kind }) => kind)).toEqual(['create']);
  // The card that still asked the executive about the old date says that it is held later.
  expect(cardOf(mentee, 'feedback.submit')).toBeUndefined();
  expect(await tapOf(mentee, menteesCard.activityId, menteesCard.actions[0]!)).not.toMatch(/feedback\.edit/);

  await stage.clock.advanceTo(again.endsAt + HOUR);
  await tap(mentor, 'feedback.submit', 0, { tookPlace: 'yes', usefulness: '4' });
  await tap(mentee, 'feedback.submit', 0);
  // The old card, replayed from a device that still shows it, says nothing about the new date.
  await tapOf(mentee, menteesCard.activityId, menteesCard.actions.at(-1)!);
  expect(await firstOf(made)).toMatchObject({ held: 'confirmed', attempt: 2 });
  const answers = await answersOf(sessionId);
  expect(
    answers
      .filter(({ personId }) => personId === mentor)
      .map(({ tookPlace }) => tookPlace)
      .sort(),
  ).toEqual([false, true]);
  expect(answers.filter(({ personId }) => personId === mentee)).toMatchObject([{ tookPlace: true }]);
});

it('no in the tab, and none of the times: not held, nothing written, and nobody is asked or reminded any more', async () => {
  const { made, sessionId, end } = await over();
  const [mentor, mentee] = [made.mentor.personId, made.mentee.personId];
  expect((await stage.ask(mentee, 'POST', `/api/sessions/${sessionId}/feedback`, { tookPlace: false })).status).toBe(
    200,
  );
  await stage.pass(2 * MINUTE);
  const asks = (await homeOf(mentee)).asks.filter(isNewTime);
  expect(asks).toMatchObject([{ because: 'notHeld', sessionId }]);
  const { round } = asks[0] as { round: number };
  const path = `/api/sessions/${sessionId}/new-time`;
  // Not the mentor's: they are told nothing of it.
  expect((await stage.ask(mentor, 'POST', path, { round, answer: 'skip' })).status).toBe(404);
  expect((await stage.ask(mentee, 'POST', path, { round, answer: 'keep' })).status).toBe(400);
  expect((await stage.ask(mentee, 'POST', path, { round, answer: 'skip' })).status).toBe(200);
  expect((await stage.ask(mentee, 'POST', path, { round, answer: 'skip' })).status).toBe(200);
  const had = stage.sandbox.world.chats.of(mentor)!.activities.length;
  await stage.pass(4 * DAY);
  expect(await firstOf(made)).toMatchObject({ state: 'booked', held: 'notHeld', attempt: 1 });
  expect(stage.ourWrites(end)).toEqual([]);
  expect(stage.sandbox.world.chats.of(mentor)!.activities).toHaveLength(had);
});

it('no, and on second thought yes: the times are taken back; the form of the page is about the date that it shows', async () => {
  const { made, sessionId } = await over();
  const mentee = made.mentee.personId;
  const path = `/api/sessions/${sessionId}`;
  const form = (await stage.ask(mentee, 'GET', path)).body as SessionReply;
  expect(form.attempt).toBe(1);
  await stage.ask(mentee, 'POST', `${path}/feedback`, { tookPlace: false, attempt: 1 });
  await stage.pass(2 * MINUTE);
  const [ask] = (await homeOf(mentee)).asks.filter(isNewTime) as { round: number; starts: string[] }[];
  await stage.ask(mentee, 'POST', `${path}/feedback`, { tookPlace: true, usefulness: 5 });
  await stage.pass(2 * MINUTE);
  expect((await homeOf(mentee)).asks).toEqual([]);
  const late = { round: ask!.round, answer: 'take', start: ask!.starts[0] };
  expect((await stage.ask(mentee, 'POST', `${path}/new-time`, late)).status).toBe(409);
  expect(await firstOf(made)).toMatchObject({ held: 'confirmed', attempt: 1 });
  const other = await stage.ask(mentee, 'POST', `${path}/feedback`, { tookPlace: false, attempt: 2 });
  expect(other.status).toBe(409);
});

it('no while the calendars are away: the times are offered as soon as they can be read', async () => {
  const { made, sessionId } = await over();
  const mentor = made.mentor.personId;
  const remove = stage.fault({
    match: { path: /getSchedule/i },
    fault: { kind: 'status', status: 503, when: 'before', retryAfterSeconds: 120 },
  });
  await stage.ask(mentor, 'POST', `/api/sessions/${sessionId}/feedback`, { tookPlace: false });
  await stage.pass(10 * MINUTE);
  expect((await homeOf(mentor)).asks).toEqual([]);
  remove();
  await stage.pass(10 * MINUTE);
  const [ask] = (await homeOf(mentor)).asks.filter(isNewTime) as { starts: string[] }[];
  expect(ask!.starts).toHaveLength(3);
});
