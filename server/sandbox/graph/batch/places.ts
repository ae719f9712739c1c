/** Lets only so many works under one name run at a time; the others wait in order. */
export interface Places {
  run<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** `most` places for each name. */
export function createPlaces(most: number): Places {
  const taken = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();
  return {
    async run(name, work) {
      if ((taken.get(name) ?? 0) >= most) {
        // The one that leaves hands its place over, so the count stays.
        await new Promise<void>((resolve) => waiting.set(name, [...(waiting.get(name) ?? []), resolve]));
      } else taken.set(name, (taken.get(name) ?? 0) + 1);
      try {
        return await work();
      } finally {
        const next = waiting.get(name)?.shift();
        if (next) next();
        else taken.set(name, taken.get(name)! - 1);
      }
    },
  };
}
