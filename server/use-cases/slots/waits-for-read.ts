import type { TenantTransaction } from '../../db/schema.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { HOUR, type Instant } from '../../domain/time/instant.ts';

/** Every mailbox that holds a series is read over its whole horizon each day; so much later something was off. */
const STALE_AFTER = 30 * HOUR;

/**
 * Whether a mailbox has to be read before anything is written to it: we were off, or not let in, for so long that people
 * may have changed what we are about to write (reliability.md F24, F39). One that was never read, or holds no series any
 * more, holds nothing of ours, and nobody reads it.
 */
export async function waitsForRead(tx: TenantTransaction, mailboxId: PersonId, now: Instant): Promise<boolean> {
  const mark = await tx
    .selectFrom('mailboxMarks')
    .select('readAt')
    .where('mailboxId', '=', mailboxId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('series')
          .select('series.seriesId')
          .whereRef('series.organizerId', '=', 'mailboxMarks.mailboxId')
          .where('series.state', '=', 'confirmed'),
      ),
    )
    .executeTakeFirst();
  return mark !== undefined && mark.readAt !== null && now - mark.readAt > STALE_AFTER;
}
