/**
 * One question for all who ask the same at the same time. Whoever comes while it is being asked waits for the next one, so
 * that nobody's answer is older than their question.
 */
export function askTogether<K, T>(ask: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const asked = new Map<K, { running: Promise<T>; next: Promise<T> | null }>();
  const start = (key: K): Promise<T> => {
    const running = ask(key);
    const own = { running, next: null };
    asked.set(key, own);
    const end = (): void => {
      if (asked.get(key) === own && own.next === null) asked.delete(key);
    };
    running.then(end, end);
    return running;
  };
  return (key) => {
    const under = asked.get(key);
    if (!under) return start(key);
    const again = (): Promise<T> => start(key);
    return (under.next ??= under.running.then(again, again));
  };
}
