import { Migrator, sql, type MigrationProvider } from 'kysely';
import * as first from './migrations/0001-first.ts';
import * as seriesCare from './migrations/0002-series-care.ts';
import * as seriesTags from './migrations/0003-series-tags.ts';
import * as markedEvents from './migrations/0004-marked-events.ts';
import * as outages from './migrations/0005-outages.ts';
import * as formerMail from './migrations/0006-former-mail.ts';
import * as erasures from './migrations/0007-erasures.ts';
import * as copiesLeft from './migrations/0008-copies-left.ts';
import * as removedApps from './migrations/0009-removed-apps.ts';
import * as feedbackSnapshots from './migrations/0010-feedback-snapshots.ts';
import * as messageSends from './migrations/0011-message-sends.ts';
import * as pulse from './migrations/0012-pulse.ts';
import * as safeContact from './migrations/0013-safe-contact.ts';
import * as attempts from './migrations/0014-attempts.ts';
import * as training from './migrations/0015-training.ts';
import * as matchWishes from './migrations/0017-match-wishes.ts';
import * as sessionWork from './migrations/0018-session-work.ts';
import type { Database } from './schema.ts';
import { ENTER_ROLE, LEAVE_ROLE } from './tenancy.ts';

const provider: MigrationProvider = {
  getMigrations: async () => ({
    '0001-first': first,
    '0002-series-care': seriesCare,
    '0003-series-tags': seriesTags,
    '0004-marked-events': markedEvents,
    '0005-outages': outages,
    '0006-former-mail': formerMail,
    '0007-erasures': erasures,
    '0008-copies-left': copiesLeft,
    '0009-removed-apps': removedApps,
    '0010-feedback-snapshots': feedbackSnapshots,
    '0011-message-sends': messageSends,
    '0012-pulse': pulse,
    '0013-safe-contact': safeContact,
    '0014-attempts': attempts,
    '0015-training': training,
    '0017-match-wishes': matchWishes,
    '0018-session-work': sessionWork,
  }),
};

/** Brings the database to the newest schema. Returns the names of the migrations that ran now. Throws the first fault. */
export async function migrate(db: Database): Promise<string[]> {
  return db.connection().execute(async (connection) => {
    await sql.raw(LEAVE_ROLE).execute(connection);
    const { error, results } = await new Migrator({ db: connection, provider }).migrateToLatest();
    await sql.raw(ENTER_ROLE).execute(connection);
    if (error) throw error instanceof Error ? error : new Error(JSON.stringify(error));
    return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
  });
}

/** Names of the migrations that have not run yet. Changes nothing. */
export async function listPendingMigrations(db: Database): Promise<string[]> {
  return db.connection().execute(async (connection) => {
    await sql.raw(LEAVE_ROLE).execute(connection);
    const all = await new Migrator({ db: connection, provider }).getMigrations();
    await sql.raw(ENTER_ROLE).execute(connection);
    return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
  });
}
