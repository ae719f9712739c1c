import { explainFault } from '../explain-fault.ts';

/** After this an orderly stop is given up: what counts is safe in the database, and work is taken up again from there. */
const LONGEST_STOP = 9_000;
/** npm hands on what the terminal has sent to the whole group already: one Ctrl+C comes twice. */
const SAME_WISH = 1_000;

export interface StopListener {
  /** Resolves when the process is asked to stop. */
  asked: Promise<void>;
  /** Aborted at the same moment. */
  signal: AbortSignal;
  /** Waits for an orderly stop, at most nine seconds; then, or when it fails, the process ends with status 1. */
  within(stopping: Promise<void>): Promise<void>;
}

/** Listens for SIGINT and SIGTERM. Another one, a second or more later, ends the process at once. */
export function listenForStop(): StopListener {
  const controller = new AbortController();
  let askedAt = 0;
  const asked = new Promise<void>((resolve) => {
    const hear = (): void => {
      if (controller.signal.aborted) {
        if (performance.now() - askedAt >= SAME_WISH) process.exit(1);
        return;
      }
      askedAt = performance.now();
      controller.abort(new Error('asked to stop'));
      resolve();
    };
    process.on('SIGINT', hear);
    process.on('SIGTERM', hear);
  });
  return {
    asked,
    signal: controller.signal,
    async within(stopping) {
      const end = (reason: string): void => {
        process.stderr.write(`${reason}\n`);
        process.exit(1);
      };
      const timer = setTimeout(() => end('The stop took too long and was cut short.'), LONGEST_STOP);
      await stopping.catch((error: unknown) => end(explainFault(error)));
      clearTimeout(timer);
    },
  };
}
