import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../../config.ts';
import { openDatabase } from '../../db/connection.ts';
import { FolderInUse } from '../../db/lock-folder.ts';
import { listPendingMigrations } from '../../db/migrate.ts';
import { assertIsolation } from '../../db/tenancy.ts';
import type { Clock } from '../../ports.ts';
import { explainFault } from '../explain-fault.ts';
import { ok, problem, type Finding } from './finding.ts';

const NAME = 'database';

/** Whether the database answers, has the newest schema and keeps tenants apart. Changes nothing in it. */
export async function checkDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>, clock: Clock): Promise<Finding> {
  const folder = config.databaseUrl === null ? resolve(join(config.dataDir, 'server')) : null;
  if (folder !== null && !existsSync(join(folder, 'database'))) return ok(NAME, 'embedded; made at the first start');
  try {
    const { db, kind, close } = await openDatabase({ url: config.databaseUrl, folder, clock });
    try {
      const pending = await listPendingMigrations(db);
      if (pending.length > 0) return problem(NAME, `${pending.length} migrations have not run`, 'Run: inverso migrate');
      await assertIsolation(db);
      return ok(NAME, `${kind}; schema up to date, tenants isolated`);
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof FolderInUse) {
      return ok(NAME, `embedded; held by the running process ${error.owner}, which checked it at its start`);
    }
    return problem(NAME, explainFault(error), `Look at ${folder === null ? 'DATABASE_URL' : 'INVERSO_DATA_DIR'}.`);
  }
}
