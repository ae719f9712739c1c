import type { OwnDataReply } from '../../contract/own-data.ts';
import { executivesOf } from '../../db/assistants.ts';
import { findErasure } from '../../db/erasures.ts';
import { loadContactRequests } from '../../db/safe-contacts.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { loadFinishedModules } from '../../db/training.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { toIso, toIsoOrNull } from '../../domain/time/instant.ts';
import type { Clock } from '../../ports.ts';
import { exportOwnMailbox } from './export-own-mailbox.ts';
import { exportOwnPairs } from './export-own-pairs.ts';
import { exportOwnWork } from './export-own-work.ts';

/**
 * All that is kept about one person, for themselves (reliability.md 6, self-service export). What others wrote or answered
 * is not in it, and of other people no more than a name. `PERSONAL_COLUMNS` says where the rows of each table stand.
 */
export async function exportOwnData(
  { db, clock }: { db: Database; clock: Clock },
  { tenantId, personId }: { tenantId: TenantId; personId: PersonId },
): Promise<OwnDataReply> {
  return inTenant(db, tenantId, async (tx) => {
    const erasure = await findErasure(tx, await loadTenant(tx), personId);
    return {
      exportedAt: toIso(clock.now()),
      ...(await exportPerson(tx, personId)),
      participations: await exportParticipations(tx, personId),
      training: [...(await loadFinishedModules(tx, personId))].map(([module, finishedAt]) => ({
        module,
        finishedAt: toIso(finishedAt),
      })),
      unmatched: await exportUnmatched(tx, personId),
      matchWishes: await exportWishes(tx, personId),
      ...(await exportOwnPairs(tx, personId)),
      ...(await exportAssistants(tx, personId)),
      ...(await exportSafeContacts(tx, personId)),
      ...(await exportChat(tx, personId)),
      ...(await exportOwnWork(tx, personId)),
      mailbox: await exportOwnMailbox(tx, personId),
      log: await exportLog(tx, personId),
      erasure: erasure ? { askedAt: toIso(erasure.askedAt), doneAt: toIsoOrNull(erasure.doneAt) } : null,
    };
  });
}

async function exportPerson(
  tx: TenantTransaction,
  personId: PersonId,
): Promise<Pick<OwnDataReply, 'person' | 'administratorSince' | 'cohortsCreated'>> {
  const person = await tx.selectFrom('people').selectAll().where('personId', '=', personId).executeTakeFirst();
  const administrator = await tx
    .selectFrom('administrators')
    .select('addedAt')
    .where('personId', '=', personId)
    .executeTakeFirst();
  const created = await tx
    .selectFrom('cohorts')
    .select(['name', 'createdAt'])
    .where('createdBy', '=', personId)
    .orderBy('createdAt')
    .orderBy('cohortId')
    .execute();
  return {
    person: person ? { ...person, removedAt: toIsoOrNull(person.removedAt), seenAt: toIso(person.seenAt) } : null,
    administratorSince: toIsoOrNull(administrator?.addedAt ?? null),
    cohortsCreated: created.map(({ name, createdAt }) => ({ cohortName: name, createdAt: toIso(createdAt) })),
  };
}

async function exportParticipations(
  tx: TenantTransaction,
  personId: PersonId,
): Promise<OwnDataReply['participations']> {
  const rows = await tx
    .selectFrom('participants')
    .innerJoin('cohorts', 'cohorts.cohortId', 'participants.cohortId')
    .innerJoin('programs', 'programs.programId', 'cohorts.programId')
    .selectAll('participants')
    .select(['programs.name as programName', 'cohorts.name as cohortName'])
    .where('participants.personId', '=', personId)
    .orderBy('cohorts.createdAt')
    .orderBy('participants.cohortId')
    .orderBy('participants.side')
    .execute();
  return rows.map(({ trainedAt, invitedAt, joinedAt, preparedAt, dueAt, remindedAt, ...row }) => ({
    ...row,
    workingHours: row.workingHours && writable(row.workingHours),
    preferences: writable(row.preferences),
    trainedAt: toIsoOrNull(trainedAt),
    invitedAt: toIsoOrNull(invitedAt),
    joinedAt: toIsoOrNull(joinedAt),
    preparedAt: toIsoOrNull(preparedAt),
    dueAt: toIsoOrNull(dueAt),
    remindedAt: toIsoOrNull(remindedAt),
  }));
}

async function exportUnmatched(tx: TenantTransaction, personId: PersonId): Promise<OwnDataReply['unmatched']> {
  const runs = await tx
    .selectFrom('matchRuns')
    .innerJoin('cohorts', 'cohorts.cohortId', 'matchRuns.cohortId')
    .select(['matchRuns.at', 'matchRuns.unmatched', 'cohorts.name'])
    .orderBy('matchRuns.at')
    .orderBy('matchRuns.runId')
    .execute();
  return runs
    .filter(({ unmatched }) => unmatched.some((row) => row.personId === personId))
    .map(({ at, name }) => ({ cohortName: name, at: toIso(at) }));
}

async function exportWishes(tx: TenantTransaction, personId: PersonId): Promise<OwnDataReply['matchWishes']> {
  const wishes = await tx
    .selectFrom('matchWishes')
    .innerJoin('cohorts', 'cohorts.cohortId', 'matchWishes.cohortId')
    .select(['cohorts.name', 'matchWishes.wish', 'matchWishes.wishedAt', 'matchWishes.menteeId'])
    .where((eb) => eb.or([eb('menteeId', '=', personId), eb('mentorId', '=', personId)]))
    .orderBy('matchWishes.wishedAt')
    .orderBy('matchWishes.menteeId')
    .orderBy('matchWishes.mentorId')
    .execute();
  return wishes.map(({ name, wish, wishedAt, menteeId }) => ({
    cohortName: name,
    side: menteeId === personId ? ('mentee' as const) : ('mentor' as const),
    wish,
    at: toIso(wishedAt),
  }));
}

async function exportAssistants(
  tx: TenantTransaction,
  personId: PersonId,
): Promise<Pick<OwnDataReply, 'assistants' | 'assists'>> {
  const named = await tx
    .selectFrom('assistants')
    .leftJoin('people', 'people.personId', 'assistants.assistantId')
    .select(['people.displayName', 'assistants.namedAt', 'assistants.removedAt'])
    .where('assistants.menteeId', '=', personId)
    .orderBy('assistants.namedAt')
    .orderBy('assistants.assistantId')
    .execute();
  const executives = await executivesOf(tx, personId);
  const assisted = await tx
    .selectFrom('assistants')
    .leftJoin('people', 'people.personId', 'assistants.menteeId')
    .select(['people.displayName', 'assistants.menteeId', 'assistants.namedAt', 'assistants.removedAt'])
    .where('assistants.assistantId', '=', personId)
    .orderBy('assistants.namedAt')
    .orderBy('assistants.menteeId')
    .execute();
  return {
    assistants: named.map(({ displayName, namedAt, removedAt }) => ({
      displayName,
      namedAt: toIso(namedAt),
      removedAt: toIsoOrNull(removedAt),
    })),
    assists: assisted.map(({ displayName, menteeId, namedAt, removedAt }) => ({
      displayName: executives.includes(menteeId) ? displayName : null,
      namedAt: toIso(namedAt),
      removedAt: toIsoOrNull(removedAt),
    })),
  };
}

async function exportSafeContacts(
  tx: TenantTransaction,
  personId: PersonId,
): Promise<Pick<OwnDataReply, 'contactsAsked' | 'safeContactOf' | 'contactRequests'>> {
  const asked = await tx
    .selectFrom('contactRequests')
    .innerJoin('cohorts', 'cohorts.cohortId', 'contactRequests.cohortId')
    .leftJoin('people', 'people.personId', 'contactRequests.contactId')
    .select(['cohorts.name', 'people.displayName', 'contactRequests.askedOn'])
    .where('contactRequests.personId', '=', personId)
    .orderBy('contactRequests.askedOn')
    .orderBy('contactRequests.cohortId')
    .execute();
  const cohorts = await tx
    .selectFrom('cohorts')
    .select('name')
    .where('safeContactId', '=', personId)
    .orderBy('createdAt')
    .orderBy('cohortId')
    .execute();
  return {
    contactsAsked: asked.map(({ name, displayName, askedOn }) => ({
      cohortName: name,
      contactName: displayName,
      day: askedOn,
    })),
    safeContactOf: cohorts.map(({ name }) => ({ cohortName: name })),
    contactRequests: await loadContactRequests(tx, personId),
  };
}

async function exportChat(tx: TenantTransaction, personId: PersonId): Promise<Pick<OwnDataReply, 'chat' | 'cards'>> {
  const chat = await tx.selectFrom('conversations').selectAll().where('personId', '=', personId).executeTakeFirst();
  const installation = await tx
    .selectFrom('installations')
    .select('state')
    .where('personId', '=', personId)
    .executeTakeFirst();
  const cards = await tx
    .selectFrom('messages')
    .select(['kind', 'state', 'createdAt', 'sentAt'])
    .where('personId', '=', personId)
    .orderBy('createdAt')
    .orderBy('messageId')
    .execute();
  return {
    chat:
      chat || installation
        ? {
            installation: installation?.state ?? null,
            conversationId: chat?.conversationId ?? null,
            installedAt: toIsoOrNull(chat?.installedAt ?? null),
            welcomedAt: toIsoOrNull(chat?.welcomedAt ?? null),
            blockedAt: toIsoOrNull(chat?.blockedAt ?? null),
            stoppedAt: toIsoOrNull(chat?.stoppedAt ?? null),
            locale: chat?.locale ?? null,
          }
        : null,
    cards: cards.map((card) => ({ ...card, createdAt: toIso(card.createdAt), sentAt: toIsoOrNull(card.sentAt) })),
  };
}

/** Entries that name the person; what they say is the administrator's, and may name others. */
async function exportLog(tx: TenantTransaction, personId: PersonId): Promise<OwnDataReply['log']> {
  const person = await tx
    .selectFrom('people')
    .select(['displayName', 'mail'])
    .where('personId', '=', personId)
    .executeTakeFirst();
  const texts = new Set([personId, person?.displayName, person?.mail].filter((text) => text));
  const entries = await tx
    .selectFrom('runLog')
    .select(['at', 'kind', 'subjectId', 'detail'])
    .orderBy('at')
    .orderBy('entryId')
    .execute();
  return entries
    .filter(({ subjectId, detail }) => [subjectId, ...Object.values(detail)].some((value) => texts.has(String(value))))
    .map(({ at, kind }) => ({ at: toIso(at), kind }));
}

/** The same without `readonly`, as replies are typed. */
const writable = <T>(value: T): Writable<T> => value as Writable<T>;
type Writable<T> = T extends object ? { -readonly [key in keyof T]: Writable<T[key]> } : T;
