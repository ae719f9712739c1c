import { addToRunLog } from '../../db/run-log.ts';
import { findErased } from '../../db/erasures.ts';
import { findPersonByMail, loadPeople, markRemoved, savePeople } from '../../db/people.ts';
import { at, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { rosterChanges } from '../../domain/people/roster-changes.ts';
import { HOUR, plus, type Instant } from '../../domain/time/instant.ts';
import type { Clock, Directory, DirectoryChange } from '../../ports.ts';

/** How often the directory is asked for what changed: a leaver is noticed the same day (reliability.md F38). */
const EVERY = 3 * HOUR;
const SYNC_KIND = 'directory';

export interface SyncOrgPorts {
  db: Database;
  directory: Directory;
  clock: Clock;
}

/**
 * Reads the organization: the first time everything, later what changed. Kept are participants, their assistants
 * and safe contacts, members of the nominated groups, the program mailbox and the manager chains above them; everybody else is only counted per
 * department. Nothing is stored before the whole round has arrived, so that half an answer is never taken for the
 * organization. Does nothing before its time, unless a cohort was created meanwhile. Returns whether there was news.
 */
export async function syncOrg(
  ports: SyncOrgPorts,
  input: { tenantId: TenantId; programMailbox: string },
): Promise<boolean> {
  const { db, directory, clock } = ports;
  const { tenantId } = input;
  const now = clock.now();
  const state = await inTenant(db, tenantId, (tx) =>
    tx.selectFrom('syncStates').select(['deltaLink', 'dueAt']).where('kind', '=', SYNC_KIND).executeTakeFirst(),
  );
  if (state && state.dueAt > now) return false;

  const changes: DirectoryChange[] = [];
  let link = state?.deltaLink ?? null;
  const collect = async (page: DirectoryChange[]): Promise<void> => void changes.push(...page);
  let round = await directory.readChanges(tenantId, link, collect);
  if (round.outcome === 'reset') {
    changes.length = 0;
    link = null;
    round = await directory.readChanges(tenantId, null, collect);
  }
  if (round.outcome !== 'done') {
    const notBefore = round.outcome === 'later' ? round.notBefore : plus(now, EVERY);
    await inTenant(db, tenantId, async (tx) => {
      const asked = await lockState(tx, tenantId, now);
      await saveState(tx, tenantId, { deltaLink: asked === null ? null : link, dueAt: notBefore, finishedAt: null });
    });
    return false;
  }
  const deltaLink = round.value.deltaLink;
  return inTenant(db, tenantId, async (tx) => {
    // A cohort that was created while this round was read knows people whom a delta does not name.
    const isAskedAnew = (await lockState(tx, tenantId, now)) === null && link !== null;
    if (changes.length === 0 && link !== null && !isAskedAnew) {
      await saveState(tx, tenantId, { deltaLink, dueAt: plus(now, EVERY), finishedAt: now });
      return false;
    }
    const wanted = new Set<PersonId>();
    for (const row of await tx.selectFrom('participants').select('personId').execute()) wanted.add(row.personId);
    for (const row of await tx.selectFrom('administrators').select('personId').execute()) wanted.add(row.personId);
    for (const row of await tx.selectFrom('assistants').select('assistantId').where('removedAt', 'is', null).execute())
      wanted.add(row.assistantId);
    for (const row of await tx.selectFrom('cohorts').select('safeContactId').execute())
      if (row.safeContactId !== null) wanted.add(row.safeContactId);
    const erased = await findErased(
      tx,
      await loadTenant(tx),
      changes
        .flatMap((change) => (change.kind === 'person' ? [change.person.personId, change.person.managerId] : []))
        .filter((id) => id !== null),
    );
    const known = await loadPeople(tx);
    const { keep, removed, countsByDepartment, missesManager } = rosterChanges({
      changes: changes.map((change) => withoutErased(change, erased)),
      known,
      wanted,
      wantedMails: [input.programMailbox],
      isFull: link === null,
    });
    await savePeople(tx, tenantId, keep, now);
    await markRemoved(tx, removed, now);
    if (link === null) {
      await tx.deleteFrom('departmentCounts').execute();
      for (const [department, people] of countsByDepartment) {
        await tx.insertInto('departmentCounts').values({ tenantId, department, people }).execute();
      }
      await addToRunLog(tx, tenantId, {
        at: now,
        kind: 'organizationRead',
        detail: { people: changes.length, kept: keep.length },
      });
    }
    const mailbox = await findPersonByMail(tx, input.programMailbox);
    await tx
      .updateTable('tenants')
      .set({ programMailboxId: mailbox?.personId ?? null })
      .execute();
    // Somebody kept now reports to a person whom no page of this round named: only a full round knows the chain above.
    const needsFullRound = isAskedAnew || (missesManager && link !== null);
    await saveState(tx, tenantId, {
      deltaLink: needsFullRound ? null : deltaLink,
      dueAt: needsFullRound ? now : plus(now, EVERY),
      finishedAt: now,
    });
    return true;
  });
}

/** The directory still knows who was erased here: it brings nobody back (reliability.md F40). */
function withoutErased(change: DirectoryChange, erased: ReadonlySet<PersonId>): DirectoryChange {
  if (change.kind !== 'person') return change;
  const { personId, managerId } = change.person;
  if (erased.has(personId)) return { kind: 'removed', personId, forGood: true };
  return managerId !== null && erased.has(managerId)
    ? { kind: 'person', person: { ...change.person, managerId: null } }
    : change;
}

/**
 * Holds the state of the round until the transaction ends, so that a full round that is asked for meanwhile is asked for
 * afterwards and not lost. Returns the stored link; null: the next round is to be a full one.
 */
async function lockState(
  tx: Parameters<Parameters<typeof inTenant>[2]>[0],
  tenantId: TenantId,
  now: Instant,
): Promise<string | null> {
  await tx
    .insertInto('syncStates')
    .values({ tenantId, kind: SYNC_KIND, deltaLink: null, dueAt: at(now) })
    .onConflict((oc) => oc.doNothing())
    .execute();
  const state = await tx
    .selectFrom('syncStates')
    .select('deltaLink')
    .where('kind', '=', SYNC_KIND)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return state.deltaLink;
}

async function saveState(
  tx: Parameters<Parameters<typeof inTenant>[2]>[0],
  tenantId: TenantId,
  state: { deltaLink: string | null; dueAt: Instant; finishedAt: Instant | null },
): Promise<void> {
  const values = {
    deltaLink: state.deltaLink,
    dueAt: at(state.dueAt),
    ...(state.finishedAt === null ? {} : { finishedAt: at(state.finishedAt) }),
  };
  await tx
    .insertInto('syncStates')
    .values({ tenantId, kind: SYNC_KIND, ...values })
    .onConflict((oc) => oc.columns(['tenantId', 'kind']).doUpdateSet(values))
    .execute();
}

/** Makes the next round a full one, at once: somebody new is wanted whom no delta will name. */
export async function askForFullRound(
  tx: Parameters<Parameters<typeof inTenant>[2]>[0],
  tenantId: TenantId,
  now: Instant,
): Promise<void> {
  await saveState(tx, tenantId, { deltaLink: null, dueAt: now, finishedAt: null });
}
