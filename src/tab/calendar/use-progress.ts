import { useEffect, useState } from 'react';
import type { ProgressLine } from '../../../server/contract/matching-review.ts';
import { ApiError } from '../../api/api-error.ts';
import { streamProgress } from '../../api/stream-progress.ts';
import { useServices } from '../../components/services.ts';

/** A lost stream is taken up again after this, and each time after twice as long, up to a minute. */
const AGAIN_MS = 2_000;
const LONGEST_MS = 60_000;

export interface Progress {
  /** Null: nothing was heard yet. */
  line: ProgressLine | null;
  /** The line to the server broke; it is being taken up again. */
  isLost: boolean;
}

/** Follows offering and booking of a cohort while something of it is under way; `onChange` is called with each news. */
export function useProgress(cohortId: string, onChange: () => void): Progress {
  const { client } = useServices();
  const [progress, setProgress] = useState<Progress>({ line: null, isLost: false });
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const follow = async (): Promise<void> => {
      let pause = AGAIN_MS;
      let last: ProgressLine | null = null;
      while (!signal.aborted) {
        try {
          await streamProgress(
            client,
            cohortId,
            (line) => {
              pause = AGAIN_MS;
              setProgress({ line, isLost: false });
              if (last !== null) onChange();
              last = line;
            },
            signal,
          );
          const ended = last as ProgressLine | null;
          if (!ended || ended.searching + ended.booking === 0) return;
        } catch (error) {
          if (signal.aborted || !(error instanceof ApiError) || error.code !== 'network') return;
          setProgress(({ line }) => ({ line, isLost: true }));
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
        pause = Math.min(LONGEST_MS, 2 * pause);
      }
    };
    void follow();
    return () => ending.abort();
  }, [client, cohortId, onChange]);
  return progress;
}
