import { describe, expect, test } from 'vitest';
import { loadParticipants, moveParticipant } from '../../../server/db/cohorts.ts';
import { loadPairs } from '../../../server/db/pairs.ts';
import { loadPeople, savePeople } from '../../../server/db/people.ts';
import type { Person, PersonId } from '../../../server/domain/people/person.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../server/domain/time/instant.ts';
import { advanceCohorts } from '../../../server/use-cases/matching/advance-cohorts.ts';
import { createCohort } from '../../../server/use-cases/people/create-cohort.ts';
import { answerInvitation } from '../../../server/use-cases/people/answer-invitation.ts';
import { learnLateMailboxes } from '../../../server/use-cases/people/learn-late-mailboxes.ts';
import { inviteParticipants } from '../../../server/use-cases/people/invite-participants.ts';
import { prepareParticipants, retryInstallations } from '../../../server/use-cases/people/prepare-participants.ts';
import { proposeMatches } from '../../../server/use-cases/matching/propose-matches.ts';
import { syncOrg } from '../../../server/use-cases/people/sync-org.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, pair, participant, readCohort } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { plainMatcher, refused, setStage, START, type Stage } from '../../make/server.ts';

const db = useDatabase();
const people = async (stage: Stage) => [...(await stage.tx((tx) => loadPeople(tx))).values()];
const syncState = (stage: Stage) =>
  stage.tx((tx) => tx.selectFrom('syncStates').select(['deltaLink', 'dueAt']).executeTakeFirst());

describe('the organization', () => {
  const sync = (stage: Stage) =>
    syncOrg(stage, { tenantId: stage.tenantId, programMailbox: stage.mailbox.mail!.toUpperCase() });
  /** A wanted analyst, the chain above, and colleagues who are only counted. */
  const company = async (stage: Stage) => {
    const chief = person('Chief', { department: 'Board' });
    const head = person('Head', { managerId: chief.personId });
    const analyst = person('Analyst', { managerId: head.personId });
    const others = Array.from({ length: 5 }, (_, i) => person(`Other ${i}`, { department: i < 3 ? 'Sales' : null }));
    const cohortId = await cohort(stage);
    await participant(stage, cohortId, 'mentor', analyst);
    await stage.tx((tx) => tx.deleteFrom('people').execute());
    stage.directory.people.push(...others, chief, analyst, head, stage.mailbox);
    return { chief, head, analyst, others };
  };

  test('is read in full first: wanted people, their managers and the program mailbox are kept, others counted', async () => {
    const stage = await setStage(db());
    const { chief, head, analyst } = await company(stage);
    await sync(stage);
    expect((await people(stage)).map((one) => one.personId).sort()).toEqual(
      [chief, head, analyst, stage.mailbox].map((one) => one.personId).sort(),
    );
    const counts = await stage.tx((tx) =>
      tx.selectFrom('departmentCounts').select(['department', 'people']).orderBy('department').execute(),
    );
    expect(counts).toEqual([
      { department: '', people: 2 },
      { department: 'Sales', people: 3 },
    ]);
    const tenant = await stage.tx((tx) =>
      tx.selectFrom('tenants').select('programMailboxId').executeTakeFirstOrThrow(),
    );
    expect(tenant.programMailboxId).toBe(stage.mailbox.personId);
    expect(await syncState(stage)).toEqual({ deltaLink: 'delta-1', dueAt: plus(START, 3 * HOUR) });
  });

  test('is not read before its time, and by delta when it is', async () => {
    const stage = await setStage(db());
    const { analyst } = await company(stage);
    await sync(stage);
    stage.clock.advance(3 * HOUR - 1);
    await sync(stage);
    expect(stage.directory.count('readChanges')).toBe(1);
    stage.clock.advance(1);
    stage.directory.script('readChanges', async () => {
      await (stage.directory.calls.at(-1)!.args[2] as (page: unknown[]) => Promise<void>)([
        { kind: 'person', person: { ...analyst, displayName: 'Renamed' } },
      ]);
      return { outcome: 'done' as const, value: { deltaLink: 'delta-2' } };
    });
    await sync(stage);
    expect(stage.directory.calls.at(-1)!.args[1]).toBe('delta-1');
    expect((await people(stage)).map((one) => one.displayName)).toContain('Renamed');
    expect(await people(stage)).toHaveLength(4);
  });

  test('half a round is never stored', async () => {
    const stage = await setStage(db());
    await company(stage);
    stage.directory.script('readChanges', async (go) => {
      await go();
      return { outcome: 'later' as const, notBefore: plus(START, MINUTE), code: 'HTTP 503' };
    });
    await sync(stage);
    expect(await people(stage)).toEqual([]);
    expect(await syncState(stage)).toEqual({ deltaLink: null, dueAt: plus(START, MINUTE) });
    stage.clock.advance(MINUTE);
    await sync(stage);
    expect(await people(stage)).toHaveLength(4);
  });

  test('whose delta link is too old is read in full again, and nobody is removed by absence (F11)', async () => {
    const stage = await setStage(db());
    const { analyst } = await company(stage);
    await sync(stage);
    stage.clock.advance(3 * HOUR);
    stage.directory.people.splice(stage.directory.people.indexOf(analyst), 1);
    stage.directory.script('readChanges', { outcome: 'reset' });
    await sync(stage);
    expect(stage.directory.calls.map((call) => call.args[1])).toEqual([null, 'delta-1', null]);
    const kept = (await people(stage)).find((one) => one.personId === analyst.personId);
    expect(kept).toMatchObject({ accountEnabled: true });
  });

  test('that is read while a cohort is created is read in full afterwards: a delta does not name the nominated', async () => {
    const stage = await setStage(db());
    const { others } = await company(stage);
    await sync(stage);
    const ids = [newId(), newId()] as const;
    stage.directory.groups.set(ids[0], { displayName: 'Executives', members: [others[0]!.personId] });
    stage.directory.groups.set(ids[1], { displayName: 'Volunteers', members: [others[1]!.personId] });
    const create = (cohortName: string) =>
      createCohort(stage, {
        tenantId: stage.tenantId,
        callerId: newId() as PersonId,
        body: {
          programName: 'P',
          cohortName,
          menteeGroupId: ids[0],
          mentorGroupId: ids[1],
          safeContact: others[2]!.mail!,
        },
      });
    for (const outcome of ['done', 'later'] as const) {
      stage.clock.advance(3 * HOUR);
      stage.directory.script('readChanges', async () => {
        await create(`while ${outcome}`);
        return outcome === 'done'
          ? { outcome, value: { deltaLink: 'delta-2' } }
          : { outcome, notBefore: stage.clock.now(), code: 'HTTP 503' };
      });
      await sync(stage);
      expect(await syncState(stage)).toEqual({ deltaLink: null, dueAt: stage.clock.now() });
      await sync(stage);
      expect((await people(stage)).map((one) => one.personId)).toEqual(
        expect.arrayContaining([others[0]!.personId, others[1]!.personId]),
      );
    }
  });

  test('somebody who left is marked the same day and kept for the retention clock', async () => {
    const stage = await setStage(db());
    const { analyst } = await company(stage);
    await sync(stage);
    stage.clock.advance(3 * HOUR);
    stage.directory.script('readChanges', async () => {
      await (stage.directory.calls.at(-1)!.args[2] as (page: unknown[]) => Promise<void>)([
        { kind: 'removed', personId: analyst.personId, forGood: true },
      ]);
      return { outcome: 'done' as const, value: { deltaLink: 'delta-2' } };
    });
    await sync(stage);
    const row = await stage.tx((tx) =>
      tx
        .selectFrom('people')
        .select(['accountEnabled', 'removedAt'])
        .where('personId', '=', analyst.personId)
        .executeTakeFirstOrThrow(),
    );
    expect(row).toEqual({ accountEnabled: false, removedAt: plus(START, 3 * HOUR) });
  });

  test('circles of managers and people who manage themselves are survived', async () => {
    const stage = await setStage(db());
    const { chief, head } = await company(stage);
    chief.managerId = head.personId;
    const self = person('Self');
    self.managerId = self.personId;
    stage.directory.people.push(self);
    await participant(stage, await cohort(stage), 'mentor', self);
    await sync(stage);
    expect(await people(stage)).toHaveLength(5);
  });
});

describe('a cohort', () => {
  const body = (menteeGroupId: string, mentorGroupId: string) => ({
    programName: 'Reverse mentoring',
    cohortName: `Cohort ${newId()}`,
    menteeGroupId,
    mentorGroupId,
    safeContact: SAFE.mail!,
  });
  const SAFE = person('Sara Safe');
  const groups = (stage: Stage, mentees: Person[], mentors: Person[]): [string, string] => {
    const ids: [string, string] = [newId(), newId()];
    if (!stage.directory.people.includes(SAFE)) stage.directory.people.push(SAFE);
    stage.directory.groups.set(ids[0], { displayName: 'Executives', members: mentees.map((one) => one.personId) });
    stage.directory.groups.set(ids[1], { displayName: 'Volunteers', members: mentors.map((one) => one.personId) });
    return ids;
  };
  const create = (stage: Stage, value: Parameters<typeof createCohort>[1]['body']) =>
    createCohort(stage, { tenantId: stage.tenantId, callerId: newId() as PersonId, body: value });

  test('is not opened for groups that are missing, empty or the same, nor in the past, nor twice; the field is named', async () => {
    const stage = await setStage(db());
    const [executives, volunteers] = groups(stage, [person()], [person()]);
    const [empty] = groups(stage, [], [person()]);
    const field = (path: string) => ({ code: 'badInput', details: { fields: [expect.objectContaining({ path })] } });
    await expect(create(stage, body(newId(), volunteers))).rejects.toMatchObject(field('menteeGroupId'));
    await expect(create(stage, body(executives, newId()))).rejects.toMatchObject(field('mentorGroupId'));
    await expect(create(stage, body(empty, volunteers))).rejects.toMatchObject(field('menteeGroupId'));
    await expect(create(stage, body(executives, executives))).rejects.toMatchObject(field('mentorGroupId'));
    await expect(create(stage, { ...body(executives, volunteers), startsOn: '2026-09-27' })).rejects.toMatchObject(
      field('startsOn'),
    );
    const value = body(executives, volunteers);
    await create(stage, value);
    await expect(create(stage, value)).rejects.toMatchObject(field('cohortName'));
  });

  test('is not opened while the directory does not answer', async () => {
    const stage = await setStage(db());
    const ids = groups(stage, [person()], [person()]);
    stage.directory.script('readMembers', { outcome: 'later' as const, notBefore: START, code: 'HTTP 503' });
    await expect(create(stage, body(...ids))).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('nominates both groups, an executive never as their own mentor, and writes to nobody', async () => {
    const stage = await setStage(db());
    const both = person();
    const ids = groups(stage, [person(), both], [person(), both, person()]);
    const made = await create(stage, body(...ids));
    expect(made).toMatchObject({ mentees: 2, mentors: 2 });
    expect(await readCohort(stage, made.cohortId)).toMatchObject({
      state: 'draft',
      sessions: 6,
      minutes: 30,
      everyWeeks: 4,
      firstWithinDays: 21,
      maxMoved: 2,
      startsOn: '2026-09-29',
    });
    expect(await stage.tx((tx) => tx.selectFrom('messages').select('kind').execute())).toEqual([]);
    expect(await syncState(stage)).toMatchObject({ deltaLink: null, dueAt: START });
    expect(stage.jobs.woken).toEqual(['syncOrganization']);
  });

  test('meets by months where that is asked for, and not by both', async () => {
    const stage = await setStage(db());
    const ids = groups(stage, [person()], [person()]);
    const wish = { ...body(...ids), everyMonths: 2 };
    await expect(create(stage, { ...wish, everyWeeks: 4 })).rejects.toMatchObject({
      code: 'badInput',
      details: { fields: [expect.objectContaining({ path: 'everyMonths' })] },
    });
    const { cohortId } = await create(stage, wish);
    expect(await readCohort(stage, cohortId)).toMatchObject({ everyMonths: 2, everyWeeks: 8, firstWithinDays: 31 });
  });

  test('lets sessions move by themselves only where the administrator said so', async () => {
    const stage = await setStage(db());
    const ids = groups(stage, [person()], [person()]);
    for (const movesAllowed of [undefined, true]) {
      const wish = { ...body(...ids), cohortName: `moves ${movesAllowed}` };
      const { cohortId } = await create(stage, movesAllowed === undefined ? wish : { ...wish, movesAllowed });
      expect(await readCohort(stage, cohortId)).toMatchObject({ movesAllowed: movesAllowed ?? false });
    }
  });

  test('is invited once; a cohort that is not there, or has nobody left, is refused', async () => {
    const stage = await setStage(db());
    const cohortId = await cohort(stage, { state: 'draft', safeContact: SAFE });
    await expect(inviteParticipants(stage, { tenantId: stage.tenantId, cohortId })).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'nobodyToInvite' },
    });
    await expect(inviteParticipants(stage, { tenantId: stage.tenantId, cohortId: newId() })).rejects.toMatchObject({
      code: 'notFound',
    });
    await participant(stage, cohortId, 'mentee', person(), { state: 'nominated' });
    await inviteParticipants(stage, { tenantId: stage.tenantId, cohortId });
    expect(await stage.tx((tx) => loadParticipants(tx, { cohortId }))).toMatchObject([
      { state: 'invited', dueAt: plus(START, 7 * DAY) },
    ]);
    await expect(inviteParticipants(stage, { tenantId: stage.tenantId, cohortId })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('invited people', () => {
  const prepare = (stage: Stage) => prepareParticipants(stage, { tenantId: stage.tenantId });
  const invited = async (stage: Stage, side: 'mentor' | 'mentee' = 'mentor') => {
    const cohortId = await cohort(stage, { state: 'inviting' });
    const who = await participant(stage, cohortId, side, person(), { state: 'invited', isPrepared: false });
    const read = async () => (await stage.tx((tx) => loadParticipants(tx, { cohortId, personId: who.personId })))[0]!;
    return { cohortId, who, read };
  };
  const messages = (stage: Stage) =>
    stage.tx((tx) => tx.selectFrom('messages').select(['kind', 'state', 'data']).execute());

  test('are prepared once: zone, hours, language, hints, the app, and their question', async () => {
    const stage = await setStage(db());
    const { read } = await invited(stage);
    await prepare(stage);
    await prepare(stage);
    expect(await read()).toMatchObject({
      calendar: 'readable',
      timeZone: 'Europe/Rome',
      timeZoneNote: null,
      locale: 'en',
      skills: [{ topic: 'generative-ai', level: 4 }],
      interests: ['Chess'],
      asks: 1,
    });
    expect(await messages(stage)).toMatchObject([{ kind: 'join', data: { suggested: ['generative-ai'] } }]);
    expect(stage.messenger.count('install')).toBe(1);
  });

  test('are left for later while Graph does not answer', async () => {
    const stage = await setStage(db());
    const { read } = await invited(stage);
    stage.calendar.script('readSettings', { outcome: 'later' as const, notBefore: START, code: 'HTTP 429' });
    await prepare(stage);
    expect((await read()).preparedAt).toBeNull();
    await prepare(stage);
    expect((await read()).preparedAt).toBe(START);
  });

  test('without a readable mailbox, or with a zone that nobody knows, are never taken as UTC (F42)', async () => {
    const stage = await setStage(db());
    const unread = await invited(stage);
    const odd = await invited(stage);
    stage.calendar.script('readSettings', {
      outcome: 'done' as const,
      value: new Map([
        [
          odd.who.personId,
          { timeZone: null, unmappedTimeZone: 'Mars Standard Time', locale: null, workingHours: null },
        ],
      ]),
    });
    await prepare(stage);
    expect(await odd.read()).toMatchObject({ timeZoneNote: 'Mars Standard Time' });
    expect(await unread.read()).toMatchObject({ calendar: 'pending', timeZoneNote: 'unknown' });
  });

  test('whose mailbox could not be read yet are read every hour, keep their answers and are not asked again (F14)', async () => {
    const stage = await setStage(db());
    const { read } = await invited(stage);
    const other = await invited(stage);
    const learn = (): Promise<number | null> => learnLateMailboxes(stage, { tenantId: stage.tenantId });
    stage.calendar.script('readSettings', { outcome: 'done' as const, value: new Map() });
    await prepare(stage);
    expect(await read()).toMatchObject({ calendar: 'pending', timeZone: 'UTC', asks: 1 });
    stage.calendar.script('readSettings', {
      outcome: 'later' as const,
      notBefore: plus(START, MINUTE),
      code: 'HTTP 429',
    });
    expect(await learn()).toBe(plus(START, MINUTE));
    stage.calendar.script('readSettings', async (go) => {
      const all = await go();
      if (all.outcome === 'done') all.value.delete(other.who.personId);
      return all;
    });
    expect(await learn()).toBe(plus(START, HOUR));
    expect(await read()).toMatchObject({ calendar: 'readable', timeZone: 'Europe/Rome', timeZoneNote: null, asks: 1 });
    expect(await other.read()).toMatchObject({ calendar: 'pending', timeZone: 'UTC' });
    // One question for each of the two, as before.
    expect(await messages(stage)).toHaveLength(2);
    stage.clock.set(plus(START, 2 * DAY));
    expect(await learn()).toBeNull();
    expect(await other.read()).toMatchObject({ calendar: 'pending' });
  });

  test('who answered in the tab first are prepared all the same, keep what they said and are not asked again', async () => {
    const stage = await setStage(db());
    const { cohortId, who, read } = await invited(stage);
    const answer = { kind: 'join' as const, skills: [{ topic: 'short-video' as const, level: 3 }], motivation: null };
    stage.calendar.script('readSettings', async (go) => {
      await answerInvitation(stage, {
        tenantId: stage.tenantId,
        personId: who.personId,
        cohortId,
        side: 'mentor',
        answer,
      });
      return go();
    });
    await prepare(stage);
    expect(await read()).toMatchObject({ state: 'joined', skills: answer.skills, timeZone: 'Europe/Rome', asks: 0 });
    expect(await messages(stage)).toMatchObject([{ kind: 'done' }]);
    const early = await invited(stage, 'mentee');
    await answerInvitation(stage, {
      tenantId: stage.tenantId,
      personId: early.who.personId,
      cohortId: early.cohortId,
      side: 'mentee',
      answer: { kind: 'goals', goals: [{ topic: 'short-video', level: 1 }] },
    });
    await prepare(stage);
    expect(await early.read()).toMatchObject({ state: 'joined', calendar: 'readable', languages: ['en'] });
  });

  test('get the app later when installing was throttled, and keep a refusal', async () => {
    const stage = await setStage(db());
    await invited(stage);
    stage.messenger.script(
      'install',
      { outcome: 'later' as const, notBefore: plus(START, MINUTE), code: 'HTTP 429' },
      refused('forbidden', 403, 'Forbidden'),
    );
    await prepare(stage);
    await retryInstallations(stage, { tenantId: stage.tenantId });
    expect(stage.messenger.count('install')).toBe(1);
    stage.clock.advance(MINUTE);
    await retryInstallations(stage, { tenantId: stage.tenantId });
    await retryInstallations(stage, { tenantId: stage.tenantId });
    expect(stage.messenger.count('install')).toBe(2);
    expect(await stage.tx((tx) => tx.selectFrom('installations').select(['state', 'attempts']).execute())).toEqual([
      { state: 'refused', attempts: 2 },
    ]);
  });
});

describe('matches', () => {
  const propose = (stage: Stage, cohortId: string) => proposeMatches(stage, { tenantId: stage.tenantId, cohortId });
  const crowd = async (stage: Stage, options: { state?: 'inviting' | 'running'; automatic?: boolean } = {}) => {
    const cohortId = await cohort(stage, { state: 'inviting', ...options });
    const chief = person('Chief', { jobTitle: 'CEO' });
    for (let i = 0; i < 3; i++) {
      await participant(
        stage,
        cohortId,
        'mentee',
        person(`Executive ${i}`, { department: 'Board', managerId: chief.personId }),
      );
      const head = person(`Head ${i}`, { managerId: chief.personId });
      const lead = person(`Lead ${i}`, { managerId: head.personId });
      await participant(stage, cohortId, 'mentor', person(`Mentor ${i}`, { managerId: lead.personId }));
      stage.directory.people.push(head, lead);
    }
    stage.directory.people.push(chief);
    await stage.tx((tx) => savePeople(tx, stage.tenantId, stage.directory.people, START));
    return cohortId;
  };

  test('need a cohort and people on both sides', async () => {
    const stage = await setStage(db());
    await expect(propose(stage, newId())).rejects.toMatchObject({ code: 'notFound' });
    const cohortId = await cohort(stage, { state: 'inviting' });
    await participant(stage, cohortId, 'mentor');
    await expect(propose(stage, cohortId)).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'nobodyJoined' },
    });
  });

  test('are proposed to nobody yet, the same when proposed again, and replace what was proposed before', async () => {
    const stage = await setStage(db());
    const cohortId = await crowd(stage);
    const { result } = await propose(stage, cohortId);
    expect(result.pairs).toHaveLength(3);
    const before = await stage.tx((tx) => loadPairs(tx, { cohortId }));
    await propose(stage, cohortId);
    const after = await stage.tx((tx) => loadPairs(tx, { cohortId }));
    expect(after).toEqual(before);
    expect(after.every((one) => one.state === 'proposed')).toBe(true);
    expect(await stage.tx((tx) => tx.selectFrom('messages').select('kind').execute())).toEqual([]);
    expect((await readCohort(stage, cohortId))?.state).toBe('matched');
  });

  test('leave live pairs alone and never bring the same two together again', async () => {
    const stage = await setStage(db());
    const cohortId = await crowd(stage, { state: 'running' });
    const rows = await stage.tx((tx) => loadParticipants(tx, { cohortId }));
    const who = await stage.tx((tx) => loadPeople(tx));
    const [mentee] = rows.filter((row) => row.side === 'mentee');
    const [first, second] = rows.filter((row) => row.side === 'mentor');
    const of = (row: { personId: PersonId }) => who.get(row.personId)!;
    await pair(stage, 'menteeDeclined', { cohortId, mentee: of(mentee!), mentor: of(first!) });
    const live = await pair(stage, 'booked', {
      cohortId,
      mentee: of(rows.filter((row) => row.side === 'mentee')[1]!),
      mentor: of(second!),
    });
    const { result } = await propose(stage, cohortId);
    expect(result.pairs).toHaveLength(2);
    expect(result.pairs.some((one) => one.menteeId === mentee!.personId && one.mentorId === first!.personId)).toBe(
      false,
    );
    expect(
      result.pairs.some((one) => one.mentorId === live.mentor.personId || one.menteeId === live.mentee.personId),
    ).toBe(false);
  });

  /** A matcher during whose work something happens. */
  const meanwhile = (stage: Stage, act: (run: number) => Promise<unknown>): { runs: number } => {
    const seen = { runs: 0 };
    stage.matcher = {
      ...plainMatcher,
      async match(input) {
        await act(++seen.runs);
        return plainMatcher.match(input);
      },
    };
    return seen;
  };
  const leave = (stage: Stage, cohortId: string, side: 'mentor' | 'mentee') =>
    stage.tx(async (tx) => {
      const [one] = await loadParticipants(tx, { cohortId, side, states: ['joined'] });
      await moveParticipant(tx, one!, ['joined'], { state: 'left' });
    });

  test('are computed again when somebody leaves meanwhile', async () => {
    const stage = await setStage(db());
    const cohortId = await crowd(stage);
    const seen = meanwhile(stage, async (run) => (run === 1 ? leave(stage, cohortId, 'mentee') : undefined));
    const { result } = await propose(stage, cohortId);
    expect(seen.runs).toBe(2);
    expect(result.pairs).toHaveLength(2);
    expect(await stage.tx((tx) => loadPairs(tx, { cohortId }))).toHaveLength(2);
  });

  test.each<[string, (stage: Stage, cohortId: string) => Promise<unknown>]>([
    ['a pair', async (stage, cohortId) => pair(stage, 'menteeDeclined', { cohortId })],
    [
      'the length of the cohort',
      (stage, cohortId) =>
        stage.tx((tx) =>
          tx
            .updateTable('cohorts')
            .set((eb) => ({ sessions: eb('sessions', '+', 1) }))
            .where('cohortId', '=', cohortId)
            .execute(),
        ),
    ],
    [
      'what a mentor knows',
      (stage, cohortId) =>
        stage.tx((tx) => tx.updateTable('participants').set({ seats: 2 }).where('cohortId', '=', cohortId).execute()),
    ],
  ])('are computed again when %s changes', async (_, change) => {
    const stage = await setStage(db());
    const cohortId = await crowd(stage);
    const seen = meanwhile(stage, async (run) => (run === 1 ? change(stage, cohortId) : undefined));
    await propose(stage, cohortId);
    expect(seen.runs).toBe(2);
  });

  test('are not computed again for what they do not depend on', async () => {
    const stage = await setStage(db());
    const cohortId = await crowd(stage);
    const seen = meanwhile(stage, async () => {
      await participant(stage, cohortId, 'mentor', person('Silent'), { state: 'invited' });
      await stage.tx((tx) =>
        tx.updateTable('participants').set({ asks: 3, preparedAt: null }).where('cohortId', '=', cohortId).execute(),
      );
    });
    await propose(stage, cohortId);
    expect(seen.runs).toBe(1);
  });

  test('are stored once by two who match at a time', async () => {
    const stage = await setStage(db());
    const cohortId = await crowd(stage);
    const [one, other] = await Promise.all([propose(stage, cohortId), propose(stage, cohortId)]);
    expect(other).toEqual(one);
    expect(await stage.tx((tx) => loadPairs(tx, { cohortId }))).toHaveLength(3);
  });

  test('are given up when things do not stop changing, and looked at again soon where they come by themselves', async () => {
    const stage = await setStage(db());
    const cohortId = await crowd(stage, { automatic: true });
    let isRestless = true;
    const seen = meanwhile(stage, async () =>
      isRestless ? participant(stage, cohortId, 'mentor', person('Another'), { state: 'joined' }) : undefined,
    );
    const failed = await propose(stage, cohortId).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'conflict', details: {} });
    expect(seen.runs).toBe(3);
    expect(await stage.tx((tx) => loadPairs(tx, { cohortId }))).toEqual([]);
    await advanceCohorts(stage, { tenantId: stage.tenantId });
    isRestless = false;
    await advanceCohorts(stage, { tenantId: stage.tenantId });
    expect(await stage.tx((tx) => loadPairs(tx, { cohortId }))).toHaveLength(3);
  });

  test('come by themselves in an automatic cohort, once everybody has answered or the days are over', async () => {
    const stage = await setStage(db());
    const cohortId = await crowd(stage, { automatic: true });
    await participant(stage, cohortId, 'mentor', person('Silent'), { state: 'invited', dueAt: plus(START, 7 * DAY) });
    const advance = () => advanceCohorts(stage, { tenantId: stage.tenantId });
    const states = async () => (await stage.tx((tx) => loadPairs(tx, { cohortId }))).map((one) => one.state);
    await advance();
    expect(await states()).toEqual([]);
    stage.clock.advance(7 * DAY);
    await advance();
    expect(await states()).toEqual(['mentorAsked', 'mentorAsked', 'mentorAsked']);
    expect((await readCohort(stage, cohortId))?.state).toBe('running');
    await advance();
    expect(await states()).toHaveLength(3);
  });
});
