import { instant } from './domain/time/instant.ts';
import type { Clock } from './ports.ts';

/**
 * Time as the machine has it, for `serve` and the commands that speak to the real Microsoft 365. A sleep does not keep
 * the process alive: whoever has nothing else to wait for must hold it by other means. Aborted, it rejects with the
 * signal's reason.
 */
export const realClock: Clock = {
  now: () => instant(Date.now()),
  sleep: (milliseconds, { signal } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal!.reason as Error);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
        Math.max(0, milliseconds),
      ).unref();
      signal?.addEventListener('abort', stop, { once: true });
    }),
  track: (work) => work(),
};
