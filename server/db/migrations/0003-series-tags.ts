import { sql, type Kysely } from 'kysely';

/* A series that lost its tag gets it back by a write of its own kind. */
const KINDS = ['create', 'moveDate', 'cancelSeries', 'cancelDate', 'endSeries', 'createDate'];

const kindsAre = (kinds: readonly string[]): string =>
  `alter table calendar_writes drop constraint calendar_writes_kind_check, ` +
  `add constraint calendar_writes_kind_check check (kind in (${kinds.map((kind) => `'${kind}'`).join(', ')}))`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(kindsAre([...KINDS, 'tag'])).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw("delete from calendar_writes where kind = 'tag'").execute(db);
  await sql.raw(kindsAre(KINDS)).execute(db);
}
