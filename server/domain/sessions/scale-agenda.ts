/**
 * The minutes of an agenda's steps for a session of another length: the last step, the mentor's own question, keeps its
 * time; the others share the rest in their proportions, each at least a minute, in whole minutes that add up to `length`.
 * Where a session is too short for that, the steps keep a minute each and the first one what is left of it.
 * scaleAgenda([3, 7, 9, 6, 5], 45) // => [5, 11, 14, 10, 5]
 */
export function scaleAgenda(minutes: readonly number[], length: number): number[] {
  const last = minutes.at(-1) ?? 0;
  const others = minutes.slice(0, -1);
  const total = others.reduce((sum, each) => sum + each, 0);
  const rest = length - last;
  if (total === rest || others.length === 0) return [...minutes];
  const exact = others.map((each) => (each * rest) / total);
  const scaled = exact.map((each) => Math.max(1, Math.floor(each)));
  // What rounding left over goes to the steps that lost most by it, the earlier first.
  const byLoss = exact.map((each, i) => ({ i, loss: each - scaled[i]! })).sort((a, b) => b.loss - a.loss || a.i - b.i);
  let left = rest - scaled.reduce((sum, each) => sum + each, 0);
  for (const { i } of byLoss) {
    if (left <= 0) break;
    scaled[i]! += 1;
    left -= 1;
  }
  // A minute for each small step is taken from the longest ones.
  while (left < 0) {
    const longest = scaled.indexOf(Math.max(...scaled));
    if (scaled[longest]! <= 1) break;
    scaled[longest]! -= 1;
    left += 1;
  }
  return [...scaled, last];
}
