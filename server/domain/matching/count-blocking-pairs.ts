/**
 * How many allowed pairs would both prefer each other: each of the two has a free seat or a partner with a lower score.
 * A figure for the administrator, not a fault: the cohort as a whole comes first (performance.md A4).
 */
export function countBlockingPairs(
  { wants, capacities, scores }: { wants: readonly number[]; capacities: readonly number[]; scores: Int32Array },
  pairs: readonly (readonly [number, number])[],
): number {
  const width = capacities.length;
  const weakest = (count: number, seats: readonly number[], side: 0 | 1): number[] =>
    Array.from({ length: count }, (_, index) => {
      const own = pairs.filter((pair) => pair[side] === index).map(([i, j]) => scores[i * width + j]!);
      return own.length < seats[index]! ? -1 : Math.min(...own);
    });
  const menteeWorst = weakest(wants.length, wants, 0);
  const mentorWorst = weakest(width, capacities, 1);
  const matched = new Set(pairs.map(([i, j]) => i * width + j));
  let blocking = 0;
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at]!;
    if (score < 0 || matched.has(at)) continue;
    if (score > menteeWorst[Math.floor(at / width)]! && score > mentorWorst[at % width]!) blocking++;
  }
  return blocking;
}
