import { TOPICS } from '../../server/contract/vocabulary.ts';
import type { CohortMatching } from '../../server/domain/matching/match-cohort.ts';
import { WEEKDAYS, type Participant, type Person, type PersonId } from '../../server/domain/people/person.ts';
import type { LocalDate, ZoneId } from '../../server/domain/time/instant.ts';
import { numbers } from '../server/domain/matching/solve/make-instance.ts';
import { makePerson } from '../server/domain/matching/make-participant.ts';

const ZONES = ['Europe/Rome', 'Europe/Warsaw', 'Europe/Kyiv', 'America/Sao_Paulo', 'America/New_York'] as ZoneId[];
const LANGUAGES = ['it', 'pl', 'uk', 'pt', 'en'];
const HOBBIES = ['chess', 'cooking', 'running', 'music', 'theater', 'sailing', 'gardens', 'films', 'history', 'maps'];
/** Mentees of one chief, and teams of mentors below one lead. */
const GROUP = 10;

/** A cohort of so many people of one company, alike but not the same. The same numbers give the same cohort. */
export function makeCrowd(mentees: number, mentors: number): CohortMatching {
  const people: Person[] = [];
  const hire = (name: string, managerId: PersonId | null, at: number): PersonId => {
    const department = `Department ${at % 14}`;
    people.push(makePerson(name, { managerId, department, officeLocation: `Office ${at % 9}` }));
    return name as PersonId;
  };
  const top = hire('top', null, 0);
  const chiefs = Array.from({ length: Math.ceil(mentees / GROUP) }, (_, i) => hire(`chief-${i}`, top, i));
  const heads = Array.from({ length: GROUP }, (_, i) => hire(`head-${i}`, top, i));
  const leads = Array.from({ length: Math.ceil(mentors / GROUP) }, (_, i) => hire(`lead-${i}`, heads[i % GROUP]!, i));
  return {
    mentees: Array.from({ length: mentees }, (_, i) =>
      makeOne(hire(`mentee-${i}`, chiefs[Math.floor(i / GROUP)]!, i), 'mentee', i),
    ),
    mentors: Array.from({ length: mentors }, (_, i) =>
      makeOne(hire(`mentor-${i}`, leads[Math.floor(i / GROUP)]!, i), 'mentor', i),
    ),
    people: new Map(people.map((one) => [one.personId, one])),
    startsOn: '2026-10-05' as LocalDate,
    weeks: 24,
    pinned: [],
    seed: 1,
  };
}

function makeOne(personId: PersonId, side: Participant['side'], at: number): Participant {
  const random = numbers(at * 2 + (side === 'mentor' ? 1 : 0));
  const whole = (below: number): number => Math.floor(random() * below);
  const pick = <T>(from: readonly T[], count: number): T[] => [
    ...new Set(Array.from({ length: count }, () => from[whole(from.length)]!)),
  ];
  const topics = pick(TOPICS, side === 'mentor' ? 6 : 4);
  return {
    personId,
    side,
    seats: 1,
    skills: side === 'mentor' ? topics.map((topic) => ({ topic, level: 1 + whole(5) })) : [],
    goals: side === 'mentee' ? topics.map((topic) => ({ topic, level: 1 + whole(3) })) : [],
    interests: pick(HOBBIES, 4),
    languages: [LANGUAGES[whole(LANGUAGES.length)]!, 'en'],
    motivation: whole(3) === 0 ? 'Curious what the others do all day.' : null,
    locale: 'en',
    timeZone: ZONES[whole(ZONES.length)]!,
    // Each their own, as people are read from a database.
    workingHours: Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, [['09:00', '18:00'] as const]])),
    isTrained: true,
    isPaused: false,
  };
}
