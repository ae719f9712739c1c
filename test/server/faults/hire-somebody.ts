import type { Person, PersonId } from '../../../server/domain/people/person.ts';
import { companyRoles } from '../../../server/sandbox/people/company-roles.ts';
import type { SandboxPerson, World } from '../../../server/sandbox/world.ts';
import { newId } from '../../make/person.ts';

/** What somebody has otherwise than usual. */
export type Hire = Partial<Omit<SandboxPerson, 'mailbox'>> & { mailbox?: Partial<SandboxPerson['mailbox']> };

/**
 * Adds somebody to the company, in the group whose mailboxes the product may read: in Rome, nine to six, with an empty
 * calendar, unless told otherwise. Returns the person as the product will know them.
 */
export function hireSomebody(world: World, name: string, { mailbox, ...change }: Hire = {}): Person {
  const id = newId();
  const [givenName = '', surname = ''] = name.split(' ');
  const mail = `${name.toLowerCase().replaceAll(' ', '.')}.${id.slice(-4)}@${world.domain}`;
  const hired: SandboxPerson = {
    id,
    displayName: name,
    givenName,
    surname,
    mail,
    userPrincipalName: mail,
    jobTitle: 'Analyst',
    department: 'Finance',
    officeLocation: 'Milano',
    country: 'IT',
    usageLocation: 'IT',
    preferredLanguage: 'en-GB',
    employeeHireDate: null,
    accountEnabled: true,
    userType: 'Member',
    managerId: null,
    skills: [],
    interests: [],
    depth: 3,
    isExecutive: false,
    deletedAt: null,
    photo: null,
    ...change,
    mailbox: {
      enabled: true,
      zone: 'Europe/Rome',
      zoneName: 'W. Europe Standard Time',
      locale: 'en-GB',
      workingHours: {
        daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
        start: '09:00',
        end: '18:00',
      },
      readable: true,
      teamsLicensed: true,
      ...mailbox,
    },
  };
  world.people.set(id, hired);
  world.groups.get(companyRoles(world).participantsGroupId)!.memberIds.push(id);
  const { displayName, jobTitle, department, officeLocation, country, preferredLanguage, accountEnabled } = hired;
  return {
    personId: id as PersonId,
    displayName,
    mail: hired.mail,
    jobTitle,
    department,
    officeLocation,
    country,
    preferredLanguage,
    accountEnabled,
    isGuest: hired.userType === 'Guest',
    managerId: hired.managerId as PersonId | null,
  };
}
