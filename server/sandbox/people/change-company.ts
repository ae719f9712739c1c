import { chance, pick } from '../hash.ts';
import type { SandboxPerson, World } from '../world.ts';
import type { BehaviorContext, Task } from './behavior-state.ts';
import { OFFICES } from './vocabulary.ts';

const DAY = 86_400_000;
/** Changes fall into this many days from the start, so that a program of half a year sees all of them. */
const FIRST_DAY = 10;
const LAST_DAY = 150;
/** An account stays disabled this long before it is removed, for the half that is not removed at once. */
const DISABLED_DAYS = 14;
/** Other people of the company who leave or change managers, at most: the directory is never still. */
const MOST_OTHERS = 50;

/** Sets the dates on which people leave, change managers and move to another office. */
export function scheduleCompanyChanges(context: BehaviorContext): void {
  const { world, roles, rate } = context;
  const now = world.clock.now();
  const plan = (kind: 'leave' | 'changeManager' | 'changeZone', people: string[]): void => {
    for (const personId of people) {
      const day = FIRST_DAY + (LAST_DAY - FIRST_DAY) * chance(world.seed, kind, personId, 'day');
      context.schedule(Math.round(now + day * DAY), `${kind}:${personId}`, { kind, personId });
    }
  };
  const byLot = (ids: string[]): string[] => {
    const lot = new Map(ids.map((id) => [id, chance(world.seed, 'fate', id)]));
    return [...ids].filter((id) => world.people.get(id)!.accountEnabled).sort((a, b) => lot.get(a)! - lot.get(b)!);
  };
  const taken = new Set([...roles.volunteers, ...roles.executives, ...roles.administrators, roles.programMailboxId]);
  const others = byLot([...world.people.keys()].filter((id) => !taken.has(id) && world.people.get(id)!.depth > 1));
  const volunteers = byLot(roles.volunteers);
  // A company of some size sees each kind at least three times in half a year.
  const some = (share: number): number =>
    Math.round(rate * Math.max(volunteers.length < 60 ? 1 : 3, share * volunteers.length));
  const few = Math.round(rate * Math.min(MOST_OTHERS, 0.01 * others.length));

  plan('leave', [...volunteers.splice(0, some(0.03)), ...others.splice(0, few)]);
  plan('changeManager', [...volunteers.splice(0, some(0.04)), ...others.splice(0, few)]);
  plan('changeZone', volunteers.splice(0, some(0.04)));
  plan('leave', byLot(roles.executives).slice(0, Math.floor((rate * roles.executives.length) / 40)));
}

const isAbove = (world: World, personId: string, of: string | null): boolean => {
  for (let id = of, steps = 0; id !== null && steps < 100; id = world.people.get(id)?.managerId ?? null, steps++) {
    if (id === personId) return true;
  }
  return false;
};

/** Half of the mentors who change managers report to their own mentee from then on; the others go to another department. */
function newManager({ world, memory }: BehaviorContext, person: SandboxPerson): SandboxPerson | undefined {
  const mentees = memory.series.filter(({ mentorId }) => mentorId === person.id).map(({ menteeId }) => menteeId);
  if (mentees.length > 0 && chance(world.seed, 'manager', person.id) < 0.5) return world.people.get(mentees.at(-1)!);
  const managers = new Set([...world.people.values()].map(({ managerId }) => managerId));
  const possible = [...world.people.values()].filter(
    (other) =>
      managers.has(other.id) &&
      other.depth > 0 &&
      other.accountEnabled &&
      other.department !== person.department &&
      !isAbove(world, person.id, other.id),
  );
  return possible.length === 0 ? undefined : pick(possible, world.seed, 'new manager', person.id);
}

/** Lets somebody leave, change managers, or move to an office in another zone. */
export function changeCompany(
  context: BehaviorContext,
  task: Extract<Task, { personId: string; kind: 'leave' | 'remove' | 'changeManager' | 'changeZone' }>,
): void {
  const { world } = context;
  const person = world.people.get(task.personId);
  if (!person || person.deletedAt !== null) return;
  const now = world.clock.now();
  switch (task.kind) {
    case 'leave':
      person.accountEnabled = false;
      if (chance(world.seed, 'leave', person.id) < 0.5) person.deletedAt = now;
      else context.schedule(now + DISABLED_DAYS * DAY, `remove:${person.id}`, { kind: 'remove', personId: person.id });
      context.count('personLeft');
      return;
    case 'remove':
      person.deletedAt = now;
      return;
    case 'changeManager': {
      const manager = newManager(context, person);
      if (!manager || manager.id === person.managerId) return;
      person.managerId = manager.id;
      person.depth = manager.depth + 1;
      person.department = manager.department;
      context.count('managerChanged');
      return;
    }
    case 'changeZone': {
      const office = pick(
        OFFICES.filter(({ zone }) => zone !== person.mailbox.zone),
        world.seed,
        'office',
        person.id,
      );
      Object.assign(person, {
        officeLocation: office.name,
        country: office.country,
        usageLocation: office.usageLocation,
      });
      Object.assign(person.mailbox, { zone: office.zone, zoneName: office.windowsZone });
      context.count('timeZoneChanged');
      return;
    }
  }
}
