import { findPair } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type TenantTransaction } from '../../db/schema.ts';
import type { SeriesRow } from '../../db/sessions.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { DAY, plus, type Instant } from '../../domain/time/instant.ts';

/** A series is told of again only after this: the same change is seen every day. */
const QUIET = 180 * DAY;

/** Tells the administrator, once, that so many sessions of a series stand at another hour, since a zone has new rules. */
export async function tellOfClock(
  tx: TenantTransaction,
  tenantId: TenantId,
  series: Pick<SeriesRow, 'seriesId' | 'pairId' | 'timeZone'>,
  sessions: number,
  now: Instant,
): Promise<void> {
  const { seriesId, pairId, timeZone: zone } = series;
  const told = await tx
    .selectFrom('runLog')
    .select('entryId')
    .where('kind', '=', 'clockChanged')
    .where('subjectId', '=', seriesId)
    .where('at', '>', at(plus(now, -QUIET)))
    .executeTakeFirst();
  const pair = told ? undefined : await findPair(tx, pairId);
  if (!pair) return;
  const people = await loadPeopleById(tx, [pair.mentorId, pair.menteeId]);
  const nameOf = (id: PersonId): string => people.get(id)?.displayName ?? '';
  await addToRunLog(tx, tenantId, {
    at: now,
    kind: 'clockChanged',
    cohortId: pair.cohortId,
    subjectId: seriesId,
    detail: { zone, sessions, mentor: nameOf(pair.mentorId), mentee: nameOf(pair.menteeId) },
  });
}
