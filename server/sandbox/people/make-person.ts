import { chance, guid, pick, pickIndex } from '../hash.ts';
import type { SandboxPerson } from '../world.ts';
import type { Seat } from './arrange-tree.ts';
import { drawPhoto, PHOTO_COUNT } from './draw-photo.ts';
import { namePerson, type NameLocale } from './names.ts';
import { DEPARTMENTS, INTERESTS, OFFICES, SKILLS, type Office } from './vocabulary.ts';

const DAY = 86_400_000;
const LOCALES: readonly NameLocale[] = ['en', 'it', 'pl', 'uk', 'pt-BR'];
const OFFICE_WEIGHTS = OFFICES.reduce((sum, { weight }) => sum + weight, 0);

function chooseOffice(draw: number): Office {
  let left = draw * OFFICE_WEIGHTS;
  for (const office of OFFICES) {
    left -= office.weight;
    if (left < 0) return office;
  }
  return OFFICES[0]!;
}

/** `count` different items; earlier ones of the list come more often, as fashions do. */
function choose(items: readonly string[], count: number, ...parts: (string | number)[]): string[] {
  const rest = [...items];
  return Array.from({ length: Math.min(count, rest.length) }, (_, i) => {
    const [item] = rest.splice(Math.floor(chance(...parts, i) ** 1.3 * rest.length), 1);
    return item!;
  });
}

/** Years in the company: those above have been there longer. */
function yearsOf(seat: Seat, draw: number): number {
  if (seat.level === 'staff') return draw ** 1.7 * 14;
  return (seat.level === 'manager' ? 3 : 5) + draw * 16;
}

function titleOf(seat: Seat, years: number, isIntern: boolean): string {
  if (seat.department === null) return 'Chief Executive Officer';
  const department = DEPARTMENTS[seat.department]!;
  switch (seat.level) {
    case 'chief executive':
      return 'Chief Executive Officer';
    case 'chief':
      return department.chief;
    case 'vice president':
      return `Vice President, ${department.name}`;
    case 'senior director':
      return `Senior Director, ${department.name}`;
    case 'director':
      return `Director, ${department.name}`;
    case 'manager':
      return `Manager, ${department.name}`;
    case 'staff':
      if (isIntern) return 'Intern';
      return years < 2 ? `Junior ${department.craft}` : years > 7 ? `Senior ${department.craft}` : department.craft;
  }
}

function mailboxOf(office: Office, draw: (name: string) => number): SandboxPerson['mailbox'] {
  const name = draw('zone name');
  const hours = draw('hours');
  const early = draw('early');
  const shift = early < 0.12 ? -60 : early > 0.9 ? 60 : 0;
  const move = (time: string): string => {
    const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + shift;
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  };
  const days = office.hours.daysOfWeek;
  return {
    enabled: true,
    zone: office.zone,
    zoneName: name < 0.86 ? office.windowsZone : name < 0.97 ? office.zone : 'Customized Time Zone',
    locale: draw('locale') < 0.94 ? office.language : null,
    workingHours:
      hours < 0.05
        ? null
        : {
            daysOfWeek: hours > 0.94 ? days.filter((day) => day !== 'friday') : [...days],
            start: move(office.hours.start),
            end: move(office.hours.end),
          },
    readable: true,
    teamsLicensed: true,
  };
}

/**
 * The person on a seat, decided by seed and number alone. `from` (instant) is what years of service count back from;
 * `mailName` makes the mail name unique. The manager is set by the caller.
 */
export function makePerson(
  seed: number,
  number: number,
  seat: Seat,
  options: { from: number; domain: string; mailName: (wish: string) => string },
): SandboxPerson {
  const draw = (name: string): number => chance(seed, 'person', number, name);
  const office = chooseOffice(draw('office'));
  const locale = draw('elsewhere') < 0.84 ? office.locale : pick(LOCALES, seed, 'person', number, 'origin');
  const name = namePerson(locale, seed, 'person', number);
  const mail = `${options.mailName(name.mailName)}@${options.domain}`;
  const years = yearsOf(seat, draw('years'));
  const isIntern = seat.level === 'staff' && years < 0.5;
  const isExecutive = seat.depth === 0 || seat.level === 'chief' || seat.level === 'vice president';
  const skills = isExecutive ? 2 * draw('skills') : years < 6 ? 3 + 5 * draw('skills') : 4 * draw('skills');
  return {
    id: guid(seed, 'person', number),
    displayName: name.displayName,
    givenName: name.givenName,
    surname: name.surname,
    mail,
    userPrincipalName: mail,
    jobTitle: seat.level === 'staff' && draw('title') < 0.02 ? null : titleOf(seat, years, isIntern),
    department: seat.department === null ? 'Executive Office' : DEPARTMENTS[seat.department]!.name,
    officeLocation: draw('location') < 0.03 ? null : office.name,
    country: draw('country') < 0.04 ? null : office.country,
    usageLocation: office.usageLocation,
    preferredLanguage: draw('language') < 0.06 ? null : office.language,
    employeeHireDate:
      draw('hired') < 0.04
        ? null
        : `${new Date(options.from - years * 365 * DAY).toISOString().slice(0, 10)}T00:00:00Z`,
    accountEnabled: true,
    userType: 'Member',
    managerId: seat.manager === null ? null : guid(seed, 'person', seat.manager),
    skills: choose(SKILLS, Math.floor(skills), seed, 'person', number, 'skill'),
    interests: choose(INTERESTS, pickIndex(5, seed, 'person', number, 'interests'), seed, 'person', number, 'interest'),
    depth: seat.depth,
    isExecutive,
    mailbox: mailboxOf(office, draw),
    deletedAt: null,
    photo: draw('photo') < 0.25 ? null : drawPhoto(pickIndex(PHOTO_COUNT, seed, 'person', number, 'photo color')),
  };
}
