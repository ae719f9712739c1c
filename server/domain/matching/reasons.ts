import type { HardRule } from './settings.ts';

/** Why two people fit, as a code with its values; locales make the sentence. Style is never among them. */
export type MatchReason =
  | { code: 'goalsCovered'; covered: string[]; of: number }
  | { code: 'sharedInterests'; interests: string[] }
  | { code: 'sharedLanguages'; languages: string[] }
  | { code: 'overlapHours'; hoursPerWeek: number }
  /** `department`, `office`, `country` are the mentor's, as the mentee reads them; see reasonsForSide. */
  | { code: 'otherDepartment'; department: string; menteeDepartment: string }
  | { code: 'otherOffice'; office: string; menteeOffice: string }
  | { code: 'otherCountry'; country: string; menteeCountry: string }
  | { code: 'departmentPartnership'; department: string; menteeDepartment: string };

/** Why somebody stayed without a mentor, or with fewer than wanted: what binds, not everything that is so. */
export type UnmatchedReason =
  /** No mentor at hand has one of these skills at the wanted level; empty: the person has named no goal. */
  | { code: 'nobodyOffers'; skills: string[] }
  /** No mentor at hand speaks one of these languages; empty: the person has named none. */
  | { code: 'nobodySpeaks'; languages: string[] }
  /**
   * Everybody who passes the first rule, so many mentors, breaks the second. `values`: the languages or skills by which they
   * pass the first; with more than one, each mentor has one of them at least. Empty for other rules.
   */
  | { code: 'everyoneWho'; passes: HardRule; breaks: HardRule; mentors: number; values: string[] }
  /** So many of all mentors at hand break this one rule; where it is all of them, it binds by itself. */
  | { code: 'ruledOut'; rule: HardRule; mentors: number; of: number }
  /** So many mentors would be allowed but for this one rule. */
  | { code: 'onlyFor'; rule: HardRule; mentors: number }
  /** Every mentor who is allowed, so many, is taken. */
  | { code: 'allTaken'; mentors: number };
