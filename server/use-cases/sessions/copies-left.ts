import type { AskView } from '../../contract/http.ts';
import { planWrite, reopenWrite } from '../../db/calendar-writes.ts';
import { findPair } from '../../db/pairs.ts';
import { anyOf, type Database, type TenantTransaction } from '../../db/schema.ts';
import { loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { toIso, type Instant } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';

/**
 * What may still stand in a person's calendar of series whose organizer's mailbox is gone (reliability.md F38): the dates
 * that are still to come, until they were taken out. Nobody is asked about a series that they organized themselves.
 */
export async function listCopiesLeft(tx: TenantTransaction, personId: PersonId, now: Instant): Promise<AskView[]> {
  const left = await findLeft(tx, personId);
  const sessions = await loadSessions(tx, { pairIds: left.map(({ pairId }) => pairId), endsAfter: now });
  const writes = await tx
    .selectFrom('calendarWrites')
    .select(['seriesId', 'state'])
    .where('kind', '=', 'removeCopies')
    .where('organizerId', '=', personId)
    .where('seriesId', '=', anyOf(left.map(({ seriesId }) => seriesId)))
    .execute();
  return left.flatMap(({ pairId, seriesId }): AskView[] => {
    const write = writes.find((one) => one.seriesId === seriesId);
    const dates = sessions.filter((session) => session.seriesId === seriesId && session.icalUid !== null);
    if (write?.state === 'confirmed' || dates.length === 0) return [];
    const state = write === undefined ? 'open' : write.state === 'refused' ? 'refused' : 'working';
    return [{ kind: 'copiesLeft', pairId, state, starts: dates.map(({ startsAt }) => toIso(startsAt)) }];
  });
}

/**
 * The person wants these dates out of their own calendar: a write that is kept, and tried until it is known to be done. A
 * second click does nothing, and after a refusal it tries anew. Throws `notFound` where the pair has no such series for them.
 */
export async function removeCopiesLeft(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  { tenantId, personId, pairId }: { tenantId: TenantId; personId: PersonId; pairId: string },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    if (!(await findPair(tx, pairId, true))) throw new AppError('notFound');
    const left = (await findLeft(tx, personId)).filter((one) => one.pairId === pairId);
    if (left.length === 0) throw new AppError('notFound');
    const { salt } = await loadTenant(tx);
    for (const { seriesId } of left) {
      const write = { seriesId, organizerId: personId, kind: 'removeCopies' as const, now };
      // No mail goes out, so nothing of the mailbox's budget is needed.
      const isNew = await planWrite(tx, { ...write, tenantId, salt, sessionId: null, messages: 0 });
      if (!isNew) await reopenWrite(tx, write);
    }
  });
  jobs.wake('writeCalendar');
}

/** Series of the person's pairs that were left in calendars, theirs among them. */
const findLeft = (tx: TenantTransaction, personId: PersonId): Promise<{ pairId: string; seriesId: string }[]> =>
  tx
    .selectFrom('series')
    .innerJoin('pairs', 'pairs.pairId', 'series.pairId')
    .select(['series.pairId', 'series.seriesId'])
    .where('series.copiesLeftAt', 'is not', null)
    .where('series.organizerId', '!=', personId)
    .where((eb) => eb.or([eb('pairs.mentorId', '=', personId), eb('pairs.menteeId', '=', personId)]))
    .orderBy('series.seriesId')
    .execute();
