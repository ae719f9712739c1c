import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { vi } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folder of the built pages. */
export const PAGE_FOLDER = join(root, 'dist/front');
const SOURCES = ['src', 'server/contract'].map((folder) => join(root, folder));

/** Builds the front end unless the built pages are newer than everything they are made of. */
export async function buildFront(): Promise<void> {
  const built = join(PAGE_FOLDER, 'tab/index.html');
  if (existsSync(built) && statSync(built).mtimeMs > newestOf(SOURCES)) return;
  // Vite keeps what it finds, and would build pages for trying out instead of those that people get.
  vi.stubEnv('NODE_ENV', 'production');
  try {
    await build({ configFile: join(root, 'src/vite.config.mts'), logLevel: 'error' });
  } finally {
    vi.unstubAllEnvs();
  }
}

function newestOf(folders: readonly string[]): number {
  let newest = 0;
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      newest = Math.max(newest, statSync(join(folder, entry)).mtimeMs);
    }
  }
  return newest;
}
