import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import {
  claimWrites,
  keepWrite,
  nextWriteDue,
  pauseMailbox,
  planWrite,
  settleWrite,
  takeMailboxBudget,
} from '../../../server/db/calendar-writes.ts';
import {
  claimMessages,
  closeQuestion,
  dropMessage,
  keepMessage,
  nextMessageDue,
  queueMessage,
  settleMessage,
} from '../../../server/db/messages.ts';
import type { Database, TenantTransaction } from '../../../server/db/schema.ts';
import { inTenant } from '../../../server/db/tenancy.ts';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { HOUR, MINUTE, plus } from '../../../server/domain/time/instant.ts';
import { addTenant, useDatabase, type OpenForTest } from '../../make/database.ts';
import { newId } from '../../make/person.ts';
import { START } from '../../make/server.ts';

const SALT = 'salt';

/** Due work is taken by one worker at a time, on any database that we run on. */
export function describeClaims(open: OpenForTest): void {
  const db = useDatabase(open);
  const in1 = <T>(tenantId: TenantId, work: (tx: TenantTransaction) => Promise<T>, on: Database = db()): Promise<T> =>
    inTenant(on, tenantId, work);
  const expireLeases = (tenantId: TenantId, table: 'calendar_writes' | 'messages') =>
    in1(tenantId, (tx) =>
      sql`update ${sql.table(table)} set lease_until = clock_timestamp() - interval '1 second' where state = 'sending'`.execute(
        tx,
      ),
    );

  describe('calendar writes', () => {
    const plan = (tenantId: TenantId, number: number, seriesId = newId()) =>
      in1(tenantId, (tx) =>
        planWrite(tx, {
          tenantId,
          salt: SALT,
          organizerId: newId() as PersonId,
          seriesId,
          sessionId: null,
          kind: 'create',
          now: plus(START, number),
        }),
      );
    const claim = (tenantId: TenantId, most = 10, now = plus(START, HOUR)) =>
      in1(tenantId, (tx) => claimWrites(tx, now, most));

    test('the same intent is kept once', async () => {
      const tenantId = await addTenant(db());
      const seriesId = newId();
      await plan(tenantId, 1, seriesId);
      await plan(tenantId, 2, seriesId);
      expect(await claim(tenantId)).toHaveLength(1);
    });

    test('what is not due yet is left alone, and named as the next', async () => {
      const tenantId = await addTenant(db());
      await plan(tenantId, 5000);
      expect(await claim(tenantId, 10, plus(START, 4999))).toEqual([]);
      expect(await in1(tenantId, nextWriteDue)).toBe(plus(START, 5000));
      expect(await claim(tenantId, 10, plus(START, 5000))).toHaveLength(1);
      expect(await in1(tenantId, nextWriteDue)).toBeNull();
    });

    test('many claimers at once never take one row twice, and leave none', async () => {
      const tenantId = await addTenant(db());
      for (let i = 0; i < 40; i++) await plan(tenantId, i);
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim(tenantId, 7)));
      const taken = claims.flat().map((write) => write.writeId);
      expect(new Set(taken).size).toBe(taken.length);
      const rest: string[] = [];
      for (let more = await claim(tenantId); more.length > 0; more = await claim(tenantId))
        rest.push(...more.map((write) => write.writeId));
      expect(new Set([...taken, ...rest]).size).toBe(40);
    });

    test('a lease that ran out may have been sent: it comes back as unknown, and the late worker can settle nothing', async () => {
      const tenantId = await addTenant(db());
      await plan(tenantId, 1);
      const [first] = await claim(tenantId);
      expect(await claim(tenantId)).toEqual([]);
      await expireLeases(tenantId, 'calendar_writes');
      const [second] = await claim(tenantId);
      expect([first!.was, second!.was]).toEqual(['planned', 'unknown']);
      expect(await in1(tenantId, (tx) => keepWrite(tx, first!))).toBe(false);
      expect(await in1(tenantId, (tx) => settleWrite(tx, first!, { state: 'confirmed', now: START }))).toBe(false);
      expect(await in1(tenantId, (tx) => keepWrite(tx, second!))).toBe(true);
      expect(await in1(tenantId, (tx) => settleWrite(tx, second!, { state: 'confirmed', now: START }))).toBe(true);
    });

    test('a lease that is kept does not run out', async () => {
      const tenantId = await addTenant(db());
      await plan(tenantId, 1);
      const [write] = await claim(tenantId);
      await expireLeases(tenantId, 'calendar_writes');
      await in1(tenantId, (tx) => keepWrite(tx, write!));
      expect(await claim(tenantId)).toEqual([]);
    });

    test('the mailbox budget holds although many count at once', async () => {
      const tenantId = await addTenant(db());
      const mailboxId = newId() as PersonId;
      const take = (messages: number, now = START) =>
        in1(tenantId, (tx) =>
          takeMailboxBudget(tx, { tenantId, mailboxId, writeId: newId(), attempt: 1, messages, now }),
        );
      const results = await Promise.all(Array.from({ length: 8 }, () => take(10)));
      expect(results.filter((result) => result.ok)).toHaveLength(2);
      expect(results.find((result) => !result.ok)).toEqual({ ok: false, notBefore: plus(START, MINUTE) });
      expect(await take(10, plus(START, MINUTE))).toEqual({ ok: true });
      // More than the whole budget goes alone, else it would never go.
      expect(await take(40, plus(START, HOUR))).toEqual({ ok: true });
    });

    test('a pause is never shortened', async () => {
      const tenantId = await addTenant(db());
      const mailboxId = newId() as PersonId;
      await in1(tenantId, (tx) => pauseMailbox(tx, tenantId, mailboxId, plus(START, HOUR)));
      await in1(tenantId, (tx) => pauseMailbox(tx, tenantId, mailboxId, plus(START, MINUTE)));
      const now = plus(START, HOUR - 1);
      const input = { tenantId, mailboxId, writeId: newId(), attempt: 1, messages: 1, now };
      expect(await in1(tenantId, (tx) => takeMailboxBudget(tx, input))).toEqual({
        ok: false,
        notBefore: plus(START, HOUR),
      });
    });
  });

  describe('messages', () => {
    const queue = (
      tenantId: TenantId,
      personId: PersonId,
      subjectKey: string,
      text: 'joined' | 'declined' = 'joined',
    ) =>
      in1(tenantId, (tx) =>
        queueMessage(tx, {
          tenantId,
          salt: SALT,
          personId,
          subjectKey,
          data: { kind: 'done', text },
          notBefore: START,
          now: START,
        }),
      );
    const claim = (tenantId: TenantId, most = 10) => in1(tenantId, (tx) => claimMessages(tx, START, most));
    const read = (tenantId: TenantId) =>
      in1(tenantId, (tx) =>
        tx
          .selectFrom('messages')
          .select(['subjectKey', 'state', 'revision', 'shownRevision', 'data', 'activityId'])
          .orderBy('subjectKey')
          .execute(),
      );
    const send = async (tenantId: TenantId) => {
      for (const message of await claim(tenantId)) {
        await in1(tenantId, (tx) =>
          settleMessage(tx, message, {
            state: 'sent',
            activityId: `a-${message.messageId}`,
            shownRevision: message.revision,
            sentAt: START,
          }),
        );
      }
    };

    test('many claimers at once never take one row twice', async () => {
      const tenantId = await addTenant(db());
      for (let i = 0; i < 40; i++) await queue(tenantId, newId() as PersonId, 'welcome');
      const taken = (await Promise.all(Array.from({ length: 8 }, () => claim(tenantId, 5))))
        .flat()
        .map((message) => message.messageId);
      expect(taken).toHaveLength(40);
      expect(new Set(taken).size).toBe(40);
    });

    test('a message whose lease ran out is taken again, and the late worker can neither keep nor settle it', async () => {
      const tenantId = await addTenant(db());
      await queue(tenantId, newId() as PersonId, 'welcome');
      const [first] = await claim(tenantId);
      expect(await claim(tenantId)).toEqual([]);
      await expireLeases(tenantId, 'messages');
      const [second] = await claim(tenantId);
      expect(second!.messageId).toBe(first!.messageId);
      expect(await in1(tenantId, (tx) => keepMessage(tx, first!))).toBe(false);
      expect(await in1(tenantId, (tx) => settleMessage(tx, first!, { state: 'sent' }))).toBe(false);
      expect(await in1(tenantId, (tx) => keepMessage(tx, second!))).toBe(true);
      expect(await in1(tenantId, (tx) => settleMessage(tx, second!, { state: 'sent', activityId: 'a' }))).toBe(true);
    });

    test('one that is being sent is due again when its lease runs out', async () => {
      const tenantId = await addTenant(db());
      await queue(tenantId, newId() as PersonId, 'ask');
      await claim(tenantId);
      const due = async (): Promise<number> => (await in1(tenantId, (tx) => nextMessageDue(tx, START)))! - START;
      expect(await due()).toBeGreaterThan(MINUTE);
      expect(await due()).toBeLessThanOrEqual(2 * MINUTE);
      await expireLeases(tenantId, 'messages');
      expect(await due()).toBe(1_000);
    });

    test('one card per person and subject: queued again it becomes a revision', async () => {
      const tenantId = await addTenant(db());
      const personId = newId() as PersonId;
      await queue(tenantId, personId, 'ask');
      await send(tenantId);
      expect(await in1(tenantId, (tx) => nextMessageDue(tx, START))).toBeNull();
      await queue(tenantId, personId, 'ask', 'declined');
      expect(await read(tenantId)).toMatchObject([
        { state: 'planned', revision: 2, shownRevision: 1, data: { text: 'declined' } },
      ]);
    });

    test('a card that changes while it is on its way keeps its state, and the change is not lost', async () => {
      const tenantId = await addTenant(db());
      const personId = newId() as PersonId;
      await queue(tenantId, personId, 'ask');
      const [message] = await claim(tenantId);
      await queue(tenantId, personId, 'ask', 'declined');
      expect(await read(tenantId)).toMatchObject([{ state: 'sending', revision: 2 }]);
      expect(message!.revision).toBe(1);
    });

    test('a dropped card was never sent; one that was sent cannot be dropped', async () => {
      const tenantId = await addTenant(db());
      const personId = newId() as PersonId;
      await queue(tenantId, personId, 'sent');
      await send(tenantId);
      await queue(tenantId, personId, 'sent', 'declined');
      await queue(tenantId, personId, 'waiting');
      for (const key of ['sent', 'waiting']) await in1(tenantId, (tx) => dropMessage(tx, personId, key));
      expect((await read(tenantId)).map(({ subjectKey, state }) => [subjectKey, state])).toEqual([
        ['sent', 'planned'],
        ['waiting', 'dropped'],
      ]);
    });

    test('closing a question replaces its reminder too, and drops one that was never sent', async () => {
      const tenantId = await addTenant(db());
      const personId = newId() as PersonId;
      for (const key of ['match:1', 'match:1:reminder', 'match:12']) await queue(tenantId, personId, key);
      await send(tenantId);
      await queue(tenantId, personId, 'match:1:second reminder');
      await in1(tenantId, (tx) =>
        closeQuestion(tx, {
          tenantId,
          salt: SALT,
          personId,
          subjectKey: 'match:1',
          data: { kind: 'done', text: 'mentorAgreed' },
          now: START,
        }),
      );
      const rows = (await read(tenantId)).map(({ subjectKey, state, data }) => [
        subjectKey,
        state,
        'text' in data ? data.text : '',
      ]);
      expect(Object.fromEntries(rows.map(([key, ...rest]) => [key, rest]))).toEqual({
        'match:1': ['planned', 'mentorAgreed'],
        'match:1:reminder': ['planned', 'mentorAgreed'],
        'match:1:second reminder': ['dropped', 'mentorAgreed'],
        'match:12': ['sent', 'joined'],
      });
    });
  });

  describe('values', () => {
    test('come back as they went in: instants, dates, JSON, big and small numbers', async () => {
      const tenantId = await addTenant(db());
      const precise = plus(START, 123);
      const { rows } = await in1(tenantId, (tx) =>
        sql<
          Record<string, unknown>
        >`select ${new Date(precise)}::timestamptz as instant, '1969-07-20 20:17:40.5+00'::timestamptz as past,
          '2026-10-25'::date as day, 42::int8 as small, 9007199254740993::int8 as big, count(*) as n, '{"a_b": {"c_d": [1]}}'::jsonb as data from tenants`.execute(
          tx,
        ),
      );
      expect(rows[0]).toEqual({
        instant: precise,
        past: Date.parse('1969-07-20T20:17:40.500Z'),
        day: '2026-10-25',
        small: 42,
        big: 9007199254740993n,
        n: 1,
        data: { a_b: { c_d: [1] } },
      });
    });
  });
}
