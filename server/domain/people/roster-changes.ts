import type { Person, PersonId } from './person.ts';

/** One entry of a directory round: a person as they are now, or a removal. */
export type RosterChange = { kind: 'person'; person: Person } | { kind: 'removed'; personId: PersonId };

export interface RosterRound {
  /** In the order in which they came; a later entry of the same person counts. */
  changes: readonly RosterChange[];
  /** Who is stored now. */
  known: ReadonlyMap<PersonId, Person>;
  /** Participants, members of the nominated groups, administrators. */
  wanted: ReadonlySet<PersonId>;
  /** Mail addresses to keep besides (the program mailbox). */
  wantedMails?: readonly string[];
  /** A full round names everybody; a delta only what changed. */
  isFull: boolean;
}

export interface RosterPlan {
  /** To be stored, in the order of the round. */
  keep: Person[];
  /** Known people whom the directory removed. Absence alone is never taken for a removal (reliability.md F11). */
  removed: PersonId[];
  /** Everybody else in the round, per department ('' for none). */
  countsByDepartment: Map<string, number>;
  /** Somebody kept reports to a person whom neither the round nor the store knows: a full round is needed. */
  missesManager: boolean;
}

/**
 * What of a directory round to keep: the wanted people and the manager chains above them; of everybody else only the
 * number per department (product.md B1). Circles, orphans and people entered as their own manager are survived.
 */
export function rosterChanges({ changes, known, wanted, wantedMails = [], isFull }: RosterRound): RosterPlan {
  const round = new Map<PersonId, Person>();
  const gone = new Set<PersonId>();
  for (const change of changes) {
    if (change.kind === 'person') {
      round.set(change.person.personId, change.person);
      gone.delete(change.person.personId);
    } else {
      round.delete(change.personId);
      gone.add(change.personId);
    }
  }
  const find = (id: PersonId): Person | undefined => round.get(id) ?? (gone.has(id) ? undefined : known.get(id));

  const kept = new Set<PersonId>();
  let missesManager = false;
  const keepWithChain = (id: PersonId): void => {
    for (let next: PersonId | null = id; next !== null && !kept.has(next);) {
      const person = find(next);
      if (!person) {
        missesManager ||= !gone.has(next);
        return;
      }
      kept.add(next);
      next = person.managerId;
    }
  };
  for (const id of wanted) if (find(id)) keepWithChain(id);
  const mails = new Set(wantedMails.map((mail) => mail.toLowerCase()));
  for (const person of round.values()) {
    const isKnown = !isFull && known.has(person.personId);
    if (isKnown || (person.mail !== null && mails.has(person.mail.toLowerCase()))) keepWithChain(person.personId);
  }

  const countsByDepartment = new Map<string, number>();
  for (const person of round.values()) {
    if (kept.has(person.personId)) continue;
    const department = person.department ?? '';
    countsByDepartment.set(department, (countsByDepartment.get(department) ?? 0) + 1);
  }
  return {
    keep: [...round.values()].filter((person) => kept.has(person.personId)),
    removed: [...gone].filter((id) => known.has(id)),
    countsByDepartment,
    missesManager,
  };
}
