/** Where the scan of a row begins: spread over the columns, so that equal scores do not all lead to the first ones. */
export const beginOf = (row: number, columns: number): number =>
  Math.floor((row * 0.6180339887498949 * columns) % columns);

/**
 * The `size` columns of a row that are worth most, best first, equal ones in the order of a scan from `begin` on. What is
 * not worth more than `bar` is left out.
 */
export function pickBest(worth: Int32Array | Float64Array, size: number, bar = -1, begin = 0): number[] {
  const best: number[] = [];
  let least = bar;
  for (let k = 0, j = begin; k < worth.length; k++, j = j + 1 === worth.length ? 0 : j + 1) {
    const own = worth[j]!;
    if (!(own > least)) continue;
    let at = best.length < size ? best.length : size - 1;
    for (; at > 0 && worth[best[at - 1]!]! < own; at--) best[at] = best[at - 1]!;
    best[at] = j;
    if (best.length === size) least = worth[best[size - 1]!]!;
  }
  return best;
}

/** At most `size` columns with a score, at even distances among all of them in the order of a scan from `begin` on. */
export function pickSpread(scores: Int32Array, size: number, begin: number): number[] {
  const all: number[] = [];
  for (let k = 0, j = begin; k < scores.length; k++, j = j + 1 === scores.length ? 0 : j + 1)
    if (scores[j]! >= 0) all.push(j);
  const length = Math.min(size, all.length);
  return Array.from({ length }, (_, k) => all[Math.floor((k * all.length) / length)]!);
}
