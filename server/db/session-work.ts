import { randomUUID } from 'node:crypto';
import type { NoteShare } from '../contract/session-work.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import { at, atOrNull, type TenantTransaction } from './schema.ts';

/** A note about a session. */
export interface NoteRow {
  personId: PersonId;
  share: NoteShare;
  text: string;
}

/** What `reader` may read of a session's notes: their own, and what others shared. */
export const loadNotes = (tx: TenantTransaction, sessionId: string, reader: PersonId): Promise<NoteRow[]> =>
  tx
    .selectFrom('sessionNotes')
    .select(['personId', 'share', 'text'])
    .where('sessionId', '=', sessionId)
    .where((eb) => eb.or([eb('personId', '=', reader), eb('share', '=', 'partner')]))
    .execute();

/** Keeps a note as it is now; an empty one is taken away. */
export async function keepNoteRow(
  tx: TenantTransaction,
  { now, ...note }: NoteRow & { tenantId: TenantId; sessionId: string; now: Instant },
): Promise<void> {
  if (note.text === '') {
    await tx
      .deleteFrom('sessionNotes')
      .where('sessionId', '=', note.sessionId)
      .where('personId', '=', note.personId)
      .where('share', '=', note.share)
      .execute();
    return;
  }
  await tx
    .insertInto('sessionNotes')
    .values({ ...note, writtenAt: at(now) })
    .onConflict((oc) =>
      oc.columns(['tenantId', 'sessionId', 'personId', 'share']).doUpdateSet({ text: note.text, writtenAt: at(now) }),
    )
    .execute();
}

/** An action of one of a pair. */
export interface ActionRow {
  actionId: string;
  pairId: string;
  sessionId: string;
  personId: PersonId;
  text: string;
  createdAt: Instant;
  doneAt: Instant | null;
}

/** Actions of pairs, the oldest first. */
export const loadActions = (tx: TenantTransaction, pairIds: readonly string[]): Promise<ActionRow[]> =>
  pairIds.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('sessionActions')
        .select(['actionId', 'pairId', 'sessionId', 'personId', 'text', 'createdAt', 'doneAt'])
        .where('pairId', 'in', pairIds)
        .orderBy('createdAt')
        .orderBy('actionId')
        .execute();

export async function addActionRow(
  tx: TenantTransaction,
  { now, ...action }: Omit<ActionRow, 'actionId' | 'createdAt' | 'doneAt'> & { tenantId: TenantId; now: Instant },
): Promise<void> {
  await tx
    .insertInto('sessionActions')
    .values({ ...action, actionId: randomUUID(), createdAt: at(now), doneAt: null })
    .execute();
}

/** An action of this person, held until the transaction ends; undefined for anybody else's. */
export const findOwnAction = (
  tx: TenantTransaction,
  { actionId, personId }: { actionId: string; personId: PersonId },
): Promise<Pick<ActionRow, 'pairId' | 'doneAt'> | undefined> =>
  tx
    .selectFrom('sessionActions')
    .select(['pairId', 'doneAt'])
    .where('actionId', '=', actionId)
    .where('personId', '=', personId)
    .forUpdate()
    .executeTakeFirst();

export async function markAction(tx: TenantTransaction, actionId: string, doneAt: Instant | null): Promise<void> {
  await tx
    .updateTable('sessionActions')
    .set({ doneAt: atOrNull(doneAt) })
    .where('actionId', '=', actionId)
    .execute();
}

export async function removeAction(tx: TenantTransaction, actionId: string): Promise<void> {
  await tx.deleteFrom('sessionActions').where('actionId', '=', actionId).execute();
}
