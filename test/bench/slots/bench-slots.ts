// npm run bench:slots [-- --quick]: how long it takes to find the times of series, beside a plain scan of intervals and an
// expansion by recurrence rules in the same run, and what a whole cohort needs. Prints tables in Markdown.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RRuleTemporal } from 'rrule-temporal';
import { buildAvailability, type Availability } from '../../../server/domain/slots/build-availability.ts';
import { buildPatterns, type Patterns } from '../../../server/domain/slots/build-patterns.ts';
import { makeFrame, type Frame } from '../../../server/domain/slots/frame.ts';
import { isGoodStart } from '../../../server/domain/slots/nearest-start.ts';
import { placeCohort, type CohortPair, type PlacedSeries } from '../../../server/domain/slots/place-cohort.ts';
import { searchSeries, type FoundSeries } from '../../../server/domain/slots/search-series.ts';
import type { SlotPerson, SlotSeries } from '../../../server/domain/slots/types.ts';
import { addDays, dateOf } from '../../../server/domain/time/wall-time.ts';
import { WEEKDAYS } from '../../../server/domain/people/person.ts';
import { countBooking, type BookingCalls } from './count-booking.ts';
import { FROM, makeCalendars, makePairs } from './make-calendars.ts';
import { scanIntervals, type ScannedSeries } from './scan-intervals.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
/** As many as the product searches in one run, whose bits the processor's caches hold; and more than that. */
const RUN = 200;
const PAIRS = values.quick ? 200 : 2_000;
const COHORT = values.quick ? 500 : 10_000;
/** Pairs that the slow ways are measured with. */
const SLOW = values.quick ? 20 : 100;
/** Cohorts whose calls are counted. */
const BOOKED = values.quick ? [20] : [20, 60, 200];
const ROUNDS = 5;
const TOP = 5;
const SERIES: SlotSeries = { from: FROM, every: { weeks: 2 }, count: 12, minutes: 30 };

const say = (line: string): unknown => process.stdout.write(`${line}\n`);
const whole = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]!;
const timed = <T>(act: () => T): [milliseconds: number, result: T] => {
  const start = performance.now();
  const result = act();
  return [performance.now() - start, result];
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Patterns of all anchors of one zone and working day are the same ones. */
function patternsOf(series: SlotSeries, frame: Frame): (person: SlotPerson) => Patterns {
  const known = new Map<string, Patterns>();
  return (person) => {
    const key = `${person.timeZone} ${JSON.stringify(person.workingHours)}`;
    let found = known.get(key);
    if (!found) known.set(key, (found = buildPatterns(person, series, frame, { countFrom: FROM })));
    return found;
  };
}

function benchPairs(): void {
  const people = makeCalendars(2 * PAIRS, 1);
  const frame = makeFrame(SERIES, 15);
  const [building, bits] = timed(() => people.map((person) => buildAvailability(person, frame)));
  const patterns = people.slice(0, PAIRS).map(patternsOf(SERIES, frame));
  const search = (k: number): FoundSeries[] => searchSeries(patterns[k]!, [bits[k]!, bits[PAIRS + k]!], TOP);
  const listOf = (k: number): ScannedSeries[] =>
    search(k).map(({ pattern, cell, datesFree, score }) => ({
      weekday: pattern.weekday,
      minute: pattern.rowMinute + cell * 15,
      datesFree,
      score,
    }));
  for (let k = 0; k < PAIRS; k++) search(k);

  const searchAll = (pairs: number, passes: number): number =>
    timed(() => {
      for (let pass = 0; pass < passes; pass++) for (let k = 0; k < pairs; k++) search(k);
    })[0] /
    (pairs * passes);
  const ours: number[] = [];
  const many: number[] = [];
  const scan: number[] = [];
  const expand: number[] = [];
  let differences = 0;
  // Interleaved, so that a busy moment of the machine meets all alike.
  for (let round = 0; round < ROUNDS; round++) {
    many.push(searchAll(PAIRS, 1));
    ours.push(searchAll(RUN, 10));
    const part = SLOW / ROUNDS;
    const ks = Array.from({ length: part }, (_, i) => round * part + i);
    const [scanned, lists] = timed(() => ks.map((k) => scanIntervals([people[k]!, people[PAIRS + k]!], SERIES, TOP)));
    scan.push(scanned / part);
    differences += ks.filter((k, i) => JSON.stringify(listOf(k)) !== JSON.stringify(lists[i])).length;
    expand.push(timed(() => ks.slice(0, 2).forEach((k) => expandRules(people[k]!)))[0] / 2);
  }
  const [pair, cold, plain, rules] = [median(ours), median(many), median(scan), median(expand)];
  say(
    `The ${TOP} best times of a pair, judged on 12 dates every 2 weeks, about 23 meetings a week (medians of ${ROUNDS} rounds):\n`,
  );
  say('| way | a pair | pairs a second | times ours |');
  say('| --- | --: | --: | --: |');
  say(
    `| bits of starts, ${RUN} pairs as in one run of the product | ${whole(pair * 1000)} µs | ${whole(1000 / pair)} | 1 |`,
  );
  say(
    `| bits of starts, ${whole(PAIRS)} pairs, more than caches hold | ${whole(cold * 1000)} µs | ${whole(1000 / cold)} | ${(cold / pair).toFixed(1)} |`,
  );
  say(
    `| plain scan of sorted intervals, offsets cached | ${whole(plain)} ms | ${whole(1000 / plain)} | ${whole(plain / pair)} |`,
  );
  say(
    `| expanding the candidates by recurrence rules alone | ${whole(rules)} ms | ${whole(1000 / rules)} | ${whole(rules / pair)} |`,
  );
  say(
    `\nBits of a person: ${whole((building * 1000) / people.length)} µs. The lists of the scan and ours differ for ${differences} of ${SLOW} pairs.\n`,
  );
}

/** What libraries for recurrence do first: the dates of every candidate, with nothing judged yet. */
function expandRules({ timeZone, workingHours }: SlotPerson): number {
  let dates = 0;
  for (let ahead = 0; ahead < 7; ahead++) {
    const day = addDays(FROM, ahead);
    for (const [open, close] of workingHours[WEEKDAYS[ahead]!] ?? []) {
      for (let minute = minutesOf(open); minute + SERIES.minutes <= minutesOf(close); minute += 15) {
        const time = `${pad(minute / 60)}${pad(minute % 60)}00`;
        const rule = new RRuleTemporal({
          rruleString: `DTSTART;TZID=${timeZone}:${day.replaceAll('-', '')}T${time}\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=12`,
        });
        dates += rule.all().length;
      }
    }
  }
  return dates;
}
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const pad = (value: number): string => String(Math.floor(value)).padStart(2, '0');

function benchCohort(): void {
  const { mentees, mentors, mentorOf } = makePairs(COHORT, 2);
  const people = makeCalendars(mentees + mentors, 3);
  const frame = makeFrame(SERIES, 15, 7);
  const later: SlotSeries = { ...SERIES, from: addDays(FROM, 7) };
  const [first, second] = [patternsOf(SERIES, frame), patternsOf(later, frame)];
  const bits = (): Availability[] => people.map((person) => buildAvailability(person, frame));
  const pairs: CohortPair[] = mentorOf.map((mentor, mentee) => ({
    mentee,
    mentor,
    patterns: [first(people[mentee]!), second(people[mentee]!)],
  }));
  const sameWeek = pairs.map((pair) => ({ ...pair, patterns: pair.patterns.slice(0, 1) }));
  const free = bits();
  const [weekBound, eitherBound] = [boundOf(sameWeek, free), boundOf(pairs, free)];
  say(
    `A cohort of ${COHORT.toLocaleString('en-US')} pairs at once (${people.length.toLocaleString('en-US')} people, mentors with up to three executives), after the bits:\n`,
  );
  say('| weeks tried | milliseconds | placed | of the bound | moved | pairs without a time | double bookings |');
  say('| --- | --: | --: | --: | --: | --: | --: |');
  // The first cohort is for the compiler.
  placeCohort(sameWeek.slice(0, COHORT / 5), bits());
  for (const [name, list, bound] of [
    ['one', sameWeek, weekBound],
    ['either of the two', pairs, eitherBound],
  ] as const) {
    const runs = [1, 2, 3].map(() => {
      const all = bits();
      // What building the bits left behind is not the time of this.
      collectGarbage();
      return timed(() => placeCohort(list, all));
    });
    const [, placed] = runs[0]!;
    const sum = (of: (one: PlacedSeries) => number): number =>
      placed.reduce((all, one) => all + (one ? of(one) : 0), 0);
    say(
      `| ${name} | ${whole(median(runs.map(([ms]) => ms)))} | ${share(
        sum((one) => one.placed),
        COHORT * SERIES.count,
      )} ` +
        `| ${share(
          sum((one) => one.placed),
          bound,
        )} | ${share(
          sum((one) => one.moved),
          COHORT * SERIES.count,
        )} ` +
        `| ${placed.filter((one) => one === null).length} | ${countDouble(list, placed, people.length)} |`,
    );
  }
  say('\nThe bound counts the dates in whose week the two are free together at all, whatever others take.\n');
}

const share = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)}%`;

/** For each pair the most dates that any choice of week gives room to. */
function boundOf(pairs: readonly CohortPair[], people: readonly Availability[]): number {
  let bound = 0;
  for (const { mentee, mentor, patterns: choices } of pairs) {
    const both = [people[mentee]!, people[mentor]!];
    // Dates of all patterns of a choice lie in the same weeks.
    bound += Math.max(...choices.map((patterns) => countWeeks(patterns, both)));
  }
  return bound;
}

function countWeeks(patterns: Patterns, both: readonly Availability[]): number {
  const [any] = patterns.list;
  if (!any) return 0;
  let weeks = 0;
  for (let date = 0; date < patterns.count; date++) {
    let isFree = false;
    for (let slot = any.weekFrom[date]!; slot < any.weekTo[date]! && !isFree; slot++)
      isFree = isGoodStart(patterns, both, slot);
    if (isFree) weeks++;
  }
  return weeks;
}

/** Sessions of one person that overlap. */
function countDouble(pairs: readonly CohortPair[], placed: readonly (PlacedSeries | null)[], people: number): number {
  const slots: number[][] = Array.from({ length: people }, () => []);
  placed.forEach((one, k) => {
    const own = [...(one?.slots ?? [])].filter((slot) => slot >= 0);
    slots[pairs[k]!.mentee]!.push(...own);
    slots[pairs[k]!.mentor]!.push(...own);
  });
  const cells = SERIES.minutes / 15;
  return slots.reduce((sum, list) => {
    list.sort((a, b) => a - b);
    return sum + list.filter((slot, i) => i > 0 && slot - list[i - 1]! < cells).length;
  }, 0);
}

/** What booking costs in calls to Graph: the product itself, over HTTP against the sandbox. */
async function benchCalls(): Promise<void> {
  const counts: BookingCalls[] = [];
  for (const pairs of BOOKED) counts.push(await countBooking(pairs));
  const number = (value: number | null): string => (value === null ? '' : String(Math.floor(value * 100) / 100));
  say('Calls to Graph until a cohort with full calendars is booked, 12 dates every 2 weeks (in brackets: at most):\n');
  say(`| calls for | ${counts.map(({ pairs, booked }) => `${pairs} pairs, ${booked} booked`).join(' | ')} |`);
  say(`| --- |${' --: |'.repeat(counts.length)}`);
  counts[0]!.lines.forEach(({ name, bound }, k) => {
    const cells = counts.map(({ lines }) =>
      bound === null ? lines[k]!.calls : `${lines[k]!.calls} (${number(lines[k]!.bound)})`,
    );
    say(`| ${name} | ${cells.join(' | ')} |`);
  });
  say('');
}

say(`Node ${process.version}, ${cpus().length} cores, 26 weeks from ${dateOf(Date.parse(FROM) / 86_400_000)}.\n`);
benchPairs();
benchCohort();
await benchCalls();
process.exit(0);
