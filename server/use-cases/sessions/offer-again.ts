import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { findOffer } from '../../db/session-offers.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { DAY, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { findOtherStarts } from './find-other-starts.ts';
import { offerNewTime } from './offer-new-time.ts';

/** Older refusals are over: their sessions have passed, or were looked after otherwise. */
const RECENT = 2 * DAY;

/**
 * Sessions whose time a person chose or asked for, or agreed to with the series, but which could not be written: mostly
 * because the last look found it taken (reliability.md F17). Nothing was offered since.
 */
export async function loadTakenSessions(tx: TenantTransaction, now: Instant): Promise<string[]> {
  const rows = await tx
    .selectFrom('calendarWrites')
    .innerJoin('sessions', 'sessions.sessionId', 'calendarWrites.sessionId')
    .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
    .select('sessions.sessionId')
    .distinct()
    .where('calendarWrites.kind', 'in', ['moveDate', 'createDate'])
    .where('calendarWrites.state', '=', 'refused')
    // What a person did, or decided, in its place stands.
    .where('calendarWrites.code', 'not in', ['movedByAPerson', 'superseded', 'seriesEnded', 'seriesGone'])
    .where('calendarWrites.doneAt', '>', at(plus(now, -RECENT)))
    // What moves by itself is decided anew as long as the conflict stands.
    .where((eb) => eb.or([eb('sessions.locked', '=', true), eb('sessions.cause', '=', 'notMovable')]))
    .where((eb) => eb.or([eb('sessions.startsAt', '>', at(now)), eb('sessions.held', '=', 'notHeld')]))
    .where('pairs.state', '=', 'booked')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('sessionOffers')
            .select('sessionOffers.round')
            .whereRef('sessionOffers.sessionId', '=', 'sessions.sessionId')
            .whereRef('sessionOffers.askedAt', '>=', 'calendarWrites.doneAt')
            // The answer that led to the refused write may have come at the same instant.
            .where('sessionOffers.state', '!=', 'answered'),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('calendarWrites as later')
            .select('later.writeId')
            .whereRef('later.sessionId', '=', 'sessions.sessionId')
            .where('later.kind', 'in', ['moveDate', 'createDate'])
            .whereRef('later.createdAt', '>', 'calendarWrites.createdAt'),
        ),
      ),
    )
    .execute();
  return rows.map(({ sessionId }) => sessionId).sort();
}

/** Offers fresh times for such a session. Returns when to look again because calendars could not be read, or null. */
export async function offerAgain(
  ports: { db: Database; calendar: Calendar; clock: Pick<Clock, 'track'>; jobs: Jobs },
  tenant: TenantRow,
  sessionId: string,
  now: Instant,
): Promise<Instant | null> {
  const { db, jobs } = ports;
  const { tenantId } = tenant;
  const found = await findOtherStarts(ports, tenant, sessionId, now);
  if (found?.outcome !== 'done') return found?.notBefore ?? null;
  const { session, context, starts } = found;
  await inTenant(db, tenantId, async (tx) => {
    // Of a session that did not take place the one who chose the time is asked again, and nobody else.
    const before = session.held === 'notHeld' ? await findOffer(tx, sessionId) : undefined;
    const askedOf = before && { askedOf: before.askedOf };
    await offerNewTime(tx, context, session, { because: 'taken', starts, ...askedOf, now });
  });
  jobs.wake('sendMessages');
  return null;
}
