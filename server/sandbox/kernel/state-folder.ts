import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'sandbox.json';
/** Raised when the saved form changes: an older state is then not understood, and said so. */
const FORMAT = 1;

/** All of the sandbox as plain data. */
export interface SavedState {
  format: number;
  seed: number;
  /** Virtual time when it was saved. */
  now: number;
  parts: Record<string, unknown>;
}

/**
 * Reads what a former run left in the folder, or null when there is nothing. Throws an Error that says what to do for a
 * file that cannot be understood.
 */
export async function readState(folder: string): Promise<SavedState | null> {
  const file = join(folder, FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  let saved: SavedState;
  try {
    saved = JSON.parse(text) as SavedState;
  } catch {
    throw new Error(`${file}: is not JSON; begin anew with --fresh`);
  }
  if (saved.format !== FORMAT) throw new Error(`${file}: was written by another version; begin anew with --fresh`);
  return saved;
}

/** Writes the state so that a crash in between leaves the former one whole. */
export async function writeState(folder: string, state: Omit<SavedState, 'format'>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, FILE);
  // It holds the private keys of the simulated tenant.
  await writeFile(`${file}.new`, JSON.stringify({ format: FORMAT, ...state }), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Virtual time at which the folder's state was saved, or null when there is none: where a clock should go on. */
export async function readSavedInstant(folder: string): Promise<number | null> {
  return (await readState(folder))?.now ?? null;
}
