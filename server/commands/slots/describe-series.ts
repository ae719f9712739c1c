import { cleanText } from '../../bot/escape-text.ts';
import type { SlotsOutput } from '../../contract/slots.ts';
import type { JudgedSeries } from '../../domain/slots/find-series.ts';
import { toIso, type Instant } from '../../domain/time/instant.ts';
import { createTexts } from '../../locales/create-texts.ts';
import { writeReasons } from '../../locales/write-reasons.ts';

/** The result as it is printed; `explain`: reasons as English sentences in place of codes with values. */
export function describeSeries(
  found: readonly JudgedSeries[],
  { explain, milliseconds }: { explain: boolean; milliseconds: number },
): SlotsOutput {
  const reader = createTexts().reader('en', 'UTC');
  return {
    candidates: found.map(({ weekday, index, time, timeZone, dates, datesFree, score, reasons }) => ({
      ...{ weekday, index, time, timeZone },
      dates: dates.map(({ start, free, why, alternative }) => ({
        start: utc(start),
        free,
        why: why.map(({ personId, reason }) => ({ person: personId, reason })),
        alternative: alternative === null ? null : { start: utc(alternative) },
      })),
      ...{ datesFree, score },
      reasons: explain ? writeReasons(reasons, 'mentee', reader, cleanText) : reasons,
    })),
    milliseconds,
  };
}

/** Sessions start on whole minutes. // => '2026-12-01T09:15:00Z' */
const utc = (at: Instant): string => `${toIso(at).slice(0, 19)}Z`;
