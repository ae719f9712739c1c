import { createTables, type Tables } from './create-tables.ts';
import type { PairJudge, ProfileCohort } from './judge-pair.ts';
import type { MentorColumns } from './mentor-columns.ts';
import { ENOUGH_INTERESTS, goalPoints, interestPoints } from './points.ts';
import type { MenteeProfile, MentorProfile } from './profile.ts';
import { NOT_ALLOWED } from './solve/score-rows.ts';

/** In the sum of a mentor's points: one more goal is covered. Above every score, so that both are counted in one pass. */
const COVERED = 2 ** 21;
/** A level is 1 to 5; 0 stands for none. */
const LEVELS = 6;

export type FillRow = (mentee: MenteeProfile, out: Int32Array) => void;

/**
 * Fills rows with everything that tables can tell: all but what hangs on the two people by name, as their lines, excluded and
 * earlier pairs do, and on a pause of the mentee.
 */
export function createRow({ settings, mentors }: ProfileCohort, judge: PairJudge, columns: MentorColumns): FillRow {
  const { weights, rules } = settings;
  const { read, goalWeights } = judge;
  const shared = new Uint8Array(mentors.length);
  const tables = createTables(settings, judge, columns);
  const interestTable = Int32Array.from({ length: ENOUGH_INTERESTS + 1 }, (_, n) =>
    interestPoints(weights.interests, n),
  );
  const needsBack = goalWeights.mentor > 0 && rules.goalCovered ? needBackOf(mentors, judge) : null;
  const back = needsBack && new Uint8Array(mentors.length);
  const add = new Int32Array(LEVELS);
  return (mentee, out) => {
    const own = read(mentee);
    out.set(columns.base);
    for (const { skill, level, share } of own.goals) {
      const holders = columns.skills.get(skill);
      if (!holders) continue;
      for (let known = 1; known < LEVELS; known++)
        add[known] =
          goalPoints(goalWeights.mentee, { known, level, share, all: own.all }) + (known >= level ? COVERED : 0);
      addByLevel(out, holders.columns, holders.levels, add);
    }
    if (goalWeights.mentor > 0) addGoalsOfMentors(out, back, mentee);
    for (const interest of own.interests) {
      const holders = columns.interests.get(interest);
      if (holders) countShared(shared, holders.columns);
    }
    sumUp(out, shared, interestTable, columns, tables(mentee), rules.goalCovered ? COVERED : 0, rules.minimumScore);
    if (needsBack) for (let j = 0; j < mentors.length; j++) if (needsBack[j]! > back![j]!) out[j] = NOT_ALLOWED;
    shared.fill(0);
    back?.fill(0);
  };

  function addGoalsOfMentors(out: Int32Array, covered: Uint8Array | null, mentee: MenteeProfile): void {
    for (const [skill, known] of read(mentee).skills) {
      const goals = columns.goals.get(skill);
      goals?.columns.forEach((j, k) => {
        const level = goals.levels[k]!;
        out[j]! += goalPoints(goalWeights.mentor, { known, level, share: goals.shares[k]!, all: goals.alls[k]! });
        if (covered && known >= level) covered[j] = 1;
      });
    }
  }
}

/** 1 for each mentor who has goals of their own: one of them has to be covered too. */
const needBackOf = (mentors: readonly MentorProfile[], { read }: PairJudge): Uint8Array =>
  Uint8Array.from(mentors, (mentor) => (read(mentor).goals.length > 0 ? 1 : 0));

function addByLevel(out: Int32Array, columns: Int32Array, levels: Uint8Array, add: Int32Array): void {
  for (let k = 0; k < columns.length; k++) out[columns[k]!]! += add[levels[k]!]!;
}

function countShared(shared: Uint8Array, columns: Int32Array): void {
  for (let k = 0; k < columns.length; k++) {
    const j = columns[k]!;
    if (shared[j]! < ENOUGH_INTERESTS) shared[j]!++;
  }
}

/** The last pass of a row, in one loop over columns: every array is a local, so that nothing is looked up inside. */
function sumUp(
  out: Int32Array,
  shared: Uint8Array,
  ofShared: Int32Array,
  columns: MentorColumns,
  { where: ofWhere, place: ofPlace, style: ofStyle }: Tables,
  needed: number,
  least: number,
): void {
  const [where, place, style] = [columns.where.of, columns.place.of, columns.style.of];
  const length = where.length;
  const points = COVERED - 1;
  for (let j = 0; j < length; j++) {
    const gathered = out[j]!;
    const score =
      ((gathered & points) + ofWhere[where[j]!]! + ofPlace[place[j]!]! + ofStyle[style[j]!]! + ofShared[shared[j]!]!) |
      0;
    // All bits set (which is NOT_ALLOWED) where one of the three is negative, else none. A branch would be taken or not by
    // no pattern, and cost more than all the rest.
    out[j] = score | (((gathered - needed) | (score - least) | score) >> 31);
  }
}
