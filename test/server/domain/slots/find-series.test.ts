import { expect, it, describe } from 'vitest';
import { findSeries, type SeriesSearch } from '../../../../server/domain/slots/find-series.ts';
import { findSeriesPlainly } from './check-series-plainly.ts';
import { makeSearch } from './make-search.ts';

/** All of them take most of a minute: that is for the suite that CI runs. */
const PAIRS = process.env['CI'] === undefined ? 200 : 2_000;
const SLOWEST = 300_000;

const plain = (search: SeriesSearch) =>
  findSeries(search).map(({ weekday, index, time, dates, datesFree, score }) => ({
    ...{ weekday, index, time },
    dates: dates.map(({ start, free, why, alternative }) => ({
      ...{ start, free },
      why: why.map(({ personId, reason }) => `${personId} ${reason}`),
      alternative,
    })),
    ...{ datesFree, score },
  }));

describe('findSeries', () => {
  it(
    `agrees on ${PAIRS} random sets of calendars with a slow checker in Temporal, date by date and in order`,
    () => {
      const seen = { patterns: 0, free: 0, broken: 0, alternatives: 0, full: 0, whole: 0, lastResort: 0 };
      for (let seed = 1; seed <= PAIRS; seed++) {
        const search = makeSearch(seed);
        const found = plain(search);
        const expected = findSeriesPlainly(search);
        // Many thousands of dates: only what differs is compared field by field, to be told.
        if (JSON.stringify(found) !== JSON.stringify(expected)) expect(found, `seed ${seed}`).toEqual(expected);
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
