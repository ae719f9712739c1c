import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readAllPages } from '../../../server/graph/pages.ts';
import type { SandboxReply } from '../../../server/sandbox/http.ts';
import { runUntilDone } from './run-until-done.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { HOUR } from './units.ts';

/* What Graph answers to reads (reliability.md F8, F10, F11). */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterEach(async () => {
  expect(await stage.violations()).toEqual([]);
});
afterAll(() => stage.close());

/** The body of a page as Graph gave it, changed. */
const edit =
  (change: (body: Record<string, unknown>) => Record<string, unknown>) =>
  (real: SandboxReply | null): SandboxReply => ({ ...real!, body: change(real!.body as Record<string, unknown>) });

const syncLink = (): Promise<string | null> =>
  stage.rows.tx(
    async (tx) => (await tx.selectFrom('syncStates').select('deltaLink').executeTakeFirstOrThrow()).deltaLink,
  );

const removedPeople = (): Promise<unknown[]> =>
  stage.rows.tx((tx) => tx.selectFrom('people').select('personId').where('removedAt', 'is not', null).execute());

describe('F10: pages without end', () => {
  it('F10: a directory page that leads to itself ends the round: nothing of it is taken for the whole', async () => {
    const made = await stage.book();
    const link = await syncLink();
    const again = 'https://graph.microsoft.com/v1.0/users/delta?$skiptoken=round-and-round';
    const before = stage.calls.length;
    stage.fault({
      match: { method: 'GET', path: /\/users\/delta$/i },
      fault: {
        kind: 'reply',
        when: 'before',
        reply: () => ({ status: 200, body: { value: [], '@odata.nextLink': again } }),
      },
    });
    await stage.pass(4 * HOUR);
    const asked = stage.calls.slice(before).filter(({ path }) => path === '/users/delta');
    expect(asked.length).toBeGreaterThanOrEqual(2);
    // At most once in a quarter of an hour, two pages each.
    expect(asked.length).toBeLessThanOrEqual(2 * 17);
    expect(await syncLink()).toBe(link);
    expect(await removedPeople()).toEqual([]);
    expect(stage.log().join('')).toContain('graph paging is broken');
    expect((await stage.records()).sessions.filter(({ pairId }) => pairId === made.pairId)).toHaveLength(3);
  });

  it('F10: a calendar page that leads to itself takes no session for gone', async () => {
    const made = await stage.book();
    const before = stage.log().length;
    const again = `https://graph.microsoft.com/v1.0/users/${stage.mailboxId}/calendarView?$skip=0`;
    stage.fault({
      match: { method: 'GET', path: /\/calendarView$/i },
      fault: {
        kind: 'reply',
        when: 'before',
        reply: () => ({ status: 200, body: { value: [], '@odata.nextLink': again } }),
      },
    });
    await stage.pass(4 * HOUR);
    const sessions = (await stage.records()).sessions.filter(({ pairId }) => pairId === made.pairId);
    expect(sessions.map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
    expect(stage.log().slice(before).join('')).toContain('PagesRepeat');
  });

  it('F10: an empty page with a next link is only a page', async () => {
    const asked = await readGroups('page', (page) =>
      page === 1 ? { value: [], next: 2 } : { value: ['a'], next: null },
    );
    expect(asked).toMatchObject({ outcome: 'done', value: [{ id: 'a' }] });
  });

  it('F10: pages that never repeat and never end are cut at the cap, and nothing of them is used', async () => {
    const before = stage.log().length;
    const asked = await readGroups('endless', (page) => ({ value: [`group ${page}`], next: page + 1 }), 50);
    expect(asked).toMatchObject({ outcome: 'later', code: 'TooManyPages' });
    expect(stage.log().slice(before).join('')).toContain('graph paging is broken');
  });

  /** Reads pages that the sandbox makes up: what page n holds, and which comes next. */
  async function readGroups(
    name: string,
    pageOf: (page: number) => { value: string[]; next: number | null },
    pageCap?: number,
  ): Promise<unknown> {
    let page = 0;
    stage.fault({
      match: { method: 'GET', path: /\/groups$/i, query: new RegExp(name) },
      fault: {
        kind: 'reply',
        when: 'before',
        reply: () => {
          const { value, next } = pageOf(++page);
          const link =
            next === null ? {} : { '@odata.nextLink': `https://graph.microsoft.com/v1.0/groups?${name}=${next}` };
          return { status: 200, body: { value: value.map((id) => ({ id })), ...link } };
        },
      },
    });
    const paging = { path: `/groups?${name}=1`, item: z.object({ id: z.string() }), ...(pageCap ? { pageCap } : {}) };
    return runUntilDone(stage, readAllPages(stage.client(), paging));
  }
});

it('F11: the delta token is gone and the full round leaves somebody out: read whole, nobody taken for removed', async () => {
  const made = await stage.book();
  await stage.pass(4 * HOUR);
  const link = await syncLink();
  const before = stage.calls.length;
  stage.fault({
    match: { method: 'GET', path: /\/users\/delta$/i, query: /deltatoken/i },
    fault: {
      kind: 'reply',
      when: 'before',
      reply: () => ({ status: 410, body: { error: { code: 'resyncRequired', message: 'Please resynchronize.' } } }),
    },
    times: 1,
  });
  stage.fault({
    match: { method: 'GET', path: /\/users\/delta$/i, query: /select/i },
    fault: {
      kind: 'reply',
      when: 'after',
      reply: edit((body) => ({
        ...body,
        value: (body['value'] as { id: string }[]).filter(({ id }) => id !== made.mentor.personId),
      })),
    },
  });
  await stage.pass(4 * HOUR);
  const rounds = stage.calls.slice(before).filter(({ path }) => path === '/users/delta');
  expect(rounds.some(({ query }) => /select/i.test(query))).toBe(true);
  expect(await syncLink()).not.toBe(link);
  expect(await removedPeople()).toEqual([]);
  const people = await stage.rows.tx((tx) =>
    tx.selectFrom('people').select('personId').where('personId', '=', made.mentor.personId).execute(),
  );
  const sessions = (await stage.records()).sessions.filter(({ pairId }) => pairId === made.pairId);
  expect(people).toHaveLength(1);
  expect(sessions.every(({ state }) => state === 'booked')).toBe(true);
});
