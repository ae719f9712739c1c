import { anyOf, type TenantTransaction } from '../../db/schema.ts';
import type { PersonId } from '../../domain/people/person.ts';

/**
 * Which of the events that notifications named in one mailbox are series or dates of ours; null where ids do not tell:
 * the mailbox may hold copies of our events, whose ids we never learn. What is not ours is nobody's business, and a
 * mentor who organizes has many meetings more.
 */
export async function findOurEvents(
  tx: TenantTransaction,
  mailboxId: PersonId,
  eventIds: ReadonlySet<string>,
): Promise<string[] | null> {
  const holder = await tx
    .selectFrom('tenants')
    .select((eb) => [
      'calendarRights',
      eb
        .exists(eb.selectFrom('series').select('series.seriesId').where('series.organizerId', '=', mailboxId))
        .as('isOrganizer'),
      eb
        .exists(
          eb
            .selectFrom('pairs')
            .select('pairs.pairId')
            .where((pair) => pair.or([pair('pairs.mentorId', '=', mailboxId), pair('pairs.menteeId', '=', mailboxId)])),
        )
        .as('isParticipant'),
    ])
    .executeTakeFirstOrThrow();
  if (holder.isParticipant && (holder.calendarRights === 'full' || !holder.isOrganizer)) return null;
  const series = tx
    .selectFrom('series')
    .select('eventId')
    .where('organizerId', '=', mailboxId)
    .where('eventId', '=', anyOf(eventIds));
  const dates = tx
    .selectFrom('sessions')
    .innerJoin('series', 'series.seriesId', 'sessions.seriesId')
    .select('sessions.eventId')
    .where('series.organizerId', '=', mailboxId)
    .where('sessions.eventId', '=', anyOf(eventIds));
  const found = await series.union(dates).execute();
  return found.flatMap(({ eventId }) => eventId ?? []).sort();
}
