import { beforeAll, describe, expect, test } from 'vitest';
import type { FeedbackBody } from '../../../server/contract/http.ts';
import { erasePerson } from '../../../server/db/erase-person.ts';
import { at, json } from '../../../server/db/schema.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { DAY, HOUR, parseInstant, plus } from '../../../server/domain/time/instant.ts';
import { buildOverview } from '../../../server/use-cases/evaluation/build-overview.ts';
import { exportProgram } from '../../../server/use-cases/evaluation/export-program.ts';
import { publishFeedback } from '../../../server/use-cases/evaluation/publish-feedback.ts';
import { recordFeedback } from '../../../server/use-cases/sessions/record-feedback.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, offer } from '../../make/pair.ts';
import { newId } from '../../make/person.ts';
import { setStage, type Stage } from '../../make/server.ts';
import { bookedPair, type Booked } from '../../make/session.ts';

const db = useDatabase();

const publish = (stage: Stage) => publishFeedback(stage, { tenantId: stage.tenantId });
const overview = (stage: Stage) => buildOverview(stage, { tenantId: stage.tenantId, locale: 'en' });
const feedbackOf = async (stage: Stage) => (await overview(stage)).feedback;
const snapshots = (stage: Stage) =>
  stage.tx((tx) => tx.selectFrom('feedbackSnapshots').selectAll().orderBy('week').orderBy('kind').execute());
const peopleOf = (pairs: readonly Booked[]): { personId: PersonId; booked: Booked }[] =>
  pairs.flatMap((booked) => [booked.mentor, booked.mentee].map(({ personId }) => ({ personId, booked })));

/** Somebody's answer about one of their sessions, the first unless told. */
const say = (
  stage: Stage,
  { personId, booked }: { personId: PersonId; booked: Booked },
  body: Partial<FeedbackBody> = {},
  session = 0,
) =>
  recordFeedback(stage, {
    tenantId: stage.tenantId,
    personId,
    sessionId: booked.sessions[session]!.sessionId,
    body: { tookPlace: true, ...body },
    via: 'page',
  });

/** Pairs of one cohort with weekly sessions on Tuesdays, the first of which has just ended. */
async function heldPairs(stage: Stage, count: number): Promise<Booked[]> {
  const cohortId = await cohort(stage);
  const pairs: Booked[] = [];
  for (let index = 0; index < count; index++) pairs.push(await bookedPair(stage, offer(), { cohortId }));
  stage.clock.set(pairs[0]!.sessions[0]!.endsAt);
  return pairs;
}
/** The Monday after the first sessions, some hours into it. */
const MONDAY = parseInstant('2026-10-12T05:00:00Z');

describe('a pilot of a few pairs', () => {
  let stage: Stage;
  let people: ReturnType<typeof peopleOf>;
  beforeAll(async () => {
    stage = await setStage(db());
    people = peopleOf(await heldPairs(stage, 5));
    for (const [index, who] of people.slice(0, 5).entries())
      await say(stage, who, {
        usefulness: 2,
        ...(index === 0
          ? { nextTopic: 'data-literacy', note: 'CANARY-GROUPED' }
          : index === 1
            ? { note: 'Please call me', noteReader: 'programTeamNamed' }
            : index === 2
              ? { note: 'CANARY-MINE', noteReader: 'onlyMe' }
              : {}),
      });
    await say(stage, people[5]!, { tookPlace: false });
    stage.clock.set(MONDAY);
    await publish(stage);
  });

  test('shows the administrator what was held and not, topics wanted, and notes with the names of their writers', async () => {
    const { feedback, sessions } = await overview(stage);
    expect(sessions).toMatchObject({ held: 2, confirmed: 2, notHeld: 1 });
    expect(feedback.published).toEqual({
      scores: [],
      topics: [{ week: '2026-10-12T00:00:00.000Z', topics: [{ topic: 'data-literacy', people: null }] }],
      comments: [],
    });
    const writer = [people[1]!.booked.mentor, people[1]!.booked.mentee].find(
      ({ personId }) => personId === people[1]!.personId,
    )!;
    expect(feedback.notes).toEqual([{ writerName: writer.displayName, day: '2026-10-06', text: 'Please call me' }]);
  });

  test('says in words why the rest is hidden, and tells no score and no other note, in no export either', async () => {
    const { hidden } = await feedbackOf(stage);
    expect(hidden).toMatchObject({ scores: expect.stringContaining('at least 9') as unknown, topics: null });
    expect(hidden.comments).toContain('at least 10');
    const exported = await exportProgram(stage, { tenantId: stage.tenantId, locale: 'en' });
    for (const text of [JSON.stringify(await overview(stage)), JSON.stringify(exported)])
      expect(text).not.toMatch(/CANARY|"(usefulness|value|atMost|atLeast)"/);
    expect(JSON.stringify(exported)).not.toContain('Please call me');
  });

  test('has nothing published twice by two replicas, or in the same week again', async () => {
    const before = await snapshots(stage);
    await Promise.all([publish(stage), publish(stage)]);
    expect(await snapshots(stage)).toEqual(before);
    stage.clock.advance(7 * DAY);
    await Promise.all([publish(stage), publish(stage)]);
    expect(await snapshots(stage)).toEqual(before);
  });
});

describe('what was published', () => {
  let stage: Stage;
  let people: ReturnType<typeof peopleOf>;
  let first: Awaited<ReturnType<typeof snapshots>>;
  beforeAll(async () => {
    stage = await setStage(db());
    people = peopleOf(await heldPairs(stage, 6));
    for (const [index, who] of people.slice(0, 10).entries())
      await say(stage, who, { usefulness: 1 + (index % 5), note: `word ${9 - index}` });
    stage.clock.set(MONDAY);
    await publish(stage);
    first = await snapshots(stage);
  });

  test('is of the closed week, in groups, and holds nobody’s id', async () => {
    const { published } = await feedbackOf(stage);
    expect(published.scores).toEqual([
      { week: '2026-10-12T00:00:00.000Z', all: { people: 10, value: 3 }, by: null, groups: [] },
    ]);
    const text = JSON.stringify((await snapshots(stage)).map(({ content }) => content));
    for (const { personId, booked } of people) {
      expect(text).not.toContain(personId);
      expect(text).not.toContain(booked.sessions[0]!.sessionId);
    }
  });

  test('does not change when an answer is edited, one more comes, or somebody is erased (84)', async () => {
    stage.clock.set(plus(MONDAY, HOUR));
    await say(stage, people[0]!, { usefulness: 5 });
    await say(stage, people[10]!, { usefulness: 1 });
    await stage.tx((tx) => erasePerson(tx, people[1]!.personId, newId()));
    expect(await snapshots(stage)).toEqual(first);
    stage.clock.set(plus(MONDAY, 7 * DAY));
    await publish(stage);
    const later = (await snapshots(stage)).filter(({ kind }) => kind !== 'comments');
    expect(later).toEqual(first);
  });

  test('tells of comments once their writers cannot take them back, and only of those that still stand', async () => {
    // Two of the ten changed their minds; one more writes.
    expect((await feedbackOf(stage)).published.comments).toEqual([]);
    for (const who of people.slice(2)) await say(stage, who, { note: 'once more', usefulness: 3 }, 1);
    await say(stage, people[0]!, { note: 'And I', usefulness: 3 }, 1);
    stage.clock.advance(14 * DAY);
    await publish(stage);
    const [comments, ...others] = (await feedbackOf(stage)).published.comments;
    expect(others).toEqual([]);
    expect(comments!.texts).toEqual([...comments!.texts].sort());
    expect(comments!.texts).toContain('And I');
    expect(comments!.texts).not.toContain('word 9');
    expect(comments!.texts).not.toContain('word 8');
  });

  test('has no answer twice: the next figures are of new ones alone (83)', async () => {
    const { scores } = (await feedbackOf(stage)).published;
    // Ten newly answered about their second sessions, and one waited since the first.
    expect(scores.map(({ all }) => all.people)).toEqual([11, 10]);
    expect(scores[1]).toMatchObject({ all: { value: 3 } });
  });

  test('keeps no name of somebody who is erased afterwards, though it stays (88)', async () => {
    const { personId } = people[3]!;
    const { displayName } = await stage.tx((tx) =>
      tx.selectFrom('people').select('displayName').where('personId', '=', personId).executeTakeFirstOrThrow(),
    );
    const texts = ['another', `Signed: ${displayName}`];
    await stage.tx((tx) =>
      tx
        .insertInto('feedbackSnapshots')
        .values({
          tenantId: stage.tenantId,
          cohortId: first[0]!.cohortId,
          kind: 'comments',
          week: at(plus(MONDAY, 70 * DAY)),
          content: json({ texts }),
        })
        .execute(),
    );
    await stage.tx((tx) => erasePerson(tx, personId, newId()));
    expect((await feedbackOf(stage)).published.comments[0]!.texts).toEqual(['another', 'Signed: ']);
  });
});

test('groups are those at the time of the answer, whatever the directory says later (86)', async () => {
  const stage = await setStage(db());
  const people = peopleOf(await heldPairs(stage, 9));
  const isSales = (index: number): boolean => index % 2 === 0;
  const move = (personId: PersonId, department: string) =>
    stage.tx((tx) =>
      tx.updateTable('people').set({ department, officeLocation: null }).where('personId', '=', personId).execute(),
    );
  for (const [index, who] of people.entries()) {
    await move(who.personId, isSales(index) ? 'Sales' : 'Finance');
    await say(stage, who, { usefulness: 3 });
  }
  for (const { personId } of people.slice(0, 17)) await move(personId, 'Renamed');
  stage.clock.set(MONDAY);
  await publish(stage);
  expect((await feedbackOf(stage)).published.scores[0]).toMatchObject({
    all: { people: 18, value: 3 },
    by: 'department',
    groups: [
      { label: 'Finance', score: { people: 9, value: 3 } },
      { label: 'Sales', score: { people: 9, value: 3 } },
    ],
  });
});

test('the moment of an answer is not told: numbers of a day change with its end (87)', async () => {
  const stage = await setStage(db());
  const [booked] = await heldPairs(stage, 1);
  await stage.tx((tx) =>
    tx
      .updateTable('sessions')
      .set({ held: 'presumed' })
      .where('sessionId', '=', booked!.sessions[0]!.sessionId)
      .execute(),
  );
  const told = async () => {
    const { sessions, pairs, feedback } = await overview(stage);
    return { sessions, pairs, feedback };
  };
  for (const { personId, side } of [
    { personId: booked!.mentor.personId, side: 'mentor' as const },
    { personId: booked!.mentee.personId, side: 'mentee' as const },
  ])
    await stage.tx((tx) =>
      tx
        .insertInto('feedbackRequests')
        .values({
          ...{ tenantId: stage.tenantId, sessionId: booked!.sessions[0]!.sessionId, personId, side },
          state: 'asked',
          askedAt: at(stage.clock.now()),
        })
        .execute(),
    );
  const before = await told();
  expect(before.pairs).toMatchObject([{ answersWaiting: 2, sessionsHeld: 1, sessionsConfirmed: 0 }]);
  await say(stage, peopleOf([booked!])[0]!, { usefulness: 4 });
  stage.clock.advance(2 * HOUR);
  expect(await told()).toEqual(before);
  stage.clock.set('2026-10-07T00:00:00Z');
  expect((await told()).pairs).toMatchObject([{ answersWaiting: 1, sessionsHeld: 1, sessionsConfirmed: 1 }]);
});

test('of a date that did not take place, and in whose place there is another, no score and no topic is published; the words reach their reader', async () => {
  const stage = await setStage(db());
  const people = peopleOf(await heldPairs(stage, 6));
  for (const [index, who] of people.entries())
    await say(stage, who, {
      usefulness: index < 2 ? 5 : 1 + (index % 5),
      nextTopic: index < 2 ? 'data-literacy' : 'short-video',
      note: `word ${index}`,
    });
  const { sessionId } = people[0]!.booked.sessions[0]!;
  await stage.tx((tx) =>
    tx.updateTable('sessions').set({ attempt: 2, held: 'open' }).where('sessionId', '=', sessionId).execute(),
  );
  stage.clock.set(MONDAY);
  await publish(stage);
  stage.clock.set(plus(MONDAY, 14 * DAY));
  await publish(stage);
  const { scores, topics, comments } = (await feedbackOf(stage)).published;
  expect(scores).toMatchObject([{ all: { people: 10, value: 3 } }]);
  expect(topics).toMatchObject([{ topics: [{ topic: 'short-video' }] }]);
  expect(comments.flatMap(({ texts }) => texts)).toHaveLength(12);
  const weeks = await stage.tx((tx) =>
    tx
      .selectFrom('feedback')
      .select(['scoresWeek', 'topicsWeek', 'commentsWeek'])
      .where('sessionId', '=', sessionId)
      .execute(),
  );
  for (const week of weeks)
    expect(week).toEqual({ scoresWeek: null, topicsWeek: null, commentsWeek: plus(MONDAY, 14 * DAY - 5 * HOUR) });
});
