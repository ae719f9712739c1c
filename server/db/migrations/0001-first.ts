import { sql, type Kysely } from 'kysely';
import { createTenantTable } from './create-tenant-table.ts';

/*
 * The first schema. Every table of a tenant has `tenant_id` first in its primary key and forced row-level security:
 * the role `inverso_app`, which `inTenant` takes on, sees the rows of one tenant and owns nothing.
 */
const TENANT_TABLES: Record<string, string> = {
  tenants: `
    tenant_id uuid primary key,
    salt text not null,
    status text not null default 'active' check (status in ('active', 'parked', 'suspended')),
    parked_reason text,
    writes_stopped boolean not null default false,
    catalog_app_id text,
    program_mailbox_id uuid,
    created_at timestamptz not null`,
  administrators: `
    tenant_id uuid not null, person_id uuid not null, added_at timestamptz not null,
    primary key (tenant_id, person_id)`,
  people: `
    tenant_id uuid not null, person_id uuid not null,
    display_name text not null, mail text, job_title text, department text, office_location text, country text,
    preferred_language text, account_enabled boolean not null, is_guest boolean not null, manager_id uuid,
    removed_at timestamptz, seen_at timestamptz not null,
    primary key (tenant_id, person_id)`,
  department_counts: `
    tenant_id uuid not null, department text not null, people integer not null,
    primary key (tenant_id, department)`,
  sync_states: `
    tenant_id uuid not null, kind text not null, delta_link text, due_at timestamptz not null, finished_at timestamptz,
    primary key (tenant_id, kind)`,
  programs: `
    tenant_id uuid not null, program_id uuid not null, name text not null, mode text not null default 'reverse',
    settings jsonb not null default '{}', created_at timestamptz not null,
    primary key (tenant_id, program_id)`,
  cohorts: `
    tenant_id uuid not null, cohort_id uuid not null, program_id uuid not null, name text not null,
    state text not null default 'draft' check (state in ('draft', 'inviting', 'matched', 'running', 'closed')),
    automatic boolean not null default false,
    mentee_group_id uuid not null, mentor_group_id uuid not null,
    starts_on date not null, sessions integer not null, minutes integer not null, every_weeks integer not null,
    first_within_days integer not null, max_moved integer not null, tentative_is_free boolean not null,
    organizer text not null default 'programMailbox' check (organizer in ('programMailbox', 'mentor')),
    seed integer not null default 1, due_at timestamptz, created_by uuid not null, created_at timestamptz not null,
    primary key (tenant_id, cohort_id),
    foreign key (tenant_id, program_id) references programs`,
  participants: `
    tenant_id uuid not null, cohort_id uuid not null, person_id uuid not null, side text not null check (side in ('mentor', 'mentee')),
    state text not null check (state in ('nominated', 'invited', 'joined', 'declined', 'paused', 'left')),
    seats integer not null default 1, skills jsonb not null default '[]', goals jsonb not null default '[]',
    interests jsonb not null default '[]', languages jsonb not null default '[]', motivation text,
    locale text not null default 'en', time_zone text not null default 'UTC', time_zone_note text, working_hours jsonb,
    calendar text not null default 'unknown' check (calendar in ('unknown', 'readable', 'pending', 'none')),
    trained_at timestamptz, invited_at timestamptz, joined_at timestamptz, asks integer not null default 0,
    prepared_at timestamptz, due_at timestamptz, reminded_at timestamptz,
    primary key (tenant_id, cohort_id, person_id, side),
    foreign key (tenant_id, cohort_id) references cohorts`,
  conversations: `
    tenant_id uuid not null, person_id uuid not null, conversation_id text not null, service_url text not null,
    installed_at timestamptz not null, welcomed_at timestamptz, blocked_at timestamptz, stopped_at timestamptz, locale text,
    primary key (tenant_id, person_id)`,
  installations: `
    tenant_id uuid not null, person_id uuid not null,
    state text not null check (state in ('planned', 'done', 'refused')), not_before timestamptz, attempts integer not null default 0, code text,
    primary key (tenant_id, person_id)`,
  match_runs: `
    tenant_id uuid not null, run_id uuid not null, cohort_id uuid not null, at timestamptz not null, seats integer not null,
    worst integer, total bigint not null, blocking_pairs integer not null, unmatched jsonb not null,
    primary key (tenant_id, run_id)`,
  pairs: `
    tenant_id uuid not null, pair_id uuid not null, cohort_id uuid not null, mentor_id uuid not null, mentee_id uuid not null,
    generation integer not null, state text not null, score integer not null, parts jsonb not null, reasons jsonb not null,
    agreed_at timestamptz, state_since timestamptz not null, due_at timestamptz, reminded_at timestamptz,
    slot_searches integer not null default 0, answer text,
    primary key (tenant_id, pair_id),
    unique (tenant_id, cohort_id, mentor_id, mentee_id),
    foreign key (tenant_id, cohort_id) references cohorts`,
  proposals: `
    tenant_id uuid not null, pair_id uuid not null, generation integer not null, offers jsonb not null,
    state text not null check (state in ('open', 'answered', 'expired', 'superseded')), chosen integer,
    offered_at timestamptz not null, answer_by timestamptz not null,
    primary key (tenant_id, pair_id, generation),
    foreign key (tenant_id, pair_id) references pairs`,
  series: `
    tenant_id uuid not null, series_id uuid not null, pair_id uuid not null, generation integer not null,
    organizer_id uuid not null, subject text not null, time_zone text not null, first_start text not null, minutes integer not null,
    every_weeks integer not null, count integer not null,
    state text not null check (state in ('planned', 'sending', 'unknown', 'confirmed', 'refused', 'cancelled', 'lost')),
    key uuid not null, event_id text, ical_uid text, join_url text, link_checked_at timestamptz,
    fault text, cause text, created_at timestamptz not null, confirmed_at timestamptz,
    primary key (tenant_id, series_id), unique (tenant_id, pair_id, generation), unique (tenant_id, key),
    foreign key (tenant_id, pair_id) references pairs`,
  sessions: `
    tenant_id uuid not null, session_id uuid not null, series_id uuid not null, pair_id uuid not null, number integer not null,
    original_start timestamptz not null, starts_at timestamptz not null, ends_at timestamptz not null,
    planned_start timestamptz not null, state text not null, held text not null default 'open', topic text,
    event_id text, ical_uid text, moved_by text, cause text, locked boolean not null default false, was_moved boolean not null default false,
    feedback_due_at timestamptz, changed_at timestamptz not null,
    primary key (tenant_id, session_id), unique (tenant_id, series_id, number),
    foreign key (tenant_id, series_id) references series`,
  calendar_writes: `
    tenant_id uuid not null, write_id uuid not null, organizer_id uuid not null, series_id uuid not null, session_id uuid,
    kind text not null check (kind in ('create', 'moveDate', 'cancelSeries', 'cancelDate', 'endSeries')),
    state text not null check (state in ('planned', 'sending', 'unknown', 'confirmed', 'refused')),
    data jsonb not null default '{}', messages integer not null default 1,
    not_before timestamptz not null, attempts integer not null default 0, empty_reads integer not null default 0, empty_read_at timestamptz,
    unknown_since timestamptz, lease_until timestamptz, fence integer not null default 0, code text, created_at timestamptz not null, done_at timestamptz,
    primary key (tenant_id, write_id)`,
  mailbox_sends: `
    tenant_id uuid not null, mailbox_id uuid not null, write_id uuid not null, attempt integer not null, sent_at timestamptz not null, messages integer not null,
    primary key (tenant_id, mailbox_id, write_id, attempt)`,
  mailbox_pauses: `
    tenant_id uuid not null, mailbox_id uuid not null, not_before timestamptz not null,
    primary key (tenant_id, mailbox_id)`,
  messages: `
    tenant_id uuid not null, message_id uuid not null, person_id uuid not null, subject_key text not null, kind text not null,
    data jsonb not null, state text not null check (state in ('planned', 'sending', 'sent', 'unknown', 'undeliverable', 'dropped')),
    not_before timestamptz not null, attempts integer not null default 0, lease_until timestamptz, fence integer not null default 0,
    activity_id text, conversation_id text, revision integer not null default 1, shown_revision integer not null default 0,
    code text, created_at timestamptz not null, sent_at timestamptz,
    primary key (tenant_id, message_id), unique (tenant_id, person_id, subject_key)`,
  feedback_requests: `
    tenant_id uuid not null, session_id uuid not null, person_id uuid not null, side text not null,
    state text not null check (state in ('planned', 'asked', 'answered', 'closed', 'skipped')), skipped_because text,
    due_at timestamptz, asked_at timestamptz, closes_at timestamptz, reminders integer not null default 0,
    primary key (tenant_id, session_id, person_id),
    foreign key (tenant_id, session_id) references sessions`,
  feedback: `
    tenant_id uuid not null, session_id uuid not null, person_id uuid not null, side text not null, version integer not null,
    took_place boolean not null, usefulness integer, next_topic text, note text, note_reader text, answered_at timestamptz not null,
    primary key (tenant_id, session_id, person_id),
    foreign key (tenant_id, session_id) references sessions`,
  subscriptions: `
    tenant_id uuid not null, mailbox_id uuid not null, subscription_id text, client_state text not null,
    state text not null check (state in ('planned', 'active', 'pollingOnly', 'removed')), expires_at timestamptz, due_at timestamptz not null, code text,
    primary key (tenant_id, mailbox_id)`,
  mailbox_marks: `
    tenant_id uuid not null, mailbox_id uuid not null, marked_at timestamptz, read_at timestamptz, due_at timestamptz not null,
    primary key (tenant_id, mailbox_id)`,
  run_log: `
    tenant_id uuid not null, entry_id uuid not null, at timestamptz not null, cohort_id uuid, kind text not null, subject_id uuid, detail jsonb not null default '{}',
    primary key (tenant_id, entry_id)`,
};

const INDEXES = [
  'create index pairs_due on pairs (tenant_id, state, due_at)',
  'create index pairs_mentee on pairs (tenant_id, mentee_id)',
  'create index pairs_mentor on pairs (tenant_id, mentor_id)',
  'create index sessions_pair on sessions (tenant_id, pair_id)',
  'create index sessions_due on sessions (tenant_id, feedback_due_at) where feedback_due_at is not null',
  "create index calendar_writes_open on calendar_writes (tenant_id, not_before) where state in ('planned', 'sending', 'unknown')",
  "create index messages_open on messages (tenant_id, not_before) where state in ('planned', 'sending', 'unknown')",
  "create index feedback_requests_due on feedback_requests (tenant_id, due_at) where state in ('planned', 'asked')",
  'create index run_log_at on run_log (tenant_id, at desc)',
  'create index mailbox_sends_at on mailbox_sends (tenant_id, mailbox_id, sent_at)',
];

/** Creates all tables, the application role and the row policies. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Roles are cluster-wide: another database of the same server may have made it, or be making it at this moment.
  await sql`do $$ begin create role inverso_app nologin; exception when duplicate_object or unique_violation then null; end $$`.execute(
    db,
  );
  await sql`do $$ begin grant inverso_app to current_user; exception when others then null; end $$`.execute(db);
  for (const [table, columns] of Object.entries(TENANT_TABLES)) await createTenantTable(db, table, columns);
  for (const index of INDEXES) await sql.raw(index).execute(db);
}

/** Drops everything this migration made but the role, which other databases may use. */
export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of Object.keys(TENANT_TABLES).reverse())
    await sql.raw(`drop table if exists ${table} cascade`).execute(db);
}
