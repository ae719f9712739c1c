import type { NoteShare, WorkReply } from '../../contract/session-work.ts';
import type { Database } from '../../db/schema.ts';
import { loadActions, loadNotes } from '../../db/session-work.ts';
import { loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { actionsOf } from '../../domain/sessions/actions-of.ts';
import { toIsoOrNull, type Instant } from '../../domain/time/instant.ts';
import { isPairAlive, loadOwnSession } from './load-own-session.ts';

/**
 * What the two wrote down about a session, as one of them may read it: their own notes, what the other one shared, and what
 * both try until they meet again. Throws `notFound` for anybody else, administrators and assistants included.
 */
export async function readWork(
  { db }: { db: Database },
  input: { tenantId: TenantId; personId: PersonId; sessionId: string },
): Promise<WorkReply> {
  const { tenantId, personId, sessionId } = input;
  return inTenant(db, tenantId, async (tx) => {
    const { session, pair } = await loadOwnSession(tx, { ...input, act: 'seeSession' });
    const notes = await loadNotes(tx, sessionId, personId);
    const own = (share: NoteShare): string =>
      notes.find((note) => note.personId === personId && note.share === share)?.text ?? '';
    const sessions = await loadSessions(tx, { pairIds: [pair.pairId] });
    const numberOf = new Map(sessions.map((each) => [each.sessionId, each.number]));
    const before = sessions.filter(({ startsAt }) => startsAt < session.startsAt).map(({ startsAt }) => startsAt);
    const agreed = (await loadActions(tx, [pair.pairId])).map((action) => ({
      ...action,
      number: numberOf.get(action.sessionId) ?? 0,
    }));
    const previous = before.length === 0 ? null : (Math.max(...before) as Instant);
    return {
      notes: {
        onlyMe: own('onlyMe'),
        partner: own('partner'),
        ofPartner: notes.find((note) => note.personId !== personId)?.text ?? null,
      },
      actions: actionsOf(agreed, { number: session.number, previous }).map((action) => ({
        actionId: action.actionId,
        isOwn: action.personId === personId,
        text: action.text,
        doneAt: toIsoOrNull(action.doneAt),
        number: action.number,
      })),
      canWrite: isPairAlive(pair),
    };
  });
}
