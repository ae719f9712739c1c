import { managersAbove } from '../people/reporting-line.ts';
import type { OrganizationEntry } from './profile.ts';

/** Questions about the directory that the hard rules ask. A circle of managers ends where it closes. */
export interface Organization {
  entryOf: (id: string) => OrganizationEntry | undefined;
  /** The managers above somebody, nearest first. */
  managersAbove: (id: string) => readonly string[];
  /** The manager, where it is somebody else. */
  managerOf: (id: string) => string | null;
  /**
   * How many levels stand above; null where the directory does not tell: nobody above and nobody below is not the top, but
   * somebody whose manager was never entered.
   */
  levelOf: (id: string) => number | null;
}

/** Prepares the questions; answers are worked out once per person. */
export function readOrganization(entries: ReadonlyMap<string, OrganizationEntry>): Organization {
  const leaders = new Set<string>();
  for (const { id, managerId } of entries.values()) if (managerId !== null && managerId !== id) leaders.add(managerId);
  const managerOf = (id: string): string | null => {
    const managerId = entries.get(id)?.managerId ?? null;
    return managerId === id ? null : managerId;
  };
  const chains = new Map<string, readonly string[]>();
  const chainOf = (id: string): readonly string[] => {
    let chain = chains.get(id);
    if (chain === undefined) chains.set(id, (chain = managersAbove(id, managerOf)));
    return chain;
  };
  return {
    entryOf: (id) => entries.get(id),
    managersAbove: chainOf,
    managerOf,
    levelOf(id) {
      const level = entries.get(id)?.level ?? null;
      if (level !== null) return level;
      const above = chainOf(id).length;
      return above === 0 && !leaders.has(id) ? null : above;
    },
  };
}
