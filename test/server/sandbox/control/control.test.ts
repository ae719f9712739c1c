import { beforeEach, describe, expect, it } from 'vitest';
import { createControl } from '../../../../server/sandbox/control/control.ts';
import type { SandboxReply, SandboxRequest } from '../../../../server/sandbox/http.ts';
import { seedCompany } from '../../../../server/sandbox/people/company.ts';
import { companyRoles } from '../../../../server/sandbox/people/company-roles.ts';
import { bookSeries, FROM, makeWorld } from '../people/make-world.ts';

const DAY = 86_400_000;
const STRANGER = '00000000-0000-4000-8000-000000000000';

function setUp() {
  const world = makeWorld(1);
  seedCompany(world, { people: 60, executives: 12, from: FROM, weeks: 4, programMailbox: 'inverso@contoso.example' });
  const roles = companyRoles(world);
  let saves = 0;
  const control = createControl(world, {
    behavior: { counts: () => ({ cardAnswered: 3 }) },
    userToken: async (personId) => `token of ${personId}`,
    save: async () => void saves++,
    isFollowing: () => true,
  });
  const send = async (request: Partial<SandboxRequest> & { path: string }): Promise<SandboxReply> => {
    const reply = await control.handle({
      method: 'GET',
      query: new URLSearchParams(),
      headers: { host: '127.0.0.1:4100' },
      body: '',
      ...request,
    });
    if (!reply) throw new Error('not served');
    return reply;
  };
  const get = (name: string, query: Record<string, string> = {}) =>
    send({ path: `/sandbox/api/${name}`, query: new URLSearchParams(query) });
  const post = (name: string, body: unknown, headers: Record<string, string> = {}) =>
    send({
      method: 'POST',
      path: `/sandbox/api/${name}`,
      headers: { host: '127.0.0.1:4100', 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { world, roles, control, send, get, post, saves: () => saves };
}

let t: ReturnType<typeof setUp>;
beforeEach(() => {
  t = setUp();
});
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- replies are looked into by path
const bodyOf = (reply: SandboxReply): any => reply.body;

describe('who may ask', () => {
  it.each([
    [{ host: 'sandbox.evil.example' }],
    [{ host: '127.0.0.1.evil.example:4100' }],
    [{ host: '' }],
    [{ host: '127.0.0.1:4100', origin: 'https://evil.example' }],
    [{ host: '127.0.0.1:4100', origin: 'http://127.0.0.1:9999' }],
    [{ host: '127.0.0.1:4100', origin: 'null' }],
    [{ host: '127.0.0.1:4100', 'sec-fetch-site': 'cross-site' }],
  ])('refuses %o with 403', async (headers) => {
    const reply = await t.send({ path: '/sandbox/api/clock', headers });
    expect(reply.status).toBe(403);
  });

  it.each([
    [{ host: 'localhost:4100', origin: 'http://localhost:4100', 'sec-fetch-site': 'same-origin' }],
    [{ host: '[::1]:4100' }],
    [{ host: '127.0.0.1' }],
  ])('serves %o', async (headers) => {
    expect((await t.send({ path: '/sandbox/api/clock', headers })).status).toBe(200);
  });

  it('takes changes as JSON only', async () => {
    const reply = await t.post('clock/jump', { minutes: 1 }, { 'content-type': 'text/plain' });
    expect(reply.status).toBe(415);
    expect(t.world.clock.now()).toBe(FROM);
  });

  it('leaves other paths to others, and answers 404 and 405 for its own', async () => {
    const elsewhere = { method: 'GET', path: '/v1.0/users', query: new URLSearchParams(), headers: {}, body: '' };
    expect(await t.control.handle(elsewhere)).toBeUndefined();
    expect((await t.get('nothing')).status).toBe(404);
    expect((await t.get('constructor')).status).toBe(404);
    const wrong = await t.get('clock/jump');
    expect([wrong.status, wrong.headers?.allow]).toEqual([405, 'POST']);
  });
});

describe('people and state', () => {
  it('lists people by name and role', async () => {
    const executives = bodyOf(await t.get('people', { role: 'executive' }));
    expect(executives.total).toBe(12);
    expect(executives.people[0]).toEqual({
      id: expect.any(String),
      name: expect.any(String),
      title: expect.any(String),
      department: expect.any(String),
      zone: expect.stringContaining('/'),
      mail: expect.stringContaining('@'),
      role: 'executive',
      photo: expect.toSatisfy((photo: unknown) => photo === null || typeof photo === 'string'),
    });
    const { name } = executives.people[0];
    const found = bodyOf(await t.get('people', { query: name.toUpperCase() }));
    expect(found.people.map((person: { name: string }) => person.name)).toContain(name);
    const wrong = await t.get('people', { role: 'boss' });
    expect([wrong.status, bodyOf(wrong).error.field]).toEqual([400, 'role']);
  });

  it('shows counts', async () => {
    expect(bodyOf(await t.get('state'))).toMatchObject({ people: 62, behavior: { cardAnswered: 3 }, faults: null });
  });

  it('gives a token for a person, where it can', async () => {
    const person = t.roles.executives[0]!;
    expect(bodyOf(await t.post('token', { person }))).toEqual({ token: `token of ${person}` });
    const without = createControl(t.world);
    const reply = await without.handle({
      method: 'POST',
      path: '/sandbox/api/token',
      query: new URLSearchParams(),
      headers: { host: 'localhost' },
      body: JSON.stringify({ person }),
    });
    expect(reply?.status).toBe(404);
  });
});

describe('the clock', () => {
  it('advances by minutes, to an instant, and to the next session', async () => {
    expect(bodyOf(await t.get('clock'))).toEqual({ now: '2026-09-28T06:00:00.000Z', following: true });
    let ran = false;
    t.world.clock.at(FROM + 60_000, 'due', () => void (ran = true));
    expect(bodyOf(await t.post('clock/advance', { minutes: 5 })).now).toBe('2026-09-28T06:05:00.000Z');
    expect(ran).toBe(true);
    await t.post('clock/advance', { to: '2026-09-29T08:00:00+02:00' });
    expect(t.world.clock.now()).toBe(FROM + DAY);
    const { programMailboxId: programId, executives, volunteers } = t.roles;
    const first = FROM + 3 * DAY;
    bookSeries(t.world, { programId, menteeId: executives[0]!, mentorId: volunteers[0]!, first, count: 2 });
    await t.post('clock/advance', { untilNextMeeting: 'start' });
    expect(t.world.clock.now()).toBe(first);
    await t.post('clock/advance', { untilNextMeeting: 'end', person: executives[0] });
    expect(t.world.clock.now()).toBe(first + DAY / 48);
    expect(t.saves()).toBe(4);
    expect((await t.post('clock/advance', { untilNextMeeting: 'end', person: executives[1] })).status).toBe(404);
  });

  it('jumps without running what lies between', async () => {
    let ran = false;
    t.world.clock.at(FROM + 60_000, 'due', () => void (ran = true));
    await t.post('clock/jump', { minutes: 120 });
    await t.post('clock/jump', { minutes: -60 });
    expect([t.world.clock.now(), ran]).toEqual([FROM + 3_600_000, false]);
  });

  it.each([
    [{}, 'minutes'],
    [{ minutes: 1, to: '2026-10-01T00:00:00Z' }, 'minutes'],
    [{ minutes: 0 }, 'minutes'],
    [{ minutes: 1.5 }, 'minutes'],
    [{ minutes: '5' }, 'minutes'],
    [{ minutes: 1e9 }, 'minutes'],
    [{ to: '2026-10-01' }, 'to'],
    [{ to: '2026-13-01T00:00:00Z' }, 'to'],
    [{ to: '2020-01-01T00:00:00Z' }, 'to'],
    [{ to: '2099-01-01T00:00:00Z' }, 'to'],
    [{ untilNextMeeting: true }, 'untilNextMeeting'],
  ])('refuses %o naming the field', async (body, field) => {
    const reply = await t.post('clock/advance', body);
    expect([reply.status, bodyOf(reply).error.field]).toEqual([400, field]);
    expect(bodyOf(reply).error.message).toMatch(new RegExp(`^${field}: `));
    expect(t.saves()).toBe(0);
  });

  it.each(['{', '[]', '"x"', 'null'])('refuses the body %s', async (body) => {
    const reply = await t.post('clock/advance', body);
    expect([reply.status, bodyOf(reply).error.field]).toEqual([400, 'body']);
  });
});

describe('calendars', () => {
  const booked = () => {
    const { programMailboxId: programId, executives, volunteers } = t.roles;
    const person = executives[0]!;
    bookSeries(t.world, { programId, menteeId: person, mentorId: volunteers[0]!, first: FROM + DAY, count: 2 });
    return { person, programId, item: t.world.exchange.items.get(person)![0]! };
  };

  it('shows a window with instants in words, the zone and the hours', async () => {
    const { person } = booked();
    const calendar = bodyOf(
      await t.get('calendar', { person, from: '2026-09-28T00:00:00Z', to: '2026-10-05T00:00:00Z' }),
    );
    const { zone, zoneName, workingHours } = t.world.people.get(person)!.mailbox;
    expect(calendar).toMatchObject({ person, zone, zoneName, workingHours });
    expect(calendar.items).toHaveLength(1);
    expect(calendar.items[0]).toMatchObject({ start: '2026-09-29T06:00:00.000Z', type: 'occurrence' });
  });

  it('answers, moves, cancels, removes and adds as the person', async () => {
    const { person, programId, item } = booked();
    const { eventId } = item;
    const span = { start: '2026-09-30T08:00:00Z', end: '2026-09-30T08:30:00Z' };
    const organizers = t.world.exchange.items.get(programId)!;
    await t.post('calendar/respond', { person, eventId, answer: 'tentativelyAccepted', proposal: span });
    await t.post('calendar/move', { person: programId, eventId: organizers[0]!.eventId, ...span });
    await t.post('calendar/edit', { person: programId, eventId, subject: 'Coffee', stripsTags: true });
    await t.post('calendar/copy', { person: programId, eventId });
    await t.post('calendar/remove', { person, eventId });
    await t.post('calendar/cancel', { person: programId, eventId: organizers[1]!.eventId });
    await t.post('calendar/add', { person, subject: 'Dentist', start: '2026-09-30T08:00', minutes: 60 });
    expect(t.world.exchange.calls.map(({ name }) => name)).toEqual([
      'respond',
      'move',
      'edit',
      'copy',
      'remove',
      'cancel',
      'add',
    ]);
    expect(t.world.exchange.calls[2]!.rest).toEqual([eventId, { subject: 'Coffee', stripsTags: true }]);
    const proposal = { start: Date.parse(span.start), end: Date.parse(span.end) };
    expect(t.world.exchange.calls[0]!.rest).toEqual([eventId, 'tentativelyAccepted', proposal]);
    expect(t.world.exchange.calls[6]!.rest).toMatchObject([{ showAs: 'busy', start: '2026-09-30T08:00', minutes: 60 }]);
    expect(t.saves()).toBe(7);
  });

  it('says 409 where the mailbox refuses', async () => {
    const { person } = booked();
    const reply = await t.post('calendar/remove', { person, eventId: 'gone' });
    expect([reply.status, bodyOf(reply).error.message]).toEqual([409, 'eventId: no item gone']);
  });

  it.each([
    ['respond', { answer: 'maybe' }, 'answer'],
    ['respond', { answer: 'declined', proposal: 3 }, 'proposal'],
    ['respond', { answer: 'accepted', proposal: {} }, 'proposal'],
    ['respond', { answer: 'declined', proposal: { start: 'x' } }, 'start'],
    ['respond', { answer: 'declined', eventId: '../x y' }, 'eventId'],
    ['move', { start: '2026-09-30T08:00:00Z', end: '2026-09-30T08:00:00Z' }, 'end'],
    ['edit', { subject: '' }, 'subject'],
    ['edit', { stripsTags: 'yes' }, 'stripsTags'],
    ['remove', { person: 'me' }, 'person'],
    ['add', { subject: ' ', start: '2026-09-30T08:00', minutes: 60 }, 'subject'],
    ['add', { subject: 'x', start: '2026-02-30T08:00', minutes: 60 }, 'start'],
    ['add', { subject: 'x', start: '2026-09-30T08:00', minutes: 1 }, 'minutes'],
    ['add', { subject: 'x', start: '2026-09-30T08:00', minutes: 60, showAs: 'asleep' }, 'showAs'],
  ])('%s refuses %o naming %s', async (name, wrong, field) => {
    const reply = await t.post(`calendar/${name}`, { person: t.roles.executives[0], eventId: 'abc', ...wrong });
    expect([reply.status, bodyOf(reply).error.field]).toEqual([400, field]);
  });

  it.each([
    [{ from: 'now' }, 400, 'from'],
    [{ from: '2026-10-01T00:00:00Z', to: '2026-09-01T00:00:00Z' }, 400, 'to'],
    [{ from: '2026-10-01T00:00:00Z', to: '2027-09-01T00:00:00Z' }, 400, 'to'],
    [{ person: STRANGER }, 404, 'person'],
    [{ person: '' }, 400, 'person'],
  ])('refuses the window %o', async (wrong, status, field) => {
    const reply = await t.get('calendar', { person: t.roles.executives[0]!, ...wrong });
    expect([reply.status, bodyOf(reply).error.field]).toEqual([status, field]);
  });
});

describe('chats', () => {
  const card = { type: 'AdaptiveCard', actions: [{ type: 'Action.Execute', verb: 'go' }] };

  it('shows the chat and executes actions of its cards', async () => {
    const person = t.roles.volunteers[0]!;
    expect(bodyOf(await t.get('chat', { person }))).toEqual({ conversationId: null, activities: [] });
    t.world.chats.deliver(person, '1700', card);
    const chat = bodyOf(await t.get('chat', { person }));
    expect(chat.activities[0]).toMatchObject({ id: '1700', at: '2026-09-28T06:00:00.000Z', card });
    const reply = bodyOf(
      await t.post('chat/execute', { person, activityId: '1700', action: card.actions[0], inputs: { a: 'b' } }),
    );
    expect(reply.answer).toMatchObject({ httpStatus: 200, statusCode: 200 });
    expect(reply.chat.activities[0].replaced).toBe(1);
    expect(t.world.chats.executed[0]).toMatchObject({ personId: person, activityId: '1700', inputs: { a: 'b' } });
    expect(bodyOf(await t.post('chat/say', { person, text: 'help' })).answer.value).toBe('help');
    expect(bodyOf(await t.post('chat/block', { person, blocked: true }))).toEqual({ blocked: true });
  });

  it.each([
    ['execute', { activityId: '1', action: 'go' }, 400, 'action'],
    ['execute', { activityId: '1', action: {} }, 400, 'action'],
    ['execute', { activityId: '1', action: { type: 'Action.Execute' }, inputs: [] }, 400, 'inputs'],
    ['execute', { activityId: '1', action: { type: 'Action.Execute' }, inputs: { a: 1 } }, 400, 'inputs.a'],
    ['execute', { activityId: '1', action: { type: 'Action.Execute' } }, 404, 'activityId'],
    ['execute', { action: { type: 'Action.Execute' } }, 400, 'activityId'],
    ['say', { text: '' }, 400, 'text'],
    ['say', { text: 'x'.repeat(4001) }, 400, 'text'],
    ['block', { blocked: 'yes' }, 400, 'blocked'],
    ['block', { blocked: true, person: STRANGER }, 404, 'person'],
  ])('%s refuses %o', async (name, body, status, field) => {
    const person = t.roles.volunteers[0]!;
    t.world.chats.deliver(person, '1700', card);
    const reply = await t.post(`chat/${name}`, { person, ...body });
    expect([reply.status, bodyOf(reply).error.field]).toEqual([status, field]);
  });

  it('gives mails, and refuses a name given twice', async () => {
    const person = t.roles.volunteers[0]!;
    expect(bodyOf(await t.get('mails', { person }))).toEqual({ mails: [] });
    const twice = await t.send({
      path: '/sandbox/api/mails',
      query: new URLSearchParams(`person=${person}&person=${person}`),
    });
    expect([twice.status, bodyOf(twice).error.field]).toEqual([400, 'person']);
  });
});
