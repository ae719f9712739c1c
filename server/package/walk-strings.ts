/** A string of a JSON value with its path, written as language files write it. */
export interface FoundString {
  path: string;
  value: string;
}

/** Every string in a JSON value. walkStrings({ a: [{ b: 'x' }] }) // => [{ path: 'a[0].b', value: 'x' }] */
export function walkStrings(value: unknown, path = ''): FoundString[] {
  if (typeof value === 'string') return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, at) => walkStrings(item, `${path}[${at}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => walkStrings(item, path === '' ? key : `${path}.${key}`));
}
