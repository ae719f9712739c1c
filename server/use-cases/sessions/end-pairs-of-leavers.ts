import { queueMessage } from '../../db/messages.ts';
import { findPair, type PairRow } from '../../db/pairs.ts';
import { loadGonePeople, loadPeopleById } from '../../db/people.ts';
import { anyOf, type TenantTransaction } from '../../db/schema.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { LIVE_STATES } from '../../domain/matching/pair.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { endMatch } from '../matching/end-match.ts';
import { takeBackBooking } from '../slots/take-back-booking.ts';
import { endBookedPair } from './end-booked-pair.ts';

/**
 * Ends the pairs of which one has left, was disabled, or wants to be erased (F40): the dates to come are cancelled once, while the mailbox is still
 * there, the other one is told, and the leaver takes part in nothing more (reliability.md F38). A match that is not booked
 * yet ends with its questions; a booking that is under way is waited for, and ended in a later round. `pairIds`: only of
 * these. Returns those that ended.
 */
export async function endPairsOfLeavers(
  tx: TenantTransaction,
  tenant: TenantRow,
  now: Instant,
  pairIds?: readonly string[],
): Promise<string[]> {
  // The few pairs first, then their people: joined the other way the database would try every person with every pair.
  let query = tx
    .selectFrom('pairs')
    .select(['pairId', 'mentorId', 'menteeId'])
    .where('state', 'in', [...LIVE_STATES, 'suspended'])
    .orderBy('pairId');
  if (pairIds) query = query.where('pairId', '=', anyOf(pairIds));
  const pairs = await query.execute();
  const gone = await loadGonePeople(
    tx,
    pairs.flatMap(({ mentorId, menteeId }) => [mentorId, menteeId]),
  );
  const ended: string[] = [];
  for (const { pairId, mentorId, menteeId } of pairs) {
    const leavers = new Set([mentorId, menteeId].filter((id) => gone.has(id)));
    if (leavers.size > 0 && (await endOne(tx, tenant, { pairId, leavers }, now))) ended.push(pairId);
  }
  return ended;
}

interface Ending {
  tenant: TenantRow;
  pair: PairRow;
  leavers: ReadonlySet<PersonId>;
  now: Instant;
}

/** False: its booking may be on its way. */
async function endOne(
  tx: TenantTransaction,
  tenant: TenantRow,
  { pairId, leavers }: { pairId: string; leavers: ReadonlySet<PersonId> },
  now: Instant,
): Promise<boolean> {
  const pair = await findPair(tx, pairId, true);
  if (!pair) return false;
  await tx
    .updateTable('participants')
    .set({ state: 'left' })
    .where('personId', '=', anyOf(leavers))
    .where('state', 'in', ['joined', 'invited', 'paused'])
    .execute();
  const ending = { tenant, pair, leavers, now };
  if (pair.state === 'booked' || pair.state === 'suspended') await endBooked(tx, ending);
  else {
    if (pair.state === 'agreed' && !(await takeBackBooking(tx, pairId, now))) return false;
    await endMatch(tx, { tenant, pair, silent: leavers, now });
    // Who waits for an invitation hears that none comes.
    if (pair.state === 'agreed') await tellPartner(tx, ending);
  }
  return true;
}

async function endBooked(tx: TenantTransaction, ending: Ending): Promise<void> {
  if (await endBookedPair(tx, ending)) await tellPartner(tx, ending);
}

async function tellPartner(tx: TenantTransaction, { tenant, pair, leavers, now }: Ending): Promise<void> {
  const { pairId, mentorId, menteeId } = pair;
  const people = await loadPeopleById(tx, [mentorId, menteeId]);
  for (const personId of [mentorId, menteeId]) {
    if (leavers.has(personId)) continue;
    const partnerName = people.get(personId === mentorId ? menteeId : mentorId)?.displayName ?? '';
    await queueMessage(tx, {
      tenantId: tenant.tenantId,
      salt: tenant.salt,
      personId,
      subjectKey: `partnerLeft:${pairId}`,
      data: { kind: 'partnerLeft', pairId, partnerName },
      notBefore: now,
      now,
    });
  }
}
