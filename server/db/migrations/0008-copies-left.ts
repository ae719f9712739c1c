import { sql, type Kysely } from 'kysely';

/*
 * Series whose organizer's mailbox is gone: since when their dates may still stand in the calendars of those who were
 * invited, who may have them taken out there.
 */
const KINDS = ['create', 'moveDate', 'cancelSeries', 'cancelDate', 'endSeries', 'createDate', 'tag'];

const kindsAre = (kinds: readonly string[]): string =>
  `alter table calendar_writes drop constraint calendar_writes_kind_check, ` +
  `add constraint calendar_writes_kind_check check (kind in (${kinds.map((kind) => `'${kind}'`).join(', ')}))`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table series add column copies_left_at timestamptz').execute(db);
  await sql.raw(kindsAre([...KINDS, 'removeCopies'])).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw("delete from calendar_writes where kind = 'removeCopies'").execute(db);
  await sql.raw(kindsAre(KINDS)).execute(db);
  await sql.raw('alter table series drop column copies_left_at').execute(db);
}
