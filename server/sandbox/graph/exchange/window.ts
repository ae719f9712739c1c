import { GraphRefusal } from '../refusal.ts';
import { DAY, parseInstant } from './zones.ts';

const MOST_DAYS = 1825;

/** Reads `startDateTime` and `endDateTime`; without an offset they are UTC, whatever `Prefer` says. Refuses (400). */
export function readWindow(query: URLSearchParams): { from: number; to: number } {
  const named = new Map([...query].map(([key, value]) => [key.toLowerCase(), value]));
  const [start, end] = [named.get('startdatetime'), named.get('enddatetime')];
  if (start === undefined || end === undefined) {
    throw new GraphRefusal(
      400,
      'ErrorInvalidParameter',
      'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.',
    );
  }
  const [from, to] = [parseInstant(start), parseInstant(end)];
  if (from === null || to === null) {
    const value = from === null ? start : end;
    throw new GraphRefusal(400, 'ErrorInvalidParameter', `The value '${value}' is not a valid date and time.`);
  }
  if (to < from) {
    throw new GraphRefusal(400, 'ErrorInvalidParameter', 'EndDateTime must not be before StartDateTime.');
  }
  if (to - from > MOST_DAYS * DAY) {
    throw new GraphRefusal(400, 'ErrorInvalidParameter', `The requested time window is longer than ${MOST_DAYS} days.`);
  }
  return { from, to };
}
