import type { Goal, Locale, Side, Skill } from '../../contract/vocabulary.ts';
import type { ZoneId } from '../time/instant.ts';

/** A tenant (Entra tenant id) and a person (Entra object id); together they are the only identity. */
export type TenantId = string & { readonly __brand: 'TenantId' };
export type PersonId = string & { readonly __brand: 'PersonId' };

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Working periods of each weekday in wall time, `[['09:00','12:30'],['13:30','18:00']]`; a missing day is free. */
export type WorkingHours = { readonly [day in Weekday]?: readonly (readonly [start: string, end: string])[] };

/** What is kept of the directory about one person. */
export interface Person {
  personId: PersonId;
  displayName: string;
  mail: string | null;
  jobTitle: string | null;
  department: string | null;
  officeLocation: string | null;
  country: string | null;
  preferredLanguage: string | null;
  accountEnabled: boolean;
  isGuest: boolean;
  managerId: PersonId | null;
}

/** A person in a cohort, with what matching and calendars need. */
export interface Participant {
  personId: PersonId;
  side: Side;
  /** Mentors: how many mentees at once (1-3). Mentees: how many mentors (1-2). */
  seats: number;
  skills: readonly Skill[];
  goals: readonly Goal[];
  interests: readonly string[];
  /** BCP 47 primary languages the person speaks, e.g. `['it', 'en']`. */
  languages: readonly string[];
  motivation: string | null;
  locale: Locale;
  timeZone: ZoneId;
  /** Null: not known; 09:00-17:00 Monday to Friday is assumed and confirmed in the proposal. */
  workingHours: WorkingHours | null;
  isTrained: boolean;
  isPaused: boolean;
}
