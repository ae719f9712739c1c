import { findPair, movePair } from '../../db/pairs.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type TenantTransaction } from '../../db/schema.ts';
import type { SeriesRow, SessionRow } from '../../db/sessions.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import { planAccept } from './plan-accept.ts';
import { tellBooked } from './tell-booked.ts';

/** Link and acceptance are looked for after a minute; by then they are known, or not to be waited for. */
const TELL_AFTER = 2 * MINUTE;

interface Subject {
  tenant: TenantRow;
  series: SeriesRow;
  sessions: readonly SessionRow[];
  now: Instant;
}

/** The series stands in the calendar: both sides are told, its dates are linked next. */
export async function recordSeriesCreated(
  tx: TenantTransaction,
  {
    tenant,
    series,
    sessions,
    created,
    copies,
    now,
  }: Subject & { created: { eventId: string; iCalUId: string; joinUrl: string | null }; copies: number },
): Promise<void> {
  await tx
    .updateTable('series')
    .set({
      state: 'confirmed',
      eventId: created.eventId,
      icalUid: created.iCalUId,
      joinUrl: created.joinUrl,
      confirmedAt: at(now),
    })
    .where('seriesId', '=', series.seriesId)
    .execute();
  await movePair(tx, series.pairId, 'book', { now });
  const pair = await findPair(tx, series.pairId);
  if (!pair) return;
  // A card that is told in a minute can say what is learned till then: the link, and that the executive's copy is accepted.
  const isTried = await planAccept(tx, series.seriesId, now);
  const { joinUrl } = created;
  const soon = plus(now, TELL_AFTER);
  const told = { tenant, series, joinUrl, isAccepted: false, now };
  await tellBooked(tx, { ...told, readers: 'mentor', notBefore: joinUrl === null ? soon : now });
  await tellBooked(tx, { ...told, readers: 'mentee', notBefore: joinUrl === null || isTried ? soon : now });
  const about = { at: now, cohortId: pair.cohortId, subjectId: series.seriesId };
  await addToRunLog(tx, tenant.tenantId, { ...about, kind: 'seriesBooked', detail: { sessions: sessions.length } });
  // F33: somebody copied our event; the copy is never touched, and the administrator hears of it once.
  if (copies > 1) await addToRunLog(tx, tenant.tenantId, { ...about, kind: 'copyFound' });
}

/** Graph will not take this series as it is: nothing is tried again without a person. */
export async function recordSeriesRefused(
  tx: TenantTransaction,
  { tenant, series, code, now }: Subject & { code: string },
): Promise<void> {
  await endAttempt(tx, series, code);
  await movePair(tx, series.pairId, 'failBooking', { now });
  const pair = await findPair(tx, series.pairId);
  await addToRunLog(tx, tenant.tenantId, {
    at: now,
    kind: 'waitingForAdministrator',
    cohortId: pair?.cohortId ?? null,
    subjectId: series.pairId,
  });
}

/** One of the agreed times was taken meanwhile: the search starts again, nothing is silently moved (F17). */
export async function recordSlotTaken(tx: TenantTransaction, { tenant, series, now }: Subject): Promise<void> {
  await endAttempt(tx, series, 'slotTaken');
  const pair = await findPair(tx, series.pairId);
  if (!pair) return;
  await movePair(tx, pair.pairId, 'loseSlot', { now, dueAt: now, generation: pair.generation + 1 });
  await addToRunLog(tx, tenant.tenantId, {
    at: now,
    kind: 'slotTaken',
    cohortId: pair.cohortId,
    subjectId: pair.pairId,
  });
}

/** An attempt that never reached a calendar leaves no sessions behind. */
async function endAttempt(tx: TenantTransaction, series: SeriesRow, fault: string): Promise<void> {
  await tx.updateTable('series').set({ state: 'refused', fault }).where('seriesId', '=', series.seriesId).execute();
  await tx.deleteFrom('sessions').where('seriesId', '=', series.seriesId).execute();
}
