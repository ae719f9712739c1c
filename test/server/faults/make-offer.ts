import type { SlotOffer } from '../../../server/domain/slots/types.ts';
import { instant, plus, type Instant, type WallTime } from '../../../server/domain/time/instant.ts';
import { addDays, fromWallLoosely } from '../../../server/domain/time/wall-time.ts';
import { offer } from '../../make/pair.ts';
import { DAY, HOUR } from './units.ts';

/** One offer of weekly sessions from the Tuesday after next on, at one wall time, also after the clocks change. */
export function makeOffer(
  now: Instant,
  { first = nextTuesday(now), count = 3, moved = [] }: { first?: Instant; count?: number; moved?: readonly number[] },
): SlotOffer {
  return keepWallTime(offer({ first, count, moved }));
}

/** The Tuesday after next week's Monday, 10:00 in Rome, for whoever looks at `now`. */
function nextTuesday(now: number): Instant {
  const day = new Date(now + 8 * DAY);
  const tuesday = day.getTime() - (day.getTime() % DAY) + ((2 - day.getUTCDay() + 7) % 7) * DAY;
  // Rome is an hour nearer to UTC in winter; either way the wall says ten or nine, inside everybody's hours.
  return instant(tuesday + 8 * HOUR);
}

/** The same offer, with each date at the same wall time also after the clocks change. */
function keepWallTime(made: SlotOffer): SlotOffer {
  const dates = made.dates.map((date, index) => {
    const day = addDays(made.firstDate, 7 * index);
    const originalStart = fromWallLoosely(`${day}T${made.time}` as WallTime, made.timeZone);
    const shift = originalStart - date.originalStart;
    return { ...date, originalStart, start: plus(date.start, shift), end: plus(date.end, shift) };
  });
  return { ...made, dates };
}
