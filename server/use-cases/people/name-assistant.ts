import type { AssistantRefusal } from '../../contract/vocabulary.ts';
import { loadNamedAssistants, MENTOR_KNOWN, saveAssistant, type NamedAssistant } from '../../db/assistants.ts';
import { loadParticipants } from '../../db/cohorts.ts';
import { loadPairs, loadProposals } from '../../db/pairs.ts';
import { findPersonByMail, savePeople } from '../../db/people.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import { can } from '../../domain/access.ts';
import type { Person, PersonId, TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Directory, Jobs } from '../../ports.ts';
import { askAssistants } from '../matching/ask-assistants.ts';

/** An executive's office is not larger; every further one is a further reader of their times. */
const MOST_ASSISTANTS = 5;

/**
 * Names somebody, by work address, to answer for the caller, who must be an executive of a program; naming the same
 * person again changes nothing. The app is installed for the assistant by the next sweep, and a question that the
 * executive has left to their assistants is put to the new one too. Throws `forbidden` for others, `badInput` of
 * `address` with a reason of ASSISTANT_REFUSALS, `unavailable` when the directory does not answer.
 */
export async function nameAssistant(
  { db, directory, clock, jobs }: { db: Database; directory: Directory; clock: Clock; jobs: Jobs },
  { tenantId, personId, address }: { tenantId: TenantId; personId: PersonId; address: string },
): Promise<NamedAssistant> {
  const known = await inTenant(db, tenantId, async (tx) => {
    await lockExecutive(tx, tenantId, personId);
    return findPersonByMail(tx, address);
  });
  const person = known ?? (await readPerson(directory, tenantId, address));
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    await lockExecutive(tx, tenantId, personId);
    const named = await loadNamedAssistants(tx, personId);
    if (named.some((assistant) => assistant.personId === person.personId)) return;
    await refuseWhoMayNot(tx, personId, person);
    if (named.length >= MOST_ASSISTANTS) throw refusal('assistantMany');
    if (!known) await savePeople(tx, tenantId, [person], now);
    await saveAssistant(tx, { tenantId, menteeId: personId, assistantId: person.personId }, now);
    // A row that is there already says how its installing went.
    await tx
      .insertInto('installations')
      .values({ tenantId, personId: person.personId, state: 'planned' })
      .onConflict((oc) => oc.doNothing())
      .execute();
    await putOpenQuestions(tx, personId, person.personId, now);
  });
  jobs.wake('prepareParticipants');
  jobs.wake('sendMessages');
  return { personId: person.personId, displayName: person.displayName, mail: person.mail };
}

const refusal = (reason: AssistantRefusal): AppError =>
  new AppError('badInput', { reason, fields: [{ path: 'address', reason }] });

/** Holds the executive's own rows, so that two requests at once do not name a sixth. */
async function lockExecutive(tx: TenantTransaction, tenantId: TenantId, personId: PersonId): Promise<void> {
  const rows = await loadParticipants(tx, { personId, side: 'mentee' });
  const people = rows
    .filter((row) => row.state !== 'nominated' && row.state !== 'left' && row.state !== 'declined')
    .map(() => ({ personId, side: 'mentee' as const }));
  if (!can({ tenantId, personId, roles: [] }, 'nameAssistant', { tenantId, people })) throw new AppError('forbidden');
  await tx.selectFrom('participants').select('personId').where('personId', '=', personId).forUpdate().execute();
}

async function readPerson(directory: Directory, tenantId: TenantId, address: string): Promise<Person> {
  const found = await directory.findPerson(tenantId, address);
  if (found.outcome !== 'done') throw new AppError('unavailable', { reason: 'directory' });
  if (found.value === null) throw refusal('assistantUnknown');
  return found.value;
}

/** Only a mentor whom the executive knows is refused as such: else the refusal would tell who was asked. */
async function refuseWhoMayNot(tx: TenantTransaction, menteeId: PersonId, person: Person): Promise<void> {
  if (person.personId === menteeId) throw refusal('assistantSelf');
  if (person.isGuest) throw refusal('assistantGuest');
  if (!person.accountEnabled) throw refusal('assistantDisabled');
  const pairs = await loadPairs(tx, { personId: menteeId, states: MENTOR_KNOWN });
  if (pairs.some((pair) => pair.menteeId === menteeId && pair.mentorId === person.personId))
    throw refusal('assistantMentor');
}

async function putOpenQuestions(
  tx: TenantTransaction,
  menteeId: PersonId,
  assistantId: PersonId,
  now: Instant,
): Promise<void> {
  const pairs = await loadPairs(tx, { personId: menteeId, states: ['menteeAsked'] });
  const left = pairs.filter((pair) => pair.menteeId === menteeId && pair.answer === 'askAssistant');
  const proposals = await loadProposals(
    tx,
    left.map((pair) => pair.pairId),
  );
  const tenant = await loadTenant(tx);
  for (const pair of left) {
    const proposal = proposals.get(pair.pairId);
    if (proposal?.state === 'open') await askAssistants(tx, { tenant, pair, proposal, only: assistantId, now });
  }
}
