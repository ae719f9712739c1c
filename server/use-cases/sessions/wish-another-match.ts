import { lockAnsweredSessions, saveWish } from '../../db/feedback.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { can } from '../../domain/access.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { judgeFeedback } from '../../domain/sessions/feedback.ts';
import { isPulse } from '../../domain/sessions/pulse.ts';
import { AppError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';

/**
 * Changes the caller's answer to "is this pair right" to "I would like another match", as if they had chosen it on the card;
 * the program team learns of it as it learns of every such wish (load-told-wishes). Throws `notFound` for somebody else's
 * session, `closed` when the form is closed or nothing was answered yet.
 */
export async function wishAnotherMatch(
  { db, clock }: { db: Database; clock: Clock },
  { tenantId, personId, sessionId }: { tenantId: TenantId; personId: PersonId; sessionId: string },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const [session] = await lockAnsweredSessions(tx, [{ sessionId, personId }]);
    if (!session) throw new AppError('notFound');
    const people = [
      { personId: session.mentorId, side: 'mentor' as const },
      { personId: session.menteeId, side: 'mentee' as const },
    ];
    if (!can({ tenantId, personId, roles: [] }, 'wishAnotherMatch', { tenantId, people }))
      throw new AppError('notFound');
    const verdict = judgeFeedback(session, now);
    if (verdict !== 'open') throw new AppError('closed', { reason: verdict });
    if (!isPulse(session.number) || session.version === null) throw new AppError('closed', { reason: 'closed' });
    await saveWish(tx, { sessionId, attempt: session.attempt, personId, now });
  });
}
