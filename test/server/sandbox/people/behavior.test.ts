import { describe, expect, it } from 'vitest';
import { startBehavior, type Behavior } from '../../../../server/sandbox/people/behavior.ts';
import { BEHAVIOR_KINDS } from '../../../../server/sandbox/people/behavior-state.ts';
import { seedCompany } from '../../../../server/sandbox/people/company.ts';
import { companyRoles } from '../../../../server/sandbox/people/company-roles.ts';
import { bookSeries, FROM, makeWorld, thankYou } from './make-world.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const WEEKS = 26;

const ask = (verb: string): Record<string, unknown> => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'Input.ChoiceSet', id: 'topic', isRequired: true, choices: [{ title: 'A', value: 'a' }] }],
  actions: [
    { type: 'Action.Execute', title: 'Yes', verb, data: { pairId: 'p' } },
    { type: 'Action.Execute', title: 'No', verb: `${verb}.decline`, data: { pairId: 'p' } },
  ],
});

const feedback = (sessionId: string): Record<string, unknown> => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    {
      type: 'Input.ChoiceSet',
      id: 'held',
      isRequired: true,
      choices: [
        { title: 'Yes', value: 'yes' },
        { title: 'No', value: 'no' },
      ],
    },
    { type: 'Input.Rating', id: 'useful', max: 5 },
    { type: 'Input.Text', id: 'line', isMultiline: true, maxLength: 300 },
  ],
  actions: [{ type: 'Action.Execute', title: 'Send', verb: 'feedback.submit', data: { sessionId } }],
});

function company(seed: number) {
  const world = makeWorld(seed);
  seedCompany(world, {
    people: 300,
    executives: 40,
    from: FROM,
    weeks: WEEKS,
    programMailbox: 'inverso@contoso.example',
  });
  return world;
}

/** 40 series of 6 sessions booked over two weeks, with two asks before each and cards after its sessions. */
export async function program(seed: number, meddle?: (world: ReturnType<typeof company>, behavior: Behavior) => void) {
  const world = company(seed);
  const roles = companyRoles(world);
  const behavior = startBehavior(world);
  for (const [i, menteeId] of roles.executives.entries()) {
    const mentorId = roles.volunteers[2 * i]!;
    for (const id of [menteeId, mentorId]) {
      world.clock.at(FROM + HOUR + i, `ask:${id}`, () => void world.chats.deliver(id, `ask-${id}`, ask('goals.save')));
    }
    const first = FROM + (14 + (i % 14)) * DAY + 4 * HOUR;
    world.clock.at(FROM + (5 + (i % 5)) * DAY, `book:${menteeId}`, () =>
      bookSeries(world, { programId: roles.programMailboxId, menteeId, mentorId, first, count: 6 }),
    );
    for (let session = 0; session < 6; session++) {
      const end = first + session * 28 * DAY + HOUR / 2;
      for (const id of [menteeId, mentorId]) {
        const name = `card-${id}-${session}`;
        world.clock.at(end, name, () => void world.chats.deliver(id, name, feedback(`${menteeId}/${session}`)));
      }
    }
  }
  meddle?.(world, behavior);
  await world.clock.advanceTo(FROM + WEEKS * 7 * DAY);
  return { world, behavior };
}

describe('startBehavior', () => {
  it.each([1, 2, 3])(
    'lets each kind happen at least three times in half a year of 40 series (seed %i)',
    async (seed) => {
      const { behavior } = await program(seed);
      const counts = behavior.counts();
      const rare = BEHAVIOR_KINDS.filter((kind) => counts[kind] < 3);
      expect(rare, JSON.stringify(counts)).toEqual([]);
      expect(counts.invitationAccepted).toBeGreaterThan(40);
      expect(counts.cardIgnored).toBeLessThan(counts.cardAnswered / 3);
      expect(behavior.problems()).toEqual([]);
    },
  );

  it('does the same for the same seed, whatever else is asked meanwhile', async () => {
    const first = await program(4);
    const second = await program(4, (world, behavior) => {
      for (let day = 1; day < 180; day += 3) {
        world.clock.at(FROM + day * DAY, 'look', () => {
          behavior.counts();
          for (const id of world.people.keys()) world.exchange.view(id, FROM, FROM + DAY);
        });
      }
      // A card that nobody else gets changes nothing for the others.
      const outsider = companyRoles(world).administrators[0]!;
      world.clock.at(FROM + 3 * DAY, 'extra', () => void world.chats.deliver(outsider, 'extra', ask('other.thing')));
    });
    expect(second.world.exchange.calls).toEqual(first.world.exchange.calls);
    const outsider = companyRoles(second.world).administrators[0]!;
    const others = second.behavior.thanks().filter(({ personId }) => personId !== outsider);
    expect(others).toEqual(first.behavior.thanks());
    const other = await program(5);
    expect(other.world.exchange.calls).not.toEqual(first.world.exchange.calls);
  });

  it('answers invitations and cards in working hours, on the clock and never at once', async () => {
    const { world } = await program(1);
    for (const { ownerId, at, name } of world.exchange.calls.filter((call) => call.name === 'respond')) {
      const { zone } = world.people.get(ownerId)!.mailbox;
      const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit' }).format(at));
      expect(hour, name).toBeGreaterThanOrEqual(7);
      expect(hour, name).toBeLessThan(20);
    }
    const asked = world.chats.executed.filter(({ activityId }) => activityId.startsWith('ask-'));
    expect(asked.length).toBeGreaterThan(60);
    for (const { at } of asked) expect(at).toBeGreaterThan(FROM + HOUR);
  });

  it('keeps asks answered more often than feedback, and mostly takes the primary action', async () => {
    const { world } = await program(2);
    const asks = new Set(
      world.chats.executed.filter(({ activityId }) => activityId.startsWith('ask-')).map((e) => e.activityId),
    );
    expect(asks.size).toBeGreaterThanOrEqual(70);
    const primary = world.chats.executed.filter(({ action }) => action.verb === 'goals.save').length;
    const all = world.chats.executed.filter(({ activityId }) => activityId.startsWith('ask-')).length;
    expect(primary / all).toBeGreaterThan(0.7);
    expect(primary).toBeLessThan(all);
  });

  it('lets leavers do nothing any more and keeps the tree a tree', async () => {
    const { world, behavior } = await program(1);
    const left = [...world.people.values()].filter(({ deletedAt }) => deletedAt !== null);
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(({ accountEnabled }) => !accountEnabled)).toBe(true);
    for (const person of left) {
      const later = world.chats.executed.filter((call) => call.personId === person.id && call.at > person.deletedAt!);
      expect(later).toEqual([]);
    }
    for (const person of world.people.values()) {
      let steps = 0;
      for (let at: string | null = person.id; at !== null; at = world.people.get(at)!.managerId)
        expect(++steps).toBeLessThan(20);
    }
    expect(behavior.counts().managerChanged).toBeGreaterThanOrEqual(3);
  });

  it('with rate 0 everybody accepts and nothing else happens to sessions', async () => {
    const world = company(1);
    const roles = companyRoles(world);
    const behavior = startBehavior(world, { rate: 0 });
    const [menteeId, mentorId] = [roles.executives[0]!, roles.volunteers[0]!];
    bookSeries(world, { programId: roles.programMailboxId, menteeId, mentorId, first: FROM + 7 * DAY, count: 6 });
    await world.clock.advanceTo(FROM + 180 * DAY);
    const happened = Object.entries(behavior.counts()).filter(([, count]) => count > 0);
    expect(happened).toEqual([['invitationAccepted', 2]]);
  });

  it('looks again when the copy arrives after its mail', async () => {
    const world = company(1);
    const roles = companyRoles(world);
    const behavior = startBehavior(world, { rate: 0 });
    const [menteeId, mentorId] = [roles.executives[0]!, roles.volunteers[0]!];
    bookSeries(world, { programId: roles.programMailboxId, menteeId, mentorId, first: FROM + 7 * DAY, count: 2 });
    const copies = world.exchange.items.get(mentorId)!;
    world.exchange.items.set(mentorId, []);
    world.clock.at(FROM + HOUR, 'late copies', () => void world.exchange.items.set(mentorId, copies));
    await world.clock.advanceTo(FROM + 6 * DAY);
    expect(behavior.counts().invitationAccepted).toBe(2);
  });

  it('goes on from a snapshot as if it had never stopped', async () => {
    const run = async (restart: boolean) => {
      const world = company(6);
      const roles = companyRoles(world);
      let behavior = startBehavior(world);
      for (const [i, menteeId] of roles.executives.slice(0, 12).entries()) {
        const mentorId = roles.volunteers[i]!;
        bookSeries(world, {
          programId: roles.programMailboxId,
          menteeId,
          mentorId,
          first: FROM + (12 + i) * DAY,
          count: 6,
        });
        world.chats.deliver(mentorId, `card-${i}`, feedback(`s${i}`));
      }
      await world.clock.advanceTo(FROM + DAY);
      if (restart) {
        const saved = JSON.parse(JSON.stringify(behavior.snapshot())) as ReturnType<Behavior['snapshot']>;
        behavior.stop();
        behavior = startBehavior(world);
        behavior.restore(saved);
      }
      await world.clock.advanceTo(FROM + 120 * DAY);
      return { calls: world.exchange.calls, counts: behavior.counts(), thanks: behavior.thanks() };
    };
    const [whole, restarted] = [await run(false), await run(true)];
    expect(restarted).toEqual(whole);
    expect(whole.calls.length).toBeGreaterThan(20);
  });

  it('does nothing after stop', async () => {
    const world = company(1);
    const behavior = startBehavior(world);
    const { volunteers } = companyRoles(world);
    for (const id of volunteers.slice(0, 10)) world.chats.deliver(id, `c-${id}`, feedback('s'));
    behavior.stop();
    for (const id of volunteers.slice(0, 10)) world.chats.deliver(id, `d-${id}`, feedback('s'));
    await world.clock.advanceTo(FROM + 60 * DAY);
    expect(world.chats.executed).toEqual([]);
    expect(world.hooks.mailDelivered).toEqual([]);
  });

  it('refuses a negative rate by name', () => {
    expect(() => startBehavior(company(1), { rate: -1 })).toThrow(/^rate: /);
  });
});

describe('answers on cards', () => {
  const cards = async (bot: ReturnType<typeof makeWorld>['chats']['bot'], people = 60) => {
    const world = company(1);
    const behavior = startBehavior(world);
    world.chats.bot = bot;
    const ids = companyRoles(world).volunteers.slice(0, people);
    for (const id of ids) world.chats.deliver(id, `c-${id}`, feedback(`s-${id}`));
    await world.clock.advanceTo(FROM + 9 * DAY);
    return { world, behavior };
  };

  it('tries again up to three times, minutes later and with the same answer, while the bot fails', async () => {
    const failing = { httpStatus: 502, statusCode: null, type: null, value: null };
    const { world, behavior } = await cards(() => failing);
    expect(behavior.thanks()).toEqual([]);
    expect(behavior.counts().cardAnswered).toBe(0);
    const cardIds = new Set(world.chats.executed.map(({ activityId }) => activityId));
    const byCard = [...cardIds].map((id) => world.chats.executed.filter(({ activityId }) => activityId === id));
    for (const tries of byCard) {
      expect([4, 5]).toContain(tries.length);
      expect(new Set(tries.map(({ inputs }) => JSON.stringify(inputs))).size).toBe(1);
      const span = tries.at(-1)!.at - tries[0]!.at;
      expect(span).toBeGreaterThanOrEqual(6 * 60_000);
      expect(span).toBeLessThanOrEqual(30 * 60_000);
    }
  });

  it('records as thanked only what the bot thanked for, with data and inputs', async () => {
    let number = 0;
    const expired = { httpStatus: 200, statusCode: 400, type: 'application/vnd.microsoft.error', value: {} };
    const { world, behavior } = await cards(() => (number++ % 2 === 0 ? thankYou() : expired));
    expect(behavior.thanks().length).toBeGreaterThan(10);
    expect(behavior.thanks().length).toBeLessThan(world.chats.executed.length);
    for (const { personId, sessionId, data, activityId } of behavior.thanks()) {
      expect(sessionId).toBe(`s-${personId}`);
      expect(activityId).toBe(`c-${personId}`);
      expect(['yes', 'no']).toContain(data.held);
      expect(data.sessionId).toBe(sessionId);
    }
  });

  it('answers a question that follows at once, and leaves a lone button of a thank-you alone', async () => {
    const three = thankYou(
      ['a', 'b', 'c'].map((verb) => ({ type: 'Action.Execute', verb: `slot.${verb}`, data: { sessionId: 's' } })),
    );
    const again = thankYou([{ type: 'Action.Execute', verb: 'feedback.edit', data: { sessionId: 's' } }]);
    const { world } = await cards(({ action }) => (action.verb === 'feedback.submit' ? three : again));
    const submits = world.chats.executed.filter(({ action }) => action.verb === 'feedback.submit');
    const slots = world.chats.executed.filter(({ action }) => String(action.verb).startsWith('slot.'));
    const edits = world.chats.executed.filter(({ action }) => action.verb === 'feedback.edit');
    expect(slots.length).toBeGreaterThan(submits.length * 0.7);
    expect(edits.length).toBeLessThan(submits.length * 0.2);
    for (const slot of slots.filter((call) => !call.activityId.endsWith('x'))) {
      const before = submits.findLast((call) => call.activityId === slot.activityId && call.at <= slot.at);
      expect(before).toBeDefined();
    }
  });

  it('edits through the form that the replaced card opens', async () => {
    const again = thankYou([{ type: 'Action.Execute', verb: 'feedback.edit', data: { sessionId: 's' } }]);
    const { world, behavior } = await cards(
      ({ action, personId }) =>
        action.verb === 'feedback.edit' ? { ...thankYou(), value: feedback(`s-${personId}`) } : again,
      100,
    );
    expect(behavior.counts().cardEdited).toBeGreaterThan(0);
    const opened = world.chats.executed.filter(({ action }) => action.verb === 'feedback.edit');
    expect(opened).toHaveLength(behavior.counts().cardEdited);
    for (const { activityId, at } of opened) {
      expect(
        world.chats.executed.some(
          (call) => call.activityId === activityId && call.at >= at && call.action.verb === 'feedback.submit',
        ),
      ).toBe(true);
    }
  });
});
