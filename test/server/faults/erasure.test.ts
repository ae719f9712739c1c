import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { MadePair } from '../../make/pair.ts';
import { newId } from '../../make/person.ts';
import { companyRoles } from '../../../server/sandbox/people/company-roles.ts';
import { creates } from './record-calls.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE, SECOND } from './units.ts';

/* Somebody wants to be erased while work about them is under way, and nothing brings them back (reliability.md F40). */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterEach(async () => {
  expect(await stage.violations()).toEqual([]);
});
afterAll(() => stage.close());

const XENIA = { displayName: 'Xenia Żółć-Erased' };
const erase = async (personId: string): Promise<void> => {
  expect(await stage.ask(personId, 'POST', '/api/me/erasure')).toMatchObject({ status: 200 });
};

/** Where in all rows of the tenant something of the person is still written. */
async function tracesOf({ personId, mail }: MadePair['mentee']): Promise<string[]> {
  return stage.rows.tx(async (tx) => {
    const tables = await sql<{ name: string }>`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'tenant_id'`.execute(tx);
    const found: string[] = [];
    for (const { name } of tables.rows)
      for (const text of [personId, mail!, XENIA.displayName]) {
        const row = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)} as r
          where position(${text.toLowerCase()} in lower(r::text)) > 0`.execute(tx);
        if (row.rows[0]!.n > 0) found.push(`${name}: ${text}`);
      }
    expect(tables.rows.length).toBeGreaterThan(20);
    return found;
  });
}

/** What tells of the person again: the chat, the directory, as somebody nominated and as somebody's manager. */
async function tellAgain({ mentee, mentor }: MadePair): Promise<void> {
  const { world } = stage.sandbox;
  world.people.get(mentee.personId)!.jobTitle = 'Changed';
  world.people.get(mentor.personId)!.managerId = mentee.personId;
  const other = stage.hire('Olga Other');
  const group = (name: string, memberIds: string[]): string => {
    const id = newId();
    world.groups.set(id, { id, displayName: name, mail: null, mailEnabled: false, securityEnabled: true, memberIds });
    return id;
  };
  const [administrator] = companyRoles(world).administrators;
  const { status } = await stage.ask(administrator!, 'POST', '/api/admin/cohorts', {
    programName: 'Another',
    cohortName: mentor.personId,
    menteeGroupId: group('Executives', [mentee.personId, other.personId]),
    mentorGroupId: group('Volunteers', [mentor.personId]),
    safeContact: world.people.get(companyRoles(world).ombudspersonId)!.mail,
  });
  expect(status).toBe(200);
  await stage.sandbox.world.chats.install(mentee.personId);
  await stage.sandbox.world.chats.say(mentee.personId, 'hello');
  await stage.pass(7 * HOUR);
}

/* First, while the administrator's pages still show the cohort that it is in. */
it('a day later nobody finds the person: in no row, no log, no export or page of others, no meeting to come (88)', async () => {
  const made = await stage.book({ mentee: XENIA, hasChats: true, count: 3 });
  const [first] = (await stage.records()).sessions.filter(({ pairId }) => pairId === made.pairId);
  await stage.clock.advanceTo(first!.endsAt + 10 * MINUTE);
  const answer = { tookPlace: true, usefulness: 2, note: 'Xenia was here', noteReader: 'programTeamNamed' };
  const path = `/api/sessions/${first!.sessionId}/feedback`;
  expect((await stage.ask(made.mentee.personId, 'POST', path, answer)).status).toBe(200);
  const [administrator = ''] = companyRoles(stage.sandbox.world).administrators;
  const texts = async (): Promise<string> => {
    const replies = await Promise.all([
      stage.ask(administrator, 'GET', '/api/admin/overview'),
      stage.ask(administrator, 'GET', '/api/admin/export'),
      stage.ask(made.mentor.personId, 'GET', '/api/home'),
      stage.ask(made.mentor.personId, 'GET', '/api/me/export'),
      stage.ask(made.mentor.personId, 'GET', `/api/sessions/${first!.sessionId}`),
    ]);
    expect(replies.slice(0, 4).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    return JSON.stringify(replies);
  };
  const toCome = async (ownerId: string) =>
    (await stage.datesOf(made.pairId, ownerId)).filter((item) => item.start > stage.clock.now() && !item.isCancelled);
  const { personId, mail } = made.mentee;
  const words = [personId, mail!, XENIA.displayName, 'Xenia was here'];
  const before = await texts();
  for (const word of [personId, XENIA.displayName, 'Xenia was here']) expect(before).toContain(word);
  expect(await toCome(stage.mailboxId)).toHaveLength(2);
  await erase(personId);
  await stage.pass(DAY);
  expect(await tracesOf(made.mentee)).toEqual([]);
  const after = await texts();
  for (const word of words) expect(after).not.toContain(word);
  for (const word of words) expect(stage.log().join('')).not.toContain(word);
  for (const ownerId of [stage.mailboxId, made.mentor.personId, personId]) expect(await toCome(ownerId)).toEqual([]);
});

it('F40: a booking is under way: finished, then cancelled, then the person is nowhere', async () => {
  const made = await stage.propose({ mentee: XENIA, hasChats: true });
  stage.fault({
    match: { method: 'POST', path: /\/events$/i, body: /transactionId/ },
    fault: { kind: 'status', status: 504, when: 'after', retryAfterSeconds: null },
    times: 1,
  });
  await stage.agree(made);
  await stage.pass(SECOND / 2);
  const [series] = (await stage.records()).series.filter(({ pairId }) => pairId === made.pairId);
  expect(['sending', 'unknown', 'planned']).toContain(series!.state);
  expect(await tracesOf(made.mentee)).not.toEqual([]);
  await erase(made.mentee.personId);
  await stage.pass(5 * HOUR);
  expect(creates(stage.calls, series!.key)).toHaveLength(1);
  expect(await stage.eventsOf(made.pairId)).toEqual([]);
  expect(await tracesOf(made.mentee)).toEqual([]);
  await tellAgain(made);
  expect(await tracesOf(made.mentee)).toEqual([]);
  // The other one still finds their own page.
  expect((await stage.ask(made.mentor.personId, 'GET', '/api/home')).status).toBe(200);
  expect((await stage.ask(made.mentee.personId, 'GET', '/api/home')).body).toMatchObject({ pairs: [] });
});

it('F40: a booking that waits is cancelled, and never sent', async () => {
  const made = await stage.propose({ mentee: XENIA });
  const stop = (writesStopped: boolean) =>
    stage.rows.tx((tx) => tx.updateTable('tenants').set({ writesStopped }).execute());
  await stop(true);
  await stage.agree(made);
  const [series] = (await stage.records()).series.filter(({ pairId }) => pairId === made.pairId);
  await erase(made.mentee.personId);
  await stop(false);
  await stage.pass(5 * HOUR);
  expect(creates(stage.calls, series!.key)).toEqual([]);
  expect(await tracesOf(made.mentee)).toEqual([]);
});

it.each(['a time that was taken', 'a refusal'])(
  'F40: a booking is under way and comes to %s: nobody is proposed anew, then the person is nowhere',
  async (what) => {
    const made = await stage.propose({ mentee: XENIA, hasChats: true });
    const create = { method: 'POST', path: /\/events$/i, body: /transactionId/ };
    stage.fault({
      match: create,
      fault: { kind: 'status', status: 504, when: 'before', retryAfterSeconds: null },
      times: 1,
    });
    await stage.agree(made);
    await stage.pass(2 * SECOND);
    const [series] = (await stage.records()).series.filter(({ pairId }) => pairId === made.pairId);
    expect(creates(stage.calls, series!.key)).toHaveLength(1);
    await erase(made.mentee.personId);
    if (what === 'a refusal')
      stage.fault({ match: create, fault: { kind: 'status', status: 400, when: 'before', retryAfterSeconds: null } });
    else
      stage.sandbox.world.exchange.add(made.mentor.personId, {
        subject: 'Dentist',
        start: series!.firstStart,
        minutes: 60,
        zone: 'Europe/Rome',
        showAs: 'busy',
      });
    await stage.pass(DAY);
    expect((await stage.records()).pairs.find(({ pairId }) => pairId === made.pairId)!.state).toBe('closed');
    expect(await stage.eventsOf(made.pairId)).toEqual([]);
    expect(await tracesOf(made.mentee)).toEqual([]);
    const proposals = await stage.rows.tx((tx) =>
      tx.selectFrom('proposals').select('generation').where('pairId', '=', made.pairId).execute(),
    );
    expect(proposals).toHaveLength(1);
  },
);

it('F40: a series stands: cancelled once, the partner is told, and feedback that was given still counts', async () => {
  const made = await stage.book({ mentee: XENIA, hasChats: true, count: 2 });
  const [first] = (await stage.records()).sessions.filter(({ pairId }) => pairId === made.pairId);
  await stage.clock.advanceTo(first!.endsAt + 10 * MINUTE);
  const body = { tookPlace: true, usefulness: 5, note: 'Xenia was here', noteReader: 'partner' };
  const path = `/api/sessions/${first!.sessionId}/feedback`;
  expect((await stage.ask(made.mentee.personId, 'POST', path, body)).status).toBe(200);
  await erase(made.mentee.personId);
  await stage.pass(DAY);
  expect(await tracesOf(made.mentee)).toEqual([]);
  const kept = await stage.rows.tx((tx) =>
    tx.selectFrom('feedback').select(['usefulness', 'note']).where('sessionId', '=', first!.sessionId).execute(),
  );
  expect(kept).toEqual([{ usefulness: 5, note: null }]);
  const cards = JSON.stringify(stage.sandbox.world.chats.of(made.mentor.personId)?.activities ?? []);
  expect(cards).toContain('Xenia');
  await tellAgain(made);
  expect(await tracesOf(made.mentee)).toEqual([]);
});
