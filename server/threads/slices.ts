/**
 * A value on its way to another thread, piece by piece: copying all of a big one at once would hold up the event loop for
 * a tenth of a second. Pieces of long lists and maps come first, and what is left of the object last.
 */
export type Slice = { key: string; kind: 'list' | 'map'; items: unknown[] } | { rest: unknown };

/** Entries of a list or map that are copied in one piece: a few milliseconds for people with all that is known of them. */
const LONGEST = 200;

/** Cuts up the long lists and maps that an object holds at its first level; any other value is one slice. */
export function* cutUp(value: unknown): Generator<Slice> {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
    yield { rest: value };
    return;
  }
  const rest: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    const kind = Array.isArray(part) ? 'list' : part instanceof Map ? 'map' : null;
    const items = kind === null ? [] : [...(part as Iterable<unknown>)];
    if (kind === null || items.length <= LONGEST) rest[key] = part;
    else for (let i = 0; i < items.length; i += LONGEST) yield { key, kind, items: items.slice(i, i + LONGEST) };
  }
  yield { rest };
}

/** Puts slices together again: undefined until the last one has come, then the value in a list of its own. */
export function createCollector<T>(): (slice: Slice) => [T] | undefined {
  const long: Record<string, unknown[] | Map<unknown, unknown>> = {};
  return (slice) => {
    if ('rest' in slice)
      return [Object.keys(long).length === 0 ? slice.rest : { ...(slice.rest as object), ...long }] as [T];
    const known = (long[slice.key] ??= slice.kind === 'map' ? new Map() : []);
    if (Array.isArray(known)) known.push(...slice.items);
    else for (const [key, item] of slice.items as [unknown, unknown][]) known.set(key, item);
    return undefined;
  };
}
