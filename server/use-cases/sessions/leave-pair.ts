import { findPair } from '../../db/pairs.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import { can } from '../../domain/access.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { endPairQuietly } from './end-booked-pair.ts';

/**
 * One of a pair stops: the sessions to come are cancelled, and the other one reads what they would read if the program team
 * had ended the pair. No reason is asked, kept or told. Throws `notFound` for a stranger, `closed` when it has ended.
 */
export async function leavePair(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  { tenantId, personId, pairId }: { tenantId: TenantId; personId: PersonId; pairId: string },
): Promise<void> {
  await inTenant(db, tenantId, async (tx) => {
    const pair = await findPair(tx, pairId, true);
    if (!pair) throw new AppError('notFound');
    const people = [
      { personId: pair.mentorId, side: 'mentor' as const },
      { personId: pair.menteeId, side: 'mentee' as const },
    ];
    if (!can({ tenantId, personId, roles: [] }, 'leavePair', { tenantId, people })) throw new AppError('notFound');
    if (pair.state !== 'booked' && pair.state !== 'suspended')
      throw new AppError('closed', { reason: 'answeredElsewhere' });
    await endPairQuietly(tx, { tenant: await loadTenant(tx), pair, silent: personId, now: clock.now() });
  });
  jobs.wake('writeCalendar');
  jobs.wake('sendMessages');
  jobs.wake('advanceCohorts');
}
