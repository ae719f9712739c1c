import { open, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { endianness } from 'node:os';
import type { ProfileMatching, ProfileProblem } from '../../domain/matching/match-profiles.ts';
import { describeFolderFault } from '../../explain-fault.ts';
import { UsageError } from '../read-args.ts';

/** Where the scores go: FILE and FILE.json, open and empty. */
export interface ScoreFiles {
  /**
   * Writes the score of every pair to FILE, one row per mentee and in it one little-endian Int32 per mentor, -1 for a pair
   * that must not be matched, in the order of the input. FILE.json says what else a solver needs, by row and column:
   * `{mentees, mentors, wants, capacities, pinned}`. Throws Error with a sentence.
   */
  write(problem: ProfileProblem, matching: ProfileMatching): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the files before anything is worked out: who gave a name that cannot be written learns it at once. Throws
 * UsageError for a name that would overwrite the input, and Error with a sentence for one that cannot be written.
 */
export async function openScoreFiles(file: string, input: string): Promise<ScoreFiles> {
  const names = [file, `${file}.json`] as const;
  for (const name of names) {
    if (input !== '-' && (await isSameFile(name, input)))
      throw new UsageError([{ path: 'scores-out', reason: `would overwrite the input: ${name}` }]);
  }
  const matrix = await told(names[0], open(names[0], 'w'));
  let table: FileHandle;
  try {
    table = await told(names[1], open(names[1], 'w'));
  } catch (error) {
    await matrix.close();
    throw error;
  }
  return {
    async write(problem, matching) {
      await told(names[0], writeFile(matrix, rowsOf(problem, matching)));
      await told(names[1], table.writeFile(`${JSON.stringify(describeTable(problem))}\n`));
    },
    async close() {
      await Promise.all([matrix.close(), table.close()]);
    },
  };
}

/** The rows of the input. The matching has people in an order of its own. */
function* rowsOf({ mentees, mentors }: ProfileProblem, { scores }: ProfileMatching): Generator<Buffer, void> {
  const rowOf = new Map(scores.mentees.map(({ id }, i) => [id, i]));
  const columnOf = new Map(scores.mentors.map(({ id }, j) => [id, j]));
  const columns = Int32Array.from(mentors, ({ id }) => columnOf.get(id)!);
  const judged = new Int32Array(mentors.length);
  const row = new Int32Array(mentors.length);
  const bytes = Buffer.from(row.buffer);
  for (const { id } of mentees) {
    scores.fillRow(rowOf.get(id)!, judged);
    columns.forEach((column, j) => (row[j] = judged[column]!));
    if (endianness() === 'BE') bytes.swap32();
    yield bytes;
  }
}

function describeTable({ mentees, mentors, pinned }: ProfileProblem): Record<string, unknown> {
  const rows = new Map(mentees.map(({ id }, i) => [id, i]));
  const columns = new Map(mentors.map(({ id }, j) => [id, j]));
  return {
    mentees: mentees.map(({ id }) => id),
    mentors: mentors.map(({ id }) => id),
    wants: mentees.map(({ wants }) => wants),
    capacities: mentors.map(({ capacity }) => capacity),
    pinned: pinned.map(([mentee, mentor]) => [rows.get(mentee)!, columns.get(mentor)!]),
  };
}

/** Whatever the two are called: links lead to the file itself. */
async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((name) => stat(name).catch(() => null)));
  return a !== null && b !== null && a!.dev === b!.dev && a!.ino === b!.ino;
}

async function told<T>(file: string, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw new Error(`The scores cannot be written to ${file}: ${describeFault(error)}.`, { cause: error });
  }
}

function describeFault(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'its folder does not exist';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return describeFolderFault(error);
  }
}
