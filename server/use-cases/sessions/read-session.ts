import type { GuideView, SessionLookupReply, SessionReply } from '../../contract/http.ts';
import type { Locale, Topic } from '../../contract/vocabulary.ts';
import { loadBoth } from '../../db/cohorts.ts';
import { findAnswer, loadAnsweredSessions } from '../../db/feedback.ts';
import { findPair, loadPairs } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database } from '../../db/schema.ts';
import { findSeries, loadSeries, loadSessions, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { isLow, isPulse } from '../../domain/sessions/pulse.ts';
import { MINUTE, toIso, type Instant } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { pairTopics } from '../../domain/matching/pair-topics.ts';
import { describeSafeContacts } from '../people/describe-safe-contacts.ts';
import { partnerOf } from '../people/partner-of.ts';
import { sessionView } from './session-view.ts';

/** Gives the guide of a topic in a language, for a session of so many minutes (30 unless told); main wires it to the locales. */
export type GuideTexts = { guide(topic: Topic, locale: Locale, minutes?: number): GuideView };

/** One session as one of its two people sees it. Throws `notFound` for anybody else. */
export async function readSession(
  { db, clock, texts }: { db: Database; clock: Clock; texts: GuideTexts },
  {
    tenantId,
    personId,
    sessionId,
    locale,
  }: { tenantId: TenantId; personId: PersonId; sessionId: string; locale: Locale },
): Promise<SessionReply> {
  const now = clock.now();
  return inTenant(db, tenantId, async (tx) => {
    const [session] = await loadSessions(tx, { sessionIds: [sessionId] });
    const pair = session ? await findPair(tx, session.pairId) : undefined;
    if (!session || !pair || (pair.mentorId !== personId && pair.menteeId !== personId)) throw new AppError('notFound');
    const series = await findSeries(tx, session.seriesId);
    if (!series) throw new AppError('notFound');
    const side = pair.mentorId === personId ? ('mentor' as const) : ('mentee' as const);
    const partnerId = side === 'mentor' ? pair.menteeId : pair.mentorId;
    const { mentor, mentee } = await loadBoth(tx, pair);
    const person = (await loadPeopleById(tx, [partnerId])).get(partnerId);
    if (!mentee || !mentor || !person) throw new AppError('notFound');
    const answer = await findAnswer(tx, session, personId);
    return {
      now: toIso(now),
      session: sessionView(session, series, { isAnswered: answer !== undefined, now }),
      pairId: pair.pairId,
      side,
      partner: partnerOf(person, side === 'mentor' ? mentee : mentor, { mayGoalsBeSeen: true }),
      guide: session.topic === null ? null : texts.guide(session.topic, locale, minutesOf(session)),
      answer: answer ?? null,
      isPulse: isPulse(session.number),
      isHardlySafe: isLow(answer?.safeToSpeak ?? null),
      safeContact: (await describeSafeContacts(tx, [pair.cohortId]))[0] ?? null,
      nextTopics: pairTopics(mentee, mentor),
      attempt: session.attempt,
    };
  });
}

const minutesOf = ({ startsAt, endsAt }: SessionRow): number => Math.round((endsAt - startsAt) / MINUTE);

/** How far the start that Outlook shows may be from ours: Outlook rounds to the minute. */
const START_TOLERANCE = 60_000;
/** How many sessions to come are listed. */
const UPCOMING = 5;

/**
 * Finds the caller's own session behind a meeting: sent by the program mailbox and starting then (platform.md
 * correction 8). Null when none or more than one fits; the sessions to come are listed in any case.
 */
export async function lookUpSession(
  { db, clock }: { db: Database; clock: Clock },
  {
    tenantId,
    personId,
    organizer,
    start,
  }: { tenantId: TenantId; personId: PersonId; organizer: string | null; start: Instant | null },
): Promise<SessionLookupReply> {
  const now = clock.now();
  return inTenant(db, tenantId, async (tx) => {
    const pairs = await loadPairs(tx, { personId, states: ['booked', 'suspended', 'closed'] });
    const ids = pairs.map((pair) => pair.pairId);
    const sessions = await loadSessions(tx, { pairIds: ids });
    const series = await loadSeries(tx, { pairIds: ids });
    const people = await loadPeopleById(tx, [
      ...pairs.flatMap((pair) => [pair.mentorId, pair.menteeId]),
      ...series.map((row) => row.organizerId),
    ]);
    const fits = sessions.filter((session) => {
      const own = series.find((row) => row.seriesId === session.seriesId);
      if (start === null || !own || Math.abs(session.startsAt - start) >= START_TOLERANCE) return false;
      return organizer === null || people.get(own.organizerId)?.mail?.toLowerCase() === organizer.toLowerCase();
    });
    const answered = await loadAnsweredSessions(tx, personId);
    const upcoming = sessions
      .filter((session) => session.state === 'booked' && session.endsAt > now)
      .slice(0, UPCOMING);
    return {
      now: toIso(now),
      sessionId: organizer !== null && fits.length === 1 ? fits[0]!.sessionId : null,
      upcoming: upcoming.flatMap((session) => {
        const pair = pairs.find((candidate) => candidate.pairId === session.pairId);
        const own = series.find((row) => row.seriesId === session.seriesId);
        const partner = pair ? people.get(pair.mentorId === personId ? pair.menteeId : pair.mentorId) : undefined;
        return own && partner
          ? [
              {
                session: sessionView(session, own, { isAnswered: answered.has(session.sessionId), now }),
                partnerName: partner.displayName,
              },
            ]
          : [];
      }),
    };
  });
}
