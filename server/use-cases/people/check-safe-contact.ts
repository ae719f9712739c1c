import type { OverviewReply, SafeContactProblem } from '../../contract/administrator.ts';
import { loadParticipants } from '../../db/cohorts.ts';
import { loadGonePeople, loadPeopleById } from '../../db/people.ts';
import { loadManagers } from '../../db/safe-contacts.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { judgeSafeContact, type SafeContactVerdict } from '../../domain/people/safe-contact.ts';

type Cohort = { cohortId: string; safeContactId: PersonId | null };
type Described = NonNullable<OverviewReply['cohort']>['safeContact'];

/** So many of the people in whose line the safe contact stands are named. */
const NAMED = 3;

/**
 * Whether the cohort's safe contact may be one, by what is known of the directory right now: people join, move and become
 * somebody's manager while a cohort runs (product.md F6).
 */
export async function checkSafeContact(
  tx: TenantTransaction,
  { cohortId, safeContactId }: Cohort,
): Promise<SafeContactVerdict> {
  const rows = await loadParticipants(tx, { cohortId, states: ['nominated', 'invited', 'joined', 'paused'] });
  const isGone = safeContactId !== null && (await loadGonePeople(tx, [safeContactId])).has(safeContactId);
  return judgeSafeContact({
    contactId: safeContactId,
    isGone,
    participants: new Set(rows.map(({ personId }) => personId)),
    managerOf: await loadManagers(tx),
  });
}

/** The same for the administrator, with names. */
export async function describeSafeContact(tx: TenantTransaction, cohort: Cohort): Promise<Described> {
  const { problem, people } = await checkSafeContact(tx, cohort);
  const shown = people.slice(0, NAMED);
  const known = await loadPeopleById(tx, cohort.safeContactId === null ? shown : [cohort.safeContactId, ...shown]);
  return {
    displayName: cohort.safeContactId === null ? null : (known.get(cohort.safeContactId)?.displayName ?? null),
    problem,
    people: shown.flatMap((id) => known.get(id)?.displayName ?? []),
  };
}

/** Why a cohort is not started, as a key of the texts. */
export const START_REFUSALS: Readonly<Record<SafeContactProblem, string>> = {
  none: 'safeContactMissing',
  gone: 'safeContactDisabled',
  participant: 'safeContactParticipant',
  inLine: 'safeContactInLine',
};
