import type { PersonId } from './person.ts';

/** Who somebody reports to; null or undefined at the top, and where the directory names nobody. */
export type ManagerOf<Id extends string = PersonId> = (person: Id) => Id | null | undefined;

/** The managers above a person, nearest first. A circle in the directory ends where it closes. */
export function managersAbove<Id extends string>(person: Id, managerOf: ManagerOf<Id>): Id[] {
  const chain: Id[] = [];
  const seen = new Set([person]);
  for (let next = managerOf(person); next && !seen.has(next); next = managerOf(next)) {
    seen.add(next);
    chain.push(next);
  }
  return chain;
}

/** Whether one of the two stands anywhere in the line above the other (product.md C2: the whole chain). */
export const isInReportingLine = <Id extends string>(a: Id, b: Id, managerOf: ManagerOf<Id>): boolean =>
  a !== b && (managersAbove(a, managerOf).includes(b) || managersAbove(b, managerOf).includes(a));

/** Whether two people report to the same manager. Somebody entered as their own manager has no siblings by that. */
export function areSiblings<Id extends string>(a: Id, b: Id, managerOf: ManagerOf<Id>): boolean {
  const manager = managerOf(a);
  return a !== b && Boolean(manager) && manager !== a && manager !== b && manager === managerOf(b);
}

/** How many managers stand above a person: 0 at the top. */
export const seniority = (person: PersonId, managerOf: ManagerOf): number => managersAbove(person, managerOf).length;
