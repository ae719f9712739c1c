import type { MatchingInput } from './matching-input.ts';

/** A fault of the input: where it is, and what is allowed there. */
export interface MatchingFault {
  path: string;
  reason: string;
}

/**
 * What is wrong between fields that are right by themselves. A manager who is not listed, a circle of managers, people
 * who are not in `organization`, an empty list of skills and unknown working hours are no faults.
 */
export function* findMatchingFaults(input: MatchingInput): Generator<MatchingFault, void> {
  for (const name of ['organization', 'mentees', 'mentors'] as const) yield* findTwice(input[name], 'id', name);
  for (const name of ['mentees', 'mentors'] as const) {
    for (const [i, { goals, skills }] of input[name].entries()) {
      yield* findTwice(goals, 'skill', `${name}.${i}.goals`);
      yield* findTwice(skills, 'skill', `${name}.${i}.skills`);
    }
  }
  for (const [i, [one, other]] of input.departmentPartnerships.entries())
    if (one === other) yield { path: `departmentPartnerships.${i}`, reason: 'must be two departments' };
  yield* findInPairs(input);
}

/** Skills are compared as people mean them: `Python` and `python` are one. Ids are compared as they are. */
function* findTwice<K extends 'id' | 'skill'>(
  items: readonly Record<K, string>[],
  key: K,
  path: string,
): Generator<MatchingFault, void> {
  const first = new Map<string, number>();
  for (const [i, item] of items.entries()) {
    const value = key === 'skill' ? item[key].toLowerCase() : item[key];
    const before = first.get(value);
    if (before === undefined) first.set(value, i);
    else yield { path: `${path}.${i}.${key}`, reason: `is the same as ${path}.${before}.${key}` };
  }
}

function* findInPairs({ mentees, mentors, pinned, forbidden }: MatchingInput): Generator<MatchingFault, void> {
  const wanted = new Map(mentees.map(({ id, wants }) => [id, wants]));
  const offered = new Map(mentors.map(({ id, capacity }) => [id, capacity]));
  const [wants, capacities] = [new Map(wanted), new Map(offered)];
  const pairs = new Map<string, number>();

  for (const [k, [mentee, mentor]] of pinned.entries()) {
    const path = `pinned.${k}`;
    yield* findUnknown(path, [mentee, mentor], wants, capacities);
    const key = keyOf(mentee, mentor);
    if (pairs.has(key)) {
      yield { path, reason: `is the same as pinned.${pairs.get(key)}` };
      continue;
    }
    pairs.set(key, k);
    const [free, places] = [wanted.get(mentee), offered.get(mentor)];
    if (free === undefined || places === undefined) continue;
    if (free === 0) yield { path: `${path}.0`, reason: `is pinned more often than wanted: ${wants.get(mentee)}` };
    else if (places === 0)
      yield { path: `${path}.1`, reason: `is pinned beyond the capacity: ${capacities.get(mentor)}` };
    else {
      wanted.set(mentee, free - 1);
      offered.set(mentor, places - 1);
    }
  }
  for (const [k, [mentee, mentor]] of forbidden.entries()) {
    const path = `forbidden.${k}`;
    yield* findUnknown(path, [mentee, mentor], wants, capacities);
    const pin = pairs.get(keyOf(mentee, mentor));
    if (pin !== undefined) yield { path, reason: `must not be pinned too: pinned.${pin}` };
  }
}

/** Ids hold no line feed. */
const keyOf = (mentee: string, mentor: string): string => `${mentee}\n${mentor}`;

function* findUnknown(
  path: string,
  [mentee, mentor]: [string, string],
  mentees: ReadonlyMap<string, number>,
  mentors: ReadonlyMap<string, number>,
): Generator<MatchingFault, void> {
  if (!mentees.has(mentee)) yield { path: `${path}.0`, reason: 'must be the id of a mentee' };
  if (!mentors.has(mentor)) yield { path: `${path}.1`, reason: 'must be the id of a mentor' };
}
