import { pickIndex } from '../hash.ts';
import type { World } from '../world.ts';
import { GraphRefusal } from './refusal.ts';

const MOST_AT_ONCE = 4;
const MOST_IN_WINDOW = 10_000;
const WINDOW = 10 * 60_000;
const LONGEST_PAUSE_SECONDS = 10;

/** Outlook's limits per application and mailbox: 4 requests at once, 10,000 in 10 minutes (virtual time). */
export interface MailboxThrottle {
  /** Does the work in one of the mailbox's places. Refuses (429 with `Retry-After`) where there is none. */
  run<T>(clientId: string, mailbox: string, work: () => Promise<T>): Promise<T>;
}

interface Load {
  inFlight: number;
  /** Instants of requests within the window, oldest first, from `first` on. */
  at: number[];
  first: number;
}

/** `refused` hears of each refusal. */
export function createMailboxThrottle(world: World, refused: () => void): MailboxThrottle {
  const loads = new Map<string, Load>();

  const enter = (key: string): Load => {
    const now = world.clock.now();
    let load = loads.get(key);
    if (!load) loads.set(key, (load = { inFlight: 0, at: [], first: 0 }));
    while (load.first < load.at.length && load.at[load.first]! <= now - WINDOW) load.first++;
    if (load.first > MOST_IN_WINDOW) {
      load.at.splice(0, load.first);
      load.first = 0;
    }
    // Refused requests count as well.
    load.at.push(now);
    if (load.at.length - load.first > MOST_IN_WINDOW) {
      const pause = Math.ceil((load.at[load.first]! + WINDOW - now) / 1000);
      throw throttled('Application is over its MailboxRequests limit.', Math.max(1, pause));
    }
    if (load.inFlight >= MOST_AT_ONCE) {
      const pause = 1 + pickIndex(LONGEST_PAUSE_SECONDS, world.seed, 'mailbox-concurrency', key, now);
      throw throttled('Application is over its MailboxConcurrency limit.', pause);
    }
    return load;
  };

  const throttled = (message: string, seconds: number): GraphRefusal => {
    refused();
    return new GraphRefusal(429, 'ApplicationThrottled', message, { 'Retry-After': String(seconds) });
  };

  return {
    async run(clientId, mailbox, work) {
      const load = enter(`${clientId}|${mailbox}`);
      load.inFlight++;
      try {
        // A request takes time: others that come meanwhile must see it.
        await new Promise((resolve) => setImmediate(resolve));
        return await work();
      } finally {
        load.inFlight--;
      }
    },
  };
}
