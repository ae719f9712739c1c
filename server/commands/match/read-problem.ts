import type { MatchingInput } from '../../contract/matching-input.ts';
import { parseMatching } from '../../contract/matching.ts';
import type { ProfileProblem } from '../../domain/matching/match-profiles.ts';
import type { Profile } from '../../domain/matching/profile.ts';
import { settingsFor, type MatchingSettings } from '../../domain/matching/settings.ts';
import type { LocalDate, ZoneId } from '../../domain/time/instant.ts';
import { parseZone } from '../../domain/time/zones.ts';
import { UsageError } from '../read-args.ts';

/** What `inverso match` was given, as the matching takes it, people in the order of the input. Throws UsageError. */
export function readProblem(input: unknown, seed: number): ProfileProblem {
  const parsed = parseMatching(input, parseZone);
  if ('faults' in parsed) throw new UsageError(parsed.faults);
  const { program, organization, mentees, mentors, pinned, forbidden, departmentPartnerships } = parsed.value;
  return {
    settings: readSettings(program),
    startsOn: program.from as LocalDate,
    weeks: program.weeks,
    organization: new Map(organization.map((entry) => [entry.id, { ...entry, level: levelOf(entry) }])),
    mentees: mentees.map((mentee) => ({ ...readProfile(mentee), wants: mentee.wants })),
    mentors: mentors.map((mentor) => ({
      ...readProfile(mentor),
      capacity: mentor.capacity,
      isTrained: mentor.trained,
      motivation: mentor.motivation,
    })),
    pinned,
    forbidden,
    departmentPartnerships,
    seed,
  };
}

/** Who is listed without a manager stands at the top; of a real directory the matching would not believe that. */
const levelOf = ({ id, managerId, level }: MatchingInput['organization'][number]): number | null =>
  level ?? (managerId === null || managerId === id ? 0 : null);

function readSettings({ mode, weights, rules, styleSigns }: MatchingInput['program']): MatchingSettings {
  try {
    return settingsFor(mode, { weights, rules, styleSigns });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // What it says is `weights.style: must not exceed ...`: the contract does not know the sums.
    const [path, ...reason] = error.message.split(': ');
    throw new UsageError([{ path: `program.${path}`, reason: reason.join(': ') }]);
  }
}

function readProfile(person: MatchingInput['mentees' | 'mentors'][number]): Profile {
  const { id, goals, skills, interests, languages, style, timeZone, workingHours, pastPartners, paused } = person;
  return {
    ...{ id, goals, skills, interests, languages, style, workingHours, pastPartners },
    // parseZone gave it.
    timeZone: timeZone as ZoneId,
    isPaused: paused,
  };
}
