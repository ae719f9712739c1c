import { addToRunLog } from '../../db/run-log.ts';
import type { Database } from '../../db/schema.ts';
import { loadSessions, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Calendar, Later, OrganizerDate } from '../../ports.ts';
import { loadCareContext } from './care-context.ts';
import { endSingleDates } from './end-single-dates.ts';
import { pausePair } from './pause-pair.ts';
import { lose } from './record-care.ts';
import { relearnSeries } from './relearn-series.ts';

/** Sessions of one series that the organizer's window should have held, but did not. */
export interface MissingSessions {
  series: SeriesRow;
  sessions: SessionRow[];
}

/** What became of a session that was missing: it stands after all, or it is gone. */
export type FoundSession = { series: SeriesRow; session: SessionRow; date: OrganizerDate | null };

/** So many series gone at once, and half of the mailbox's, were not deleted by their people one by one (F34). */
const MANY_SERIES = 3;
const SHARE = 0.5;

/**
 * Missing from the window is not gone: only the event itself, or its series, tells (reliability.md R6). A series whose ids
 * changed (mailbox moved, restored) is matched again by its tag (F35); many gone at once are lost, and the administrator
 * is asked, since nobody is invited anew without a human (F34); a single one is its people's act: the pair rests (F29).
 */
export async function checkMissing(
  ports: { db: Database; calendar: Calendar },
  tenant: TenantRow,
  organizerId: PersonId,
  missing: readonly MissingSessions[],
  watched: number,
  now: Instant,
): Promise<FoundSession[] | Later> {
  const { calendar } = ports;
  const found: FoundSession[] = [];
  const gone: MissingSessions[] = [];
  for (const { series, sessions } of missing) {
    if (series.eventId === null) continue;
    const master = await calendar.readDate(tenant.tenantId, organizerId, series.eventId);
    if (master.outcome === 'later') return master;
    const isGone = master.outcome === 'done' ? master.value.isCancelled : master.reason === 'notFound';
    if (!isGone) {
      if (master.outcome === 'done') found.push(...(await readEach(ports, tenant, { series, sessions })));
      continue;
    }
    const isBack = await relearnSeries(ports, tenant, series, now);
    // Nothing is concluded from what could not be read.
    if (typeof isBack !== 'boolean') continue;
    if (!isBack) gone.push({ series, sessions });
  }
  if (gone.length >= MANY_SERIES && gone.length >= watched * SHARE)
    await recordLost(ports, tenant, organizerId, gone, now);
  else for (const { series } of gone) await recordGone(ports, tenant, series, now);
  return found;
}

/** Each date by its id. One that cannot be read is left alone. */
async function readEach(
  { calendar }: { calendar: Calendar },
  tenant: TenantRow,
  { series, sessions }: MissingSessions,
): Promise<FoundSession[]> {
  const found: FoundSession[] = [];
  for (const session of sessions) {
    if (session.eventId === null) continue;
    const date = await calendar.readDate(tenant.tenantId, series.organizerId, session.eventId);
    if (date.outcome === 'done') found.push({ series, session, date: date.value });
    else if (date.outcome === 'refused' && date.reason === 'notFound') found.push({ series, session, date: null });
  }
  return found;
}

/** Many at once: the copies of the people still stand, so their sessions may take place; the series are not watched any more. */
async function recordLost(
  { db }: { db: Database },
  tenant: TenantRow,
  organizerId: PersonId,
  gone: readonly MissingSessions[],
  now: Instant,
): Promise<void> {
  await inTenant(db, tenant.tenantId, async (tx) => {
    for (const { series } of gone)
      await tx
        .updateTable('series')
        .set({ state: 'lost', cause: 'mailboxEmptied' })
        .where('seriesId', '=', series.seriesId)
        .execute();
    const detail = { series: gone.length };
    await addToRunLog(tx, tenant.tenantId, { at: now, kind: 'seriesLost', subjectId: organizerId, detail });
  });
}

async function recordGone(ports: { db: Database }, tenant: TenantRow, series: SeriesRow, now: Instant): Promise<void> {
  await inTenant(ports.db, tenant.tenantId, async (tx) => {
    await tx
      .updateTable('series')
      .set({ state: 'cancelled', cause: 'person' })
      .where('seriesId', '=', series.seriesId)
      .execute();
    const sessions = await loadSessions(tx, { seriesId: series.seriesId });
    // A date that took the place of a lost one was not deleted with the series, and nobody would watch it any more.
    await endSingleDates(tx, { tenant, series, sessions }, now);
    for (const session of sessions)
      if ((session.state === 'booked' || session.state === 'planned') && session.startsAt > now)
        await lose(tx, session, 'cancelled', 'person', now);
    const context = await loadCareContext(tx, tenant, series);
    if (context) await pausePair(tx, context, now);
  });
}
