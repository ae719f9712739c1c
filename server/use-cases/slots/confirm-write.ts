import { settleWrite } from '../../db/calendar-writes.ts';
import type { SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { plus, type Instant } from '../../domain/time/instant.ts';
import type { CreatedSeries } from '../../ports.ts';
import { loadCareContext } from '../sessions/care-context.ts';
import { markMailbox } from '../sessions/mark-mailbox.ts';
import { tellOfChange } from '../sessions/tell-of-change.ts';
import { planAccept } from './plan-accept.ts';
import { recordDateStands, recordSeriesEnded } from './record-date-written.ts';
import { recordSeriesCreated } from './record-series.ts';
import type { WriteCalendarPorts, WriteWork } from './settle-write.ts';

/** The series stands in the organizer's calendar; `copies` events carry its tag. */
export async function confirmCreated(
  ports: WriteCalendarPorts,
  work: WriteWork,
  created: CreatedSeries,
  copies: number,
): Promise<void> {
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'confirmed', now }))) return;
    await recordSeriesCreated(tx, { ...work, created, copies, now });
  });
  ports.jobs.wake('bookSeries');
  ports.jobs.wake('sendMessages');
}

/** A date stands where it was moved to, or created. */
export async function confirmDate(
  ports: WriteCalendarPorts,
  work: WriteWork,
  session: SessionRow,
  event: { eventId: string; iCalUId: string },
  { start, end }: { start: Instant; end: Instant },
): Promise<void> {
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'confirmed', now }))) return;
    await recordDateStands(tx, { session, event, start, end, now });
    // A new time asks for a new answer: the date that stands apart is accepted with the rest, where that is done at all.
    await planAccept(tx, work.series.seriesId, now);
    const { tell } = work.write.data;
    const context = tell && (await loadCareContext(tx, work.tenant, work.series));
    if (tell && context) {
      const change = { newStart: start, ...(tell.why === undefined ? {} : { why: tell.why }) };
      await tellOfChange(tx, context, session, change, tell.sides, now);
    }
  });
  ports.jobs.wake('bookSeries');
  ports.jobs.wake('sendMessages');
}

/**
 * A person moved the date before we did: theirs stands (F16). One that was still to be moved counts as standing where
 * the pattern put it, so that the next look at the mailbox records and tells what the person did.
 */
export async function leaveToPerson(
  ports: WriteCalendarPorts,
  work: WriteWork,
  session: SessionRow,
  event: { eventId: string; iCalUId: string },
): Promise<void> {
  const now = ports.clock.now();
  const { tenantId } = work.tenant;
  await inTenant(ports.db, tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'refused', code: 'movedByAPerson', now }))) return;
    const { originalStart: start, startsAt, endsAt } = session;
    if (session.state === 'planned')
      await recordDateStands(tx, { session, event, start, end: plus(start, endsAt - startsAt), now });
    await markMailbox(tx, tenantId, work.series.organizerId, now);
  });
  ports.jobs.wake('reconcileSeries');
}

/** What was still to come of the series is over. */
export async function confirmEnded(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'confirmed', now }))) return;
    await recordSeriesEnded(tx, { series: work.series, sessions: work.sessions, now });
  });
}
