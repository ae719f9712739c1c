import { expect, it, describe } from 'vitest';
import { findSeries, type SeriesSearch } from '../../../../server/domain/slots/find-series.ts';
import { findSeriesPlainly } from './check-series-plainly.ts';
import { makeSearch } from './make-search.ts';

/** The whole run takes most of a minute: it is the suite of CI that sets this. */
const PAIRS = Number(process.env['INVERSO_SLOT_PAIRS'] ?? 200);
const SLOWEST = 300_000;

const plain = (search: SeriesSearch) =>
  findSeries(search).map(({ weekday, index, time, dates, datesFree, score }) => ({
    ...{ weekday, index, time, datesFree, score },
    dates: dates.map(({ why, ...date }) => ({
      ...date,
      why: why.map(({ personId, reason }) => `${personId} ${reason}`),
    })),
  }));

describe('findSeries', () => {
  it(
    `agrees on ${PAIRS} random sets of calendars with a slow checker in Temporal, date by date and in order`,
    () => {
      const seen = { patterns: 0, free: 0, broken: 0, alternatives: 0, full: 0, whole: 0, lastResort: 0 };
      for (let seed = 1; seed <= PAIRS; seed++) {
        const search = makeSearch(seed);
        const found = plain(search);
        expect(found, `seed ${seed}`).toEqual(findSeriesPlainly(search));
        for (const { dates, datesFree, score } of found) {
          seen.patterns++;
          seen.free += datesFree;
          seen.broken += dates.length - datesFree;
          seen.alternatives += dates.filter(({ alternative }) => alternative !== null).length;
          seen.full += dates.filter(({ free, alternative }) => !free && alternative === null).length;
          seen.whole += Number(datesFree === dates.length);
          seen.lastResort += Number(score < 500_000);
        }
      }
      // Otherwise little was compared.
      for (const [name, number] of Object.entries(seen)) expect(number, name).toBeGreaterThan(PAIRS);
    },
    SLOWEST,
  );
});
