import type { ProfileCohort } from '../../../../server/domain/matching/judge-pair.ts';
import { measureOverlaps } from '../../../../server/domain/matching/overlap.ts';
import type { MenteeProfile, MentorProfile, Profile } from '../../../../server/domain/matching/profile.ts';

/** Decides as the settings of product.md C1 and C2 say, pair by pair over plain objects. Gives the score, or -1. */
export function createPlainScore(cohort: ProfileCohort): (mentee: MenteeProfile, mentor: MentorProfile) => number {
  const { settings, organization, startsOn, weeks, forbidden, departmentPartnerships } = cohort;
  const { weights, rules, styleSigns, mode } = settings;
  const overlaps = measureOverlaps(startsOn, weeks);
  const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
  const place = (id: string) => organization.get(id);
  const above = (id: string): string[] => {
    const found: string[] = [];
    for (let next = place(id)?.managerId; next && next !== id && !found.includes(next); next = place(next)?.managerId)
      found.push(next);
    return found;
  };
  const level = (id: string): number | null => {
    const own = place(id)?.level;
    if (own !== null && own !== undefined) return own;
    const count = above(id).length;
    const leads = [...organization.values()].some((entry) => entry.managerId === id && entry.id !== id);
    return count === 0 && !leads ? null : count;
  };
  const levels = new Map<string, number | null>();
  const levelOnce = (id: string): number | null => {
    if (!levels.has(id)) levels.set(id, level(id));
    return levels.get(id)!;
  };
  const goals = (learner: Profile, teacher: Profile, weight: number): { points: number; covered: boolean } => {
    const all = learner.goals.reduce((sum, goal) => sum + goal.weight, 0);
    let points = 0;
    let covered = false;
    for (const goal of learner.goals) {
      const known = teacher.skills.find(({ skill }) => same(skill, goal.skill))?.level ?? 0;
      const share = known >= goal.level ? 1 : known / (2 * goal.level);
      points += Math.floor((weight * goal.weight * Math.round(120 * share)) / (120 * all));
      covered ||= known >= goal.level;
    }
    return { points, covered };
  };
  const differ = (a: string | null | undefined, b: string | null | undefined): boolean => !!a && !!b && a !== b;

  return (mentee, mentor) => {
    const [a, b] = [place(mentee.id), place(mentor.id)];
    const chain = [...above(mentee.id), ...above(mentor.id)];
    const manager = a?.managerId ?? null;
    const overlap = overlaps(mentee, mentor);
    const shared = mentee.languages.filter((language) => mentor.languages.some((other) => same(language, other)));
    const half = mode === 'reciprocal' ? Math.ceil(weights.goals / 2) : weights.goals;
    const own = goals(mentee, mentor, half);
    const back = goals(mentor, mentee, weights.goals - half);
    const past = [
      ...mentee.pastPartners.filter(({ id }) => id === mentor.id),
      ...mentor.pastPartners.filter(({ id }) => id === mentee.id),
    ];
    const [high, low] = [levelOnce(mentee.id), levelOnce(mentor.id)];
    const gap = rules.seniorityGap;
    if (
      mentee.id === mentor.id ||
      mentee.isPaused ||
      mentor.isPaused ||
      (rules.training && !mentor.isTrained) ||
      (rules.reportingLine && (chain.includes(mentee.id) || chain.includes(mentor.id))) ||
      (rules.siblings &&
        manager !== null &&
        manager !== mentor.id &&
        manager === b?.managerId &&
        mentor.id !== manager) ||
      (gap !== null && high !== null && low !== null && (gap >= 0 ? low < high + gap : low > high + gap)) ||
      (rules.otherDepartment && !!a?.department && a.department === b?.department) ||
      (rules.sharedLanguage && shared.length === 0) ||
      overlap.minutesPerDay < rules.minimumOverlap ||
      (rules.goalCovered && !own.covered) ||
      (rules.goalCovered && mode === 'reciprocal' && mentor.goals.length > 0 && !back.covered) ||
      forbidden.some(([menteeId, mentorId]) => menteeId === mentee.id && mentorId === mentor.id) ||
      // The only two dates that makeCohort knows: one is long ago, the other not known.
      (rules.pastPairMonths > 0 && past.some(({ endedOn }) => endedOn === null))
    )
      return -1;
    const interests = mentee.interests.filter((one) => mentor.interests.some((other) => same(one, other))).length;
    let style = 0;
    let traits = 0;
    for (const trait of ['communication', 'initiative', 'structure'] as const) {
      if (styleSigns[trait] === 0 || mentee.style === null || mentor.style === null) continue;
      const apart = Math.abs(mentee.style[trait] - mentor.style[trait]);
      traits++;
      style += styleSigns[trait] === 1 ? 4 - apart : apart;
    }
    const isFirst = mentee.languages[0] !== undefined && shared.includes(mentee.languages[0]);
    let score =
      own.points +
      back.points +
      Math.floor((weights.overlap * Math.min(overlap.minutesPerWeek, 1_200)) / 1_200) +
      (isFirst ? weights.languages : shared.length > 0 ? Math.floor(weights.languages / 2) : 0) +
      Math.floor((weights.interests * Math.min(interests, 3)) / 3) +
      Math.floor(traits === 0 ? weights.style / 2 : (weights.style * style) / (4 * traits)) +
      (differ(a?.department, b?.department) ? weights.department : 0) +
      (differ(a?.office, b?.office) ? weights.office : 0) +
      (differ(a?.country, b?.country) ? weights.country : 0) +
      (mentor.motivation ? weights.motivation : 0);
    for (const [one, other] of departmentPartnerships) {
      if ((a?.department === one && b?.department === other) || (a?.department === other && b?.department === one))
        score += weights.departmentPartnership;
    }
    if (past.length > 0) score -= Math.min(score, weights.pastPair);
    return score >= rules.minimumScore ? score : -1;
  };
}
