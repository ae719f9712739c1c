import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { openDatabase } from '../db/connection.ts';
import { FolderInUse } from '../db/lock-folder.ts';
import { listPendingMigrations } from '../db/migrate.ts';
import { assertIsolation } from '../db/tenancy.ts';
import type { Clock } from '../ports.ts';
import { explainFault } from '../explain-fault.ts';
import { ok, problem, type Finding } from './finding.ts';

const NAME = 'database' as const;

/** Whether the database answers, has the newest schema and keeps tenants apart. Changes nothing in it. */
export async function checkDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>, clock: Clock): Promise<Finding> {
  const folder = config.databaseUrl === null ? resolve(join(config.dataDir, 'server')) : null;
  if (folder !== null && !existsSync(join(folder, 'database'))) return ok(NAME, 'databaseLater');
  try {
    const { db, kind, close } = await openDatabase({ url: config.databaseUrl, folder, clock });
    try {
      const pending = await listPendingMigrations(db);
      if (pending.length > 0) return problem(NAME, ['migrationsPending', { number: pending.length }], 'migrate');
      await assertIsolation(db);
      return ok(NAME, 'databaseReady', { kind });
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof FolderInUse) {
      return ok(NAME, 'databaseHeld', { owner: String(error.owner) });
    }
    const path = folder === null ? 'DATABASE_URL' : 'INVERSO_DATA_DIR';
    return problem(NAME, ['plain', { text: explainFault(error) }], ['lookAt', { path }]);
  }
}
