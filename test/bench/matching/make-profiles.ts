import { judgeCohort } from '../../../server/domain/matching/judge-cohort.ts';
import type { ProfileCohort } from '../../../server/domain/matching/judge-pair.ts';
import type {
  MenteeProfile,
  MentorProfile,
  OrganizationEntry,
  Profile,
} from '../../../server/domain/matching/profile.ts';
import { settingsFor } from '../../../server/domain/matching/settings.ts';
import type { ScoreRows } from '../../../server/domain/matching/solve/score-rows.ts';
import type { LocalDate, ZoneId } from '../../../server/domain/time/instant.ts';
import { numbers } from '../../server/domain/matching/solve/make-instance.ts';

export const KINDS = ['square', 'slack', 'tight', 'ties', 'hubs'] as const;
export type Kind = (typeof KINDS)[number];

export interface Program {
  cohort: ProfileCohort;
  wants: number[];
  capacities: number[];
  /** Reads the profiles anew: what comes before the first row is part of a measurement. */
  judge: () => ScoreRows;
}

const list = (name: string, length: number): string[] => Array.from({ length }, (_, i) => `${name}-${i}`);
const SKILLS = list('skill', 24);
const INTERESTS = list('interest', 20);
const DEPARTMENTS = list('department', 14);
const OFFICES = list('office', 12);
const LANGUAGES = ['it', 'pl', 'uk', 'pt', 'en'];
const ZONES = [
  'Europe/Rome',
  'Europe/Warsaw',
  'Europe/Kyiv',
  'Europe/London',
  'Europe/Lisbon',
  'Europe/Athens',
  'Europe/Istanbul',
  'America/Sao_Paulo',
  'America/New_York',
  'America/Chicago',
  'Asia/Dubai',
  'Asia/Kolkata',
] as ZoneId[];
const HOURS = [
  ['08:00', '16:30'],
  ['09:00', '17:00'],
  ['09:00', '18:00'],
  ['10:00', '19:00'],
] as const;
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
/** Executives who report to one. */
const REPORTS = 8;
/** Scores of the kind with many ties are multiples of this. */
const COARSE = 50_000;

/** A program of so many people by chance: `hubs` has a few mentors whom everybody wants, `tight` just enough places. */
export function makeProgram(kind: Kind, mentees: number, mentors: number, seed: number): Program {
  const random = numbers(seed);
  const whole = (below: number): number => Math.floor(random() * below);
  const pick = <T>(from: readonly T[]): T => from[whole(from.length)]!;
  const some = <T>(from: readonly T[], count: number): T[] => [
    ...new Set(Array.from({ length: count }, () => pick(from))),
  ];
  const organization = new Map<string, OrganizationEntry>();
  const person = (id: string, level: number, managerId: string | null): Profile => {
    // Most people work in the first of the places.
    const place = Math.floor(random() ** 2 * ZONES.length);
    const hours = pick(HOURS);
    organization.set(id, {
      id,
      managerId,
      department: pick(DEPARTMENTS),
      office: OFFICES[place]!,
      country: LANGUAGES[place % LANGUAGES.length]!,
      level,
    });
    return {
      id,
      goals: [],
      skills: [],
      interests: some(INTERESTS, 4),
      languages: [...new Set([LANGUAGES[place % LANGUAGES.length]!, 'en'])],
      style: { communication: 1 + whole(5), initiative: 1 + whole(5), structure: 1 + whole(5) },
      timeZone: ZONES[place]!,
      workingHours: Object.fromEntries(DAYS.map((day) => [day, [hours]])),
      pastPartners: [],
      isPaused: false,
    };
  };
  const isStar = (j: number): boolean => kind === 'hubs' && j % 50 === 0;
  const seniors = Array.from({ length: mentees }, (_, i): MenteeProfile => ({
    ...person(`mentee-${i}`, 1, i === 0 ? null : `mentee-${Math.floor((i - 1) / REPORTS)}`),
    goals: some(SKILLS, 4).map((skill, k) => ({ skill, level: 1 + whole(5), weight: 4 - k })),
    wants: kind !== 'square' && random() < 0.215 ? 2 : 1,
  }));
  const capacities = makeCapacities(
    kind,
    seniors.map(({ wants }) => wants),
    mentors,
    whole,
  );
  const juniors = Array.from({ length: mentors }, (_, j): MentorProfile => ({
    ...person(`mentor-${j}`, 4, `mentee-${whole(mentees)}`),
    skills: some(SKILLS, isStar(j) ? 20 : 3 + whole(5)).map((skill) => ({
      skill,
      level: isStar(j) ? 5 : 1 + whole(5),
    })),
    capacity: capacities[j]!,
    isTrained: true,
    motivation: isStar(j) || random() < 0.5 ? 'To learn from experience.' : null,
  }));
  const cohort: ProfileCohort = {
    settings: settingsFor('reverse'),
    startsOn: '2026-09-28' as LocalDate,
    weeks: 24,
    organization,
    mentees: seniors,
    mentors: juniors,
    forbidden: [],
    departmentPartnerships: DEPARTMENTS.slice(1).map((department, k) => [DEPARTMENTS[k]!, department]),
  };
  return {
    cohort,
    wants: seniors.map(({ wants }) => wants),
    capacities,
    judge: () => (kind === 'ties' ? makeCoarse(judgeCohort(cohort)) : judgeCohort(cohort)),
  };
}

const makeCoarse = (scores: ScoreRows): ScoreRows => ({
  rows: scores.rows,
  columns: scores.columns,
  fillRow(i, out) {
    scores.fillRow(i, out);
    for (let j = 0; j < scores.columns; j++) if (out[j]! > 0) out[j]! -= out[j]! % COARSE;
  },
});

function makeCapacities(kind: Kind, wants: number[], mentors: number, whole: (below: number) => number): number[] {
  if (kind === 'square') return Array.from({ length: mentors }, () => 1);
  const capacities = Array.from({ length: mentors }, () => (kind === 'tight' ? 1 : 1 + whole(3)));
  const seats = wants.reduce((a, b) => a + b, 0);
  let places = capacities.reduce((a, b) => a + b, 0);
  if (kind === 'tight') for (let j = 0; places < seats && j < mentors; j++, places++) capacities[j]!++;
  return capacities;
}
