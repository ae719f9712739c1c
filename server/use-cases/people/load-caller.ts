import type { Locale, Role } from '../../contract/vocabulary.ts';
import { executivesOf, zoneForAssistant } from '../../db/assistants.ts';
import { loadParticipants } from '../../db/cohorts.ts';
import { loadPeopleById } from '../../db/people.ts';
import { isSafeContact } from '../../db/safe-contacts.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { isAdministrator } from '../../db/tenants.ts';
import { chooseLocale } from '../../domain/people/choose-locale.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';

/** Who is asking, from a verified token alone. */
export interface Identity {
  tenantId: TenantId;
  personId: PersonId;
  displayName: string;
  /** App roles in the token. */
  appRoles: readonly string[];
}

export interface CallerProfile {
  displayName: string;
  locale: Locale | null;
  timeZone: string;
  roles: Role[];
  programName: string | null;
}

/** The app role of Entra that makes an administrator. */
export const ADMINISTRATOR_APP_ROLE = 'Inverso.Administrator';

/** May this person administer the program: by app role of the token, or named in the tenant. */
export async function mayAdminister(db: Database, identity: Identity): Promise<boolean> {
  if (identity.appRoles.includes(ADMINISTRATOR_APP_ROLE)) return true;
  return inTenant(db, identity.tenantId, (tx) => isAdministrator(tx, identity.personId));
}

/** Is the tenant shut out, or not ours at all? Then nobody of it may ask anything. */
export async function isSuspended(db: Database, tenantId: TenantId): Promise<boolean> {
  const tenant = await inTenant(db, tenantId, (tx) => tx.selectFrom('tenants').select('status').executeTakeFirst());
  return tenant === undefined || tenant.status === 'suspended';
}

/** Name, language, zone and roles of the caller; a stranger of the tenant has no roles. */
export async function loadCaller({ db }: { db: Database }, identity: Identity): Promise<CallerProfile> {
  const isAdmin = await mayAdminister(db, identity);
  return inTenant(db, identity.tenantId, async (tx) => {
    const rows = (await loadParticipants(tx, { personId: identity.personId })).filter(
      (row) => row.state !== 'nominated' && row.state !== 'left',
    );
    const person = (await loadPeopleById(tx, [identity.personId])).get(identity.personId);
    const program = await tx
      .selectFrom('programs')
      .select('name')
      .orderBy('createdAt', 'desc')
      .limit(1)
      .executeTakeFirst();
    const [first] = rows;
    const roles: Role[] = [];
    if (isAdmin) roles.push('administrator');
    if (rows.some((row) => row.side === 'mentor')) roles.push('mentor');
    if (rows.some((row) => row.side === 'mentee')) roles.push('mentee');
    if ((await executivesOf(tx, identity.personId)).length > 0) roles.push('assistant');
    if (await isSafeContact(tx, identity.personId)) roles.push('safeContact');
    return {
      displayName: person?.displayName ?? identity.displayName,
      locale: first?.locale ?? (person?.preferredLanguage ? chooseLocale(person.preferredLanguage) : null),
      timeZone: first?.timeZone ?? (await zoneForAssistant(tx, identity.personId)) ?? 'UTC',
      roles,
      programName: roles.length > 0 ? (program?.name ?? null) : null,
    };
  });
}
