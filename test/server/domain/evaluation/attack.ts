import { BEST, WORST } from '../../../../server/domain/evaluation/small-groups.ts';

/**
 * What an attacker knows of a sum of answers: whose they are, and between which two numbers it lies. Each answer is a
 * whole number from 1 to 5.
 */
export interface SumFact {
  members: ReadonlySet<string>;
  least: number;
  most: number;
}

/**
 * Works out single answers: everything that follows from the facts by differences of sums of which one holds the other
 * (two snapshots, a group and all, a group and what is left over), and by the bounds of each answer, until nothing
 * changes. Gives every answer of which one value alone is possible.
 */
export function findSingles(
  facts: readonly SumFact[],
  known: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const bounds = new Map<string, { least: number; most: number }>();
  for (const { members } of facts)
    for (const key of members)
      if (!bounds.has(key)) {
        const value = known.get(key);
        bounds.set(key, value === undefined ? { least: WORST, most: BEST } : { least: value, most: value });
      }
  const all = withDifferences(facts);
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const fact of all) isChanged = narrow(fact, bounds) || isChanged;
  }
  const singles = new Map<string, number>();
  for (const [key, { least, most }] of bounds) if (least === most && !known.has(key)) singles.set(key, least);
  return singles;
}

/** Each answer lies between what the others leave of the sum at most and at least. */
function narrow({ members, least, most }: SumFact, bounds: Map<string, { least: number; most: number }>): boolean {
  let sumLeast = 0;
  let sumMost = 0;
  for (const key of members) {
    const own = bounds.get(key)!;
    sumLeast += own.least;
    sumMost += own.most;
  }
  let isChanged = false;
  for (const key of members) {
    const own = bounds.get(key)!;
    const lower = Math.max(own.least, least - (sumMost - own.most));
    const upper = Math.min(own.most, most - (sumLeast - own.least));
    if (lower > upper) throw new Error('the attacker has contradicted themselves');
    if (lower === own.least && upper === own.most) continue;
    sumLeast += lower - own.least;
    sumMost += upper - own.most;
    bounds.set(key, { least: lower, most: upper });
    isChanged = true;
  }
  return isChanged;
}

/** With each fact less the largest ones that it holds; smaller differences follow from these, step by step. */
function withDifferences(facts: readonly SumFact[]): SumFact[] {
  const all = [...facts];
  const bySize = facts.toSorted((a, b) => b.members.size - a.members.size);
  for (const whole of facts) {
    const taken: SumFact[] = [];
    for (const part of bySize) {
      if (part.members.size >= whole.members.size || !isWithin(part.members, whole.members)) continue;
      if (taken.some(({ members }) => isWithin(part.members, members))) continue;
      taken.push(part);
      const members = new Set([...whole.members].filter((key) => !part.members.has(key)));
      all.push({ members, least: whole.least - part.most, most: whole.most - part.least });
    }
  }
  return all;
}

function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  for (const key of part) if (!whole.has(key)) return false;
  return true;
}
