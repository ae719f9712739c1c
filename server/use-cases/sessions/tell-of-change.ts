import type { Side } from '../../contract/vocabulary.ts';
import { queueMessage } from '../../db/messages.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { SessionRow } from '../../db/sessions.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { partnerName, type CareContext } from './care-context.ts';

/** What is told of a session: its start now, or null when it does not take place; why only where we moved it, or it is held again. */
export interface ToldChange {
  newStart: Instant | null;
  why?: 'conflict' | 'request' | 'notHeld';
  /** It was said not to take place, and does. */
  isRestored?: boolean;
}

/**
 * Tells the given sides, neutrally, that a session moved or will not take place; never who did it or what stood against
 * it. What people do in Outlook themselves, Outlook tells the executive. Nothing is told of a session that is over.
 */
export async function tellOfChange(
  tx: TenantTransaction,
  context: CareContext,
  session: SessionRow,
  { newStart, why, isRestored = false }: ToldChange,
  sides: readonly Side[],
  now: Instant,
): Promise<void> {
  if ((newStart ?? session.endsAt) <= now) return;
  const { tenant, pair } = context;
  for (const side of sides) {
    const personId = side === 'mentor' ? pair.mentorId : pair.menteeId;
    await queueMessage(tx, {
      tenantId: tenant.tenantId,
      salt: tenant.salt,
      personId,
      // Each change is a card of its own, back to an earlier time, too: one that only replaces another notifies nobody.
      subjectKey: `changed:${session.sessionId}:${newStart ?? 'cancelled'}:${now}`,
      data: {
        kind: 'sessionChanged',
        sessionId: session.sessionId,
        partnerName: partnerName(context, personId),
        start: session.startsAt,
        what: newStart === null ? 'cancelled' : isRestored ? 'restored' : 'moved',
        newStart,
        ...(why === undefined ? {} : { why }),
      },
      notBefore: now,
      now,
    });
  }
}
