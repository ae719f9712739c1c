import { chance } from '../hash.ts';
import type { SandboxGroup, SandboxPerson, World } from '../world.ts';
import { arrangeTree, type Seat } from './arrange-tree.ts';
import { companyRoles, groupId, GROUP_NAMES, ombudspersonId, programMailboxId } from './company-roles.ts';
import { makePerson } from './make-person.ts';
import { seedCalendars } from './seed-calendars.ts';

/** Volunteers an executive: enough to choose among, as an open call brings. */
const VOLUNTEERS_PER_EXECUTIVE = 2.5;

/** The mail name of the ombudsperson. */
const OMBUDS_NAME = 'ombudsperson';

/** What a company is made of besides the world's seed. */
export interface CompanyOptions {
  /** People of the directory, the program mailbox and the ombudsperson apart. */
  people: number;
  /** Executives in the group of mentees; the chief executive is not one of them, since everybody reports to that person. */
  executives: number;
  /** Instant at which the program begins. */
  from: number;
  /** Weeks that calendars are filled for; they start a week earlier and end six weeks later. */
  weeks: number;
  programMailbox: string;
}

/** The fewest people in whom a program with so many executives finds its volunteers. */
export function leastPeople(executives: number): number {
  return 4 * executives + 8;
}

function checkOptions({ people, executives, from, weeks, programMailbox }: CompanyOptions): void {
  const whole = (name: string, value: number, least: number): void => {
    if (!Number.isInteger(value) || value < least)
      throw new RangeError(`${name}: a whole number from ${least} on, not ${value}`);
  };
  whole('executives', executives, 1);
  whole('people', people, leastPeople(executives));
  whole('weeks', weeks, 1);
  if (!Number.isFinite(from)) throw new RangeError('from: not an instant');
  if (!/^[^@\s]+@[^@\s]+$/.test(programMailbox))
    throw new RangeError(`programMailbox: not a mail address: ${programMailbox}`);
}

/** Gives each wish once; later people of the same name get a number, as directories do. */
function uniqueNames(taken: string[]): (wish: string) => string {
  const times = new Map<string, number>(taken.map((name) => [name, 1]));
  return (wish) => {
    const time = (times.get(wish) ?? 0) + 1;
    times.set(wish, time);
    return time === 1 ? wish : `${wish}${time}`;
  };
}

/** A few accounts that are not as a program would like them; executives mostly keep theirs in order. */
function spoilSome(world: World, people: SandboxPerson[], seats: Seat[]): void {
  const staff = people.filter((_, i) => seats[i]!.level === 'staff');
  const order = new Map(staff.map((person) => [person.id, chance(world.seed, 'spoil', person.id)]));
  staff.sort((a, b) => order.get(a.id)! - order.get(b.id)!);
  const take = (share: number): SandboxPerson[] => staff.splice(0, Math.max(1, Math.round(share * people.length)));

  for (const guest of take(0.015)) {
    const [name] = guest.mail.split('@') as [string];
    guest.userType = 'Guest';
    guest.mail = `${name}@partner.example`;
    guest.userPrincipalName = `${name}_partner.example#EXT#@${world.domain}`;
    guest.employeeHireDate = null;
    guest.mailbox = { ...guest.mailbox, enabled: false, teamsLicensed: false };
  }
  for (const disabled of take(0.01)) disabled.accountEnabled = false;
  for (const person of take(0.015)) person.mailbox.enabled = false;
  for (const person of take(0.02)) person.mailbox.readable = false;

  const executives = people.filter((person, i) => person.isExecutive && seats[i]!.depth > 0);
  for (const [i, executive] of executives.entries()) {
    if (i % 20 === 13) executive.mailbox.readable = false;
    if (i % 40 === 27) executive.mailbox.enabled = false;
  }
}

/** The youngest by service first of all staff whose accounts are in order, then by lot. */
function chooseVolunteers(world: World, people: SandboxPerson[], seats: Seat[], count: number): SandboxPerson[] {
  const eligible = people
    .filter((person, i) => seats[i]!.level === 'staff' && person.userType === 'Member' && person.accountEnabled)
    .sort((a, b) => {
      const [hiredA, hiredB] = [a.employeeHireDate ?? '', b.employeeHireDate ?? ''];
      return hiredA === hiredB ? (a.id < b.id ? -1 : 1) : hiredA > hiredB ? -1 : 1;
    });
  const young = eligible.slice(0, Math.max(count, Math.floor(eligible.length / 2)));
  const lot = new Map(young.map((person) => [person.id, chance(world.seed, 'volunteer', person.id)]));
  return young.sort((a, b) => lot.get(a.id)! - lot.get(b.id)!).slice(0, count);
}

function seedGroups(world: World, people: SandboxPerson[], seats: Seat[], executives: number): void {
  const add = (name: string, members: string[], mail: string | null): SandboxGroup => {
    const group: SandboxGroup = {
      id: groupId(world.seed, name),
      displayName: name,
      mail: mail && `${mail}@${world.domain}`,
      mailEnabled: mail !== null,
      securityEnabled: true,
      memberIds: members,
    };
    world.groups.set(group.id, group);
    return group;
  };
  const ids = (some: SandboxPerson[]): string[] => some.map(({ id }) => id);

  const mentees = people.slice(1, 1 + executives);
  const chosen = chooseVolunteers(world, people, seats, Math.round(VOLUNTEERS_PER_EXECUTIVE * executives));
  const taken = new Set(ids(chosen));
  const free = people.filter((person, i) => !taken.has(person.id) && !person.isExecutive && seats[i]!.depth > 0);
  const sound = free.filter(
    (person) => person.userType === 'Member' && person.accountEnabled && person.mailbox.enabled,
  );
  const ours = sound.filter(({ department }) => department === 'People and Culture');
  const administrators = [...ours, ...sound.filter((person) => !ours.includes(person))].slice(
    0,
    people.length < 200 ? 2 : 3,
  );
  // An open call also brings a guest and an account that has been disabled since.
  const strange =
    executives < 12 ? [] : [free.find((p) => p.userType === 'Guest'), free.find((p) => !p.accountEnabled)];
  const volunteers = [...chosen, ...strange.filter((person) => person !== undefined)];
  const nested = Math.floor(chosen.length / 4);

  add(GROUP_NAMES.administrators, ids(administrators), null);
  add(GROUP_NAMES.executives, ids(mentees), null);
  const talents = add(GROUP_NAMES.earlyTalents, ids(volunteers.slice(0, nested)), null);
  add(GROUP_NAMES.volunteers, [talents.id, ...ids(volunteers.slice(nested))], null);
  // Exchange resolves scopes by direct members only, so this group holds no other.
  add(GROUP_NAMES.participants, [...ids(mentees), ...ids(volunteers)], 'inverso.participants');
}

/**
 * Fills the world with a company that depends on `world.seed` and the options alone: people in a manager tree with one
 * chief executive, an ombudsperson outside of it, the program's groups, the program mailbox, and the calendars of all participants. Throws RangeError
 * naming the option at fault.
 */
export function seedCompany(world: World, options: CompanyOptions): void {
  checkOptions(options);
  const seats = arrangeTree(options.people, options.executives);
  const [programName] = options.programMailbox.toLowerCase().split('@') as [string];
  const mailName = uniqueNames([programName, OMBUDS_NAME]);
  const people = seats.map((seat, number) =>
    makePerson(world.seed, number, seat, { from: options.from, domain: world.domain, mailName }),
  );
  spoilSome(world, people, seats);
  for (const person of people) world.people.set(person.id, person);
  const mailbox = makeProgramMailbox(world, options.programMailbox);
  world.people.set(mailbox.id, mailbox);
  const ombudsperson = makeOmbudsperson(world);
  world.people.set(ombudsperson.id, ombudsperson);
  seedGroups(world, people, seats, options.executives);
  seedCalendars(world, companyRoles(world), options);
}

/** The licensed user by whose mailbox series survive people who leave. */
const makeProgramMailbox = (world: World, mail: string): SandboxPerson =>
  makeOutsider(programMailboxId(world.seed), mail, {
    givenName: 'Inverso',
    surname: 'Program',
    displayName: 'Inverso',
  });

/** To whom anybody may turn: reports to nobody, and nobody reports to them. */
const makeOmbudsperson = (world: World): SandboxPerson => ({
  ...makeOutsider(ombudspersonId(world.seed), `${OMBUDS_NAME}@${world.domain}`, {
    givenName: 'Teresa',
    surname: 'Bellini',
    displayName: 'Teresa Bellini',
  }),
  jobTitle: 'Ombudsperson',
  country: 'Italy',
});

/** A user outside of the tree. */
function makeOutsider(
  id: string,
  mail: string,
  names: Pick<SandboxPerson, 'givenName' | 'surname' | 'displayName'>,
): SandboxPerson {
  return {
    id,
    ...names,
    mail,
    userPrincipalName: mail,
    jobTitle: null,
    department: null,
    officeLocation: null,
    country: null,
    usageLocation: 'IT',
    preferredLanguage: 'en-US',
    employeeHireDate: null,
    accountEnabled: true,
    userType: 'Member',
    managerId: null,
    skills: [],
    interests: [],
    depth: 0,
    isExecutive: false,
    mailbox: {
      enabled: true,
      zone: 'Europe/Rome',
      zoneName: 'W. Europe Standard Time',
      locale: 'en-US',
      workingHours: null,
      readable: true,
      teamsLicensed: true,
    },
    deletedAt: null,
    photo: null,
  };
}
