import type { ProfileCohort } from '../../../../server/domain/matching/judge-pair.ts';
import type {
  MenteeProfile,
  MentorProfile,
  OrganizationEntry,
  Profile,
} from '../../../../server/domain/matching/profile.ts';
import type { WorkingHours } from '../../../../server/domain/people/person.ts';
import { MODES, settingsFor, type MatchingSettings } from '../../../../server/domain/matching/settings.ts';
import type { LocalDate, ZoneId } from '../../../../server/domain/time/instant.ts';
import { numbers } from './solve/make-instance.ts';

const SKILLS = Array.from({ length: 24 }, (_, i) => `skill-${i}`);
const INTERESTS = Array.from({ length: 20 }, (_, i) => `interest-${i}`);
const LANGUAGES = ['en', 'it', 'pl', 'uk', 'pt'];
const ZONES = ['Europe/Rome', 'Europe/Warsaw', 'Europe/Kyiv', 'Europe/London', 'America/New_York', 'America/Sao_Paulo'];
const DEPARTMENTS = Array.from({ length: 14 }, (_, i) => `department-${i}`);
const OFFICES = ['Milan', 'Warsaw', 'Kyiv', 'London', 'Boston', 'São Paulo'];
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

export interface CohortShape {
  mentees: number;
  mentors: number;
  seed: number;
  /** How many skills mentors have, at most; 8 unless told. */
  skills?: number;
  settings?: MatchingSettings;
  /** Everybody speaks English: unless told, not all do. */
  isEnglish?: boolean;
}

/** A cohort by chance: a company with a tree of managers, its executives as mentees and juniors as mentors. */
export function makeCohort({
  mentees,
  mentors,
  seed,
  skills = 8,
  settings,
  isEnglish = false,
}: CohortShape): ProfileCohort {
  const random = numbers(seed);
  const whole = (below: number): number => Math.floor(random() * below);
  const pick = <T>(list: readonly T[]): T => list[whole(list.length)]!;
  const some = <T>(list: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: whole(most + 1) }, () => pick(list))),
  ];
  const organization = new Map<string, OrganizationEntry>();
  const enter = (id: string, managerId: string | null): void => {
    organization.set(id, {
      id,
      managerId,
      department: random() < 0.1 ? null : pick(DEPARTMENTS),
      office: random() < 0.1 ? null : pick(OFFICES),
      country: random() < 0.1 ? null : pick(LANGUAGES),
      level: random() < 0.02 ? whole(6) : null,
    });
  };
  enter('chief', null);
  const hours = (): WorkingHours => {
    const period: [string, string][] = [[`0${7 + whole(3)}:00`, `1${6 + whole(3)}:00`]];
    return Object.fromEntries(DAYS.slice(0, 4 + whole(2)).map((day) => [day, period]));
  };
  const profile = (id: string, index: number): Profile => ({
    id,
    goals: some(SKILLS, 4).map((skill) => ({ skill, level: 1 + whole(5), weight: 1 + whole(3) })),
    skills: some(SKILLS, skills).map((skill) => ({ skill, level: 1 + whole(5) })),
    interests: some(INTERESTS, 5).map((name) => (index % 7 === 0 ? ` ${name.toUpperCase()}` : name)),
    languages: [...new Set([...some(LANGUAGES, 2), ...(isEnglish || random() < 0.8 ? ['en'] : [])])],
    style: random() < 0.2 ? null : { communication: 1 + whole(5), initiative: 1 + whole(5), structure: 1 + whole(5) },
    timeZone: pick(ZONES) as ZoneId,
    workingHours: random() < 0.4 ? null : hours(),
    pastPartners: [],
    isPaused: random() < 0.02,
  });
  const seniors = Array.from({ length: mentees }, (_, i): MenteeProfile => {
    const id = `mentee-${i}`;
    enter(id, i === 0 || random() < 0.5 ? 'chief' : `mentee-${whole(i)}`);
    return { ...profile(id, i), wants: random() < 0.2 ? 2 : 1 };
  });
  const juniors = Array.from({ length: mentors }, (_, j): MentorProfile => {
    const id = j === 0 && mentees > 0 && random() < 0.3 ? 'mentee-0' : `mentor-${j}`;
    if (id !== 'mentee-0') {
      const isLost = random() < 0.05;
      const above = j > 0 && random() < 0.6 ? `mentor-${whole(j)}` : mentees > 0 ? `mentee-${whole(mentees)}` : 'chief';
      enter(id, isLost ? (random() < 0.5 ? null : 'nobody') : above);
    }
    return {
      ...profile(id, j),
      capacity: 1 + whole(3),
      isTrained: random() < 0.95,
      motivation: random() < 0.5 ? 'To learn from experience.' : null,
    };
  });
  // A circle of managers, as directories have them.
  if (mentors > 3) organization.set('mentor-1', { ...organization.get('mentor-1')!, managerId: 'mentor-2' });
  if (mentors > 3) organization.set('mentor-2', { ...organization.get('mentor-2')!, managerId: 'mentor-1' });
  for (const mentee of seniors) {
    if (random() < 0.2 && mentors > 0)
      mentee.pastPartners = [{ id: juniors[whole(mentors)]!.id, endedOn: random() < 0.5 ? '2019-05-31' : null }];
  }
  return {
    settings:
      settings ?? settingsFor(pick(MODES), random() < 0.5 ? {} : { rules: { pastPairMonths: 0, minimumScore: 0 } }),
    startsOn: '2026-09-28' as LocalDate,
    weeks: 24,
    organization,
    mentees: seniors,
    mentors: juniors,
    forbidden: seniors.flatMap(({ id }): [string, string][] =>
      random() < 0.1 && mentors > 0 ? [[id, juniors[whole(mentors)]!.id]] : [],
    ),
    departmentPartnerships: [
      ['department-0', 'department-1'],
      ['department-2', 'department-3'],
    ],
  };
}
