import { at, atOrNull, type TenantTransaction } from '../../db/schema.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';

/** A notification says that something happened in a mailbox: it is read soon, and nothing is believed before that (R5). */
export async function markMailbox(
  tx: TenantTransaction,
  tenantId: TenantId,
  mailboxId: PersonId,
  now: Instant | null,
  dueAt: Instant = now ?? (0 as Instant),
): Promise<void> {
  await tx
    .insertInto('mailboxMarks')
    .values({ tenantId, mailboxId, markedAt: atOrNull(now), dueAt: at(dueAt) })
    .onConflict((oc) => oc.columns(['tenantId', 'mailboxId']).doUpdateSet({ markedAt: atOrNull(now) }))
    .execute();
}
