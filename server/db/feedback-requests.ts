import type { PersonId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import { at, type TenantTransaction } from './schema.ts';

/** Moves the question to one person about one date of a session on. */
export async function changeRequest(
  tx: TenantTransaction,
  request: { sessionId: string; personId: PersonId; attempt: number },
  change: {
    state: 'planned' | 'asked' | 'closed' | 'skipped';
    skippedBecause?: string;
    dueAt: Instant | null;
    askedAt?: Instant;
    reminders?: number;
  },
): Promise<void> {
  const { dueAt, askedAt, ...rest } = change;
  await tx
    .updateTable('feedbackRequests')
    .set({
      ...rest,
      dueAt: dueAt === null ? null : at(dueAt),
      ...(askedAt === undefined ? {} : { askedAt: at(askedAt) }),
    })
    .where('sessionId', '=', request.sessionId)
    .where('personId', '=', request.personId)
    .where('attempt', '=', request.attempt)
    .execute();
}
