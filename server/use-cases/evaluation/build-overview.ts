import type { OverviewReply } from '../../contract/administrator.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { loadOpenCohorts, loadParticipants } from '../../db/cohorts.ts';
import { loadPairs } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import { lastClosedDay } from '../../domain/evaluation/closed-periods.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { PULSE_SESSIONS } from '../../domain/sessions/pulse.ts';
import { MINUTE, toIso, toIsoOrNull, type Instant } from '../../domain/time/instant.ts';
import type { Clock } from '../../ports.ts';
import { describeSafeContact } from '../people/check-safe-contact.ts';
import { erasureDue } from '../people/app-removal.ts';
import { describeFeedback, type HiddenTexts } from './describe-feedback.ts';
import { describeRunLog, type RunLogTexts } from './describe-run-log.ts';
import { loadToldSessions } from './load-told-sessions.ts';
import { loadToldWishes } from './load-told-wishes.ts';

/** Sentences of the overview; main wires them to the locales. */
export type OverviewTexts = RunLogTexts & HiddenTexts;

const RUN_LOG_ENTRIES = 50;
/** Shorter silences of Graph are everyday life: the next try gets an answer. */
const WORTH_TELLING = 15 * MINUTE;
/** What there is to tell without a cohort. */
const NO_FEEDBACK: OverviewReply['feedback'] = {
  answers: null,
  published: { scores: [], topics: [], comments: [] },
  hidden: { answers: null, scores: null, topics: null, comments: null },
  notes: [],
};

/**
 * What the administrator sees: stages, pairs with what was held, feedback in groups only, and what happened lately.
 * Never who declined, moved or cancelled, and no individual's score (product.md, Who sees what).
 */
export async function buildOverview(
  { db, clock, texts }: { db: Database; clock: Clock; texts: OverviewTexts },
  { tenantId, locale }: { tenantId: TenantId; locale: Locale },
): Promise<OverviewReply> {
  const now = clock.now();
  return inTenant(db, tenantId, async (tx) => {
    const cohorts = await loadOpenCohorts(tx);
    const cohort = cohorts.at(-1);
    const runLog = await describeRunLog(tx, texts, { locale, most: RUN_LOG_ENTRIES });
    const erasedAt = toIsoOrNull(erasureDue(await loadTenant(tx)));
    const calendarsDownSince = await downSince(tx, now);
    if (!cohort) {
      return {
        now: toIso(now),
        cohort: null,
        participants: [],
        pairs: [],
        sessions: { booked: 0, held: 0, confirmed: 0, notHeld: 0 },
        feedback: NO_FEEDBACK,
        calendarsDownSince,
        erasedAt,
        runLog,
      };
    }
    const { cohortId } = cohort;
    const people = await loadParticipants(tx, { cohortId });
    const pairs = await pairRows(tx, cohortId, now);
    const count = new Map<string, number>();
    for (const row of people) count.set(`${row.side}:${row.state}`, (count.get(`${row.side}:${row.state}`) ?? 0) + 1);
    const sum = (pick: (pair: (typeof pairs)[number]) => number): number =>
      pairs.reduce((total, pair) => total + pick(pair), 0);
    return {
      now: toIso(now),
      cohort: {
        cohortId,
        programName: cohort.programName,
        cohortName: cohort.name,
        nextStep:
          cohort.state === 'draft'
            ? 'invite'
            : cohort.state === 'inviting'
              ? 'match'
              : cohort.state === 'matched'
                ? 'publish'
                : 'running',
        automatic: cohort.automatic,
        safeContact: await describeSafeContact(tx, cohort),
      },
      participants: [...count].map(([key, n]) => {
        const [side, state] = key.split(':') as [(typeof people)[number]['side'], (typeof people)[number]['state']];
        return { side, state, count: n };
      }),
      pairs,
      sessions: {
        booked: sum((pair) => pair.sessionsBooked),
        held: sum((pair) => pair.sessionsHeld),
        confirmed: sum((pair) => pair.sessionsConfirmed),
        notHeld: sum((pair) => pair.sessionsNotHeld),
      },
      feedback: await describeFeedback(tx, texts, cohort, { now, locale }),
      calendarsDownSince,
      erasedAt,
      runLog,
    };
  });
}

/** Since when calendars do not answer (reliability.md F18); null where they do, or a moment ago did. */
async function downSince(tx: TenantTransaction, now: Instant): Promise<string | null> {
  const { calendarsFailingSince: since } = await loadTenant(tx);
  return since === null || now - since < WORTH_TELLING ? null : toIso(since);
}

async function pairRows(tx: TenantTransaction, cohortId: string, now: Instant): Promise<OverviewReply['pairs']> {
  const pairs = await loadPairs(tx, { cohortId });
  const ids = pairs.map((pair) => pair.pairId);
  const sessions = await loadToldSessions(tx, ids, now);
  const names = await loadPeopleById(
    tx,
    pairs.flatMap((pair) => [pair.mentorId, pair.menteeId]),
  );
  const waiting = await countWaiting(tx, now);
  const wishes = await loadToldWishes(tx, ids, now);
  return pairs
    .filter((pair) => pair.state !== 'mentorDeclined' && pair.state !== 'menteeDeclined')
    .map((pair) => {
      const own = sessions.filter((session) => session.pairId === pair.pairId);
      const next = own.find((session) => session.state === 'booked' && session.startsAt > now);
      return {
        pairId: pair.pairId,
        mentorName: names.get(pair.mentorId)?.displayName ?? '',
        menteeName: names.get(pair.menteeId)?.displayName ?? '',
        state: pair.state,
        sessionsBooked: own.filter((session) => session.state === 'booked').length,
        sessionsHeld: own.filter((session) => session.held === 'presumed' || session.held === 'confirmed').length,
        sessionsConfirmed: own.filter((session) => session.held === 'confirmed').length,
        sessionsNotHeld: own.filter((session) => session.held === 'notHeld').length,
        nextSession: next ? toIso(next.startsAt) : null,
        answersWaiting: waiting.get(pair.pairId) ?? 0,
        wantsAnotherMatch: wishes.has(pair.pairId),
      };
    });
}

/**
 * How many answers of each pair are waited for; one of today still is, so that its moment is not told (reliability.md 87).
 * Without the pulse: whoever knows which of two answered it would know whose wish for another match it is.
 */
async function countWaiting(tx: TenantTransaction, now: Instant): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('feedbackRequests')
    .innerJoin('sessions', 'sessions.sessionId', 'feedbackRequests.sessionId')
    .leftJoin('feedback', (join) =>
      join
        .onRef('feedback.sessionId', '=', 'feedbackRequests.sessionId')
        .onRef('feedback.personId', '=', 'feedbackRequests.personId')
        .onRef('feedback.attempt', '=', 'feedbackRequests.attempt'),
    )
    .select(['sessions.pairId', (eb) => eb.fn.countAll<number>().as('n')])
    .where('sessions.number', 'not in', [...PULSE_SESSIONS])
    .where((eb) =>
      eb.or([
        eb('feedbackRequests.state', '=', 'asked'),
        eb.and([eb('feedbackRequests.state', '=', 'answered'), eb('feedback.givenAt', '>=', at(lastClosedDay(now)))]),
      ]),
    )
    .groupBy('sessions.pairId')
    .execute();
  return new Map(rows.map(({ pairId, n }) => [pairId, n]));
}
