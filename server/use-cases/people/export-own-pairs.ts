import type { OwnDataReply } from '../../contract/own-data.ts';
import { loadPairs, loadProposals } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { anyOf, type TenantTransaction } from '../../db/schema.ts';
import { loadSessions, type SessionRow } from '../../db/sessions.ts';
import { ownPairState } from '../../domain/matching/own-pair-state.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { toIso, toIsoOrNull, type Instant } from '../../domain/time/instant.ts';

type OwnPairs = Pick<OwnDataReply, 'pairs' | 'feedback' | 'feedbackAsked' | 'newTimes'>;

/**
 * Pairs that the person knows of, their sessions, and what they were asked and said about them. A match that was never
 * brought to them is left out: why it was not is what somebody else answered.
 */
export async function exportOwnPairs(tx: TenantTransaction, personId: PersonId): Promise<OwnPairs> {
  const pairs = await loadPairs(tx, { personId });
  const pairIds = pairs.map(({ pairId }) => pairId);
  const proposals = await loadProposals(tx, pairIds);
  const sessions = await loadSessions(tx, { pairIds });
  const people = await loadPeopleById(
    tx,
    pairs.flatMap(({ mentorId, menteeId }) => [mentorId, menteeId]),
  );
  const programs = await loadProgramNames(
    tx,
    pairs.map(({ cohortId }) => cohortId),
  );
  const agreed = await tx
    .selectFrom('pairs')
    .select(['pairId', 'agreedAt'])
    .where('pairId', '=', anyOf(pairIds))
    .execute();
  const agreedAt = new Map(agreed.map((row) => [row.pairId, row.agreedAt]));
  const partnerNames = new Map<string, string | null>();
  const own: OwnPairs['pairs'] = [];
  for (const pair of pairs) {
    const side = pair.mentorId === personId ? ('mentor' as const) : ('mentee' as const);
    const bothSaidYes = agreedAt.get(pair.pairId) ?? null;
    const state = ownPairState(side, pair.state, {
      isOffered: proposals.has(pair.pairId),
      isAgreed: bothSaidYes !== null,
    });
    if (state === null) continue;
    const partnerName = people.get(side === 'mentor' ? pair.menteeId : pair.mentorId)?.displayName ?? null;
    partnerNames.set(pair.pairId, partnerName);
    own.push({
      programName: programs.get(pair.cohortId) ?? '',
      side,
      partnerName,
      state,
      answer: side === 'mentee' ? pair.answer : null,
      since: toIso(pair.stateSince),
      agreedAt: toIsoOrNull(bothSaidYes),
      agreementVersion: side === 'mentor' ? pair.mentorAgreement : pair.menteeAgreement,
      sessions: sessions.filter(({ pairId }) => pairId === pair.pairId).map(sessionOf),
    });
  }
  return {
    pairs: own,
    feedback: await exportFeedback(tx, personId, partnerNames),
    feedbackAsked: await exportRequests(tx, personId),
    newTimes: await exportNewTimes(tx, personId),
  };
}

const sessionOf = ({ number, startsAt, endsAt, state, held, topic }: SessionRow) => ({
  number,
  start: toIso(startsAt),
  end: toIso(endsAt),
  state,
  held,
  topic,
});

async function loadProgramNames(tx: TenantTransaction, cohortIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('cohorts')
    .innerJoin('programs', 'programs.programId', 'cohorts.programId')
    .select(['cohorts.cohortId', 'programs.name'])
    .where('cohorts.cohortId', '=', anyOf(new Set(cohortIds)))
    .execute();
  return new Map(rows.map(({ cohortId, name }) => [cohortId, name]));
}

async function exportFeedback(
  tx: TenantTransaction,
  personId: PersonId,
  partnerNames: ReadonlyMap<string, string | null>,
): Promise<OwnPairs['feedback']> {
  const rows = await tx
    .selectFrom('feedback')
    .innerJoin('sessions', 'sessions.sessionId', 'feedback.sessionId')
    .select(['sessions.startsAt', 'sessions.pairId', 'feedback.sessionStart'])
    .select(['feedback.tookPlace', 'feedback.usefulness', 'feedback.nextTopic', 'feedback.note'])
    .select(['feedback.noteReader', 'feedback.version', 'feedback.givenAt', 'feedback.answeredAt'])
    .select(['feedback.rightMatch', 'feedback.safeToSpeak', 'feedback.taughtBy'])
    .select(['feedback.department', 'feedback.office'])
    .select(['feedback.scoresWeek', 'feedback.topicsWeek', 'feedback.commentsWeek'])
    .where('feedback.personId', '=', personId)
    .orderBy('sessions.startsAt')
    .orderBy('feedback.sessionId')
    .orderBy('feedback.attempt')
    .execute();
  return rows.map(({ startsAt, sessionStart, pairId, givenAt, answeredAt, ...rest }) => {
    const { scoresWeek, topicsWeek, commentsWeek, ...answer } = rest;
    return {
      sessionStart: toIso(sessionStart ?? startsAt),
      partnerName: partnerNames.get(pairId) ?? null,
      ...answer,
      givenAt: toIso(givenAt),
      answeredAt: toIso(answeredAt),
      scoresWeek: toIsoOrNull(scoresWeek),
      topicsWeek: toIsoOrNull(topicsWeek),
      commentsWeek: toIsoOrNull(commentsWeek),
    };
  });
}

async function exportRequests(tx: TenantTransaction, personId: PersonId): Promise<OwnPairs['feedbackAsked']> {
  const rows = await tx
    .selectFrom('feedbackRequests')
    .innerJoin('sessions', 'sessions.sessionId', 'feedbackRequests.sessionId')
    .select(['sessions.startsAt', 'feedbackRequests.state', 'feedbackRequests.skippedBecause'])
    .select(['feedbackRequests.dueAt', 'feedbackRequests.askedAt', 'feedbackRequests.closesAt'])
    .select(['feedbackRequests.reminders', 'feedbackRequests.sessionStart'])
    .where('feedbackRequests.personId', '=', personId)
    .orderBy('sessions.startsAt')
    .orderBy('feedbackRequests.sessionId')
    .orderBy('feedbackRequests.attempt')
    .execute();
  return rows.map(({ startsAt, sessionStart, dueAt, askedAt, closesAt, ...request }) => ({
    sessionStart: toIso(sessionStart ?? startsAt),
    ...request,
    dueAt: toIsoOrNull(dueAt),
    askedAt: toIsoOrNull(askedAt),
    closesAt: toIsoOrNull(closesAt),
  }));
}

/** What they were asked, and chose, themselves: what an assistant or the other one chose is not theirs. */
async function exportNewTimes(tx: TenantTransaction, personId: PersonId): Promise<OwnPairs['newTimes']> {
  const rows = await tx
    .selectFrom('sessionOffers')
    .innerJoin('sessions', 'sessions.sessionId', 'sessionOffers.sessionId')
    .select(['sessions.startsAt', 'sessionOffers.starts', 'sessionOffers.askedAt', 'sessionOffers.answerBy'])
    .select(['sessionOffers.chosen', 'sessionOffers.answeredBy', 'sessionOffers.answeredAt'])
    .where((eb) => eb.or([eb('sessionOffers.askedOf', '=', personId), eb('sessionOffers.answeredBy', '=', personId)]))
    .orderBy('sessionOffers.askedAt')
    .orderBy('sessionOffers.sessionId')
    .execute();
  return rows.map(({ startsAt, starts, askedAt, answerBy, chosen, answeredBy, answeredAt }) => {
    const isOwn = answeredBy === personId;
    return {
      sessionStart: toIso(startsAt),
      starts: starts.map((start) => toIso(start as Instant)),
      askedAt: toIso(askedAt),
      answerBy: toIso(answerBy),
      chosen: isOwn && chosen !== null ? toIso(starts[chosen] as Instant) : null,
      answeredAt: isOwn ? toIsoOrNull(answeredAt) : null,
    };
  });
}
