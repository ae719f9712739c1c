import { isGapTooSmall, type PairJudge } from './judge-pair.ts';
import { BLOCKED, styleKeyOf, type Classes, type Combined, type MentorColumns } from './mentor-columns.ts';
import { hoursKeyOf } from './overlap.ts';
import { languagePoints, overlapPoints, stylePoints } from './points.ts';
import type { MenteeProfile, MentorProfile } from './profile.ts';
import type { MatchingSettings } from './settings.ts';

/** What one mentee gives each class of mentors, BLOCKED where a rule forbids it. */
export interface Tables {
  /** By MentorColumns.where. */
  where: Int32Array;
  /** By MentorColumns.place. */
  place: Int32Array;
  /** By MentorColumns.style. */
  style: Int32Array;
}

/** Tables of mentees who are alike are made once, up to so many numbers of each kind: 8 MB. */
const MOST_KEPT = 2_000_000;

/** Makes the tables of one mentee after another; those of people who are alike are the same arrays. */
export function createTables(
  { weights, rules, styleSigns }: MatchingSettings,
  judge: PairJudge,
  columns: MentorColumns,
): (mentee: MenteeProfile) => Tables {
  const { organization, read, overlapOf } = judge;
  const languages = keepTables(
    columns.languages,
    (mentee) => read(mentee).languages.join(),
    (mentee, mentor) => {
      const [own, other] = [read(mentee).languages, read(mentor).languages];
      if (rules.sharedLanguage && !own.some((language) => other.includes(language))) return BLOCKED;
      return languagePoints(weights.languages, own, other);
    },
  );
  const hours = keepTables(columns.hours, hoursKeyOf, (mentee, mentor) => {
    const { minutesPerDay, minutesPerWeek } = overlapOf(mentee, mentor);
    return minutesPerDay < rules.minimumOverlap ? BLOCKED : overlapPoints(weights.overlap, minutesPerWeek);
  });
  const style = keepTables(columns.style, styleKeyOf, (mentee, mentor) =>
    stylePoints(weights.style, styleSigns, mentee.style, mentor.style),
  );
  const level = keepTables(
    columns.level,
    ({ id }) => String(organization.levelOf(id)),
    (mentee, mentor) =>
      isGapTooSmall(rules.seniorityGap, organization.levelOf(mentee.id), organization.levelOf(mentor.id)) ? BLOCKED : 0,
  );
  const entryOf = ({ id }: { id: string }) => organization.entryOf(id);
  const office = createDifference(columns.office, weights.office, 0, (one) => entryOf(one)?.office);
  const country = createDifference(columns.country, weights.country, 0, (one) => entryOf(one)?.country);
  const department = createDifference(
    columns.department,
    weights.department,
    rules.otherDepartment ? BLOCKED : 0,
    (one) => entryOf(one)?.department,
  );
  const departments = columns.department.examples.map((mentor) => entryOf(mentor)?.department ?? null);
  const departmentOf = (mentee: MenteeProfile): Int32Array => {
    const table = department(mentee);
    const own = entryOf(mentee)?.department;
    if (own && judge.hasDepartmentPartners(own))
      for (let k = 0; k < departments.length; k++)
        if (judge.areDepartmentPartners(own, departments[k])) table[k]! += weights.departmentPartnership;
    return table;
  };
  const where = keep(
    (mentee) => `${read(mentee).languages.join()} ${hoursKeyOf(mentee)}`,
    (mentee) => addUp(columns.where, [languages(mentee), hours(mentee)]),
  );
  const place = keep(
    (mentee) => {
      const own = entryOf(mentee);
      return JSON.stringify([own?.department, own?.office, own?.country, organization.levelOf(mentee.id)]);
    },
    (mentee) => addUp(columns.place, [departmentOf(mentee), office(mentee), country(mentee), level(mentee)]),
  );
  return (mentee) => ({ where: where(mentee), place: place(mentee), style: style(mentee) });
}

type TableOf = (mentee: MenteeProfile) => Int32Array;

/** The points of one kind of class, made once for all mentees of the same key. */
const keepTables = (
  { examples }: Classes,
  keyOf: (mentee: MenteeProfile) => string,
  pointsOf: (mentee: MenteeProfile, mentor: MentorProfile) => number,
): TableOf => keep(keyOf, (mentee) => Int32Array.from(examples, (mentor) => pointsOf(mentee, mentor)));

/** Tables that are made once for all mentees of the same key, as long as there is room. */
function keep(keyOf: (mentee: MenteeProfile) => string, make: TableOf): TableOf {
  const kept = new Map<string, Int32Array>();
  let room = MOST_KEPT;
  return (mentee) => {
    const key = keyOf(mentee);
    let table = kept.get(key);
    if (!table) {
      table = make(mentee);
      if ((room -= table.length) >= 0) kept.set(key, table);
    }
    return table;
  };
}

/** `other` for each class with another text than the mentee's, `same` for its own, 0 where one of the two is not known. */
function createDifference(
  { examples }: Classes,
  other: number,
  same: number,
  textOf: (person: { id: string }) => string | null | undefined,
): TableOf {
  const texts = examples.map((mentor) => textOf(mentor) ?? '');
  const table = new Int32Array(texts.length);
  return (mentee) => {
    const own = textOf(mentee) ?? '';
    for (let k = 0; k < texts.length; k++)
      table[k] = own === '' || texts[k] === '' ? 0 : texts[k] === own ? same : other;
    return table;
  };
}

/** Each combination gives what its classes give together. */
function addUp({ kinds }: Combined, tables: readonly Int32Array[]): Int32Array {
  const out = new Int32Array(kinds[0]!.length);
  for (let t = 0; t < tables.length; t++) {
    const [table, classes] = [tables[t]!, kinds[t]!];
    // Two blocked ones together must not go round to the other end of 32 bits.
    for (let k = 0; k < out.length; k++) out[k] = Math.max(BLOCKED, out[k]! + table[classes[k]!]!);
  }
  return out;
}
