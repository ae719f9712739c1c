/** A group of a breakdown; `label` null: what is left over. */
export interface Group<T> {
  label: string | null;
  members: T[];
}

/**
 * Splits people by a property, so that every group and what is left over have at least `least` members (reliability.md
 * section 6, the remainder rule): smaller groups are left over, and the smallest of the others with them until those
 * are enough. Null where fewer than two groups come of it. Groups by size, then by label; what is left over last.
 * Looks at nothing but sizes.
 */
export function breakDown<T>(
  members: readonly T[],
  labelOf: (member: T) => string | null,
  least: number,
): Group<T>[] | null {
  const byLabel = new Map<string, T[]>();
  const rest: T[] = [];
  for (const member of members) {
    const label = labelOf(member);
    if (label === null) rest.push(member);
    else if (byLabel.has(label)) byLabel.get(label)?.push(member);
    else byLabel.set(label, [member]);
  }
  const groups = [...byLabel]
    .map(([label, own]) => ({ label, members: own }))
    .sort((a, b) => b.members.length - a.members.length || (a.label < b.label ? -1 : 1));
  for (let last = groups.at(-1); last; last = groups.at(-1)) {
    const isEnough = last.members.length >= least && (rest.length === 0 || rest.length >= least);
    if (isEnough) break;
    rest.push(...last.members);
    groups.pop();
  }
  const all: Group<T>[] = rest.length === 0 ? groups : [...groups, { label: null, members: rest }];
  return all.length < 2 ? null : all;
}
