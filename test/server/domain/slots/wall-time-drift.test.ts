import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { WorkingHours } from '../../../../server/domain/people/person.ts';
import { buildPatterns, slotAt } from '../../../../server/domain/slots/build-patterns.ts';
import { makeFrame, startOf } from '../../../../server/domain/slots/frame.ts';
import type { Every, SlotSeries } from '../../../../server/domain/slots/types.ts';
import type { LocalDate, ZoneId } from '../../../../server/domain/time/instant.ts';
import { dateOf } from '../../../../server/domain/time/wall-time.ts';

const THREE_YEARS = '2026-01-01' as LocalDate;
const RHYTHMS: [name: string, every: Every, count: number][] = [
  ['weekly', { weeks: 1 }, 63],
  ['fortnightly', { weeks: 2 }, 63],
  ['monthly', { months: 1 }, 36],
];
/** Working time, and the nights in which clocks change. */
const HOURS: WorkingHours = {
  tuesday: [['09:00', '10:00']],
  friday: [['00:00', '01:00']],
  sunday: [['00:00', '04:00']],
};
/** All zones take some seconds: that is for the suite that CI runs; at hand every fifth of them. */
const EACH = process.env['CI'] === undefined ? 5 : 1;
const GRID = 15;
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Series one after another, so that weekly ones fill three years, too. */
function seriesOf(every: Every, count: number): SlotSeries[] {
  const starts = 'weeks' in every && every.weeks === 1 ? ['2026-01-01', '2027-03-18', '2028-06-01'] : [THREE_YEARS];
  return starts.map((from) => ({ from: from as LocalDate, every, count, minutes: 30 }));
}

/** Whether Temporal shows this wall time at the instant. */
function shows(at: number, zone: string, date: string, minute: number): boolean {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return wall.day === Number(date.slice(8)) && wall.hour * 60 + wall.minute === minute;
}

describe('every IANA zone keeps its wall time for three years', () => {
  it.each(RHYTHMS)(
    '%s',
    (_, every, count) => {
      const all = Intl.supportedValuesOf('timeZone') as ZoneId[];
      expect(all.length).toBeGreaterThan(400);
      const zones = all.filter((_, k) => k % EACH === 0);
      let dates = 0;
      let left = 0;
      for (const zone of zones) {
        for (const series of seriesOf(every, count)) {
          const frame = makeFrame(series, GRID);
          const patterns = buildPatterns({ timeZone: zone, workingHours: HOURS }, series, frame);
          expect(patterns.list.length).toBeGreaterThan(2);
          for (const pattern of patterns.list) {
            for (let cell = 0; cell < pattern.cells; cell++) {
              if (((pattern.times[cell >>> 5]! >>> (cell & 31)) & 1) === 0) {
                left++;
                continue;
              }
              const minute = pattern.rowMinute + cell * GRID;
              for (const [i, day] of pattern.days.entries()) {
                // Where nothing changes the cells between the first and the last are as far from each other as these two.
                const isEnd = cell === 0 || cell === pattern.cells - 1;
                if (!isEnd && pattern.mapped[i] === null) continue;
                dates++;
                const at = startOf(frame, slotAt(pattern, i, cell));
                if (!shows(at, zone, dateOf(day), minute)) {
                  expect.fail(`${zone} ${DAYS[pattern.weekday]} ${minute}: ${dateOf(day)} is at ${at}`);
                }
              }
            }
          }
        }
      }
      expect(dates).toBeGreaterThan(100_000 / EACH);
      // Hours that some zone skips or repeats on a Sunday are no times of a series.
      expect(left).toBeGreaterThan(100 / EACH);
    },
    300_000,
  );
});
