const WEEK_MS = 7 * 86_400_000;

/** The weeks in which a cohort has dates: the first instant and the number of weeks. */
export interface Weeks {
  from: number;
  count: number;
}

/** The weeks of all dates; null without any. */
export function weeksOf(pairs: readonly { dates: readonly string[] }[]): Weeks | null {
  let [first, last] = [Infinity, -Infinity];
  for (const { dates } of pairs)
    for (const date of dates) {
      const at = Date.parse(date);
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
  if (first === Infinity) return null;
  return { from: first, count: Math.max(1, Math.ceil((last - first) / WEEK_MS)) };
}

/** Where an instant stands, 0 at the first week and 1 at the end of the last. */
export const placeInWeeks = (date: string, { from, count }: Weeks): number =>
  (Date.parse(date) - from) / (count * WEEK_MS);
