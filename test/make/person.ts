import type { Person, PersonId } from '../../server/domain/people/person.ts';

let people = 0;
/** An id in the form of Entra's, other than all before. */
export const newId = (): string => `5eed0000-0000-4000-8000-${String(++people).padStart(12, '0')}`;

/** Somebody of the company; `name` also makes the address. */
export function person(name = 'Ada Rossi', change: Partial<Person> = {}): Person {
  const personId = newId() as PersonId;
  return {
    personId,
    displayName: name,
    mail: `${name.toLowerCase().replaceAll(' ', '.')}.${personId.slice(-4)}@contoso.example`,
    jobTitle: 'Analyst',
    department: 'Finance',
    officeLocation: 'Milano',
    country: 'IT',
    preferredLanguage: 'en-GB',
    accountEnabled: true,
    isGuest: false,
    managerId: null,
    ...change,
  };
}
