import { addToRunLog } from '../../db/run-log.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';

/** Somebody copied a series of ours, tag and all: the copy is left alone, and the administrator hears of it once (F33). */
export async function tellOfCopies(
  tx: TenantTransaction,
  tenantId: TenantId,
  seriesId: string,
  now: Instant,
): Promise<void> {
  const told = await tx
    .selectFrom('runLog')
    .select('entryId')
    .where('kind', '=', 'copyFound')
    .where('subjectId', '=', seriesId)
    .executeTakeFirst();
  if (!told) await addToRunLog(tx, tenantId, { at: now, kind: 'copyFound', subjectId: seriesId });
}
