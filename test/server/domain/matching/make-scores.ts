import type { CohortScores } from '../../../../server/domain/matching/cohort-scores.ts';
import type {
  MenteeProfile,
  MentorProfile,
  OrganizationEntry,
  Profile,
} from '../../../../server/domain/matching/profile.ts';
import { RULE_BITS } from '../../../../server/domain/matching/rule-bits.ts';
import {
  HARD_RULES,
  settingsFor,
  type HardRule,
  type ScoreParts,
} from '../../../../server/domain/matching/settings.ts';
import { NOT_ALLOWED } from '../../../../server/domain/matching/solve/score-rows.ts';
import type { ZoneId } from '../../../../server/domain/time/instant.ts';

const NOTHING: Profile = {
  id: '',
  goals: [],
  skills: [],
  interests: [],
  languages: ['en'],
  style: null,
  timeZone: 'Europe/Rome' as ZoneId,
  workingHours: null,
  pastPartners: [],
  isPaused: false,
};

export const makeMentee = (id: string, change: Partial<MenteeProfile> = {}): MenteeProfile => ({
  ...NOTHING,
  wants: 1,
  ...change,
  id,
});
export const makeMentor = (id: string, change: Partial<MentorProfile> = {}): MentorProfile => ({
  ...NOTHING,
  capacity: 1,
  isTrained: true,
  motivation: null,
  ...change,
  id,
});

export const NO_PARTS: ScoreParts = {
  goals: 0,
  overlap: 0,
  languages: 0,
  interests: 0,
  style: 0,
  department: 0,
  office: 0,
  country: 0,
  departmentPartnership: 0,
  motivation: 0,
  pastPair: 0,
};

export interface MadeScores {
  mentees?: MenteeProfile[];
  mentors: MentorProfile[];
  /** The rules that each mentor breaks with everybody. */
  broken?: HardRule[][];
  /** Scores of allowed pairs, row by row; 500,000 unless told. */
  scores?: number[][];
  parts?: Partial<ScoreParts>;
  organization?: OrganizationEntry[];
  minutesPerWeek?: number;
}

/** Scores as a test says them, whatever the profiles are. */
export function makeScores({
  mentees = [makeMentee('mentee')],
  mentors,
  broken = mentors.map(() => []),
  scores,
  parts = {},
  organization = [],
  minutesPerWeek = 0,
}: MadeScores): CohortScores {
  const entries = new Map(organization.map((entry) => [entry.id, entry]));
  return {
    settings: settingsFor('reverse'),
    mentees,
    mentors,
    rows: mentees.length,
    columns: mentors.length,
    fillRow: (i, out) =>
      mentors.forEach((_, j) => (out[j] = broken[j]!.length > 0 ? NOT_ALLOWED : (scores?.[i]?.[j] ?? 500_000))),
    organizationOf: (id) => entries.get(id),
    partsOf: () => ({ ...NO_PARTS, ...parts }),
    brokenRules: (_i, j) => HARD_RULES.filter((rule) => broken[j]!.includes(rule)),
    fillBroken: (_i, out) =>
      broken.forEach((rules, j) => (out[j] = rules.reduce((bits, rule) => bits | RULE_BITS[rule], 0))),
    overlapOf: () => ({ minutesPerWeek, minutesPerDay: Math.floor(minutesPerWeek / 5) }),
  };
}
