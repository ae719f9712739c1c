/** Milliseconds since the epoch, in the sandbox's own (virtual) time. */
export type Milliseconds = number;

/** What a timer needs to be ordered the same way every time: its instant first, then its key. */
interface Timer {
  at: Milliseconds;
  key: string;
  sequence: number;
  fire: () => void | Promise<void>;
}

/**
 * A clock that moves only when it is told to. Time stands still while work is going on, and everything that is due runs
 * in order, each at its own instant.
 *
 * "Work" is whatever passes through {@link VirtualClock.track}: HTTP calls, database queries, worker threads. Code
 * between two such leaves runs in the same turns of the event loop, so a clock with no tracked work for a few turns is
 * idle.
 */
export interface VirtualClock {
  /** The virtual time now, in milliseconds since the epoch. */
  now(): Milliseconds;
  /**
   * Resolves when virtual time has reached `now() + milliseconds`; at once for 0 or less. `key` orders sleepers that wake
   * at the same instant; rejects with the signal's reason when aborted.
   */
  sleep(milliseconds: number, options?: { key?: string; signal?: AbortSignal }): Promise<void>;
  /** Runs `fire` once time has reached `at` (never before it is asked to advance). Returns a function that takes it back. */
  at(at: Milliseconds, key: string, fire: () => void | Promise<void>): () => void;
  /** Counts `work` as going on until it settles. Wrap leaves only: a sleep inside it would wait for itself. */
  track<T>(work: () => Promise<T>): Promise<T>;
  /** Time passes while a request is being answered: moves `now` on without running what becomes due (a later advance does). */
  elapse(milliseconds: number): void;
  /** Runs everything due up to `instant`, in order, waiting for idleness after each, and ends with `now() >= instant`. */
  advanceTo(instant: Milliseconds): Promise<void>;
  /** The earliest instant at which something is due, or undefined. */
  nextDue(): Milliseconds | undefined;
  /** A fault (F46): the clock stands elsewhere from now on, forwards or backwards, and nothing in between is run in order. */
  jump(milliseconds: number): void;
  /** Resolves when no tracked work has been going on for a few turns of the event loop. */
  whenIdle(): Promise<void>;
  /** Follows real time 1:1 from now on, until the returned function is called. */
  follow(): () => void;
  /** Whether it follows real time. */
  isFollowing(): boolean;
}

/** Turns of the event loop without work before the clock believes in idleness: promise chains between two leaves take a few. */
const IDLE_TURNS = 6;
/** How often a clock that follows real time moves. */
const FOLLOW_EVERY_MILLISECONDS = 250;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A virtual clock that stands at `start` (milliseconds since the epoch). */
export function createVirtualClock(start: Milliseconds): VirtualClock {
  let now = start;
  let sequence = 0;
  let working = 0;
  let whenDone: (() => void)[] = [];
  let advancing: Promise<void> = Promise.resolve();
  let followers = 0;
  const heap: Timer[] = [];

  const before = (a: Timer, b: Timer): boolean =>
    a.at !== b.at ? a.at < b.at : a.key !== b.key ? a.key < b.key : a.sequence < b.sequence;

  const push = (timer: Timer): void => {
    heap.push(timer);
    for (let i = heap.length - 1; i > 0;) {
      const parent = (i - 1) >> 1;
      if (!before(heap[i]!, heap[parent]!)) break;
      [heap[i], heap[parent]] = [heap[parent]!, heap[i]!];
      i = parent;
    }
  };

  const pop = (): Timer => {
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      for (let i = 0; ;) {
        const left = 2 * i + 1;
        let least = i;
        for (const child of [left, left + 1]) {
          if (child < heap.length && before(heap[child]!, heap[least]!)) least = child;
        }
        if (least === i) break;
        [heap[i], heap[least]] = [heap[least]!, heap[i]!];
        i = least;
      }
    }
    return top;
  };

  const whenIdle = async (): Promise<void> => {
    for (let quiet = 0; quiet < IDLE_TURNS;) {
      await turn();
      if (working === 0) {
        quiet++;
      } else {
        quiet = 0;
        await new Promise<void>((resolve) => whenDone.push(resolve));
      }
    }
  };

  const advance = async (instant: Milliseconds): Promise<void> => {
    await whenIdle();
    while (heap.length > 0 && heap[0]!.at <= instant) {
      const timer = pop();
      if (timer.at > now) now = timer.at;
      await timer.fire();
      await whenIdle();
    }
    if (instant > now) now = instant;
  };

  const clock: VirtualClock = {
    now: () => now,
    sleep(milliseconds, { key = '', signal } = {}) {
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      if (milliseconds <= 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const cancel = clock.at(now + milliseconds, key, resolve);
        signal?.addEventListener(
          'abort',
          () => {
            cancel();
            reject(signal.reason as Error);
          },
          { once: true },
        );
      });
    },
    at(at, key, fire) {
      const timer: Timer = { at, key, sequence: sequence++, fire };
      push(timer);
      return () => {
        timer.fire = () => undefined;
      };
    },
    async track(work) {
      working++;
      try {
        return await work();
      } finally {
        if (--working === 0) {
          const waiting = whenDone;
          whenDone = [];
          for (const wake of waiting) wake();
        }
      }
    },
    elapse(milliseconds) {
      if (milliseconds > 0) now += milliseconds;
    },
    advanceTo(instant) {
      advancing = advancing.then(
        () => advance(instant),
        () => advance(instant),
      );
      return advancing;
    },
    nextDue: () => heap[0]?.at,
    jump(milliseconds) {
      now += milliseconds;
    },
    whenIdle,
    follow() {
      let last = Date.now();
      let busy = false;
      let isOn = true;
      followers++;
      const tick = setInterval(() => {
        if (busy) return;
        busy = true;
        const real = Date.now();
        const step = real - last;
        last = real;
        void clock.advanceTo(now + step).finally(() => {
          busy = false;
        });
      }, FOLLOW_EVERY_MILLISECONDS);
      return () => {
        clearInterval(tick);
        if (isOn) followers--;
        isOn = false;
      };
    },
    isFollowing: () => followers > 0,
  };
  return clock;
}
