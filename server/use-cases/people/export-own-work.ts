import type { OwnDataReply } from '../../contract/own-data.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { toIso, toIsoOrNull } from '../../domain/time/instant.ts';

/** Notes that somebody wrote, whoever may read them, and what they wanted to try. */
export async function exportOwnWork(
  tx: TenantTransaction,
  personId: PersonId,
): Promise<Pick<OwnDataReply, 'notes' | 'actions'>> {
  const notes = await tx
    .selectFrom('sessionNotes')
    .leftJoin('sessions', 'sessions.sessionId', 'sessionNotes.sessionId')
    .select(['sessions.startsAt', 'sessionNotes.share', 'sessionNotes.text', 'sessionNotes.writtenAt'])
    .where('sessionNotes.personId', '=', personId)
    .orderBy('sessionNotes.writtenAt')
    .orderBy('sessionNotes.share')
    .execute();
  const actions = await tx
    .selectFrom('sessionActions')
    .leftJoin('sessions', 'sessions.sessionId', 'sessionActions.sessionId')
    .select(['sessions.startsAt', 'sessionActions.text', 'sessionActions.createdAt', 'sessionActions.doneAt'])
    .where('sessionActions.personId', '=', personId)
    .orderBy('sessionActions.createdAt')
    .orderBy('sessionActions.actionId')
    .execute();
  return {
    notes: notes.map(({ startsAt, share, text, writtenAt }) => ({
      sessionStart: toIsoOrNull(startsAt),
      share,
      text,
      writtenAt: toIso(writtenAt),
    })),
    actions: actions.map(({ startsAt, text, createdAt, doneAt }) => ({
      sessionStart: toIsoOrNull(startsAt),
      text,
      createdAt: toIso(createdAt),
      doneAt: toIsoOrNull(doneAt),
    })),
  };
}
