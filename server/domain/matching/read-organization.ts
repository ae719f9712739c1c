import type { OrganizationEntry } from './profile.ts';

/**
 * Questions about the directory that the hard rules ask. A circle of managers ends where it closes. Whoever asks often is
 * answered from what was worked out before, in time that does not depend on how deep the directory is.
 */
export interface Organization {
  entryOf: (id: string) => OrganizationEntry | undefined;
  /** Those of the participants who stand anywhere in the line above somebody, nearest first. */
  participantsAbove: (id: string) => readonly string[];
  /** Whether one of two participants stands anywhere in the line above the other (product.md C2: the whole chain). */
  areInOneLine: (a: string, b: string) => boolean;
  /** The manager, where it is somebody else. */
  managerOf: (id: string) => string | null;
  /**
   * How many levels stand above; null where the directory does not tell: nobody above and nobody below is not the top, but
   * somebody whose manager was never entered.
   */
  levelOf: (id: string) => number | null;
}

type ManagerOf = (id: string) => string | null;

/** Prepares the questions about a directory and the participants of a cohort. */
export function readOrganization(
  entries: ReadonlyMap<string, OrganizationEntry>,
  participants: ReadonlySet<string>,
): Organization {
  const leaders = new Set<string>();
  for (const { id, managerId } of entries.values()) if (managerId !== null && managerId !== id) leaders.add(managerId);
  const managerOf: ManagerOf = (id) => {
    const managerId = entries.get(id)?.managerId ?? null;
    return managerId === id ? null : managerId;
  };
  const countAbove = createCount(managerOf);
  const participantsAbove = createLine(createNearest(managerOf, participants));
  return {
    entryOf: (id) => entries.get(id),
    participantsAbove,
    areInOneLine: (a, b) => a !== b && (participantsAbove(a).includes(b) || participantsAbove(b).includes(a)),
    managerOf,
    levelOf(id) {
      const level = entries.get(id)?.level ?? null;
      if (level !== null) return level;
      const above = countAbove(id);
      return above === 0 && !leaders.has(id) ? null : above;
    },
  };
}

/** How many managers stand above somebody; each of a circle has all the others above. */
function createCount(managerOf: ManagerOf): (id: string) => number {
  const counts = new Map<string, number>();
  return (id) => {
    const known = counts.get(id);
    if (known !== undefined) return known;
    const path = new Map<string, number>();
    let end: string | null = id;
    while (end !== null && !counts.has(end) && !path.has(end)) {
      path.set(end, path.size);
      end = managerOf(end);
    }
    const way = [...path.keys()];
    if (end !== null && !counts.has(end)) {
      const circle = way.splice(path.get(end)!);
      for (const one of circle) counts.set(one, circle.length - 1);
    }
    let above = end === null ? -1 : counts.get(end)!;
    for (const one of way.reverse()) counts.set(one, ++above);
    return counts.get(id)!;
  };
}

/** The first participant above somebody, who may be the person again at the end of a circle. */
function createNearest(managerOf: ManagerOf, participants: ReadonlySet<string>): ManagerOf {
  const nearest = new Map<string, string | null>();
  return (id) => {
    const way = new Set<string>();
    let at = id;
    let found = nearest.get(at);
    while (found === undefined) {
      way.add(at);
      const manager = managerOf(at);
      // Back at somebody of the way who is not a participant: there is none in this circle.
      if (manager === null || (way.has(manager) && !participants.has(manager))) found = null;
      else if (participants.has(manager)) found = manager;
      else found = nearest.get((at = manager));
    }
    for (const one of way) nearest.set(one, found);
    return found;
  };
}

function createLine(nearestAbove: ManagerOf): Organization['participantsAbove'] {
  const lines = new Map<string, readonly string[]>();
  return (id) => {
    let line = lines.get(id);
    if (!line) {
      const found = new Set<string>();
      for (let one = nearestAbove(id); one !== null && one !== id && !found.has(one); one = nearestAbove(one))
        found.add(one);
      lines.set(id, (line = [...found]));
    }
    return line;
  };
}
