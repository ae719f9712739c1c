import type { GraphCaller } from '../entra/tokens.ts';
import type { ExchangeRoleAssignment, World } from '../world.ts';

/** What a call wants of a mailbox. `freeBusy` is the least: when somebody is busy, nothing more. */
export type MailboxNeed = 'freeBusy' | 'calendarRead' | 'calendarWrite' | 'mailboxSettingsRead';

/** Permissions by which Entra grants a need, for every mailbox (application) or the own one (delegated). */
const BY_ENTRA: Record<MailboxNeed, readonly string[]> = {
  freeBusy: ['Calendars.ReadBasic', 'Calendars.ReadBasic.All', 'Calendars.Read', 'Calendars.ReadWrite'],
  calendarRead: ['Calendars.Read', 'Calendars.ReadWrite'],
  calendarWrite: ['Calendars.ReadWrite'],
  mailboxSettingsRead: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
};

/** Roles by which Exchange grants a need, within the assignment's scope. */
const BY_EXCHANGE: Record<MailboxNeed, readonly ExchangeRoleAssignment['role'][]> = {
  freeBusy: ['Application Calendars.Read', 'Application Calendars.ReadWrite'],
  calendarRead: ['Application Calendars.Read', 'Application Calendars.ReadWrite'],
  calendarWrite: ['Application Calendars.ReadWrite'],
  mailboxSettingsRead: ['Application MailboxSettings.Read'],
};

/**
 * Whether the caller may do this in a mailbox. Entra's grants (roles in the token) and Exchange's role assignments add
 * up, so a tenant-wide role opens every mailbox whatever the scopes say.
 */
export function mayUseMailbox(world: World, caller: GraphCaller, mailboxId: string, need: MailboxNeed): boolean {
  if (caller.personId !== null) {
    return caller.personId === mailboxId && BY_ENTRA[need].some((scope) => caller.scopes.includes(scope));
  }
  if (BY_ENTRA[need].some((role) => caller.roles.includes(role))) return true;
  return world.exchangeAssignments.some(
    (assignment) =>
      assignment.clientId === caller.clientId &&
      BY_EXCHANGE[need].includes(assignment.role) &&
      assignment.scope.some((entry) => covers(world, entry, mailboxId)),
  );
}

/** A scope names mailboxes or groups; groups inside groups do not count. */
function covers(world: World, entry: string, mailboxId: string): boolean {
  if (!entry.startsWith('group:')) return entry === mailboxId;
  return world.groups.get(entry.slice('group:'.length))?.memberIds.includes(mailboxId) ?? false;
}

const EXCHANGE_PATH = /^\/users\/[^/]+\/(events|calendarView|calendar|calendars)(\/|$|\()/i;

/** What a calendar path wants, or undefined when the path is not the calendar's. `path` is without the version. */
export function calendarNeed(method: string, path: string): MailboxNeed | undefined {
  if (!EXCHANGE_PATH.test(path)) return undefined;
  if (/\/(microsoft\.graph\.)?getSchedule$/i.test(path)) return 'freeBusy';
  return method === 'GET' ? 'calendarRead' : 'calendarWrite';
}
