import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What the first start decided for all later ones. It stands in `<data folder>/sandbox/start.json`. */
const startFile = z.object({
  format: z.literal(1),
  seed: z.number().int(),
  people: z.number().int(),
  executives: z.number().int(),
  /** Stored conversations and subscriptions name this port, so it stays. */
  sandboxPort: z.number().int(),
  /** False while the first program is on its way to booked series and answers. */
  isComplete: z.boolean(),
});
export type StartFile = Omit<z.infer<typeof startFile>, 'format'>;

const pathOf = (dataFolder: string): string => join(dataFolder, 'sandbox', 'start.json');

/** Whether the data folder is a sandbox's. */
export const holdsSandbox = (dataFolder: string): boolean => existsSync(pathOf(dataFolder));

/** What an earlier start decided, or null where there was none. Throws an Error for a file that cannot be understood. */
export function readStartFile(dataFolder: string): StartFile | null {
  if (!holdsSandbox(dataFolder)) return null;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(pathOf(dataFolder), 'utf8'));
  } catch {
    content = null;
  }
  const parsed = startFile.safeParse(content);
  if (!parsed.success) throw new Error(`${pathOf(dataFolder)} cannot be understood. Begin anew with --fresh.`);
  return parsed.data;
}

/** Keeps it, whole or not at all. The folder must exist. */
export function writeStartFile(dataFolder: string, start: StartFile): void {
  const path = pathOf(dataFolder);
  writeFileSync(`${path}.new`, JSON.stringify({ format: 1, ...start }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
