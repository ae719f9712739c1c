import { performance } from 'node:perf_hooks';
import type { TenantId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import { createVirtualClock } from '../sandbox/clock.ts';
import type { SessionRates } from '../sandbox/people/plan-by-quota.ts';
import { findUnattended, twoStates } from './audit-care.ts';
import { audit, type AuditCounts, type Violation } from './audit.ts';
import { lookAfterProgram, openProgram } from './drive-program.ts';
import { findClashes } from './find-clashes.ts';
import { readRecords, type Records } from './records.ts';
import { startBoth, type Both } from './start-both.ts';
import { watchSandbox } from './seen.ts';
import { readTruth, type Truth } from './truth.ts';

export interface SimulationOptions {
  people: number;
  mentees: number;
  weeks: number;
  seed: number;
  databaseUrl: string | null;
  sandboxPort: number;
  graphVia: string | null;
  faultRate: number;
  /** Shares of the sessions that people want at another time, and that they take away. */
  rates: SessionRates;
  /** The agreement lets sessions move by themselves. */
  movesAllowed: boolean;
  /** Months between sessions; 0: weeks, as the product has them. */
  everyMonths: number;
  logLevel: string;
  /** Told what is going on, a line each. */
  progress(line: string): void;
}

export interface Spread {
  mean: number;
  max: number;
}

/** What a run found; the field names are those of the command's JSON. */
export interface SimulationResult extends AuditCounts {
  seed: number;
  people: number;
  mentees: number;
  mentors: number;
  weeks: number;
  wallSeconds: number;
  pairs: number;
  unmatchedMentees: number;
  seriesBooked: number;
  sessionsBooked: number;
  sessionsHeld: number;
  sessionsMoved: number;
  sessionsCancelled: number;
  cardsSent: number;
  feedbackReceived: number;
  duplicateSeries: number;
  orphanSeries: number;
  doubleBookings: number;
  bookedOverBusy: number;
  outsideWorkingHours: number;
  cardsForUnheldSessions: number;
  lostFeedback: number;
  graph: {
    requests: number;
    httpCalls: number;
    byTemplate: Record<string, number>;
    throttled: number;
    retries: number;
  };
  executiveAsks: Spread;
  executiveMails: Spread;
  behavior: Record<string, number>;
  faults: Record<string, number>;
  violations: { invariant: string; detail: string }[];
}

/** Monday morning; 26 weeks from here cross four changes of daylight-saving time. */
const STARTS_AT = Date.parse('2026-09-28T06:00:00Z');
const WEEK = 7 * 86_400_000;
const DAY = 86_400_000;

/**
 * Runs a whole program in virtual time: a company from the seed, the product over HTTP, people who accept, decline,
 * travel and answer. Ends with the audit. The same seed gives the same numbers, wall time aside.
 */
export async function runSimulation(options: SimulationOptions): Promise<SimulationResult> {
  const began = performance.now();
  const clock = createVirtualClock(STARTS_AT);
  const both = await startBoth({
    seed: options.seed,
    clock,
    people: options.people,
    executives: options.mentees,
    weeks: options.weeks,
    sandboxPort: options.sandboxPort,
    serverPort: 0,
    sandboxFolder: null,
    databaseFolder: null,
    databaseUrl: options.databaseUrl,
    graphVia: options.graphVia,
    faultRate: options.faultRate,
    rates: options.rates,
    pageFolder: '',
    logLevel: options.logLevel,
  });
  const { seen, look } = watchSandbox(both.sandbox);
  try {
    const opened = await openProgram(both, {
      programName: 'Reverse mentoring',
      cohortName: 'First cohort',
      movesAllowed: options.movesAllowed,
      ...(options.everyMonths > 0 ? { everyMonths: options.everyMonths } : {}),
    });
    const endsAt = STARTS_AT + options.weeks * WEEK;
    const unattended: Violation[] = [];
    for (let at = clock.now(); at < endsAt; at = clock.now()) {
      const week = Math.min(at + WEEK, endsAt);
      while (clock.now() < week) {
        await clock.advanceTo(Math.min(clock.now() + DAY, week));
        look();
        unattended.push(...(await lookForUnattended(both)));
      }
      if (clock.now() < endsAt) await lookAfterProgram(both);
      options.progress(`week ${Math.round((clock.now() - STARTS_AT) / WEEK)} of ${options.weeks}`);
    }
    // Faults end; what was on its way arrives, and everything converges before it is judged (I10).
    both.sandbox.faults.setRate(0);
    await clock.advanceTo(clock.now() + 2 * DAY);
    look();

    const records = await readRecords(both.server.database.db, both.sandbox.tenantId as TenantId);
    const programMailboxId =
      [...both.sandbox.world.people.values()].find((person) => person.mail === both.sandbox.programMailbox)?.id ?? '';
    const truth = readTruth(both.sandbox, {
      programMailboxId,
      from: STARTS_AT - WEEK,
      to: clock.now() + 60 * WEEK,
      people: [...new Set(records.participants.map((row) => row.personId))],
      seen,
    });
    const audited = audit(truth, records, { tentativeIsFree: false });
    const violations = firstOfEach([...audited.violations, ...unattended]);
    const counts = both.sandbox.counts();
    const graphCounts = both.server.graphCounts();
    const result: SimulationResult = {
      ...summarize(options, opened, records, truth, violations),
      cardsSent: audited.counts.cards.shown,
      ...audited.counts,
      graph: {
        requests: counts.graph.requests,
        httpCalls: graphCounts.httpCalls,
        byTemplate: sortKeys(counts.graph.byTemplate),
        throttled: counts.graph.throttled,
        retries: graphCounts.repeats,
      },
      behavior: sortKeys(counts.behavior),
      faults: {
        offered: counts.faults.offered,
        injected: counts.faults.injected,
        ...sortKeys(counts.faults.byKind),
        ...sortKeys(counts.faults.byPart),
      },
      violations: violations.map(({ invariant, detail }) => ({ invariant, detail })),
      wallSeconds: Math.round((performance.now() - began) / 100) / 10,
    };
    result.violations.push(...judgeRun(result, options, both.sandbox.behavior?.problems() ?? []));
    return result;
  } finally {
    await both.close();
  }
}

/** With faults a round may be late; then only the end counts, when everything has converged. */
async function lookForUnattended(both: Both): Promise<Violation[]> {
  if (both.sandbox.faults.rate() > 0) return [];
  const records = await readRecords(both.server.database.db, both.sandbox.tenantId as TenantId);
  const now = both.sandbox.world.clock.now() as Instant;
  return [...findUnattended(findClashes(both.sandbox, records), records, now), ...twoStates(records)];
}

/** The same thing, seen day after day, is one violation. */
const firstOfEach = (violations: readonly Violation[]): Violation[] => [
  ...new Map(violations.map((violation) => [`${violation.invariant} ${violation.detail}`, violation])).values(),
];

function summarize(
  options: SimulationOptions,
  opened: { mentees: number; mentors: number },
  records: Records,
  truth: Truth,
  violations: readonly Violation[],
): Omit<SimulationResult, keyof AuditCounts | 'cardsSent' | 'graph' | 'behavior' | 'faults' | 'wallSeconds'> {
  const count = (invariant: Violation['invariant']): number =>
    violations.filter((violation) => violation.invariant === invariant).length;
  const mentees = records.participants.filter((row) => row.side === 'mentee');
  const seated = new Set<string>(
    records.pairs.filter((pair) => records.agreedPairIds.includes(pair.pairId)).map((pair) => pair.menteeId),
  );
  const mails = mentees.map(
    (row) => (truth.mailsTo.get(row.personId) ?? []).filter((mail) => mail.fromId === truth.programMailboxId).length,
  );
  const placed = records.sessions.filter((session) => session.eventId !== null);
  return {
    seed: options.seed,
    people: options.people,
    mentees: opened.mentees,
    mentors: opened.mentors,
    weeks: options.weeks,
    pairs: records.agreedPairIds.length,
    unmatchedMentees: mentees.filter((row) => !seated.has(row.personId)).length,
    seriesBooked: records.series.filter((series) => series.eventId !== null).length,
    sessionsBooked: placed.length,
    sessionsHeld: placed.filter((session) => session.held !== 'open').length,
    sessionsMoved: placed.filter((session) => session.wasMoved).length,
    sessionsCancelled: placed.filter((session) => session.state === 'cancelled' || session.state === 'deleted').length,

    feedbackReceived: records.feedback.length,
    duplicateSeries: count('duplicateSeries'),
    orphanSeries: count('orphanSeries'),
    doubleBookings: count('doubleBooking'),
    bookedOverBusy: count('bookedOverBusy'),
    outsideWorkingHours: count('outsideWorkingHours'),
    cardsForUnheldSessions: count('cardForUnheldSession'),
    lostFeedback: count('lostFeedback'),
    executiveAsks: spread(mentees.filter((row) => row.state === 'joined').map((row) => row.asks)),
    executiveMails: spread(mails),
    violations: [],
  };
}

/** A run counts only when enough happened in it; otherwise its zeros prove nothing. */
function judgeRun(
  result: SimulationResult,
  options: SimulationOptions,
  problems: readonly unknown[],
): { invariant: string; detail: string }[] {
  const found: { invariant: string; detail: string }[] = [];
  const short = (name: string, is: number, least: number): void => {
    if (is < least) found.push({ invariant: 'runCounts', detail: `${name} is ${is}, at least ${least} are needed` });
  };
  const share = Math.min(1, options.weeks / 26);
  if (options.weeks >= 6) short('seriesBooked', result.seriesBooked, Math.ceil(0.8 * result.mentees));
  short('sessionsHeld', result.sessionsHeld, Math.floor(2.5 * result.mentees * share));
  short('feedbackReceived', result.feedbackReceived, Math.floor(2.5 * result.mentees * share));
  if (options.people >= 200 && options.mentees >= 40 && options.weeks >= 26) {
    for (const [kind, n] of Object.entries(result.behavior)) short(`behavior.${kind}`, n, 3);
  }
  if (options.faultRate > 0)
    short(
      'faults.injected',
      result.faults['injected'] ?? 0,
      Math.floor(0.8 * options.faultRate * (result.faults['offered'] ?? 0)),
    );
  for (const problem of problems) found.push({ invariant: 'behavior', detail: JSON.stringify(problem) });
  return found;
}

const spread = (values: readonly number[]): Spread =>
  values.length === 0
    ? { mean: 0, max: 0 }
    : {
        mean: Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 100) / 100,
        max: Math.max(...values),
      };

const sortKeys = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
