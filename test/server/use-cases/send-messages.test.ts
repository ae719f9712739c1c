import { describe, expect, test } from 'vitest';
import { queueMessage } from '../../../server/db/messages.ts';
import { at } from '../../../server/db/schema.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { DAY, HOUR, MINUTE, parseInstant, plus, type Instant } from '../../../server/domain/time/instant.ts';
import { findNextSession, findReader, setStopped } from '../../../server/use-cases/sessions/find-next-session.ts';
import { forgetConversation, rememberConversation } from '../../../server/use-cases/people/remember-conversation.ts';
import { sendMessages } from '../../../server/use-cases/sessions/send-messages.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, openChat, participant } from '../../make/pair.ts';
import { newId } from '../../make/person.ts';
import { refused, setStage, START, type Stage } from '../../make/server.ts';
import { bookedPair } from '../../make/session.ts';

const db = useDatabase();
const run = (stage: Stage) => sendMessages(stage, { tenantId: stage.tenantId });
const queue = (stage: Stage, personId: PersonId, text: 'joined' | 'declined' = 'joined', subjectKey = 'ask') =>
  stage.tx((tx) =>
    queueMessage(tx, {
      tenantId: stage.tenantId,
      salt: 'salt',
      personId,
      subjectKey,
      data: { kind: 'done', text },
      notBefore: stage.clock.now(),
      now: stage.clock.now(),
    }),
  );
const read = (stage: Stage) =>
  stage.tx((tx) =>
    tx
      .selectFrom('messages')
      .select(['state', 'code', 'attempts', 'activityId', 'revision', 'shownRevision', 'notBefore'])
      .orderBy('createdAt')
      .execute(),
  );
const reader = async (stage: Stage): Promise<PersonId> => {
  const personId = newId() as PersonId;
  await openChat(stage, personId);
  return personId;
};

test('a card is sent once, in the reader’s language and zone', async () => {
  const stage = await setStage(db());
  const who = await participant(stage, await cohort(stage), 'mentor');
  await stage.tx((tx) => tx.updateTable('participants').set({ locale: 'pl' }).execute());
  await queue(stage, who.personId);
  await run(stage);
  await run(stage);
  expect(stage.messenger.sent).toMatchObject([{ conversationId: who.personId, message: { text: 'joined' } }]);
  expect(stage.messenger.calls[0]!.args[2]).toMatchObject({ card: { locale: 'pl', timeZone: 'Europe/Rome' } });
  expect(await read(stage)).toMatchObject([{ state: 'sent', activityId: 'activity-1', shownRevision: 1 }]);
});

test('what says something else by now is replaced, not sent again', async () => {
  const stage = await setStage(db());
  const who = await reader(stage);
  await queue(stage, who);
  await run(stage);
  await queue(stage, who, 'declined');
  await run(stage);
  expect(stage.messenger.sent).toHaveLength(1);
  expect(stage.messenger.updated).toMatchObject([{ activityId: 'activity-1', message: { text: 'declined' } }]);
  expect(await read(stage)).toMatchObject([{ state: 'sent', revision: 2, shownRevision: 2 }]);
});

test('what changes while it is on its way is replaced right afterwards', async () => {
  const stage = await setStage(db());
  const who = await reader(stage);
  await queue(stage, who);
  stage.messenger.script('sendCard', async (go) => {
    await queue(stage, who, 'declined');
    return go();
  });
  expect(await run(stage)).not.toBeNull();
  await run(stage);
  expect(stage.messenger.sent).toMatchObject([{ message: { text: 'joined' } }]);
  expect(stage.messenger.updated).toMatchObject([{ message: { text: 'declined' } }]);
});

describe('outside the reader’s working day', () => {
  const EVENING = parseInstant('2026-10-02T21:00:00Z');
  const MONDAY = parseInstant('2026-10-05T07:00:00Z');
  const remind = (stage: Stage, personId: PersonId, isReminder: boolean) =>
    stage.tx((tx) =>
      queueMessage(tx, {
        tenantId: stage.tenantId,
        salt: 'salt',
        personId,
        subjectKey: 'ask',
        data: { kind: 'goals', cohortId: newId(), programName: 'Reverse mentoring', isReminder },
        notBefore: stage.clock.now(),
        now: stage.clock.now(),
      }),
    );

  test('a reminder that was held up until then waits for the next working morning (F1)', async () => {
    const stage = await setStage(db());
    const who = await participant(stage, await cohort(stage), 'mentee');
    stage.clock.set(parseInstant('2026-10-02T07:00:00Z'));
    await remind(stage, who.personId, true);
    // Teams is away from Friday morning until the evening.
    stage.messenger.script('sendCard', { outcome: 'later', notBefore: EVENING, code: 'HTTP 503' });
    await run(stage);
    expect(stage.messenger.count('sendCard')).toBe(1);
    stage.clock.set(plus(EVENING, HOUR));
    expect(await run(stage)).toBe(MONDAY);
    expect(stage.messenger.sent).toEqual([]);
    stage.clock.set(MONDAY);
    await run(stage);
    expect(stage.messenger.sent).toMatchObject([{ message: { isReminder: true } }]);
  });

  test('an executive is not asked about a session, and what is no reminder goes out', async () => {
    const stage = await setStage(db());
    const who = await participant(stage, await cohort(stage), 'mentee');
    stage.clock.set(EVENING);
    await stage.tx((tx) =>
      queueMessage(tx, {
        tenantId: stage.tenantId,
        salt: 'salt',
        personId: who.personId,
        subjectKey: 'feedback',
        data: {
          kind: 'feedbackMentee',
          sessionId: newId(),
          partnerName: 'Mia Mentor',
          start: START,
          number: 1,
          of: 6,
          nextTopics: [],
          isReminder: false,
          given: null,
        },
        notBefore: stage.clock.now(),
        now: stage.clock.now(),
      }),
    );
    await remind(stage, who.personId, false);
    await run(stage);
    expect(stage.messenger.sent).toMatchObject([{ message: { kind: 'goals' } }]);
    stage.clock.set(MONDAY);
    await run(stage);
    expect(stage.messenger.sent.at(-1)).toMatchObject({ message: { kind: 'feedbackMentee' } });
  });
});

describe('a person who cannot be written to', () => {
  test('without a chat is waited for, and after two days finds everything in the tab', async () => {
    const stage = await setStage(db());
    const who = newId() as PersonId;
    await queue(stage, who);
    expect(await run(stage)).toBe(plus(START, 10 * MINUTE));
    stage.clock.advance(HOUR);
    await openChat(stage, who);
    await run(stage);
    expect(stage.messenger.sent).toHaveLength(1);
    const never = newId() as PersonId;
    await queue(stage, never);
    for (let hour = 0; hour <= 48; hour++) {
      await run(stage);
      stage.clock.advance(HOUR);
    }
    expect(await read(stage)).toMatchObject([{ state: 'sent' }, { state: 'undeliverable', code: 'noChat' }]);
    expect(await run(stage)).toBeNull();
  });

  test('who blocked the bot is asked nothing more, and nothing is tried again (F61)', async () => {
    const stage = await setStage(db());
    const who = await reader(stage);
    await queue(stage, who);
    await queue(stage, who, 'joined', 'second');
    stage.messenger.script('sendCard', refused('forbidden', 403, 'MessageWritesBlocked'));
    await run(stage);
    await run(stage);
    expect(stage.messenger.count('sendCard')).toBe(1);
    expect((await read(stage)).map((row) => row.state)).toEqual(['undeliverable', 'undeliverable']);
  });

  test('who said "stop" gets nothing until they say "start"', async () => {
    const stage = await setStage(db());
    const who = await reader(stage);
    await setStopped(stage, { tenantId: stage.tenantId, personId: who, isStopped: true });
    await queue(stage, who);
    await run(stage);
    await setStopped(stage, { tenantId: stage.tenantId, personId: who, isStopped: false });
    await queue(stage, who, 'joined', 'later');
    await run(stage);
    expect(stage.messenger.sent).toHaveLength(1);
    expect((await read(stage)).map(({ state, code }) => [state, code])).toEqual(
      expect.arrayContaining([
        ['undeliverable', 'stopped'],
        ['sent', null],
      ]),
    );
  });

  test('of a tenant that has stopped all writes waits (R10)', async () => {
    const stage = await setStage(db());
    const who = await reader(stage);
    await queue(stage, who);
    await stage.tx((tx) => tx.updateTable('tenants').set({ writesStopped: true }).execute());
    await run(stage);
    expect(stage.messenger.calls).toEqual([]);
    expect((await read(stage))[0]!.state).toBe('planned');
  });
});

describe('what goes wrong', () => {
  test('a wait is obeyed in full', async () => {
    const stage = await setStage(db());
    const who = await reader(stage);
    await queue(stage, who);
    stage.messenger.script('sendCard', { outcome: 'later', notBefore: plus(START, 17_000), code: 'HTTP 429' });
    const due = (await run(stage))!;
    expect(due).toBeGreaterThanOrEqual(plus(START, 17_000));
    expect(due).toBeLessThanOrEqual(plus(START, 18_000));
    stage.clock.set(plus(due, -1));
    await run(stage);
    expect(stage.messenger.sent).toEqual([]);
    stage.clock.set(due);
    await run(stage);
    expect(stage.messenger.sent).toHaveLength(1);
  });

  test('a card of unknown outcome is sent once more, and twelve attempts are enough', async () => {
    const stage = await setStage(db());
    const who = await reader(stage);
    await queue(stage, who);
    stage.messenger.script(
      'sendCard',
      ...Array.from({ length: 30 }, () => ({ outcome: 'unknown' as const, notBefore: START, code: 'HTTP 502' })),
    );
    for (let i = 0; i < 20; i++) {
      await run(stage);
      stage.clock.advance(16 * MINUTE);
    }
    expect(stage.messenger.count('sendCard')).toBe(12);
    expect(await read(stage)).toMatchObject([{ state: 'undeliverable', code: 'HTTP 502' }]);
  });

  test('waits of our own grow, differ from card to card, and end nothing for two days', async () => {
    const stage = await setStage(db());
    for (let i = 0; i < 3; i++) await queue(stage, await reader(stage));
    const later = (): { outcome: 'later'; notBefore: Instant; code: string } => ({
      outcome: 'later',
      notBefore: stage.clock.now(),
      code: 'Http503',
    });
    stage.messenger.script('sendCard', ...Array.from({ length: 75 }, () => later));
    const waits: number[][] = [];
    for (let i = 0; i < 25; i++) {
      await run(stage);
      const rows = await read(stage);
      waits.push(rows.map(({ notBefore }) => notBefore - stage.clock.now()));
      stage.clock.set(Math.max(...rows.map(({ notBefore }) => notBefore)) as Instant);
    }
    for (const [failures, ofCards] of waits.entries()) {
      const whole = Math.min(15 * MINUTE, 1_000 * 2 ** (failures + 1));
      for (const wait of ofCards) expect(wait).toBeGreaterThanOrEqual(whole / 2);
      for (const wait of ofCards) expect(wait).toBeLessThanOrEqual(whole);
      expect(new Set(ofCards).size).toBe(3);
    }
    await run(stage);
    expect(stage.messenger.sent).toHaveLength(3);
  });

  test('our own pace is no attempt', async () => {
    const stage = await setStage(db());
    const who = await reader(stage);
    await queue(stage, who);
    stage.messenger.script(
      'sendCard',
      ...Array.from({ length: 15 }, () => ({ outcome: 'later' as const, notBefore: START, code: 'Paced' })),
    );
    for (let i = 0; i < 16; i++) {
      await run(stage);
      stage.clock.advance(1_000);
    }
    expect(stage.messenger.sent).toHaveLength(1);
  });

  test('a process that dies while sending: the card goes out when the lease has run out', async () => {
    const stage = await setStage(db());
    const who = await reader(stage);
    await queue(stage, who);
    stage.messenger.script('sendCard', () => Promise.reject(new Error('killed')));
    await expect(run(stage)).rejects.toThrow('killed');
    await run(stage);
    expect(stage.messenger.sent).toEqual([]);
    await stage.tx((tx) =>
      tx
        .updateTable('messages')
        .set({ leaseUntil: at(plus(START, -DAY)) })
        .execute(),
    );
    await run(stage);
    expect(stage.messenger.sent).toHaveLength(1);
  });

  test('no more than 25 cards go out in one second (F57)', async () => {
    const stage = await setStage(db());
    for (let i = 0; i < 30; i++) await queue(stage, await reader(stage));
    expect(await run(stage)).toBe(plus(START, 1000));
    expect(stage.messenger.sent).toHaveLength(25);
    stage.clock.advance(999);
    await run(stage);
    expect(stage.messenger.sent).toHaveLength(25);
    stage.clock.advance(1);
    await run(stage);
    expect(stage.messenger.sent).toHaveLength(30);
  });

  test('what was never sent takes no place', async () => {
    const stage = await setStage(db());
    for (let i = 0; i < 25; i++) await queue(stage, newId() as PersonId);
    await run(stage);
    await queue(stage, await reader(stage));
    await run(stage);
    expect(stage.messenger.sent).toHaveLength(1);
  });
});

describe('the chat', () => {
  const installed = (stage: Stage, personId: PersonId, isInstall = true) =>
    rememberConversation(stage, {
      tenantId: stage.tenantId,
      personId,
      conversationId: `chat of ${personId}`,
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      locale: 'it',
      isInstall,
    });

  test('is welcomed once, also when the app comes back', async () => {
    const stage = await setStage(db());
    const who = newId() as PersonId;
    await installed(stage, who);
    await installed(stage, who);
    await run(stage);
    await forgetConversation(stage, { tenantId: stage.tenantId, personId: who });
    await queue(stage, who);
    await run(stage);
    await installed(stage, who);
    await queue(stage, who, 'joined', 'after');
    await run(stage);
    expect(stage.messenger.sent.map(({ message }) => message.kind)).toEqual(['welcome', 'done']);
    expect(stage.messenger.calls[0]!.args[2]).toMatchObject({ card: { locale: 'it' } });
  });

  test('knows the next session that stands, and the reader’s language and zone', async () => {
    const stage = await setStage(db());
    const { mentor, mentee, sessions } = await bookedPair(stage);
    const { tenantId } = stage;
    expect(await findNextSession(stage, { tenantId, personId: mentor.personId })).toEqual({
      partnerName: mentee.displayName,
      start: sessions[0]!.startsAt,
    });
    await stage.tx((tx) => tx.updateTable('sessions').set({ state: 'cancelled' }).where('number', '=', 1).execute());
    expect(await findNextSession(stage, { tenantId, personId: mentee.personId })).toEqual({
      partnerName: mentor.displayName,
      start: sessions[1]!.startsAt,
    });
    expect(await findNextSession(stage, { tenantId, personId: newId() as PersonId })).toBeNull();
    expect(await findReader(stage, { tenantId, personId: mentor.personId })).toEqual({
      locale: 'en',
      timeZone: 'Europe/Rome',
    });
    expect(await findReader(stage, { tenantId, personId: newId() as PersonId })).toEqual({
      locale: null,
      timeZone: null,
    });
  });
});
