import type { Generated } from 'kysely';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { At, Nullable, NullableAt } from './columns.ts';

export interface TenantsTable {
  tenantId: TenantId;
  salt: string;
  status: Generated<'active' | 'parked' | 'suspended'>;
  parkedReason: Nullable<string>;
  writesStopped: Generated<boolean>;
  catalogAppId: Nullable<string>;
  programMailboxId: Nullable<PersonId>;
  /** `basic`: the organizer's copies and free/busy; `full`: participants' calendars too (product.md D4). */
  calendarRights: Generated<'basic' | 'full'>;
  /** When an executive's mailbox last refused to be written by us. */
  acceptRefusedAt: NullableAt;
  /** Since when calendars do not answer; null: they do, as far as we know. */
  calendarsFailingSince: NullableAt;
  /** Since when the sign-in service says that our application is not in the tenant any more; null: it does not. */
  appRemovedAt: NullableAt;
  /** The closed week up to which feedback was published; null: none yet. */
  publishedWeek: NullableAt;
  createdAt: At;
}

export interface AdministratorsTable {
  tenantId: TenantId;
  personId: PersonId;
  addedAt: At;
}

export interface PeopleTable {
  tenantId: TenantId;
  personId: PersonId;
  displayName: string;
  mail: Nullable<string>;
  /** The address before the present one: answers to older invitations still carry it. */
  formerMail: Nullable<string>;
  jobTitle: Nullable<string>;
  department: Nullable<string>;
  officeLocation: Nullable<string>;
  country: Nullable<string>;
  preferredLanguage: Nullable<string>;
  accountEnabled: boolean;
  isGuest: boolean;
  managerId: Nullable<PersonId>;
  removedAt: NullableAt;
  seenAt: At;
}

export interface DepartmentCountsTable {
  tenantId: TenantId;
  department: string;
  people: number;
}

export interface SyncStatesTable {
  tenantId: TenantId;
  kind: string;
  deltaLink: Nullable<string>;
  dueAt: At;
  finishedAt: NullableAt;
}

/** Wishes to be erased: `personId` until it is done, afterwards the mark alone. */
export interface ErasuresTable {
  tenantId: TenantId;
  mark: string;
  personId: Nullable<PersonId>;
  askedAt: At;
  doneAt: NullableAt;
}

/** Who answers for an executive: named by the executive, seen by both (product.md D5). */
export interface AssistantsTable {
  tenantId: TenantId;
  menteeId: PersonId;
  assistantId: PersonId;
  namedAt: At;
  removedAt: NullableAt;
}
