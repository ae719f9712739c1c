import type { NoteBody } from '../../contract/session-work.ts';
import type { Database } from '../../db/schema.ts';
import { keepNoteRow } from '../../db/session-work.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { isPairAlive, loadOwnSession } from './load-own-session.ts';

/**
 * Keeps what somebody writes about a session, for the reader they chose before; the last text counts, and an empty one is
 * none. Throws `notFound` for anybody else's session, `closed` once the pair has ended.
 */
export async function keepNote(
  { db, clock }: { db: Database; clock: Clock },
  { body, ...input }: { tenantId: TenantId; personId: PersonId; sessionId: string; body: NoteBody },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, input.tenantId, async (tx) => {
    const { pair } = await loadOwnSession(tx, { ...input, act: 'writeNotes' });
    if (!isPairAlive(pair)) throw new AppError('closed', { reason: 'pairEnded' });
    const { tenantId, personId, sessionId } = input;
    const text = body.text.trim() === '' ? '' : body.text;
    await keepNoteRow(tx, { tenantId, personId, sessionId, share: body.share, text, now });
  });
}
