import type { SafeContactProblem } from '../../contract/administrator.ts';
import type { PersonId } from './person.ts';
import { managersAbove, type ManagerOf } from './reporting-line.ts';

/** What the rules on a safe contact need to know. */
export interface SafeContactFacts {
  contactId: PersonId | null;
  /** Left, or their account is off. */
  isGone: boolean;
  /** Everybody who takes part or may still do so. */
  participants: Iterable<PersonId>;
  managerOf: ManagerOf;
}

/** What is wrong with a cohort's safe contact; `people`: the participants in whose line they stand. */
export interface SafeContactVerdict {
  problem: SafeContactProblem | null;
  people: PersonId[];
}

/**
 * Whether somebody may be the safe contact of these people: never one of them, and above or below none of them in the
 * reporting line, the whole chain of each (product.md F6). Without one a cohort is not started.
 * judgeSafeContact({ contactId: null, ... }) // => { problem: 'none', people: [] }
 */
export function judgeSafeContact({ contactId, isGone, participants, managerOf }: SafeContactFacts): SafeContactVerdict {
  if (contactId === null) return { problem: 'none', people: [] };
  if (isGone) return { problem: 'gone', people: [] };
  const all = [...participants];
  if (all.includes(contactId)) return { problem: 'participant', people: [] };
  const above = new Set(managersAbove(contactId, managerOf));
  const people = all.filter((person) => above.has(person) || managersAbove(person, managerOf).includes(contactId));
  return { problem: people.length > 0 ? 'inLine' : null, people };
}
