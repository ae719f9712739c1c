import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describeFolderFault } from '../explain-fault.ts';

/**
 * The data folder as an absolute path, made where it is missing and proved to be writable. Throws an Error in one
 * sentence when it is not.
 */
export function prepareDataFolder(dataDir: string): string {
  const path = resolve(dataDir);
  const probe = join(path, `.writable-${process.pid}`);
  try {
    makeFolder(path);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const reason = describeFolderFault(error);
    throw new Error(
      `The data folder ${path} cannot be written: ${reason}. Set INVERSO_DATA_DIR to a folder that can.`,
      {
        cause: error,
      },
    );
  }
  return path;
}

/** With the folders above it. Not by `recursive`, which on Node 20 never ends where the system has no such folder to give. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
