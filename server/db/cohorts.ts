import { findErased } from './erasures.ts';
import { loadTenant } from './tenants.ts';
import { sql } from 'kysely';
import type { TrainingModule } from '../contract/content.ts';
import type { ParticipantState, Side } from '../contract/vocabulary.ts';
import type { Participant, PersonId, TenantId } from '../domain/people/person.ts';
import type { Blackout, SlotPreferences } from '../domain/slots/types.ts';
import type { Instant, LocalDate } from '../domain/time/instant.ts';
import { readInPages } from './read-in-pages.ts';
import { anyOf, at, type TenantTransaction } from './schema.ts';

export interface CohortRow {
  cohortId: string;
  programId: string;
  programName: string;
  name: string;
  state: 'draft' | 'inviting' | 'matched' | 'running' | 'closed';
  automatic: boolean;
  menteeGroupId: string;
  mentorGroupId: string;
  startsOn: LocalDate;
  sessions: number;
  minutes: number;
  everyWeeks: number;
  /** Every so many months by weekday, in place of weeks. */
  everyMonths: number | null;
  firstWithinDays: number;
  /** How many dates of six may be moved. */
  maxMoved: number;
  tentativeIsFree: boolean;
  /** The agreement lets sessions move by themselves. */
  movesAllowed: boolean;
  blackouts: Blackout[];
  seed: number;
  organizer: 'programMailbox' | 'mentor';
  /** Null: none is named. */
  safeContactId: PersonId | null;
  /** Modules that a mentor finishes before a pair starts. */
  requiredTraining: TrainingModule[];
  dueAt: Instant | null;
  mode: string;
  settings: Record<string, unknown>;
}

const cohorts = (tx: TenantTransaction) =>
  tx
    .selectFrom('cohorts')
    .innerJoin('programs', (join) => join.onRef('programs.programId', '=', 'cohorts.programId'))
    .select([
      'cohorts.cohortId',
      'cohorts.programId',
      'programs.name as programName',
      'cohorts.name',
      'cohorts.state',
      'cohorts.automatic',
      'cohorts.menteeGroupId',
      'cohorts.mentorGroupId',
      'cohorts.startsOn',
      'cohorts.sessions',
      'cohorts.minutes',
      'cohorts.everyWeeks',
      'cohorts.everyMonths',
      'cohorts.firstWithinDays',
      'cohorts.maxMoved',
      'cohorts.tentativeIsFree',
      'cohorts.movesAllowed',
      'cohorts.blackouts',
      'cohorts.seed',
      'cohorts.organizer',
      'cohorts.safeContactId',
      'cohorts.requiredTraining',
      'cohorts.dueAt',
      'programs.mode',
      'programs.settings',
    ]);

/** All cohorts that are not closed, oldest first. */
export const loadOpenCohorts = (tx: TenantTransaction): Promise<CohortRow[]> =>
  cohorts(tx).where('cohorts.state', '!=', 'closed').orderBy('cohorts.createdAt').orderBy('cohorts.cohortId').execute();

/** One cohort, or undefined. */
export const findCohort = (tx: TenantTransaction, cohortId: string): Promise<CohortRow | undefined> =>
  cohorts(tx).where('cohorts.cohortId', '=', cohortId).executeTakeFirst();

export interface ParticipantRow extends Participant {
  cohortId: string;
  state: ParticipantState;
  /** Name of a zone that could not be mapped; then `timeZone` is not the person's. */
  timeZoneNote: string | null;
  preferences: SlotPreferences;
  calendar: 'unknown' | 'readable' | 'pending' | 'none';
  asks: number;
  preparedAt: Instant | null;
  invitedAt: Instant | null;
  dueAt: Instant | null;
  remindedAt: Instant | null;
}

type RowKey = Pick<ParticipantRow, 'cohortId' | 'personId' | 'side'>;

/** Participants, of one cohort or one person or all. */
export async function loadParticipants(
  tx: TenantTransaction,
  filter: {
    cohortId?: string;
    personId?: PersonId;
    personIds?: readonly PersonId[];
    side?: Side;
    states?: readonly ParticipantState[];
    /** Only those whose mailbox was not read yet. */
    isUnprepared?: true;
    /** Only those whose mailbox could not be read. */
    isUnread?: true;
  },
): Promise<ParticipantRow[]> {
  let query = tx
    .selectFrom('participants')
    .select([
      'cohortId',
      'personId',
      'side',
      'state',
      'seats',
      'skills',
      'goals',
      'interests',
      'languages',
      'motivation',
      'locale',
      'timeZone',
      'timeZoneNote',
      'workingHours',
      'preferences',
      'calendar',
      'trainedAt',
      'asks',
      'preparedAt',
      'invitedAt',
      'dueAt',
      'remindedAt',
    ])
    .orderBy('cohortId')
    .orderBy('personId')
    .orderBy('side');
  if (filter.cohortId !== undefined) query = query.where('cohortId', '=', filter.cohortId);
  if (filter.personId !== undefined) query = query.where('personId', '=', filter.personId);
  if (filter.side !== undefined) query = query.where('side', '=', filter.side);
  if (filter.personIds !== undefined) query = query.where('personId', '=', anyOf(filter.personIds));
  if (filter.states !== undefined) query = query.where('state', 'in', [...filter.states]);
  if (filter.isUnprepared) query = query.where('preparedAt', 'is', null);
  if (filter.isUnread) query = query.where('calendar', '=', 'pending');
  return readInPages(async (last: RowKey | undefined, limit) => {
    let page = query.limit(limit);
    if (last) {
      const key = sql`(${last.cohortId}::uuid, ${last.personId}::uuid, ${last.side})`;
      page = page.where(sql<boolean>`(cohort_id, person_id, side) > ${key}`);
    }
    const rows = await page.execute();
    return rows.map(({ trainedAt, ...row }): ParticipantRow => ({
      ...row,
      isTrained: trainedAt !== null,
      isPaused: row.state === 'paused',
    }));
  });
}

/** Where somebody's clock stands and when they work, as far as it is known. */
export type Hours = Pick<ParticipantRow, 'timeZone' | 'workingHours'>;

/** The hours of the given people. */
export async function loadHours(tx: TenantTransaction, personIds: Iterable<PersonId>): Promise<Map<PersonId, Hours>> {
  const rows = await tx
    .selectFrom('participants')
    .select(['personId', 'timeZone', 'workingHours'])
    .where('personId', '=', anyOf(personIds))
    .orderBy('cohortId')
    .execute();
  return new Map(rows.map(({ personId, ...hours }) => [personId, hours]));
}

/** The two participants of a pair; undefined for one who is not in the cohort any more. */
export async function loadBoth(
  tx: TenantTransaction,
  pair: { cohortId: string; mentorId: PersonId; menteeId: PersonId },
): Promise<{ mentor: ParticipantRow | undefined; mentee: ParticipantRow | undefined }> {
  const rows = await loadParticipants(tx, { cohortId: pair.cohortId, personIds: [pair.mentorId, pair.menteeId] });
  return {
    mentor: rows.find((row) => row.personId === pair.mentorId && row.side === 'mentor'),
    mentee: rows.find((row) => row.personId === pair.menteeId && row.side === 'mentee'),
  };
}

/** Moves a participant on; false when it was not in one of the states it may come from. */
export async function moveParticipant(
  tx: TenantTransaction,
  key: { cohortId: string; personId: PersonId; side: Side },
  from: readonly ParticipantState[],
  change: { state: ParticipantState; joinedAt?: Instant; invitedAt?: Instant; dueAt?: Instant | null },
): Promise<boolean> {
  const { joinedAt, invitedAt, dueAt, ...rest } = change;
  const result = await tx
    .updateTable('participants')
    .set({
      ...rest,
      ...(joinedAt === undefined ? {} : { joinedAt: at(joinedAt) }),
      ...(invitedAt === undefined ? {} : { invitedAt: at(invitedAt) }),
      ...(dueAt === undefined ? {} : { dueAt: dueAt === null ? null : at(dueAt) }),
    })
    .where('cohortId', '=', key.cohortId)
    .where('personId', '=', key.personId)
    .where('side', '=', key.side)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Nominates people for one side; who is there already stays as they are. Returns how many are new. */
export async function nominate(
  tx: TenantTransaction,
  tenantId: TenantId,
  cohortId: string,
  side: Side,
  people: readonly PersonId[],
): Promise<number> {
  const erased = await findErased(tx, await loadTenant(tx), people);
  const wanted = people.filter((personId) => !erased.has(personId));
  if (wanted.length === 0) return 0;
  const result = await tx
    .insertInto('participants')
    .values(wanted.map((personId) => ({ tenantId, cohortId, personId, side, state: 'nominated' as const })))
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0n);
}
