import { opaqueId } from '../../hash.ts';
import type { SandboxRequest } from '../../http.ts';
import type { SandboxPerson } from '../../world.ts';
import { badRequest } from '../refusal.ts';

/** The default calendar of a mailbox. Honors $select; refuses (400) names that a calendar does not have. */
export function renderCalendar(owner: SandboxPerson, request: SandboxRequest): Record<string, unknown> {
  const { teamsLicensed } = owner.mailbox;
  const calendar: Record<string, unknown> = {
    id: `AAMkAG${opaqueId(86, 'calendar', owner.id)}=`,
    name: 'Calendar',
    color: 'auto',
    hexColor: '',
    isDefaultCalendar: true,
    changeKey: `${opaqueId(22, 'calendarKey', owner.id)}==`,
    canShare: true,
    canViewPrivateItems: true,
    canEdit: true,
    allowedOnlineMeetingProviders: teamsLicensed ? ['teamsForBusiness'] : [],
    defaultOnlineMeetingProvider: teamsLicensed ? 'teamsForBusiness' : 'unknown',
    isTallyingResponses: true,
    isRemovable: false,
    owner: { name: owner.displayName, address: owner.mail },
  };
  const select = request.query.get('$select') ?? request.query.get('select');
  if (select === null) return calendar;
  const selected: Record<string, unknown> = { id: calendar['id'] };
  for (const name of select.split(',').map((part) => part.trim())) {
    if (!Object.hasOwn(calendar, name)) {
      throw badRequest(`Could not find a property named '${name}' on type 'Microsoft.OutlookServices.Calendar'.`);
    }
    selected[name] = calendar[name];
  }
  return selected;
}

/** The sharing that every calendar has: colleagues see free and busy. */
export function renderPermissions(owner: SandboxPerson): Record<string, unknown>[] {
  return [
    {
      id: `${opaqueId(24, 'permission', owner.id)}=`,
      isRemovable: false,
      isInsideOrganization: true,
      role: 'freeBusyRead',
      allowedRoles: ['none', 'freeBusyRead', 'limitedRead', 'read', 'write'],
      emailAddress: { name: 'My Organization' },
    },
  ];
}
