import { HOUR, plus, type Instant } from '../time/instant.ts';

/** At most so many in any so many milliseconds. */
export interface Rate {
  most: number;
  within: number;
}

/** Per bot and thread, as Microsoft publishes it (platform.md 6.3): 7 in 1 s, 8 in 2 s, 60 in 30 s, 1800 in an hour. */
export const THREAD_RATES: readonly Rate[] = [
  { most: 7, within: 1_000 },
  { most: 8, within: 2_000 },
  { most: 60, within: 30_000 },
  { most: 1_800, within: HOUR },
];
/** Per app and tenant 30 a second are published; we stay below. */
export const TENANT_RATES: readonly Rate[] = [{ most: 25, within: 1_000 }];

/**
 * The earliest instant, now or later, at which one more message keeps all rates. `history`: instants of the messages
 * sent, oldest first.
 * earliestSend([0, 0, 0, 0, 0, 0, 0], 10, THREAD_RATES) // => 1000
 */
export function earliestSend(history: readonly Instant[], now: Instant, rates: readonly Rate[]): Instant {
  let at = now;
  for (const { most, within } of rates) {
    const first = history[history.length - most];
    if (first !== undefined && plus(first, within) > at) at = plus(first, within);
  }
  return at;
}

/** The part of a history that may still count at `now`. */
export function keepRecent(history: readonly Instant[], now: Instant, rates: readonly Rate[]): Instant[] {
  const within = Math.max(...rates.map((rate) => rate.within));
  return history.filter((at) => at > now - within);
}

/** A message that was sent, or is on its way. */
export interface Send {
  sentAt: Instant;
  /** When it was answered; null: not yet. */
  answeredAt: Instant | null;
}

/** A send that has no answer after so long will never have one: its caller has given up, or is gone. */
export const LONGEST_SEND = 20_000;

/**
 * The latest instants at which the sends of one thread or tenant can have arrived, oldest first: what is on its way may
 * arrive this very moment. Rates that hold for these hold where messages arrive, however long each of them travels.
 */
export function latestArrivals(sends: readonly Send[], now: Instant): Instant[] {
  return sends
    .map(({ sentAt, answeredAt }) => answeredAt ?? (Math.min(now, sentAt + LONGEST_SEND) as Instant))
    .sort((a, b) => a - b);
}
