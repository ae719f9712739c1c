import { join } from 'node:path';
import { readLocalSettings } from '../config.ts';
import { openDatabase } from '../db/connection.ts';
import { migrate } from '../db/migrate.ts';
import { realClock } from '../real-clock.ts';
import { prepareDataFolder } from './prepare-data-folder.ts';
import { readArgs } from './read-args.ts';

/** `inverso migrate`: brings DATABASE_URL, or the embedded database in the data folder, to the newest schema. */
export async function migrateDatabase(args: string[]): Promise<number> {
  readArgs(args, {});
  const settings = readLocalSettings();
  const folder = settings.databaseUrl === null ? join(prepareDataFolder(settings.dataDir), 'server') : null;
  const { db, close } = await openDatabase({ url: settings.databaseUrl, folder, clock: realClock });
  try {
    const names = await migrate(db);
    process.stdout.write(
      names.length === 0 ? 'The database is up to date.\n' : names.map((name) => `ran ${name}\n`).join(''),
    );
    return 0;
  } finally {
    await close();
  }
}
