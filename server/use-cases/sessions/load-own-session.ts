import { findPair, type PairRow } from '../../db/pairs.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { loadSessions, type SessionRow } from '../../db/sessions.ts';
import { can, type PersonalAct } from '../../domain/access.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';

/** What belongs to the two of a pair; what comes of it belongs to them as well. */
export const subjectOf = (tenantId: TenantId, { mentorId, menteeId }: PairRow) => ({
  tenantId,
  people: [
    { personId: mentorId, side: 'mentor' as const },
    { personId: menteeId, side: 'mentee' as const },
  ],
});

/** A session and its pair, for one of the two. Throws `notFound` for anybody else. */
export async function loadOwnSession(
  tx: TenantTransaction,
  {
    tenantId,
    personId,
    sessionId,
    act,
  }: { tenantId: TenantId; personId: PersonId; sessionId: string; act: PersonalAct },
): Promise<{ session: SessionRow; pair: PairRow }> {
  const [session] = await loadSessions(tx, { sessionIds: [sessionId] });
  const pair = session && (await findPair(tx, session.pairId));
  if (!session || !pair || !can({ tenantId, personId, roles: [] }, act, subjectOf(tenantId, pair)))
    throw new AppError('notFound');
  return { session, pair };
}

/** Notes and actions are added as long as the two are a pair; afterwards they are read. */
export const isPairAlive = ({ state }: PairRow): boolean => state === 'booked' || state === 'suspended';
