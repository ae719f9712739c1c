import { GraphRefusal } from '../refusal.ts';

/** How things of one type are shown: which names exist, what they hold, which come without `$select`. */
export interface EntityKind<T> {
  /** `microsoft.graph.user` and the like. */
  type: string;
  has(name: string): boolean;
  /** The value of a property, `undefined` where this request may not have it (left out of the answer). */
  read(item: T, name: string): unknown;
  standard: readonly string[];
  /** Properties that a `$filter` cannot use. */
  unfilterable: ReadonlySet<string>;
}

/** The names of a `$select`; the standard ones without it. Refuses (400) names that the type does not have. */
export function readSelect<T>(kind: EntityKind<T>, text: string | undefined): readonly string[] {
  if (text === undefined) return kind.standard;
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  for (const name of names) if (!kind.has(name)) throw unknownProperty(name, kind.type);
  return [...new Set(names)];
}

/** 400 as Graph words it. */
export const unknownProperty = (name: string, type: string): GraphRefusal =>
  new GraphRefusal(
    400,
    'BadRequest',
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${type}'.`,
  );

/** The chosen properties of one thing. */
export function project<T>(kind: EntityKind<T>, item: T, names: readonly string[]): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const name of names) {
    const value = kind.read(item, name);
    if (value !== undefined) shown[name] = value;
  }
  return shown;
}

/** The tail of an `@odata.context`: `(id,mail)` where something was selected. */
export const selection = (names: readonly string[], selected: boolean): string =>
  selected ? `(${names.join(',')})` : '';

/** Marks a user where other directory objects could stand. */
export const USER_TYPE = { '@odata.type': '#microsoft.graph.user' };
/** Marks a group where other directory objects could stand. */
export const GROUP_TYPE = { '@odata.type': '#microsoft.graph.group' };
