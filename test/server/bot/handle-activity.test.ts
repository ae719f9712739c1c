import { expect, test } from 'vitest';
import type { ActivityDeps } from '../../../server/bot/conversation.ts';
import { createCardRenderer } from '../../../server/bot/render-card.ts';
import { loadContent } from '../../../server/locales/load-content.ts';
import { handleActivity } from '../../../server/bot/handle-activity.ts';
import type { Verified } from '../../../server/bot/incoming.ts';
import type { CardMessage } from '../../../server/contract/card-messages.ts';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { AppError, type ErrorCode } from '../../../server/errors.ts';
import type { OutgoingCard } from '../../../server/ports.ts';
import { activityFrom, PERSON, TENANT } from './fake-connector.ts';
import { SESSION } from './messages.ts';

const renderCard = createCardRenderer(loadContent(null));

const SERVICE = 'https://smba.trafficmanager.net/emea/';
const verified: Verified = {
  tenantId: TENANT as TenantId,
  personId: PERSON as PersonId,
  isPersonal: true,
  conversationId: 'a:chat',
  serviceUrl: SERVICE,
  activityId: 'f:1',
  replyToId: '17',
  locale: 'en-US',
  timeZone: 'Europe/Rome',
};
const caller = { tenantId: TENANT, personId: PERSON };
const thanks: CardMessage = { kind: 'feedbackThanks', sessionId: SESSION, canEdit: true, tookPlace: true };

/** Dependencies that note what they were asked. */
function setUp(more: Partial<ActivityDeps> = {}) {
  const calls: unknown[][] = [];
  const sent: { text?: string; card?: OutgoingCard; updated?: string }[] = [];
  const note =
    <T>(name: string, value: T) =>
    async (...args: unknown[]) => {
      calls.push([name, ...args]);
      return value;
    };
  const deps: ActivityDeps = {
    renderCard,
    messenger: {
      sendText: async (_, __, text) => {
        sent.push({ text });
        return { outcome: 'done', value: { activityId: '18' } };
      },
      sendCard: async (_, __, card) => {
        sent.push({ card });
        return { outcome: 'done', value: { activityId: '18' } };
      },
      updateCard: async (_, __, updated, card) => {
        sent.push({ card, updated });
        return { outcome: 'done', value: null };
      },
    },
    rememberConversation: note('remember', undefined),
    forgetConversation: note('forget', undefined),
    answerCard: note('answer', thanks),
    findReader: async () => ({ locale: null, timeZone: null }),
    findNextSession: async () => ({ partnerName: 'Bo <at>X</at>', start: Date.parse('2026-11-05T09:00:00Z') }),
    findSafeContacts: async () => [],
    setStopped: note('stopped', undefined),
    report: (error) => calls.push(['report', error]),
    ...more,
  };
  const handle = (activity: Record<string, unknown>, who: Partial<Verified> = {}) =>
    handleActivity(deps, { ...verified, ...who }, activityFrom(SERVICE, { text: undefined, ...activity }));
  return { calls, sent, handle };
}

const data = { verb: 'feedback.submit', sessionId: SESSION, tookPlace: 'yes', usefulness: '5' };
const invoke = (changed: Record<string, unknown> = {}, action: Record<string, unknown> = {}) => ({
  type: 'invoke',
  name: 'adaptiveCard/action',
  value: {
    action: { type: 'Action.Execute', verb: 'feedback.submit', data: { ...data, ...changed }, ...action },
    trigger: 'manual',
  },
});

test('installing: both events remember the chat, neither speaks', async () => {
  const { calls, sent, handle } = setUp();
  expect(await handle({ type: 'installationUpdate', action: 'add' })).toEqual({ status: 200, body: undefined });
  await handle({
    type: 'conversationUpdate',
    membersAdded: [{ id: '29:person' }, { id: '28:11111111-1111-4111-8111-111111111111' }],
  });
  const remembered = [
    'remember',
    caller,
    { conversationId: 'a:chat', serviceUrl: SERVICE },
    { isInstall: true, locale: 'en' },
  ];
  expect(calls).toEqual([remembered, remembered]);
  expect(sent).toEqual([]);
});

test('an upgrade is no second welcome; somebody else joining is nothing', async () => {
  const { calls, handle } = setUp();
  await handle({ type: 'installationUpdate', action: 'add-upgrade' });
  await handle({ type: 'conversationUpdate', membersAdded: [{ id: '29:person' }] });
  expect(calls).toEqual([
    ['remember', caller, { conversationId: 'a:chat', serviceUrl: SERVICE }, { isInstall: false, locale: 'en' }],
  ]);
});

test('removed: forgotten; a group chat: nothing at all', async () => {
  const { calls, handle } = setUp();
  await handle({ type: 'installationUpdate', action: 'remove' });
  expect(calls).toEqual([['forget', caller]]);
  await handle({ type: 'installationUpdate', action: 'add' }, { isPersonal: false });
  await handle({ type: 'message', text: 'help' }, { isPersonal: false });
  await handle({ type: 'installationUpdate', action: 'add' }, { personId: null });
  await handle({ type: 'typing' });
  expect(calls).toHaveLength(1);
});

test('a button: the answer goes to the program with the verified person, the reply replaces the card', async () => {
  const { calls, handle } = setUp();
  const forged = { userId: 'boss', oid: 'boss', role: 'administrator', tenantId: 'elsewhere' };
  const reply = await handle(invoke(forged));
  expect(calls).toEqual([['answer', caller, data]]);
  expect(reply).toMatchObject({
    status: 200,
    body: {
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard', version: '1.5' },
    },
  });
  expect(JSON.stringify(reply.body)).toContain('Your answer is stored.');
});

test('"safe contact": a card that names them in any language, or that there is none, never a guess', async () => {
  const contact: CardMessage = {
    kind: 'safeContact',
    cohortId: SESSION,
    contactId: PERSON,
    contactName: 'Sara <at>X</at>',
    mail: null,
  };
  for (const text of [
    'safe contact',
    'Persona di fiducia!',
    'osoba zaufania',
    'довірена особа',
    'contato de confiança',
  ]) {
    const { sent, handle } = setUp({ findSafeContacts: async () => [contact] });
    await handle({ type: 'message', text });
    expect(sent).toMatchObject([{ card: { summary: 'Your safe contact: Sara ‹at›X‹/at›' } }]);
  }
  const none = setUp();
  await none.handle({ type: 'message', text: 'safe contact' });
  expect(none.sent).toEqual([{ text: 'You have no safe contact in a program at the moment.' }]);
  const broken = setUp({ findSafeContacts: () => Promise.reject(new Error('away')) });
  await broken.handle({ type: 'message', text: 'safe contact' });
  expect(broken.sent).toEqual([{ text: 'This did not work just now. Please try again in a moment.' }]);
});

test('strange actions: 400, and the program is not asked', async () => {
  const { calls, handle } = setUp();
  const strange = [
    invoke({}, { verb: 'program.erase' }),
    invoke({ verb: 'join.answer' }),
    invoke({}, { data: JSON.parse(`{"__proto__":{"x":1},"verb":"feedback.submit"}`) }),
    invoke({ constructor: 'x' }),
    invoke(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${String(i)}`, i]))),
    invoke({}, { data: [] }),
    { ...invoke(), value: null },
    { ...invoke(), value: { action: 'x' } },
  ];
  for (const activity of strange)
    expect((await handle(activity)).status, JSON.stringify(activity).slice(0, 80)).toBe(400);
  expect(calls).toEqual([]);
});

test.each([
  ['usefulness', '6'],
  ['usefulness', '-1'],
  ['usefulness', '4.5'],
  ['usefulness', 'NaN'],
  ['note', 'x'.repeat(1_001)],
  ['sessionId', '1'],
  ['noteReader', 'everybody'],
  ['tookPlace', 'maybe'],
])('%s %s: an error on the card that names the field and keeps what was typed', async (field, value) => {
  const { calls, handle } = setUp();
  const reply = await handle(invoke({ [field]: value }));
  expect(reply).toMatchObject({
    status: 200,
    body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest' } },
  });
  expect(JSON.stringify(reply.body)).toContain(`(${field})`);
  expect(calls).toEqual([]);
});

test.each<[ErrorCode, string | undefined, number, string]>([
  ['notFound', undefined, 400, 'belongs to somebody else'],
  ['forbidden', undefined, 400, 'belongs to somebody else'],
  ['closed', undefined, 400, 'no longer be answered'],
  ['closed', 'tooEarly', 400, 'when the session is over'],
  ['closed', 'sessionNotHeld', 400, 'was cancelled'],
  ['conflict', undefined, 400, 'changed in the meantime'],
  ['unavailable', undefined, 500, 'try again'],
  ['busy', undefined, 500, 'try again'],
])('a refusal %s %s keeps the card: %s', async (code, reason, statusCode, words) => {
  const { handle } = setUp({
    answerCard: () => Promise.reject(new AppError(code, reason === undefined ? {} : { reason })),
  });
  const reply = await handle(invoke());
  expect(reply).toMatchObject({ status: 200, body: { statusCode, type: 'application/vnd.microsoft.error' } });
  expect(JSON.stringify(reply.body)).toContain(words);
});

test('a fault of ours says "try again", is reported, and tells nothing of itself', async () => {
  const { calls, handle } = setUp({ answerCard: () => Promise.reject(new Error('password in SQL')) });
  const reply = await handle(invoke());
  expect(reply).toMatchObject({ status: 200, body: { statusCode: 500 } });
  expect(JSON.stringify(reply.body)).not.toContain('SQL');
  expect(calls.map(([name]) => name)).toEqual(['report']);
});

test('a card that was forwarded to a group belongs to somebody else', async () => {
  const { calls, handle } = setUp();
  expect(await handle(invoke(), { isPersonal: false })).toMatchObject({ body: { statusCode: 400 } });
  expect(calls).toEqual([]);
});

test('an old client submits by message: the card is updated, an error is said in words', async () => {
  const { calls, sent, handle } = setUp();
  expect(await handle({ type: 'message', value: data })).toEqual({ status: 200, body: undefined });
  expect(calls.at(-1)).toEqual(['answer', caller, data]);
  expect(sent).toMatchObject([{ updated: '17', card: { summary: 'Thank you. Your answer is stored.' } }]);
  const refused = setUp({ answerCard: () => Promise.reject(new AppError('closed')) });
  await refused.handle({ type: 'message', value: data });
  expect(refused.sent).toMatchObject([{ text: 'This can no longer be answered.' }]);
  const strange = setUp();
  await strange.handle({ type: 'message', value: { verb: 'x' } });
  expect(strange.sent[0]?.text).toMatch(/cannot be used/);
});

test.each([
  ['help', /next session/],
  ['  AIUTO! ', /next session/],
  ['<at>Inverso</at> допомога', /next session/],
  ['hi', /Hello/],
  ['Dzień dobry', /Hello/],
  ['Next session?', /with Bo ‹at›X‹\/at›, Thursday, November 5 at 10:00 AM/],
  ['próxima sessão', /Bo/],
  ['blah', /did not understand/],
  ['constructor', /did not understand/],
  ['x'.repeat(100_000), /did not understand/],
])('%s', async (text, answer) => {
  const { sent, handle } = setUp();
  await handle({ type: 'message', text });
  expect(sent).toHaveLength(1);
  expect(sent[0]?.text).toMatch(answer);
});

test('stop and start, in words of any language, answered in the reader’s', async () => {
  const { calls, sent, handle } = setUp({ findReader: async () => ({ locale: 'pl', timeZone: 'Europe/Warsaw' }) });
  await handle({ type: 'message', text: 'стоп' });
  await handle({ type: 'message', text: 'wznów' });
  expect(calls.filter(([name]) => name === 'stopped')).toEqual([
    ['stopped', caller, true],
    ['stopped', caller, false],
  ]);
  expect(sent.map(({ text }) => text)).toEqual([
    expect.stringContaining('Nie będę już pisać'),
    expect.stringContaining('Odezwę się'),
  ]);
});

test('a client with an invented time zone reads UTC', async () => {
  const { sent, handle } = setUp();
  await handle({ type: 'message', text: 'next' }, { timeZone: 'Mars/Base' });
  expect(sent[0]?.text).toContain('at 9:00 AM');
});

test('the database is down: words say so, the request still ends well', async () => {
  const down = () => Promise.reject(new Error('down'));
  const { calls, sent, handle } = setUp({ findNextSession: down, findReader: down });
  expect(await handle({ type: 'message', text: 'next' })).toEqual({ status: 200, body: undefined });
  expect(sent[0]?.text).toMatch(/did not work/);
  expect(calls.filter(([name]) => name === 'report')).toHaveLength(2);
});
