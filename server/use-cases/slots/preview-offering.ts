import type { OfferingReply } from '../../contract/running.ts';
import { findCohort } from '../../db/cohorts.ts';
import { loadPairs } from '../../db/pairs.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Calendar, Clock } from '../../ports.ts';
import { searchCohort } from './search-cohort.ts';

/** As many as one run of offer-slots looks at. */
const AT_ONCE = 200;

/**
 * The dry run of offering: for how many of the pairs without a time there is one that is free at all dates. Calendars are
 * read, nothing is written to anybody and nothing is stored; only numbers come out. Throws `notFound`, and `unavailable`
 * without a program mailbox or while calendars do not answer.
 */
export async function previewOffering(
  ports: { db: Database; calendar: Calendar; clock: Clock },
  { tenantId, cohortId }: { tenantId: TenantId; cohortId: string },
): Promise<OfferingReply> {
  const now = ports.clock.now();
  const { tenant, pairs } = await inTenant(ports.db, tenantId, async (tx) => {
    if (!(await findCohort(tx, cohortId))) throw new AppError('notFound');
    const pairs = await loadPairs(tx, { cohortId, states: ['proposed', 'mentorAsked', 'mentorAgreed', 'noSlot'] });
    return { tenant: await loadTenant(tx), pairs };
  });
  const looked = pairs.slice(0, AT_ONCE);
  const reply = { pairs: pairs.length, looked: looked.length, allDates: 0, someMoved: 0, none: 0, unreadable: 0 };
  if (looked.length === 0) return reply;
  const found = await searchCohort(ports, { tenant, cohortId, pairs: looked, now });
  if (!found) throw new AppError('unavailable', { reason: 'programMailbox' });
  if (found.outcome !== 'done') throw new AppError('unavailable', { reason: 'calendars' });
  for (const { pairId, mentee, mentor } of found.asked) {
    const offers = found.offers.get(pairId) ?? [];
    if (mentee.busy === null || mentor.busy === null) reply.unreadable++;
    else if (offers.length === 0) reply.none++;
    else if (offers.some(({ dates }) => dates.every(({ isMoved }) => !isMoved))) reply.allDates++;
    else reply.someMoved++;
  }
  return reply;
}
