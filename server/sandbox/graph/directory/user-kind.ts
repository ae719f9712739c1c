import { guid } from '../../hash.ts';
import type { SandboxPerson } from '../../world.ts';
import type { EntityKind } from './entity.ts';

type Getter = (person: SandboxPerson) => unknown;

/** Graph gives a date without time as midnight UTC. */
const instant = (date: string | null): string | null => (date?.length === 10 ? `${date}T00:00:00Z` : date);

const plan = (person: SandboxPerson, service: string, enabled: boolean): Record<string, unknown> => ({
  assignedDateTime: '2024-01-15T09:00:00Z',
  capabilityStatus: enabled ? 'Enabled' : 'Deleted',
  service,
  servicePlanId: guid('service-plan', service, person.userType),
});

const MODELED: Record<string, Getter> = {
  id: (p) => p.id,
  accountEnabled: (p) => p.accountEnabled,
  assignedPlans: (p) => [
    plan(p, 'exchange', p.mailbox.enabled),
    plan(p, 'TeamspaceAPI', p.mailbox.enabled && p.mailbox.teamsLicensed),
  ],
  country: (p) => p.country,
  deletedDateTime: (p) => (p.deletedAt === null ? null : new Date(p.deletedAt).toISOString()),
  department: (p) => p.department,
  displayName: (p) => p.displayName,
  employeeHireDate: (p) => instant(p.employeeHireDate),
  givenName: (p) => p.givenName,
  jobTitle: (p) => p.jobTitle,
  mail: (p) => p.mail,
  mailNickname: (p) => p.userPrincipalName.split('@')[0],
  officeLocation: (p) => p.officeLocation,
  preferredLanguage: (p) => p.preferredLanguage,
  proxyAddresses: (p) => [`SMTP:${p.mail}`],
  surname: (p) => p.surname,
  usageLocation: (p) => p.usageLocation,
  userPrincipalName: (p) => p.userPrincipalName,
  userType: (p) => p.userType,
};

/** Held by the profile service and Exchange, so only one user at a time shows them. */
const OF_ONE_USER: Record<string, Getter> = {
  aboutMe: () => null,
  birthday: () => '0001-01-01T08:00:00Z',
  hireDate: () => '0001-01-01T08:00:00Z',
  interests: (p) => p.interests,
  mySite: () => null,
  pastProjects: () => [],
  preferredName: () => '',
  responsibilities: () => [],
  schools: () => [],
  skills: (p) => p.skills,
};

/** Properties that exist and that nobody in this tenant has filled. */
const EMPTY_LISTS =
  'assignedLicenses businessPhones identities imAddresses licenseAssignmentStates onPremisesProvisioningErrors otherMails provisionedPlans serviceProvisioningErrors';
const EMPTY_VALUES =
  'ageGroup authorizationInfo city companyName consentProvidedForMinor createdDateTime creationType customSecurityAttributes deviceEnrollmentLimit employeeId employeeLeaveDateTime employeeOrgData employeeType externalUserState externalUserStateChangeDateTime faxNumber isManagementRestricted isResourceAccount lastPasswordChangeDateTime legalAgeGroupClassification mobilePhone onPremisesDistinguishedName onPremisesDomainName onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled onPremisesUserPrincipalName passwordPolicies passwordProfile postalCode preferredDataLocation print securityIdentifier showInAddressList signInActivity signInSessionsValidFromDateTime state streetAddress';
/** Navigation properties that `$select` may name without anything coming back. */
const NAVIGATIONS = new Set([
  'manager',
  'directReports',
  'memberOf',
  'transitiveMemberOf',
  'photo',
  'photos',
  'calendar',
  'events',
]);

const GETTERS = new Map<string, Getter>(Object.entries(MODELED));
for (const name of EMPTY_LISTS.split(' ')) GETTERS.set(name, () => []);
for (const name of EMPTY_VALUES.split(' ')) GETTERS.set(name, () => null);

const STANDARD = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

const ONE_USER_NAMES: ReadonlySet<string> = new Set([...Object.keys(OF_ONE_USER), 'mailboxSettings']);
const has = (name: string): boolean => GETTERS.has(name) || ONE_USER_NAMES.has(name) || NAVIGATIONS.has(name);

/** A user in a list: what the profile service holds (skills, interests and the like) is left out. */
export const USER_IN_LIST: EntityKind<SandboxPerson> = {
  type: 'microsoft.graph.user',
  has,
  read: (person, name) => GETTERS.get(name)?.(person),
  standard: STANDARD,
  unfilterable: new Set([...ONE_USER_NAMES, ...NAVIGATIONS]),
};

/** A user asked for alone; `mailboxSettings` is added by the operation, which must ask Exchange. */
export const ONE_USER: EntityKind<SandboxPerson> = {
  ...USER_IN_LIST,
  read: (person, name) => (GETTERS.get(name) ?? OF_ONE_USER[name])?.(person),
};

/** The properties whose changes `/users/delta` follows. */
export const TRACKED_USER_PROPERTIES: readonly string[] = Object.keys(MODELED).filter((name) => name !== 'id');
