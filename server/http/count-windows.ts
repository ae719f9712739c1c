import type { Clock } from '../ports.ts';

interface Window {
  since: number;
  count: number;
}

/** After so many keys windows that are over are thrown away. */
const CLEAN_AT = 10_000;

/**
 * Counts what happens per key in windows of `milliseconds`, by our own clock, so that limits hold in virtual time as in
 * real time. Gives the count with this one, and how many milliseconds the window still lasts.
 */
export type CountWindows = (key: string, milliseconds: number) => { current: number; ttl: number };

export function countWindows(clock: Pick<Clock, 'now'>): CountWindows {
  const windows = new Map<string, Window>();
  return (key, milliseconds) => {
    const now = clock.now();
    if (windows.size > CLEAN_AT)
      for (const [name, window] of windows) if (now - window.since >= milliseconds) windows.delete(name);
    let window = windows.get(key);
    if (!window || now - window.since >= milliseconds || now < window.since) {
      window = { since: now, count: 0 };
      windows.set(key, window);
    }
    window.count++;
    return { current: window.count, ttl: window.since + milliseconds - now };
  };
}
