import { PostgresQueryCompiler, type KyselyPlugin, type QueryCompiler } from 'kysely';

/*
 * The code says `startsAt` where the database says `starts_at`. Kysely's own plugin for this builds the tree of every
 * statement a second time, which costs more than writing the statement; here names change where they are written down.
 */

/** `startsAt` as the database has it. // => toSnake('startsAt') === 'starts_at' */
export const toSnake = (name: string): string => name.replace(/(?<![A-Z])[A-Z]/g, '_$&').toLowerCase();
/** `starts_at` as the code has it. // => toCamel('starts_at') === 'startsAt' */
export const toCamel = (name: string): string => name.replace(/_+([^_])/g, (_, letter: string) => letter.toUpperCase());

/** Remembers every answer: names come from the code alone, and there are few. */
function remember(change: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    let changed = known.get(name);
    if (changed === undefined) known.set(name, (changed = change(name)));
    return changed;
  };
}

/** Writes statements with the database's names. */
export function createCompiler(): QueryCompiler {
  // The hook through which every name goes on its way into a statement.
  const sanitizeIdentifier = remember((name) => toSnake(name).replaceAll('"', '""'));
  return Object.assign(new PostgresQueryCompiler(), { sanitizeIdentifier });
}

const camelOf = remember(toCamel);

/** Gives rows the code's names; what stands inside of values stays as it is. */
export const camelRows: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: ({ result }) => {
    const [first] = result.rows;
    if (!first) return Promise.resolve(result);
    const names = Object.keys(first).map((name) => [name, camelOf(name)] as const);
    const rows = result.rows.map((row) => {
      const renamed: Record<string, unknown> = {};
      for (const [name, camel] of names) renamed[camel] = row[name];
      return renamed;
    });
    return Promise.resolve({ ...result, rows });
  },
};
