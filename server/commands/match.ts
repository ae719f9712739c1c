import { LOCALES } from '../contract/vocabulary.ts';
import {
  matchProfiles,
  isPinRefused,
  type ProfileMatching,
  type ProfileProblem,
} from '../domain/matching/match-profiles.ts';
import { describeMatching } from './match/describe-matching.ts';
import { openScoreFiles } from './match/open-score-files.ts';
import { readProblem } from './match/read-problem.ts';
import { readArgs, UsageError } from './read-args.ts';
import { readInput } from './read-input.ts';

const OPTIONS = {
  file: { kind: 'input' },
  seed: { kind: 'integer', default: 1, least: 0, most: 2 ** 31 },
  explain: { kind: 'flag' },
  language: { kind: 'choice', default: 'en', of: LOCALES },
  'scores-out': { kind: 'output' },
} as const;

/**
 * `inverso match FILE|-`: the best matching of the people in a file, or on stdin, as one line of JSON (contract/matching.ts).
 * `--seed` decides between equal ones; `--explain` gives reasons as sentences, in `--language`, and what pins and bans cost;
 * `--scores-out` also writes all scores.
 */
export async function match(args: string[]): Promise<number> {
  const options = readArgs(args, OPTIONS);
  const problem = readProblem(await readInput(options.file), options.seed);
  const out = options['scores-out'];
  const files = out === null ? null : await openScoreFiles(out, options.file);
  try {
    const matching = solve(problem);
    await files?.write(problem, matching);
    process.stdout.write(`${JSON.stringify(describeMatching(problem, matching, options))}\n`);
  } finally {
    await files?.close();
  }
  return 0;
}

function solve(problem: ProfileProblem): ProfileMatching {
  try {
    return matchProfiles(problem);
  } catch (error) {
    if (!isPinRefused(error)) throw error;
    throw new UsageError([{ path: `pinned.${error.index}`, reason: `breaks a hard rule: ${error.rule}` }]);
  }
}
