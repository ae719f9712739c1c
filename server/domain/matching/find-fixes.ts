import type { PairJudge, ProfileCohort } from './judge-pair.ts';
import type { MentorColumns } from './mentor-columns.ts';
import type { MenteeProfile } from './profile.ts';

/** Columns of one mentee that hang on the two people by name; the same one may come more than once. */
export interface Fixes {
  /** Mentors who must not be matched: the person, people of the line, siblings, excluded ones. */
  forbidden: (mentee: MenteeProfile) => number[];
  /** Mentors of an earlier pair. */
  past: (mentee: MenteeProfile) => number[];
}

/** Finds the pairs that are not as tables of classes say. */
export function findFixes(
  { settings, mentees, mentors, forbidden }: ProfileCohort,
  judge: PairJudge,
  columns: MentorColumns,
): Fixes {
  const { rules } = settings;
  const { organization } = judge;
  const { columnOf, below, reports } = columns;
  const known = (ids: readonly string[]): number[] =>
    ids.map((id) => columnOf.get(id)).filter((j): j is number => j !== undefined);
  const excluded = new Map<string, number[]>();
  for (const [menteeId, mentorId] of forbidden) {
    const j = columnOf.get(mentorId);
    if (j !== undefined) excluded.set(menteeId, [...(excluded.get(menteeId) ?? []), j]);
  }
  const isMentee = new Set(mentees.map(({ id }) => id));
  const partners = new Map<string, number[]>();
  mentors.forEach(({ pastPartners }, j) => {
    for (const { id } of pastPartners) if (isMentee.has(id)) partners.set(id, [...(partners.get(id) ?? []), j]);
  });
  return {
    forbidden({ id }: MenteeProfile): number[] {
      const found = [...known([id]), ...(excluded.get(id) ?? [])];
      if (rules.reportingLine) found.push(...known(organization.participantsAbove(id)), ...(below.get(id) ?? []));
      const manager = organization.managerOf(id);
      if (rules.siblings && manager !== null)
        found.push(...(reports.get(manager) ?? []).filter((j) => mentors[j]!.id !== manager));
      return found;
    },
    past: ({ id, pastPartners }: MenteeProfile): number[] => [
      ...known(pastPartners.map((partner) => partner.id)),
      ...(partners.get(id) ?? []),
    ],
  };
}
