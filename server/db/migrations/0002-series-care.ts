import { sql, type Kysely } from 'kysely';
import { createTenantTable } from './create-tenant-table.ts';

/*
 * What looking after series needs: offers of other times for one session, assistants, preferences, rights on calendars,
 * monthly series, and what was seen and done about each session.
 */
const TABLES = {
  assistants: `
    tenant_id uuid not null, mentee_id uuid not null, assistant_id uuid not null, named_at timestamptz not null, removed_at timestamptz,
    primary key (tenant_id, mentee_id, assistant_id)`,
  session_offers: `
    tenant_id uuid not null, session_id uuid not null, round integer not null, pair_id uuid not null, because text not null,
    starts jsonb not null, state text not null check (state in ('open', 'answered', 'skipped', 'expired', 'withdrawn')),
    asked_of uuid not null, asked_at timestamptz not null, answer_by timestamptz not null,
    chosen integer, answered_by uuid, answered_at timestamptz,
    primary key (tenant_id, session_id, round),
    foreign key (tenant_id, session_id) references sessions`,
};

const COLUMNS: Record<string, string[]> = {
  tenants: [
    "calendar_rights text not null default 'basic' check (calendar_rights in ('basic', 'full'))",
    'accept_refused_at timestamptz',
  ],
  cohorts: [
    'every_months integer',
    'moves_allowed boolean not null default false',
    "blackouts jsonb not null default '[]'",
  ],
  participants: ["preferences jsonb not null default '{}'"],
  series: ['every_months integer', 'accept_due_at timestamptz', 'accept_tries integer not null default 0'],
  mailbox_marks: ['calendars_read_at timestamptz'],
  sessions: [
    'auto_moves integer not null default 0',
    'disturbed_by text',
    'mentor_copy_seen_at timestamptz',
    'mentee_copy_seen_at timestamptz',
  ],
};

const KINDS = ['create', 'moveDate', 'cancelSeries', 'cancelDate', 'endSeries'];

const kindsAre = (kinds: readonly string[]): string =>
  `alter table calendar_writes drop constraint calendar_writes_kind_check, ` +
  `add constraint calendar_writes_kind_check check (kind in (${kinds.map((kind) => `'${kind}'`).join(', ')}))`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(TABLES)) await createTenantTable(db, table, columns);
  for (const [table, columns] of Object.entries(COLUMNS))
    for (const column of columns) await sql.raw(`alter table ${table} add column ${column}`).execute(db);
  await sql.raw(kindsAre([...KINDS, 'createDate'])).execute(db);
  await sql
    .raw("create index session_offers_open on session_offers (tenant_id, answer_by) where state = 'open'")
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw("delete from calendar_writes where kind = 'createDate'").execute(db);
  await sql.raw(kindsAre(KINDS)).execute(db);
  for (const [table, columns] of Object.entries(COLUMNS))
    for (const column of columns) await sql.raw(`alter table ${table} drop column ${column.split(' ')[0]}`).execute(db);
  for (const table of Object.keys(TABLES).reverse()) await sql.raw(`drop table ${table}`).execute(db);
}
