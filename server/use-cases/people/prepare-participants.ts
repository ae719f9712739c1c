import type { Updateable } from 'kysely';
import { findCohort, loadParticipants, type CohortRow, type ParticipantRow } from '../../db/cohorts.ts';
import { queueMessage } from '../../db/messages.ts';
import { loadPeopleById } from '../../db/people.ts';
import { loadManagers } from '../../db/safe-contacts.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, json, type Database, type Schema, type TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import { chooseLocale, spokenLanguages } from '../../domain/people/choose-locale.ts';
import type { Person, PersonId, TenantId } from '../../domain/people/person.ts';
import { judgeSafeContact } from '../../domain/people/safe-contact.ts';
import { topicsOfSkills } from '../../domain/people/profile-topics.ts';
import { HOUR, plus, type Instant, type ZoneId } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Directory, Jobs, MailboxSettings, Messenger, ProfileHints } from '../../ports.ts';

export interface PreparePorts {
  db: Database;
  directory: Directory;
  calendar: Calendar;
  messenger: Messenger;
  clock: Clock;
  jobs: Jobs;
}

/** People whose mailbox may not be read yet: the Exchange scope takes up to two hours to arrive (reliability.md F14). */
const ACCESS_PENDING = 3 * HOUR;
/** People handled in one transaction and a few batches. */
const CHUNK = 100;

/**
 * Gets invited people, and those who joined before, ready: reads zone, language and hours of their mailboxes and the hints of their profiles, has the
 * app installed for them, and puts their question into the outbox. Who stands in one line with the safe contact waits. Whoever cannot be reached by chat still finds it in
 * the tab. Runs until nobody is left whom the directory knows.
 */
export async function prepareParticipants(ports: PreparePorts, { tenantId }: { tenantId: TenantId }): Promise<void> {
  const { db, clock } = ports;
  const now = clock.now();
  const work = await inTenant(db, tenantId, async (tx) => {
    const all = await loadParticipants(tx, { states: ['invited', 'joined'], isUnprepared: true });
    const people = await loadPeopleById(
      tx,
      all.map((row) => row.personId),
    );
    const known = all.filter((row) => people.has(row.personId));
    return { tenant: await loadTenant(tx), people, rows: await withoutThoseInLine(tx, known) };
  });
  if (work.rows.length === 0) return;
  const tenant = await findCatalogApp(ports, work.tenant);
  for (let i = 0; i < work.rows.length; i += CHUNK) {
    const rows = work.rows.slice(i, i + CHUNK);
    const ids = [...new Set(rows.map((row) => row.personId))];
    const settings = await ports.calendar.readSettings(tenantId, ids);
    const hints = await ports.directory.readProfileHints(tenantId, ids);
    if (settings.outcome === 'later' || hints.outcome === 'later') return;
    for (const id of ids) await installFor(ports, tenant, id, now);
    await inTenant(db, tenantId, async (tx) => {
      for (const row of rows) {
        const cohort = await findCohort(tx, row.cohortId);
        const person = work.people.get(row.personId);
        if (!cohort || !person) continue;
        await prepareOne(tx, {
          tenant,
          cohort,
          row,
          person,
          settings: settings.outcome === 'done' ? settings.value.get(row.personId) : undefined,
          hints: hints.outcome === 'done' ? hints.value.get(row.personId) : undefined,
          now,
        });
      }
    });
  }
  ports.jobs.wake('sendMessages');
}

/**
 * Without those in whose reporting line their safe contact stands: they are asked once the administrator, who reads so in the
 * overview, has named somebody else. Before their managers were read nobody could know.
 */
async function withoutThoseInLine(tx: TenantTransaction, rows: ParticipantRow[]): Promise<ParticipantRow[]> {
  const invited = rows.filter((row) => row.state === 'invited');
  if (invited.length === 0) return rows;
  const managerOf = await loadManagers(tx);
  const waiting = new Set<ParticipantRow>();
  for (const cohortId of new Set(invited.map((row) => row.cohortId))) {
    const own = invited.filter((row) => row.cohortId === cohortId);
    const contactId = (await findCohort(tx, cohortId))?.safeContactId ?? null;
    const participants = own.map((row) => row.personId);
    const { people } = judgeSafeContact({ contactId, isGone: false, participants, managerOf });
    for (const row of own) if (row.personId === contactId || people.includes(row.personId)) waiting.add(row);
  }
  return rows.filter((row) => !waiting.has(row));
}

async function findCatalogApp(ports: PreparePorts, tenant: TenantRow): Promise<TenantRow> {
  if (tenant.catalogAppId !== null) return tenant;
  const found = await ports.messenger.findCatalogApp(tenant.tenantId);
  const catalogAppId = found.outcome === 'done' ? found.value : null;
  if (catalogAppId !== null) {
    await inTenant(ports.db, tenant.tenantId, (tx) => tx.updateTable('tenants').set({ catalogAppId }).execute());
  }
  return { ...tenant, catalogAppId };
}

/** Has the app installed for a person, once; a refusal is kept and the tab remains. */
async function installFor(ports: PreparePorts, tenant: TenantRow, personId: PersonId, now: Instant): Promise<void> {
  if (tenant.catalogAppId === null) return;
  const { tenantId } = tenant;
  const known = await inTenant(ports.db, tenantId, (tx) =>
    tx
      .selectFrom('installations')
      .select(['state', 'notBefore', 'attempts'])
      .where('personId', '=', personId)
      .executeTakeFirst(),
  );
  if (known && known.state !== 'planned') return;
  if (known?.notBefore && known.notBefore > now) return;
  const result = await ports.messenger.install(tenantId, personId, tenant.catalogAppId);
  // An unknown outcome is simply tried again: installing twice is the same as installing once.
  const values = {
    state:
      result.outcome === 'done'
        ? ('done' as const)
        : result.outcome === 'refused'
          ? ('refused' as const)
          : ('planned' as const),
    notBefore: 'notBefore' in result ? at(result.notBefore) : null,
    attempts: (known?.attempts ?? 0) + 1,
    code: 'code' in result ? result.code : null,
  };
  await inTenant(ports.db, tenantId, (tx) =>
    tx
      .insertInto('installations')
      .values({ tenantId, personId, ...values })
      .onConflict((oc) => oc.columns(['tenantId', 'personId']).doUpdateSet(values))
      .execute(),
  );
}

/** Installs that were throttled or interrupted, tried again when their time has come. */
export async function retryInstallations(ports: PreparePorts, { tenantId }: { tenantId: TenantId }): Promise<void> {
  const now = ports.clock.now();
  const { tenant, people } = await inTenant(ports.db, tenantId, async (tx) => ({
    tenant: await loadTenant(tx),
    people: await tx
      .selectFrom('installations')
      .select('personId')
      .where('state', '=', 'planned')
      .orderBy('personId')
      .execute(),
  }));
  for (const { personId } of people) await installFor(ports, tenant, personId, now);
}

/** What of a participant is known from their mailbox, or is assumed where it could not be read. */
export function columnsOfMailbox(given: {
  cohort: Pick<CohortRow, 'settings'>;
  person: Pick<Person, 'preferredLanguage'>;
  settings: MailboxSettings | undefined;
}): MailboxColumns {
  const { cohort, person, settings } = given;
  const working = (cohort.settings['workingLanguages'] as string[] | undefined) ?? [];
  return {
    locale: chooseLocale(settings?.locale, person.preferredLanguage),
    languages: json(spokenLanguages([settings?.locale, person.preferredLanguage, ...working])),
    timeZone: settings?.timeZone ?? ('UTC' as ZoneId),
    timeZoneNote: settings?.timeZone ? null : (settings?.unmappedTimeZone ?? 'unknown'),
    workingHours: settings?.workingHours ? json(settings.workingHours) : null,
    calendar: settings ? 'readable' : 'pending',
  };
}

type MailboxColumns = Pick<
  Updateable<Schema['participants']>,
  'locale' | 'languages' | 'timeZone' | 'timeZoneNote' | 'workingHours' | 'calendar'
>;

async function prepareOne(
  tx: TenantTransaction,
  given: {
    tenant: TenantRow;
    cohort: CohortRow;
    row: ParticipantRow;
    person: Person;
    settings: MailboxSettings | undefined;
    hints: ProfileHints | undefined;
    now: Instant;
  },
): Promise<void> {
  const { tenant, cohort, row, person, settings, hints, now } = given;
  // The person may have answered in the tab while their mailbox was read: then there is nothing left to ask.
  const current = await tx
    .selectFrom('participants')
    .select(['state', 'skills'])
    .where('cohortId', '=', row.cohortId)
    .where('personId', '=', row.personId)
    .where('side', '=', row.side)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const isAsked = current.state === 'invited';
  const topics = topicsOfSkills(hints?.skills ?? []);
  await tx
    .updateTable('participants')
    .set({
      ...columnsOfMailbox({ cohort, person, settings }),
      interests: json(hints?.interests ?? []),
      ...(row.side === 'mentor' && current.skills.length === 0
        ? { skills: json(topics.map((topic) => ({ topic, level: 4 }))) }
        : {}),
      preparedAt: at(now),
      asks: row.asks + (isAsked ? 1 : 0),
    })
    .where('cohortId', '=', row.cohortId)
    .where('personId', '=', row.personId)
    .where('side', '=', row.side)
    .execute();
  if (!settings) {
    const isPending = row.invitedAt === null || now < plus(row.invitedAt, ACCESS_PENDING);
    if (!isPending)
      await addToRunLog(tx, tenant.tenantId, { at: now, kind: 'calendarNotReadable', cohortId: row.cohortId });
  }
  if (!isAsked) return;
  await queueMessage(tx, {
    tenantId: tenant.tenantId,
    salt: tenant.salt,
    personId: row.personId,
    subjectKey: `ask:${row.cohortId}:${row.side}`,
    data:
      row.side === 'mentee'
        ? { kind: 'goals', cohortId: row.cohortId, programName: cohort.programName, isReminder: false }
        : {
            kind: 'join',
            cohortId: row.cohortId,
            programName: cohort.programName,
            suggested: topics,
            isReminder: false,
          },
    notBefore: now,
    now,
  });
}
