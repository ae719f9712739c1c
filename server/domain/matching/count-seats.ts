/**
 * How many seats pairs of at least `threshold` can fill: a maximum flow in rounds of augmenting paths. Each mentee gets
 * different mentors, up to `wants`; each mentor takes up to `capacities` mentees. Scores below 0 are never allowed.
 */
export function countSeats(
  { wants, capacities, scores }: { wants: readonly number[]; capacities: readonly number[]; scores: Int32Array },
  threshold: number,
): number {
  const width = capacities.length;
  const lowest = Math.max(0, threshold);
  const options = wants.map((_, i) => {
    const row: number[] = [];
    for (let j = 0; j < width; j++) if (scores[i * width + j]! >= lowest) row.push(j);
    return row;
  });
  const mentorsOf: Set<number>[] = wants.map(() => new Set());
  const menteesOf: Set<number>[] = capacities.map(() => new Set());
  const isTried = new Uint8Array(width);

  /** Finds mentee `i` one more mentor, if need be by finding another one for somebody who has that mentor. */
  const seat = (i: number): boolean => {
    const open: number[] = [];
    for (const j of options[i]!) {
      if (isTried[j] || mentorsOf[i]!.has(j)) continue;
      if (menteesOf[j]!.size < capacities[j]!) return link(i, j);
      open.push(j);
    }
    for (const j of open) {
      if (isTried[j]) continue;
      isTried[j] = 1;
      for (const other of menteesOf[j]!) {
        if (!seat(other)) continue;
        menteesOf[j]!.delete(other);
        mentorsOf[other]!.delete(j);
        return link(i, j);
      }
    }
    return false;
  };
  const link = (i: number, j: number): true => {
    mentorsOf[i]!.add(j);
    menteesOf[j]!.add(i);
    return true;
  };

  let seats = 0;
  for (let grew = true; grew;) {
    grew = false;
    isTried.fill(0);
    for (let i = 0; i < wants.length; i++) {
      if (mentorsOf[i]!.size < wants[i]! && seat(i)) {
        seats++;
        grew = true;
      }
    }
  }
  return seats;
}
