import { sql } from 'kysely';
import { at, atOrNull, json, type TenantTransaction } from '../../db/schema.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';

/** So many named events are not worth asking for one by one: then the mailbox is read as a whole. */
const MOST_EVENTS = 100;

/**
 * A notification says that something happened in a mailbox: it is read soon, and nothing is believed before that (R5).
 * `events`: what may have changed, by id; null: anything. What was marked before and not read yet stays marked.
 */
export async function markMailbox(
  tx: TenantTransaction,
  tenantId: TenantId,
  mailboxId: PersonId,
  now: Instant | null,
  { events = null, dueAt = now ?? (0 as Instant) }: { events?: readonly string[] | null; dueAt?: Instant } = {},
): Promise<void> {
  const named =
    events === null || events.length > MOST_EVENTS ? null : json(Object.fromEntries(events.map((id) => [id, 1])));
  await tx
    .insertInto('mailboxMarks')
    .values({ tenantId, mailboxId, markedAt: atOrNull(now), markedEvents: named, dueAt: at(dueAt) })
    .onConflict((oc) =>
      oc.columns(['tenantId', 'mailboxId']).doUpdateSet({
        markedAt: atOrNull(now),
        // Joined with null is null: anything and something is anything.
        markedEvents: sql`case when mailbox_marks.marked_at is null then excluded.marked_events
          when (select count(*) from jsonb_object_keys(mailbox_marks.marked_events)) > ${MOST_EVENTS} then null
          else mailbox_marks.marked_events || excluded.marked_events end`,
      }),
    )
    .execute();
}
