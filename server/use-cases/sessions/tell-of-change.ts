import { findPair } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { queueMessage } from '../../db/messages.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { SessionRow } from '../../db/sessions.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { SessionChange } from '../../domain/sessions/reconcile.ts';
import type { Instant } from '../../domain/time/instant.ts';

/**
 * Tells the mentor, neutrally, that a session moved or will not take place; Outlook tells the executive itself. Never
 * who did it or why.
 */
export async function tellOfChange(
  tx: TenantTransaction,
  tenant: TenantRow,
  session: SessionRow,
  change: SessionChange,
  now: Instant,
): Promise<void> {
  if (change.kind === 'unchanged' || session.endsAt <= now) return;
  const pair = await findPair(tx, session.pairId);
  if (!pair) return;
  const mentee = (await loadPeopleById(tx, [pair.menteeId])).get(pair.menteeId);
  await queueMessage(tx, {
    tenantId: tenant.tenantId,
    salt: tenant.salt,
    personId: pair.mentorId,
    subjectKey: `changed:${session.sessionId}`,
    data: {
      kind: 'sessionChanged',
      sessionId: session.sessionId,
      partnerName: mentee?.displayName ?? '',
      start: session.startsAt,
      what: change.kind === 'moved' ? 'moved' : 'cancelled',
      newStart: change.kind === 'moved' ? change.start : null,
    },
    notBefore: now,
    now,
  });
}
