import type { OwnDataReply } from '../../contract/own-data.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { toIso, toIsoOrNull } from '../../domain/time/instant.ts';

/** What is kept of somebody's mailbox: whether it is watched, and what was written there. Never what stands in it. */
export async function exportOwnMailbox(tx: TenantTransaction, personId: PersonId): Promise<OwnDataReply['mailbox']> {
  const mark = await tx.selectFrom('mailboxMarks').selectAll().where('mailboxId', '=', personId).executeTakeFirst();
  const pause = await tx
    .selectFrom('mailboxPauses')
    .select('notBefore')
    .where('mailboxId', '=', personId)
    .executeTakeFirst();
  const subscription = await tx
    .selectFrom('subscriptions')
    .select('expiresAt')
    .where('mailboxId', '=', personId)
    .executeTakeFirst();
  const sends = await tx
    .selectFrom('mailboxSends')
    .select(['sentAt', 'messages'])
    .where('mailboxId', '=', personId)
    .orderBy('sentAt')
    .orderBy('writeId')
    .orderBy('attempt')
    .execute();
  const writes = await tx
    .selectFrom('calendarWrites')
    .select(['kind', 'state', 'createdAt', 'doneAt'])
    .where('organizerId', '=', personId)
    .orderBy('createdAt')
    .orderBy('writeId')
    .execute();
  const series = await tx
    .selectFrom('series')
    .select(['firstStart', 'timeZone', 'count', 'state'])
    .where('organizerId', '=', personId)
    .orderBy('createdAt')
    .orderBy('seriesId')
    .execute();
  if (!mark && !pause && !subscription && sends.length + writes.length + series.length === 0) return null;
  return {
    watchedUntil: toIsoOrNull(subscription?.expiresAt ?? null),
    readAt: toIsoOrNull(mark?.readAt ?? null),
    calendarsReadAt: toIsoOrNull(mark?.calendarsReadAt ?? null),
    pausedUntil: toIsoOrNull(pause?.notBefore ?? null),
    writes: writes.map(({ createdAt, doneAt, ...write }) => ({
      ...write,
      createdAt: toIso(createdAt),
      doneAt: toIsoOrNull(doneAt),
    })),
    sends: sends.map(({ sentAt, messages }) => ({ sentAt: toIso(sentAt), messages })),
    series,
  };
}
