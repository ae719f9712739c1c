import type { OverviewReply } from '../../../server/contract/administrator.ts';

type Entry = OverviewReply['runLog'][number];

/** Neighbors that say the same become one, as of the newest, with their number. */
export function mergeRepeats(entries: readonly Entry[]): (Entry & { times: number })[] {
  const merged: (Entry & { times: number })[] = [];
  for (const entry of entries) {
    const last = merged.at(-1);
    if (last?.text === entry.text) last.times += 1;
    else merged.push({ ...entry, times: 1 });
  }
  return merged;
}
