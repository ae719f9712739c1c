import type { PairState } from '../contract/vocabulary.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { Instant, ZoneId } from '../domain/time/instant.ts';
import { at, type TenantTransaction } from './schema.ts';

/** States in which the executive knows who the mentor is. */
export const MENTOR_KNOWN: readonly PairState[] = ['menteeAsked', 'agreed', 'booked'];

export interface NamedAssistant {
  personId: PersonId;
  displayName: string;
  mail: string | null;
}

/** Whom an executive has named, in the order of naming; people who have left the organization are in it until removed. */
export async function loadNamedAssistants(tx: TenantTransaction, menteeId: PersonId): Promise<NamedAssistant[]> {
  return tx
    .selectFrom('assistants')
    .innerJoin('people', 'people.personId', 'assistants.assistantId')
    .select(['people.personId', 'people.displayName', 'people.mail'])
    .where('assistants.menteeId', '=', menteeId)
    .where('assistants.removedAt', 'is', null)
    .orderBy('assistants.namedAt')
    .orderBy('assistants.assistantId')
    .execute();
}

/**
 * Who may be asked and may answer for an executive now (product.md D5). Nobody whose account is off or gone, and nobody
 * who has become the mentor of the same executive: a mentor must not learn what the executive's side says.
 */
export async function assistantsOf(tx: TenantTransaction, menteeId: PersonId): Promise<NamedAssistant[]> {
  const named = await activeAssistants(tx).where('assistants.menteeId', '=', menteeId).execute();
  return named.map(({ personId, displayName, mail }) => ({ personId, displayName, mail }));
}

/** The executives for whom this person may answer now; see `assistantsOf`. */
export async function executivesOf(tx: TenantTransaction, assistantId: PersonId): Promise<PersonId[]> {
  const rows = await activeAssistants(tx).where('assistants.assistantId', '=', assistantId).execute();
  return rows.map(({ menteeId }) => menteeId);
}

const activeAssistants = (tx: TenantTransaction) =>
  tx
    .selectFrom('assistants')
    .innerJoin('people', 'people.personId', 'assistants.assistantId')
    .select(['assistants.menteeId', 'people.personId', 'people.displayName', 'people.mail'])
    .where('assistants.removedAt', 'is', null)
    .where('people.accountEnabled', '=', true)
    .where('people.isGuest', '=', false)
    .where('people.removedAt', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('pairs')
            .select('pairs.pairId')
            .whereRef('pairs.menteeId', '=', 'assistants.menteeId')
            .whereRef('pairs.mentorId', '=', 'assistants.assistantId')
            .where('pairs.state', 'in', [...MENTOR_KNOWN]),
        ),
      ),
    )
    .orderBy('assistants.namedAt')
    .orderBy('assistants.assistantId')
    .orderBy('assistants.menteeId');

/**
 * The zone in which somebody who is an assistant only reads times: that of the executive who named them first, in whose
 * calendar they plan. Null for everybody else.
 */
export async function zoneForAssistant(tx: TenantTransaction, assistantId: PersonId): Promise<ZoneId | null> {
  const row = await tx
    .selectFrom('assistants')
    .innerJoin('participants', 'participants.personId', 'assistants.menteeId')
    .select('participants.timeZone')
    .where('assistants.assistantId', '=', assistantId)
    .where('assistants.removedAt', 'is', null)
    .where('participants.side', '=', 'mentee')
    .orderBy('assistants.namedAt')
    .orderBy('participants.personId')
    .orderBy('participants.cohortId')
    .limit(1)
    .executeTakeFirst();
  return row?.timeZone ?? null;
}

/** Stores who answers for an executive; the same again changes nothing. */
export async function saveAssistant(
  tx: TenantTransaction,
  { tenantId, menteeId, assistantId }: { tenantId: TenantId; menteeId: PersonId; assistantId: PersonId },
  now: Instant,
): Promise<void> {
  await tx
    .insertInto('assistants')
    .values({ tenantId, menteeId, assistantId, namedAt: at(now), removedAt: null })
    .onConflict((oc) =>
      oc
        .columns(['tenantId', 'menteeId', 'assistantId'])
        .doUpdateSet({ namedAt: at(now), removedAt: null })
        .where('assistants.removedAt', 'is not', null),
    )
    .execute();
}

/** Ends it at once; false when this person was not named. */
export async function endAssistant(
  tx: TenantTransaction,
  menteeId: PersonId,
  assistantId: PersonId,
  now: Instant,
): Promise<boolean> {
  const ended = await tx
    .updateTable('assistants')
    .set({ removedAt: at(now) })
    .where('menteeId', '=', menteeId)
    .where('assistantId', '=', assistantId)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}
