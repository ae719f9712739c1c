import type { SandboxPerson, World } from '../../world.ts';
import { managerOf, RESTORABLE_FOR } from '../find-person.ts';
import { TRACKED_USER_PROPERTIES, USER_IN_LIST } from './user-kind.ts';

/** How the directory holds a person: in use, deleted but restorable, or gone for good. */
export type Presence = 'live' | 'softDeleted' | 'gone';

/** What changed about one person since a mark. */
export interface PersonChange {
  id: string;
  presence: Presence;
  /** Not among the living at the mark: everything about this person is new. */
  isNew: boolean;
  properties: ReadonlySet<string>;
  /** The manager at the mark; undefined when the manager did not change. */
  formerManagerId: string | null | undefined;
}

interface Entry {
  mark: number;
  id: string;
  was: Presence;
  properties: string[];
  formerManagerId?: string | null;
}

interface Known {
  presence: Presence;
  managerId: string | null;
  /** JSON of each tracked property. */
  values: Record<string, string>;
}

/** What happened to the people of the directory, in order. Plain data: it is saved as JSON. */
export interface SavedJournal {
  mark: number;
  entries: Entry[];
  known: Record<string, Known>;
}

export interface ChangeJournal {
  /** Looks at everybody, writes down what changed, and gives the mark that stands for now. */
  sync(): number;
  /** Net changes since a mark that `sync` gave, by id. */
  since(mark: number): PersonChange[];
  snapshot(): SavedJournal;
  restore(saved: SavedJournal): void;
}

/**
 * People of the sandbox are changed in place by whoever plays them, so changes are found by comparison with what was
 * known at the last look.
 */
export function createChangeJournal(world: World): ChangeJournal {
  let saved: SavedJournal = { mark: 0, entries: [], known: {} };
  /** The tracked values of everybody as they were last read, with the person they were read of. */
  const read = new Map<string, { of: string; values: Record<string, string> }>();

  const valuesOf = (person: SandboxPerson): Record<string, string> => {
    const of = JSON.stringify(person);
    const known = read.get(person.id);
    if (known?.of === of) return known.values;
    const values: Record<string, string> = {};
    for (const name of TRACKED_USER_PROPERTIES) values[name] = JSON.stringify(USER_IN_LIST.read(person, name) ?? null);
    read.set(person.id, { of, values });
    return values;
  };

  const look = (): Record<string, Known> => {
    const now: Record<string, Known> = {};
    for (const person of world.people.values()) {
      const deleted = person.deletedAt !== null;
      const gone = deleted && world.clock.now() - person.deletedAt! > RESTORABLE_FOR;
      const presence = gone ? 'gone' : deleted ? 'softDeleted' : 'live';
      now[person.id] = { presence, managerId: managerOf(world, person)?.id ?? null, values: valuesOf(person) };
    }
    return now;
  };

  return {
    sync() {
      const now = look();
      const first = saved.mark === 0;
      const mark = saved.mark + 1;
      const entries: Entry[] = [];
      for (const id of new Set([...Object.keys(saved.known), ...Object.keys(now)])) {
        const entry = first ? null : compareKnown(id, saved.known[id], now[id], mark);
        if (entry) entries.push(entry);
      }
      // A mark without news would only let tokens differ.
      if (first || entries.length > 0) saved.mark = mark;
      saved.entries.push(...entries);
      saved.known = now;
      return saved.mark;
    },
    since(mark) {
      const changes = new Map<string, PersonChange & { properties: Set<string> }>();
      for (const entry of saved.entries) {
        if (entry.mark <= mark) continue;
        let change = changes.get(entry.id);
        if (!change) {
          const presence = saved.known[entry.id]?.presence ?? 'gone';
          change = { id: entry.id, presence, isNew: false, properties: new Set(), formerManagerId: undefined };
          changes.set(entry.id, change);
        }
        if (entry.was !== 'live') change.isNew = true;
        for (const name of entry.properties) change.properties.add(name);
        if (change.formerManagerId === undefined) change.formerManagerId = entry.formerManagerId;
      }
      return [...changes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    snapshot: () => structuredClone(saved),
    restore(from) {
      saved = structuredClone(from);
    },
  };
}

function compareKnown(id: string, old: Known | undefined, now: Known | undefined, mark: number): Entry | null {
  const was = old?.presence ?? 'gone';
  const is = now?.presence ?? 'gone';
  if (old && now && was === is) {
    if (is !== 'live') return null;
    const properties = TRACKED_USER_PROPERTIES.filter((name) => old.values[name] !== now.values[name]);
    const moved = old.managerId !== now.managerId;
    if (properties.length === 0 && !moved) return null;
    const manager = moved ? { formerManagerId: old.managerId } : {};
    return { mark, id, was, properties: moved ? [...properties, 'manager'] : properties, ...manager };
  }
  return was === is ? null : { mark, id, was, properties: [] };
}
