import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageFolder } from './page-folder.ts';

/** Builds the front end when it is missing or older than its sources. Does nothing where there are no sources. */
export async function buildPages(say: (line: string) => void): Promise<void> {
  const sources = fileURLToPath(new URL('../../src', import.meta.url));
  if (!existsSync(join(sources, 'vite.config.mts'))) return;
  const built = join(pageFolder(), 'tab/index.html');
  if (existsSync(built) && statSync(built).mtimeMs >= newest(sources)) return;
  say('Building the pages ...');
  const { build } = await import('vite');
  await build({ configFile: join(sources, 'vite.config.mts'), logLevel: 'error' });
}

/** The latest change below a folder, in milliseconds since the epoch. */
function newest(folder: string): number {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) latest = Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return latest;
}
