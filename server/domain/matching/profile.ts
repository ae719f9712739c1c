import type { WorkingHours } from '../people/person.ts';
import type { ZoneId } from '../time/instant.ts';

/** What somebody wants to learn: the level they want to reach (1-5), and how much it counts beside their other goals. */
export interface ProfileGoal {
  skill: string;
  level: number;
  /** A whole number from 1 to 10. */
  weight: number;
}

/** What somebody can teach, 1 knows the word, 5 teaches it. */
export interface ProfileSkill {
  skill: string;
  level: number;
}

/** Three work-style traits, each from 1 to 5; never shown to anybody. */
export interface WorkStyle {
  /** 1 prefers to write, 5 prefers to talk. */
  communication: number;
  /** 1 waits to be asked, 5 talks first. */
  initiative: number;
  /** 1 likes it open, 5 likes it planned. */
  structure: number;
}

export const STYLE_TRAITS = ['communication', 'initiative', 'structure'] as const satisfies (keyof WorkStyle)[];

/** Somebody of an earlier pair. `endedOn`: the day on which it ended, `YYYY-MM-DD`; null: not known, counted as today. */
export interface PastPartner {
  id: string;
  endedOn: string | null;
}

/** What matching knows of either side. */
export interface Profile {
  id: string;
  goals: readonly ProfileGoal[];
  skills: readonly ProfileSkill[];
  interests: readonly string[];
  /** BCP 47 primary languages, the first one preferred. */
  languages: readonly string[];
  /** Null: the questionnaire was not answered; neither for nor against anybody. */
  style: WorkStyle | null;
  timeZone: ZoneId;
  /** Null: not known; 09:00-17:00 Monday to Friday is assumed. */
  workingHours: WorkingHours | null;
  pastPartners: readonly PastPartner[];
  isPaused: boolean;
}

export interface MenteeProfile extends Profile {
  /** How many different mentors are wanted, 1-2. */
  wants: number;
}

export interface MentorProfile extends Profile {
  /** How many mentees are taken at once, 1-3. */
  capacity: number;
  isTrained: boolean;
  /** Why they take part, in their own words; whoever says so counts as motivated. */
  motivation: string | null;
}

/** Somebody of the directory: participants and the managers above them. */
export interface OrganizationEntry {
  id: string;
  managerId: string | null;
  department: string | null;
  office: string | null;
  country: string | null;
  /** How many levels stand above, where it is not the number of managers; null: count the managers. */
  level: number | null;
}
