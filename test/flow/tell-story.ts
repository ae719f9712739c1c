import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSmallProgram, type SmallProgram } from './small-program.ts';

/** The story of one small program, told from the first click to the first feedback. Each step goes on where the last one ended. */
export function tellStory(openDatabase: () => Promise<{ url: string | null; drop(): Promise<void> }>): void {
  let program: SmallProgram;
  let database: Awaited<ReturnType<typeof openDatabase>>;
  let cohortId: string;
  const count = (states: readonly string[], list: readonly { state: string }[]): number =>
    list.filter((one) => states.includes(one.state)).length;
  const cardsOf = (personId: string) =>
    (program.both.sandbox.world.chats.of(personId)?.activities ?? []).filter((activity) => activity.card !== null);

  beforeAll(async () => {
    database = await openDatabase();
    program = await startSmallProgram(database.url);
  });
  afterAll(async () => {
    await program.close();
    await database.drop();
  });

  test('The administrator looks up two groups of the directory and opens a cohort. Nobody is written to.', async () => {
    const { roles, press, both } = program;
    const created = await press<{ cohortId: string; mentees: number; mentors: number }>('/api/admin/cohorts', {
      programName: 'Reverse mentoring',
      cohortName: 'Autumn 2026',
      menteeGroupId: roles.executivesGroupId,
      mentorGroupId: roles.volunteersGroupId,
      safeContact: both.sandbox.world.people.get(roles.ombudspersonId)!.mail,
      sessions: 3,
      everyWeeks: 1,
    });
    cohortId = created.cohortId;
    expect(created.mentees).toBe(10);
    expect(created.mentors).toBeGreaterThan(10);
    await both.sandbox.world.clock.advanceTo(both.sandbox.world.clock.now() + 3_600_000);
    expect(both.sandbox.world.chats.sent()).toEqual([]);
    expect(await program.overview()).toMatchObject({ cohort: { nextStep: 'invite' }, pairs: [] });
  });

  test('She invites them. In their chats they say what they want to learn and what they can teach.', async () => {
    await program.press(`/api/admin/cohorts/${cohortId}/invite`);
    const haveAnswered = await program.until(7, async () => {
      const { participants } = await program.records();
      return (
        count(
          ['joined'],
          participants.filter((row) => row.side === 'mentee'),
        ) >= 8 && count(['invited'], participants) < 5
      );
    });
    expect(haveAnswered).toBe(true);
    const { participants } = await program.records();
    expect(
      count(
        ['joined'],
        participants.filter((row) => row.side === 'mentor'),
      ),
    ).toBeGreaterThanOrEqual(8);
    expect(await program.overview()).toMatchObject({ cohort: { nextStep: 'match' } });
  });

  test('She matches them, sees who has nobody and why, and still nothing is sent.', async () => {
    const before = program.both.sandbox.world.chats.sent().length;
    const result = await program.match(cohortId);
    expect(result.pairs).toBeGreaterThanOrEqual(7);
    for (const unmatched of result.unmatched) expect(unmatched.reasons.join('')).not.toBe('');
    const again = await program.match(cohortId);
    expect(again).toEqual(result);
    expect(program.both.sandbox.world.chats.sent()).toHaveLength(before);
    expect(await program.overview()).toMatchObject({ cohort: { nextStep: 'publish' } });
  });

  test('She publishes. Each mentor is asked first; the executives hear nothing yet.', async () => {
    const { pairs } = await program.records();
    const executives = pairs.map((pair) => pair.menteeId);
    const before = executives.map((id) => cardsOf(id).length);
    await program.press(`/api/admin/cohorts/${cohortId}/publish`);
    await program.both.sandbox.world.clock.advanceTo(program.both.sandbox.world.clock.now() + 60_000);
    expect((await program.records()).pairs.every((pair) => pair.state === 'mentorAsked')).toBe(true);
    expect(executives.map((id) => cardsOf(id).length)).toEqual(before);
    for (const { menteeId } of pairs) expect((await program.homeOf(menteeId)).asks).toEqual([]);
    const [pair] = pairs;
    expect((await program.homeOf(pair!.mentorId)).asks).toMatchObject([
      { kind: 'mentor', pairId: pair!.pairId, partner: { topics: [] } },
    ]);
  });

  test('A mentor agrees. Their executive gets one proposal: mentor, reasons, agreement and up to three times.', async () => {
    expect(
      await program.until(7, async () => (await program.records()).pairs.some((pair) => pair.state === 'menteeAsked')),
    ).toBe(true);
    const pair = (await program.records()).pairs.find((candidate) => candidate.state === 'menteeAsked')!;
    const { asks } = await program.homeOf(pair.menteeId);
    const [ask] = asks;
    if (ask?.kind !== 'proposal') throw new Error('the executive is not asked');
    expect(ask.reasons.length).toBeGreaterThan(0);
    expect(ask.agreement.length).toBeGreaterThan(0);
    expect(ask.offers.length).toBeGreaterThan(0);
    for (const offer of ask.offers) expect(offer.dates).toHaveLength(3);
    // Never a score, a rank or a style, in anything that the executive gets.
    expect(JSON.stringify(await program.homeOf(pair.menteeId))).not.toMatch(/"score"|"rank"|"style"|"level"/);
  });

  test('With an executive’s yes one recurring event stands in both calendars, over nobody’s meeting.', async () => {
    expect(
      await program.until(
        14,
        async () => (await program.records()).pairs.filter((pair) => pair.state === 'booked').length >= 5,
      ),
    ).toBe(true);
    const truth = await program.truth();
    const { series } = await program.records();
    for (const one of series.filter((candidate) => candidate.state === 'confirmed')) {
      expect(
        truth.tagged.filter((event) => event.tag === one.key && event.ownerId === truth.programMailboxId),
      ).toHaveLength(1);
    }
    expect(await program.judge()).toEqual([]);
  });

  test('Sessions take place. Both are asked in their chats, answer with a tap, and are thanked once it is stored.', async () => {
    expect(await program.until(21, async () => (await program.records()).feedback.length >= 8)).toBe(true);
    const { feedback, sessions } = await program.records();
    const now = program.both.sandbox.world.clock.now();
    for (const answer of feedback) {
      const session = sessions.find((candidate) => candidate.sessionId === answer.sessionId)!;
      expect(session.endsAt).toBeLessThan(now);
      expect(['confirmed', 'notHeld']).toContain(session.held);
    }
    const { thanks } = await program.truth();
    expect(thanks.length).toBeGreaterThanOrEqual(8);
    for (const thank of thanks)
      expect(
        feedback.some((answer) => answer.personId === thank.personId && answer.sessionId === thank.sessionId),
      ).toBe(true);
  });

  test('The administrator sees held sessions and answers in groups, and never a person’s score or words.', async () => {
    const overview = await program.overview();
    expect(overview.sessions.held).toBeGreaterThanOrEqual(4);
    expect(overview.feedback.hidden).toMatchObject({ scores: expect.any(String) as unknown });
    expect(overview.runLog.length).toBeGreaterThan(0);
    const notes = await program.both.server.database.db.selectFrom('feedback').select('note').execute();
    // Not even this test may read the tables without saying whose they are.
    expect(notes).toEqual([]);
    const [mentor] = (await program.records()).pairs;
    const refused = await fetch(`${program.both.origin}/api/admin/overview`, {
      headers: { authorization: `Bearer ${await program.both.sandbox.userToken(mentor!.mentorId)}` },
    });
    expect(refused.status).toBe(403);
  });

  test('In the end calendars, chats and database agree on everything.', async () => {
    await program.both.sandbox.world.clock.advanceTo(program.both.sandbox.world.clock.now() + 2 * 86_400_000);
    expect(await program.judge()).toEqual([]);
  });
}
