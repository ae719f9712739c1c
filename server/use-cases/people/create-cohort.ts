import type { CohortBody } from '../../contract/administrator.ts';
import { nominate } from '../../db/cohorts.ts';
import { deriveId } from '../../db/derive-id.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, json, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { DAY, plus, toIso, type LocalDate } from '../../domain/time/instant.ts';
import { AppError, badInput } from '../../errors.ts';
import type { Clock, Directory, Jobs } from '../../ports.ts';
import { findContact, setSafeContact } from './name-safe-contact.ts';
import { askForFullRound } from './sync-org.ts';

/** Where something is counted in weeks, a month is this long. */
const WEEKS_OF_A_MONTH = 4;
/** Days in which each weekday of the month comes once, so that every monthly pattern can be offered. */
const LONGEST_MONTH = 31;
/** product.md, Defaults: 6 sessions of 30 minutes, one every 4 weeks, the first within 21 days of the agreement. */
const DEFAULTS = { sessions: 6, minutes: 30, everyWeeks: 4, firstWithinDays: 21, maxMoved: 2 } as const;

export interface CreatedCohort {
  cohortId: string;
  mentees: number;
  mentors: number;
}

/**
 * Opens a program with its first cohort and nominates the members of two directory groups. Nobody is written to yet.
 * Throws `badInput` for two rhythms, for a group that cannot be read or is empty, and for a safe contact who may not be one,
 * `unavailable` when the directory does
 * not answer.
 */
export async function createCohort(
  { db, directory, clock, jobs }: { db: Database; directory: Directory; clock: Clock; jobs: Jobs },
  { tenantId, callerId, body }: { tenantId: TenantId; callerId: PersonId; body: CohortBody },
): Promise<CreatedCohort> {
  if (body.everyWeeks !== undefined && body.everyMonths !== undefined)
    throw badInput('everyMonths', 'give weeks or months between sessions, not both');
  const now = clock.now();
  const mentees = await readGroup(directory, tenantId, body.menteeGroupId, 'menteeGroupId');
  const mentors = await readGroup(directory, tenantId, body.mentorGroupId, 'mentorGroupId');
  const both = mentors.filter((id) => mentees.includes(id));
  if (both.length === mentors.length)
    throw badInput('mentorGroupId', 'all its members are executives of this cohort too');
  const contact = await findContact({ db, directory }, { tenantId, address: body.safeContact, field: 'safeContact' });
  const startsOn = (body.startsOn ?? toIso(plus(now, DAY)).slice(0, 10)) as LocalDate;
  if (startsOn < toIso(now).slice(0, 10)) throw badInput('startsOn', 'must not be in the past');

  const created = await inTenant(db, tenantId, async (tx) => {
    const { salt } = await loadTenant(tx);
    const programId = deriveId(salt, 'program', body.programName);
    const cohortId = deriveId(salt, 'cohort', programId, body.cohortName);
    const existing = await tx
      .selectFrom('cohorts')
      .select('cohortId')
      .where('cohortId', '=', cohortId)
      .executeTakeFirst();
    if (existing) throw badInput('cohortName', 'a cohort of this program has this name already');
    await tx
      .insertInto('programs')
      .values({
        tenantId,
        programId,
        name: body.programName,
        settings: json({ workingLanguages: ['en'] }),
        createdAt: at(now),
      })
      .onConflict((oc) => oc.doNothing())
      .execute();
    await tx
      .insertInto('cohorts')
      .values({
        tenantId,
        cohortId,
        programId,
        name: body.cohortName,
        automatic: body.automatic ?? false,
        movesAllowed: body.movesAllowed ?? false,
        requiredTraining: json([...new Set(body.requiredTraining ?? [])]),
        menteeGroupId: body.menteeGroupId,
        mentorGroupId: body.mentorGroupId,
        startsOn,
        sessions: body.sessions ?? DEFAULTS.sessions,
        minutes: body.minutes ?? DEFAULTS.minutes,
        everyWeeks:
          body.everyWeeks ??
          (body.everyMonths === undefined ? DEFAULTS.everyWeeks : WEEKS_OF_A_MONTH * body.everyMonths),
        everyMonths: body.everyMonths ?? null,
        firstWithinDays: body.everyMonths === undefined ? DEFAULTS.firstWithinDays : LONGEST_MONTH,
        maxMoved: DEFAULTS.maxMoved,
        tentativeIsFree: false,
        createdBy: callerId,
        createdAt: at(now),
      })
      .execute();
    const nominatedMentees = await nominate(tx, tenantId, cohortId, 'mentee', mentees);
    const nominatedMentors = await nominate(
      tx,
      tenantId,
      cohortId,
      'mentor',
      mentors.filter((id) => !both.includes(id)),
    );
    await setSafeContact(tx, tenantId, cohortId, contact, now);
    await askForFullRound(tx, tenantId, now);
    await addToRunLog(tx, tenantId, {
      at: now,
      kind: 'cohortCreated',
      cohortId,
      subjectId: cohortId,
      detail: { mentees: nominatedMentees, mentors: nominatedMentors },
    });
    return { cohortId, mentees: nominatedMentees, mentors: nominatedMentors };
  });
  jobs.wake('syncOrganization');
  return created;
}

async function readGroup(
  directory: Directory,
  tenantId: TenantId,
  groupId: string,
  field: string,
): Promise<PersonId[]> {
  const members = await directory.readMembers(tenantId, groupId);
  if (members.outcome === 'later') throw new AppError('unavailable', { reason: 'directory' });
  if (members.outcome === 'refused') throw badInput(field, 'this group does not exist or may not be read');
  if (members.value.length === 0) throw badInput(field, 'this group has no members');
  return members.value;
}
