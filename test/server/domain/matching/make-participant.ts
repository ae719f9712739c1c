import type { Participant, Person, PersonId } from '../../../../server/domain/people/person.ts';
import type { ZoneId } from '../../../../server/domain/time/instant.ts';

/** A participant who fits everybody, but for what is given. */
export function makeParticipant(personId: string, change: Partial<Participant> = {}): Participant {
  return {
    personId: personId as PersonId,
    side: 'mentor',
    seats: 1,
    skills: [{ topic: 'generative-ai', level: 4 }],
    goals: [{ topic: 'generative-ai', level: 3 }],
    interests: ['Chess'],
    languages: ['it', 'en'],
    motivation: null,
    locale: 'it',
    timeZone: 'Europe/Rome' as ZoneId,
    workingHours: null,
    isTrained: true,
    isPaused: false,
    ...change,
  };
}

export const makePerson = (personId: string, change: Partial<Person> = {}): Person => ({
  personId: personId as PersonId,
  displayName: personId,
  mail: `${personId}@example.com`,
  jobTitle: null,
  department: null,
  officeLocation: null,
  country: null,
  preferredLanguage: null,
  accountEnabled: true,
  isGuest: false,
  managerId: null,
  ...change,
});

/** A directory of the given people. */
export const makeDirectory = (...people: Person[]): Map<PersonId, Person> =>
  new Map(people.map((person) => [person.personId, person]));
