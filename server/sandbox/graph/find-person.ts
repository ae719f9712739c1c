import type { SandboxPerson, World } from '../world.ts';
import { notFound } from './refusal.ts';

/** How long the directory keeps a deleted person restorable. */
export const RESTORABLE_FOR = 30 * 86_400_000;

/** A person by object id or user principal name; undefined for strangers and the deleted. */
export function findPerson(world: World, idOrName: string): SandboxPerson | undefined {
  let person = world.people.get(idOrName) ?? world.people.get(idOrName.toLowerCase());
  if (!person && idOrName.includes('@')) {
    const name = idOrName.toLowerCase();
    for (const each of world.people.values()) {
      if (each.deletedAt === null && each.userPrincipalName.toLowerCase() === name) person = each;
    }
  }
  return person?.deletedAt === null ? person : undefined;
}

/** The same; refuses (404) where there is none. */
export function personOf(world: World, idOrName: string): SandboxPerson {
  const person = findPerson(world, idOrName);
  if (!person) throw notFound(idOrName);
  return person;
}

/** The manager in use: a deleted one leaves nobody. */
export function managerOf(world: World, person: SandboxPerson): SandboxPerson | undefined {
  return person.managerId === null ? undefined : findPerson(world, person.managerId);
}

/** Everybody who is not deleted. */
export function* peopleOf(world: World): Generator<SandboxPerson> {
  for (const person of world.people.values()) if (person.deletedAt === null) yield person;
}
