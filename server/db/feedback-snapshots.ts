import type { Topic } from '../contract/vocabulary.ts';
import type {
  NewAnswer,
  PublishedComments,
  PublishedScores,
  PublishedTopics,
} from '../domain/evaluation/publish-answers.ts';
import type { TenantId } from '../domain/people/person.ts';
import { FEEDBACK_OPEN_DAYS } from '../domain/sessions/due-for-feedback.ts';
import { PULSE_SESSIONS, isPulse } from '../domain/sessions/pulse.ts';
import { DAY, plus, type Instant } from '../domain/time/instant.ts';
import { at, json, type TenantTransaction } from './schema.ts';

/** What a snapshot of each kind holds: nothing of an individual, so it stays as it is when a person is erased. */
export interface SnapshotContent {
  scores: PublishedScores;
  topics: PublishedTopics;
  comments: PublishedComments;
}
export type SnapshotKind = keyof SnapshotContent;
/** Those of a cohort, the newest of each kind first. */
export type Snapshots = { [K in SnapshotKind]: (SnapshotContent[K] & { week: Instant })[] };

/**
 * Until when answers must have been given to be in the snapshots of a week: comments so long ago that their writers cannot
 * take them back any more, since what is published stays.
 */
const givenBefore = (kind: SnapshotKind, week: Instant): Instant =>
  kind === 'comments' ? plus(week, -FEEDBACK_OPEN_DAYS * DAY) : week;

/** Which column says that an answer is in a snapshot of the kind. */
const WEEK = { scores: 'scoresWeek', topics: 'topicsWeek', comments: 'commentsWeek' } as const;

/** Takes on the publishing of a closed week; false: it was done before, or another replica does it. */
export async function claimWeek(tx: TenantTransaction, week: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('tenants')
    .set({ publishedWeek: at(week) })
    .where((eb) => eb.or([eb('publishedWeek', 'is', null), eb('publishedWeek', '<', at(week))]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Answers that are in no snapshot of their kind yet. */
export interface NewAnswers {
  scores: NewAnswer<number>[];
  topics: NewAnswer<Topic | null>[];
  comments: NewAnswer<string>[];
}

/**
 * What of a cohort's answers may be published for a week; held until the commit. About a date at which a session did not
 * take place, and is held at another, only the comments are: their readers were promised them.
 */
export async function takeNewAnswers(tx: TenantTransaction, cohortId: string, week: Instant): Promise<NewAnswers> {
  const rows = await tx
    .selectFrom('feedback')
    .innerJoin('sessions', 'sessions.sessionId', 'feedback.sessionId')
    .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
    .select(['feedback.personId', 'feedback.givenAt', 'feedback.department', 'feedback.office', 'sessions.number'])
    .select(['feedback.usefulness', 'feedback.nextTopic', 'feedback.note', 'feedback.noteReader'])
    .select(['feedback.attempt', 'sessions.attempt as presentAttempt'])
    .select(['feedback.scoresWeek', 'feedback.topicsWeek', 'feedback.commentsWeek'])
    .where('pairs.cohortId', '=', cohortId)
    .where('feedback.tookPlace', '=', true)
    .where('feedback.givenAt', '<', at(week))
    .where((eb) => eb.or(Object.values(WEEK).map((column) => eb(`feedback.${column}`, 'is', null))))
    .orderBy('feedback.givenAt')
    .orderBy('feedback.sessionId')
    .orderBy('feedback.personId')
    .forUpdate('feedback')
    .execute();
  const answers: NewAnswers = { scores: [], topics: [], comments: [] };
  for (const { personId, givenAt, department, office, ...row } of rows) {
    const own = { personId, givenAt, department, office };
    const counts = row.attempt === row.presentAttempt;
    if (counts && row.scoresWeek === null && row.usefulness !== null)
      answers.scores.push({ ...own, given: row.usefulness });
    // The pulse does not ask for a topic: an answer to it says nothing of what is wanted.
    const isAsked = row.nextTopic !== null || !isPulse(row.number);
    if (counts && row.topicsWeek === null && isAsked) answers.topics.push({ ...own, given: row.nextTopic });
    const isFinal = givenAt < givenBefore('comments', week);
    if (isFinal && row.commentsWeek === null && row.note !== null && row.noteReader === 'programTeamGrouped')
      answers.comments.push({ ...own, given: row.note });
  }
  return answers;
}

/** Stores a snapshot of what `takeNewAnswers` gave for the week, and with those answers that they are in it. */
export async function saveSnapshot<K extends SnapshotKind>(
  tx: TenantTransaction,
  tenantId: TenantId,
  { cohortId, kind, week, content }: { cohortId: string; kind: K; week: Instant; content: SnapshotContent[K] },
): Promise<void> {
  await tx
    .insertInto('feedbackSnapshots')
    .values({ tenantId, cohortId, kind, week: at(week), content: json(content) })
    .execute();
  let counted = tx
    .updateTable('feedback')
    .set({ [WEEK[kind]]: at(week) })
    .where('tookPlace', '=', true)
    .where('givenAt', '<', at(givenBefore(kind, week)))
    .where(WEEK[kind], 'is', null)
    .where('sessionId', 'in', (eb) =>
      eb
        .selectFrom('sessions')
        .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
        .select('sessions.sessionId')
        .where('pairs.cohortId', '=', cohortId)
        .$if(kind !== 'comments', (present) => present.whereRef('sessions.attempt', '=', 'feedback.attempt'))
        .where((where) =>
          kind === 'topics'
            ? where.or([
                where('feedback.nextTopic', 'is not', null),
                where('sessions.number', 'not in', [...PULSE_SESSIONS]),
              ])
            : where.val(true),
        ),
    );
  if (kind === 'scores') counted = counted.where('usefulness', 'is not', null);
  if (kind === 'comments') counted = counted.where('noteReader', '=', 'programTeamGrouped');
  await counted.execute();
}

/** All that was published of a cohort. */
export async function loadSnapshots(tx: TenantTransaction, cohortId: string): Promise<Snapshots> {
  const rows = await tx
    .selectFrom('feedbackSnapshots')
    .select(['kind', 'week', 'content'])
    .where('cohortId', '=', cohortId)
    .orderBy('week', 'desc')
    .execute();
  const all: Snapshots = { scores: [], topics: [], comments: [] };
  for (const { kind, week, content } of rows) all[kind].push({ ...content, week } as never);
  return all;
}
