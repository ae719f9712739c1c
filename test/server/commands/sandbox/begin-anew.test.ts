import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStartFile, writeStartFile } from '../../../../server/commands/sandbox/start-file.ts';
import { startCommand, type RunningCommand } from '../run-command.ts';

const LONG = 180_000;
const BROKEN_OFF = /The first start was broken off: beginning anew\./;

let folder: string;
const running: RunningCommand[] = [];
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'inverso-anew-'))));
afterAll(async () => {
  for (const command of running) await command.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const start = (...args: string[]): RunningCommand => {
  const command = startCommand(['sandbox', '--people', '24', '--executives', '4', ...args], {
    PORT: '0',
    INVERSO_DATA_DIR: folder,
  });
  running.push(command);
  return command;
};
/** Resolves when the command has made the file, or has ended without it. */
const makes = async (command: RunningCommand, path: string): Promise<void> => {
  while (!existsSync(path) && command.process.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('the beginning of a sandbox', { timeout: LONG }, () => {
  it('may be killed while the database is made: the folder is known as its own', async () => {
    const killed = start();
    await makes(killed, join(folder, 'server/database'));
    expect(await killed.stop('SIGKILL')).toBe('SIGKILL');
    expect(killed.err()).not.toMatch(/Ready/);
    expect(readStartFile(folder)).toMatchObject({ seed: 1, isComplete: false });
  });

  it('is made anew when it was broken off, and stops in order when it is asked to', async () => {
    const again = start();
    await again.prints(/Program opened/);
    expect(again.err()).toMatch(BROKEN_OFF);
    expect(await again.stop('SIGTERM')).toBe(0);
    expect(readStartFile(folder)).toMatchObject({ isComplete: false });
  });

  it('is made anew with another company when that is asked for, and leaves what is not its own', async () => {
    writeStartFile(folder, { ...readStartFile(folder)!, isComplete: true });
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const fresh = start('--fresh', '--seed', '2');
    await fresh.prints(/Program opened/);
    expect(fresh.err()).not.toMatch(BROKEN_OFF);
    expect(await fresh.stop('SIGKILL')).toBe('SIGKILL');
    expect(readStartFile(folder)).toMatchObject({ seed: 2, isComplete: false });
    expect(existsSync(join(folder, 'notes.txt'))).toBe(true);
  });
});
