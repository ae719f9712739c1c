import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../../db/lock-folder.ts';
import { holdsSandbox } from './start-file.ts';

/**
 * Refuses a folder whose database is not the sandbox's own: `serve` keeps an organization's data in the same place, and
 * neither may a sandbox be mixed into it nor `--fresh` take it away. Throws an Error that says what to do.
 */
export function assertOwnData(dataFolder: string): void {
  if (existsSync(join(dataFolder, 'server')) && !holdsSandbox(dataFolder)) {
    throw new Error(
      `The data folder ${dataFolder} holds a database that no sandbox made. Set INVERSO_DATA_DIR to another folder.`,
    );
  }
}

/** Removes what sandboxes left in the data folder, and nothing else. Throws while another process has the database. */
export async function eraseData(dataFolder: string): Promise<void> {
  assertOwnData(dataFolder);
  const database = join(dataFolder, 'server');
  if (existsSync(database)) {
    const unlock = await lockFolder(database);
    rmSync(database, { recursive: true, force: true });
    await unlock();
  }
  // Last, since its start file is what marks the database as ours.
  rmSync(join(dataFolder, 'sandbox'), { recursive: true, force: true });
}
