/** After this an orderly stop is given up: whatever is on its way is safe in the database. */
const LONGEST_STOP = 10_000;

/** Resolves when the process is asked to stop; a stop that takes too long ends it. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      setTimeout(() => process.exit(1), LONGEST_STOP).unref();
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
