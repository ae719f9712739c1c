import type { OverviewReply } from '../../contract/administrator.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { loadOpenCohorts, loadParticipants } from '../../db/cohorts.ts';
import { loadPairs } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import { showScores, type GroupedScore } from '../../domain/evaluation/small-groups.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { DAY, MINUTE, plus, toIso, toIsoOrNull, type Instant } from '../../domain/time/instant.ts';
import type { Clock } from '../../ports.ts';
import { erasureDue } from '../people/app-removal.ts';
import { describeRunLog, type RunLogTexts } from './describe-run-log.ts';

/** Sentences of the overview; main wires them to the locales. */
export interface OverviewTexts extends RunLogTexts {
  hidden(reason: string, locale: Locale): string;
}

const RUN_LOG_ENTRIES = 50;
/** Shorter silences of Graph are everyday life: the next try gets an answer. */
const WORTH_TELLING = 15 * MINUTE;
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
        sessions: { booked: 0, held: 0, confirmed: 0 },
        feedback: { asked: 0, answered: 0, usefulness: { shown: false, why: texts.hidden('fewerThanFive', locale) } },
        calendarsDownSince,
        erasedAt,
        runLog,
      };
    }
    const { cohortId } = cohort;
    const people = await loadParticipants(tx, { cohortId });
    const pairs = await pairRows(tx, cohortId, now);
    const feedback = await feedbackNumbers(tx, cohortId, now);
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
      },
      feedback: {
        asked: feedback.asked,
        answered: feedback.answered,
        usefulness: feedback.usefulness.shown
          ? feedback.usefulness
          : { shown: false, why: texts.hidden(feedback.usefulness.reason, locale) },
      },
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
  const sessions = await loadSessions(tx, { pairIds: ids });
  const names = await loadPeopleById(
    tx,
    pairs.flatMap((pair) => [pair.mentorId, pair.menteeId]),
  );
  const waiting = await tx
    .selectFrom('feedbackRequests')
    .innerJoin('sessions', 'sessions.sessionId', 'feedbackRequests.sessionId')
    .select(['sessions.pairId', (eb) => eb.fn.countAll<number>().as('n')])
    .where('feedbackRequests.state', '=', 'asked')
    .groupBy('sessions.pairId')
    .execute();
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
        nextSession: next ? toIso(next.startsAt) : null,
        answersWaiting: waiting.find((row) => row.pairId === pair.pairId)?.n ?? 0,
      };
    });
}

/** Scores count once their week is over: closed weeks change no more, so nobody can be read out of a difference. */
async function feedbackNumbers(
  tx: TenantTransaction,
  cohortId: string,
  now: Instant,
): Promise<{ asked: number; answered: number; usefulness: GroupedScore }> {
  const asked = await tx
    .selectFrom('feedbackRequests')
    .innerJoin('sessions', 'sessions.sessionId', 'feedbackRequests.sessionId')
    .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
    .select(['feedbackRequests.state', 'feedbackRequests.askedAt'])
    .where('pairs.cohortId', '=', cohortId)
    .execute();
  const scores = await tx
    .selectFrom('feedback')
    .innerJoin('sessions', 'sessions.sessionId', 'feedback.sessionId')
    .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
    .select(['feedback.personId', 'feedback.usefulness'])
    .where('pairs.cohortId', '=', cohortId)
    .where('feedback.usefulness', 'is not', null)
    .where('feedback.answeredAt', '<', at(lastClosedWeek(now)))
    .execute();
  return {
    asked: asked.filter((row) => row.askedAt !== null).length,
    answered: asked.filter((row) => row.state === 'answered').length,
    usefulness: showScores(scores.map((row) => ({ personId: row.personId, score: row.usefulness ?? 0 }))),
  };
}

/** Monday 00:00 UTC of this week: 1970-01-05 was a Monday. */
function lastClosedWeek(now: Instant): Instant {
  const monday = 4 * DAY;
  return plus(monday as Instant, Math.floor((now - monday) / (7 * DAY)) * 7 * DAY);
}
