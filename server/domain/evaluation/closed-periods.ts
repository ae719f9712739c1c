import { DAY, plus, type Instant } from '../time/instant.ts';

/** 1970-01-05 was a Monday. */
const MONDAY = (4 * DAY) as Instant;

/** The end of the last closed week: Monday 00:00 UTC of the present one. Answers of closed weeks alone are published. */
export const lastClosedWeek = (now: Instant): Instant => plus(MONDAY, Math.floor((now - MONDAY) / (7 * DAY)) * 7 * DAY);

/** The end of the last closed day, 00:00 UTC: what people did since is not told, for its moment would be (reliability.md 87). */
export const lastClosedDay = (now: Instant): Instant => (Math.floor(now / DAY) * DAY) as Instant;
