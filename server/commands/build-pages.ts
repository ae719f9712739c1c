import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageFolder } from './page-folder.ts';

/** The pages of the build; they are written last and gone while a build is under way. */
const PAGES = ['tab/index.html', 'taskpane/index.html', 'sandbox/index.html'];
/** What pages are made of: their own sources, and the contract that they share with the server. */
const SOURCES = ['../../src', '../../server/contract'];

/**
 * Builds the front end when it is missing or older than its sources. Does nothing where there are no sources. Throws an
 * Error in one sentence when it cannot be built.
 */
export async function buildPages(say: (line: string) => void): Promise<void> {
  const [pages, contract] = SOURCES.map((path) => fileURLToPath(new URL(path, import.meta.url))) as [string, string];
  const configFile = join(pages, 'vite.config.mts');
  if (!existsSync(configFile) || builtAt(pageFolder()) >= Math.max(newest(pages), newest(contract))) return;
  say('Building the pages.');
  const { build } = await import('vite').catch((error: unknown) => {
    throw new Error('The pages are not built and the build tools are not installed: run npm ci.', { cause: error });
  });
  await build({ configFile, logLevel: 'silent' });
}

/** When the oldest of the built pages was written; 0 when one is missing. */
function builtAt(folder: string): number {
  const files = PAGES.map((page) => join(folder, page));
  return files.every((file) => existsSync(file)) ? Math.min(...files.map((file) => statSync(file).mtimeMs)) : 0;
}

/** The latest change below a folder, in milliseconds since the epoch. */
function newest(folder: string): number {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) latest = Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return latest;
}
