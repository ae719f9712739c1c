/** timestamptz as both drivers give it in a UTC session (`2026-09-28 06:00:00.5+00`) -> milliseconds. */
export const parseTimestamp = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00`);
/** date stays text, `YYYY-MM-DD`. */
export const parseDate = (text: string): string => text;
/** int8 -> number, or bigint where a number would lie. */
export const parseInt8 = (text: string): number | bigint => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
};
