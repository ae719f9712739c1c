import { at, json, type Database } from '../../../server/db/schema.ts';
import { savePeople } from '../../../server/db/people.ts';
import { inTenant } from '../../../server/db/tenancy.ts';
import { ensureTenant } from '../../../server/db/tenants.ts';
import type { Participant, PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { parseInstant } from '../../../server/domain/time/instant.ts';
import { makeCrowd } from '../../make/crowd.ts';

/** A number as an id that the database takes. */
const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const NOW = parseInstant('2026-09-28T06:00:00Z');
const CHUNK = 500;

/** Stores a cohort of so many people who have all joined. Returns its id. */
export async function fillCohort(db: Database, tenantId: TenantId, size: number): Promise<string> {
  const crowd = makeCrowd(size, size);
  const ids = new Map([...crowd.people.keys()].map((name, index) => [name, uuid(index + 1) as PersonId]));
  const idOf = (name: PersonId | null): PersonId | null => (name === null ? null : ids.get(name)!);
  const [programId, cohortId] = [uuid(0), uuid(0)];
  await inTenant(db, tenantId, async (tx) => {
    await ensureTenant(tx, tenantId, NOW);
    const people = [...crowd.people.values()];
    await savePeople(
      tx,
      tenantId,
      people.map((one) => ({ ...one, personId: idOf(one.personId)!, managerId: idOf(one.managerId) })),
      NOW,
    );
    await tx
      .insertInto('programs')
      .values({ tenantId, programId, name: 'Bench', createdAt: at(NOW) })
      .execute();
    await tx
      .insertInto('cohorts')
      .values({
        tenantId,
        cohortId,
        programId,
        name: 'Bench',
        state: 'inviting',
        menteeGroupId: uuid(1),
        mentorGroupId: uuid(2),
        startsOn: crowd.startsOn,
        sessions: 12,
        minutes: 30,
        everyWeeks: 2,
        firstWithinDays: 21,
        maxMoved: 2,
        tentativeIsFree: false,
        createdBy: uuid(1) as PersonId,
        createdAt: at(NOW),
      })
      .execute();
    const rowOf = (one: Participant) => ({
      tenantId,
      cohortId,
      personId: ids.get(one.personId)!,
      side: one.side,
      state: 'joined' as const,
      seats: one.seats,
      skills: json(one.skills),
      goals: json(one.goals),
      interests: json(one.interests),
      languages: json(one.languages),
      motivation: one.motivation,
      timeZone: one.timeZone,
      workingHours: json(one.workingHours),
      trainedAt: at(NOW),
    });
    const rows = [...crowd.mentees, ...crowd.mentors].map(rowOf);
    for (let i = 0; i < rows.length; i += CHUNK)
      await tx
        .insertInto('participants')
        .values(rows.slice(i, i + CHUNK))
        .execute();
  });
  return cohortId;
}
