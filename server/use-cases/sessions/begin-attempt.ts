import { feedbackKey } from '../../db/feedback.ts';
import { closeQuestion } from '../../db/messages.ts';
import { at, type TenantTransaction } from '../../db/schema.ts';
import { keepCare } from '../../db/session-care.ts';
import type { SessionRow } from '../../db/sessions.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { Instant } from '../../domain/time/instant.ts';

/**
 * A session that did not take place stands at another date: what was asked about the old one is asked no more, and what was
 * answered stays with the date that it was about. Returns what changes in the session, with a new question to come.
 */
export async function beginAttempt(
  tx: TenantTransaction,
  session: SessionRow,
  now: Instant,
): Promise<Pick<SessionRow, 'attempt' | 'held'>> {
  const { sessionId, attempt, startsAt } = session;
  await tx
    .updateTable('feedback')
    .set({ sessionStart: at(startsAt) })
    .where('sessionId', '=', sessionId)
    .where('attempt', '=', attempt)
    .execute();
  await tx
    .updateTable('feedbackRequests')
    .set({ sessionStart: at(startsAt) })
    .where('sessionId', '=', sessionId)
    .where('attempt', '=', attempt)
    .execute();
  await tx
    .updateTable('feedbackRequests')
    .set({ state: 'closed', dueAt: null })
    .where('sessionId', '=', sessionId)
    .where('attempt', '=', attempt)
    .where('state', 'in', ['planned', 'asked'])
    .execute();
  await closeQuestions(tx, session, now);
  // Copies of the old date prove nothing about the new one.
  await keepCare(tx, sessionId, { disturbedBy: null, mentorCopySeenAt: null, menteeCopySeenAt: null });
  return { attempt: attempt + 1, held: 'open' };
}

/** Cards that still ask about the old date say that it is held later; those that thank stay as they are. */
async function closeQuestions(tx: TenantTransaction, session: SessionRow, now: Instant): Promise<void> {
  const subjectKey = feedbackKey(session);
  const open = await tx
    .selectFrom('messages')
    .select('personId')
    .where('subjectKey', '=', subjectKey)
    .where('kind', 'in', ['feedbackMentor', 'feedbackMentee'])
    .orderBy('personId')
    .execute();
  if (open.length === 0) return;
  const { tenantId, salt } = await loadTenant(tx);
  const data = { kind: 'done' as const, text: 'heldLater' as const };
  for (const { personId } of open) await closeQuestion(tx, { tenantId, salt, personId, subjectKey, data, now });
}
