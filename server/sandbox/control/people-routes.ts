import { companyRoles } from '../people/company-roles.ts';
import type { SandboxPerson, World } from '../world.ts';
import { readPerson, isoOf, type ControlRoutes } from './control-parts.ts';
import { ControlError, readWord } from './read-input.ts';

/** People in one reply: a page that wants somebody else asks by name. */
const MOST_PEOPLE = 100;
const ROLES = ['administrator', 'executive', 'volunteer', 'programMailbox', 'employee'] as const;
type Role = (typeof ROLES)[number];

function rolesOf(world: World): (person: SandboxPerson) => Role {
  const roles = companyRoles(world);
  const sets = [
    ['administrator', new Set(roles.administrators)],
    ['executive', new Set(roles.executives)],
    ['volunteer', new Set(roles.volunteers)],
    ['programMailbox', new Set([roles.programMailboxId])],
  ] as const;
  return ({ id }) => sets.find(([, ids]) => ids.has(id))?.[0] ?? 'employee';
}

/** Who there is, how the sandbox stands as a whole, and tokens to act as somebody. */
export const peopleRoutes: ControlRoutes = {
  'GET people': (world, input) => {
    const query = typeof input.query === 'string' ? input.query.trim().toLowerCase() : '';
    const role = input.role === undefined || input.role === '' ? null : readWord(input, 'role', ROLES);
    const roleOf = rolesOf(world);
    const found = [...world.people.values()].filter(
      (person) =>
        person.deletedAt === null &&
        (role === null || roleOf(person) === role) &&
        [person.displayName, person.mail, person.department ?? ''].some((text) => text.toLowerCase().includes(query)),
    );
    return {
      total: found.length,
      people: found.slice(0, MOST_PEOPLE).map((person) => ({
        id: person.id,
        name: person.displayName,
        mail: person.mail,
        title: person.jobTitle,
        department: person.department,
        zone: person.mailbox.zone,
        role: roleOf(person),
        photo: person.photo,
      })),
    };
  },
  'GET state': (world, _input, parts) => ({
    now: isoOf(world.clock.now()),
    people: world.people.size,
    groups: world.groups.size,
    installations: world.installations.size,
    calendarWrites: world.exchange.writes().length,
    activitiesSent: world.chats.sent().length,
    behavior: parts.behavior?.counts() ?? null,
    faults: parts.faults?.counts() ?? null,
  }),
  'POST token': async (world, input, parts) => {
    if (!parts.userToken) throw new ControlError(404, null, 'token: this sandbox gives none');
    return { token: await parts.userToken(readPerson(world, input).id) };
  },
};
