import { lookAfterProgram, openProgram } from '../../simulation/drive-program.ts';
import type { Both } from '../../simulation/start-both.ts';
import { countProgram, type ProgramCounts } from './count-program.ts';

const HOUR = 3_600_000;
/** Small enough that a wish to stop is heard soon. */
const STEP = 8 * HOUR;
const WEEK = 7 * 24 * HOUR;
const LONGEST = 10 * WEEK;

/** What the first start waits for: series of four in five executives, and an answer of each; ten are enough. */
export function goalFor(executives: number): { series: number; answers: number } {
  return { series: Math.min(10, Math.ceil(0.8 * executives)), answers: Math.min(10, executives) };
}

/**
 * Opens the program and looks after it once a week as the administrator does, and lets the weeks pass, until enough series are booked and enough answers
 * stored, or ten weeks are over. Returns the counts, and whether the goal was reached; null when `signal` ended it.
 */
export async function runFirstWeeks(
  both: Both,
  options: { executives: number; signal: AbortSignal; say(line: string): void },
): Promise<{ counts: ProgramCounts; isReached: boolean } | null> {
  const { clock } = both.sandbox.world;
  const goal = goalFor(options.executives);
  const opened = await openProgram(both, { programName: 'Reverse mentoring', cohortName: 'First cohort' });
  options.say(`Program opened: ${opened.mentees} executives and ${opened.mentors} mentors are invited.`);
  const endsAt = clock.now() + LONGEST;
  let lookAt = clock.now() + WEEK;
  let told = '';
  while (!options.signal.aborted) {
    await clock.advanceTo(Math.min(clock.now() + STEP, endsAt));
    if (clock.now() >= lookAt) {
      await lookAfterProgram(both);
      lookAt += WEEK;
    }
    const counts = await countProgram(both);
    const line = `${counts.pairs} pairs, ${counts.seriesBooked} series booked, ${counts.sessionsHeld} sessions held, ${counts.answers} answers`;
    if (line !== told) options.say(`${new Date(clock.now()).toISOString().slice(0, 10)}: ${line}`);
    told = line;
    const isReached = counts.seriesBooked >= goal.series && counts.answers >= goal.answers;
    if (isReached || clock.now() >= endsAt) return { counts, isReached };
  }
  return null;
}
