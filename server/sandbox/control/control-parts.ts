import type { SandboxPerson, World } from '../world.ts';
import { ControlError, readGuid, type Input } from './read-input.ts';

/** What the page may reach besides the world. */
export interface ControlParts {
  /** People's behavior, for its counts. */
  behavior?: { counts(): Record<string, number> };
  /** Injected faults, for their counts. */
  faults?: { counts(): Record<string, number> };
  /** A token with which the page acts as the person at the product; absent: no such route. */
  userToken?(personId: string): Promise<string>;
  /** Called after everything that changed the world, before the reply. */
  save?(): Promise<void>;
  /** Whether the clock follows real time; absent: it does not. */
  isFollowing?(): boolean;
}

/** One route: what it answers with, as JSON. */
export type ControlRoute = (world: World, input: Input, parts: ControlParts) => unknown;

/** Routes by `METHOD name`; those of POST change the world. */
export type ControlRoutes = Record<string, ControlRoute>;

/** The person of a GUID field. Throws ControlError 400 for no GUID, 404 for nobody. */
export function readPerson(world: World, input: Input, field = 'person'): SandboxPerson {
  const id = readGuid(input, field);
  const person = world.people.get(id);
  if (!person) throw new ControlError(404, field, `${field}: nobody has the id ${id}`);
  return person;
}

/** `2026-09-28T06:00:00.000Z` of an instant, null of null. */
export function isoOf(instant: number): string;
export function isoOf(instant: number | null): string | null;
export function isoOf(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
