import type { Instant } from '../time/instant.ts';

/** How a time in a calendar is shown. Only `busy`, `oof` and (by policy) `tentative` block. */
export type BusyStatus = 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere';

/** A half-open interval [start, end) with its status. */
export interface BusyInterval {
  start: Instant;
  end: Instant;
  status: BusyStatus;
}
