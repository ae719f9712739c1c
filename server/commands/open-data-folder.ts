import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lockFolder } from '../db/lock-folder.ts';
import { explainFault } from './explain-fault.ts';

export interface DataFolder {
  path: string;
  /** Gives the folder free for another process. */
  unlock(): Promise<void>;
}

/**
 * The data folder, made where it is missing, proved to be writable, and this process's alone until `unlock`. Throws an
 * Error in one sentence: cannot be written, or in use by which process.
 */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  const path = resolve(dataDir);
  const probe = join(path, `.writable-${process.pid}`);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new Error(
      `The data folder ${path} cannot be written (${explainFault(error)}) Set INVERSO_DATA_DIR to a folder that can.`,
      { cause: error },
    );
  }
  return { path, unlock: await lockFolder(path) };
}
