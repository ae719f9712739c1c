import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { keepCare } from '../../db/session-care.ts';
import { findSeries, isSeriesEnding, loadSessions, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { FEEDBACK_OPEN_DAYS } from '../../domain/sessions/due-for-feedback.ts';
import { DAY, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { findPair } from '../../db/pairs.ts';
import { loadCareContext } from './care-context.ts';
import { findOtherStarts } from './find-other-starts.ts';
import { offerNewTime } from './offer-new-time.ts';

/**
 * The question for sessions of which somebody says that they did not take place, and about which nobody was asked yet. An offer that was
 * taken back with a changed answer does not count; while answers may be given it may be made again.
 */
export const selectNotHeld = (tx: TenantTransaction, now: Instant) =>
  tx
    .selectFrom('sessions')
    .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
    .innerJoin('series', 'series.seriesId', 'sessions.seriesId')
    .select('sessions.sessionId')
    .where('sessions.held', '=', 'notHeld')
    .where('sessions.state', '=', 'booked')
    .where('sessions.endsAt', '>', at(plus(now, -FEEDBACK_OPEN_DAYS * DAY)))
    .where('pairs.state', '=', 'booked')
    .where('series.state', '=', 'confirmed')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('sessionOffers')
            .select('sessionOffers.round')
            .whereRef('sessionOffers.sessionId', '=', 'sessions.sessionId')
            .whereRef('sessionOffers.askedAt', '>=', 'sessions.endsAt')
            .where('sessionOffers.state', '!=', 'withdrawn'),
        ),
      ),
    );

/** Their ids. */
export async function loadNotHeldSessions(tx: TenantTransaction, now: Instant): Promise<string[]> {
  const rows = await selectNotHeld(tx, now).orderBy('sessions.sessionId').execute();
  return rows.map(({ sessionId }) => sessionId);
}

/**
 * Who says that a session did not take place at its present date, the first first. They alone are asked for another: nobody
 * else learns by it what was answered.
 */
export async function loadWhoSaidNo(
  tx: TenantTransaction,
  { sessionId, attempt }: Pick<SessionRow, 'sessionId' | 'attempt'>,
): Promise<PersonId[]> {
  const rows = await tx
    .selectFrom('feedback')
    .select('personId')
    .where('sessionId', '=', sessionId)
    .where('attempt', '=', attempt)
    .where('tookPlace', '=', false)
    .orderBy('answeredAt')
    .orderBy('side')
    .execute();
  return rows.map(({ personId }) => personId);
}

/**
 * Offers other times for such a session to the one who said so, or says that there is none (product.md F1); a series that
 * ends asks nothing. Returns when to look again because calendars could not be read, or null.
 */
export async function offerNotHeld(
  ports: { db: Database; calendar: Calendar; clock: Pick<Clock, 'track'>; jobs: Jobs },
  tenant: TenantRow,
  sessionId: string,
  now: Instant,
): Promise<Instant | null> {
  const { db, jobs } = ports;
  const found = await findOtherStarts(ports, tenant, sessionId, now);
  if (found?.outcome !== 'done') return found?.notBefore ?? null;
  await inTenant(db, tenant.tenantId, async (tx) => {
    // Answers lock the pair: what is read now stands until this is stored.
    await findPair(tx, found.session.pairId, true);
    if (!(await loadNotHeldSessions(tx, now)).includes(sessionId)) return;
    const [session] = await loadSessions(tx, { sessionIds: [sessionId] });
    const series = session && (await findSeries(tx, session.seriesId));
    const context = series && (await loadCareContext(tx, tenant, series));
    if (!session || !context || (await isSeriesEnding(tx, session.seriesId))) return;
    const [askedOf] = await loadWhoSaidNo(tx, session);
    if (askedOf === undefined) return;
    // What stood against the old date is over, and its end takes back no offer of this.
    await keepCare(tx, sessionId, { disturbedBy: null });
    await offerNewTime(tx, context, session, { because: 'notHeld', starts: found.starts, askedOf, now });
  });
  jobs.wake('sendMessages');
  return null;
}
