import { randomBytes } from 'node:crypto';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import { at, type TenantTransaction } from './schema.ts';

export interface TenantRow {
  tenantId: TenantId;
  salt: string;
  status: 'active' | 'parked' | 'suspended';
  writesStopped: boolean;
  catalogAppId: string | null;
  programMailboxId: PersonId | null;
  /** Since when calendars do not answer. */
  calendarsFailingSince: Instant | null;
  /** Since when our application is not in the tenant any more. */
  appRemovedAt: Instant | null;
}

/** The tenant's row, made when it is not there yet. `salt` fixes it for reproducible runs; absent: random. */
export async function ensureTenant(
  tx: TenantTransaction,
  tenantId: TenantId,
  now: Instant,
  salt = randomBytes(24).toString('base64url'),
): Promise<void> {
  await tx
    .insertInto('tenants')
    .values({ tenantId, salt, createdAt: at(now) })
    .onConflict((oc) => oc.column('tenantId').doNothing())
    .execute();
}

/** The query for the tenant's row, for whoever asks for more with it. */
export const selectTenant = (tx: TenantTransaction) =>
  tx
    .selectFrom('tenants')
    .select([
      'tenantId',
      'salt',
      'status',
      'writesStopped',
      'catalogAppId',
      'programMailboxId',
      'calendarsFailingSince',
      'appRemovedAt',
    ]);

/** The tenant's row. Throws when the tenant was never registered. */
export const loadTenant = (tx: TenantTransaction): Promise<TenantRow> => selectTenant(tx).executeTakeFirstOrThrow();

/** Whether the tenant has a row: none has it before it was registered, and after all of it was erased. */
export async function isRegistered(tx: TenantTransaction): Promise<boolean> {
  return (await tx.selectFrom('tenants').select('tenantId').executeTakeFirst()) !== undefined;
}

/** Whether nothing may be written for the tenant now: the kill switch (reliability.md R10), parked or suspended. */
export const areWritesStopped = ({ writesStopped, status }: Pick<TenantRow, 'writesStopped' | 'status'>): boolean =>
  writesStopped || status !== 'active';

/** Is the person an administrator of the program in this tenant? */
export async function isAdministrator(tx: TenantTransaction, personId: PersonId): Promise<boolean> {
  const row = await tx
    .selectFrom('administrators')
    .select('personId')
    .where('personId', '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}
