import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareDataFolder } from '../../../../server/commands/prepare-data-folder.ts';
import { assertOwnData, eraseData } from '../../../../server/commands/sandbox/erase-data.ts';
import { readStartFile, writeStartFile } from '../../../../server/commands/sandbox/start-file.ts';
import { lockFolder } from '../../../../server/db/lock-folder.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'inverso-data-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const START = { seed: 1, people: 60, executives: 12, sandboxPort: 4100, isComplete: true };

function makeSandbox(): void {
  mkdirSync(join(folder, 'sandbox'));
  mkdirSync(join(folder, 'server/database'), { recursive: true });
  writeStartFile(folder, START);
  writeFileSync(join(folder, 'notes.txt'), 'mine');
}

describe('prepareDataFolder', () => {
  it('makes the folder with those above it, and leaves nothing in it', () => {
    const path = prepareDataFolder(join(folder, 'a/b'));
    expect(path).toBe(join(folder, 'a/b'));
    expect(readdirSync(path)).toEqual([]);
  });

  it('says in one sentence when it cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => prepareDataFolder(join(folder, 'file/data'))).toThrow(
      `The data folder ${join(folder, 'file/data')} cannot be written: part of it is a file. Set INVERSO_DATA_DIR to a folder that can.`,
    );
  });

  it.runIf(existsSync('/proc/self'))('comes to an end where the system has no folder to give', () => {
    expect(() => prepareDataFolder('/proc/inverso/data')).toThrow(/cannot be written/);
  });
});

describe('the start file', () => {
  it('comes back as it was kept', () => {
    expect(readStartFile(folder)).toBeNull();
    makeSandbox();
    expect(readStartFile(folder)).toEqual({ format: 1, ...START });
  });

  it.each(['', '{"format":2}', '[]'])('says so when it cannot be understood: %j', (text) => {
    makeSandbox();
    writeFileSync(join(folder, 'sandbox/start.json'), text);
    expect(() => readStartFile(folder)).toThrow(/cannot be understood. Begin anew with --fresh.$/);
  });
});

describe('eraseData', () => {
  it('removes what sandboxes left, and nothing else', async () => {
    makeSandbox();
    await eraseData(folder);
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });

  it('never touches a database that no sandbox made', async () => {
    mkdirSync(join(folder, 'server/database'), { recursive: true });
    expect(() => assertOwnData(folder)).toThrow(/holds a database that no sandbox made/);
    await expect(eraseData(folder)).rejects.toThrow(/holds a database that no sandbox made/);
    expect(existsSync(join(folder, 'server/database'))).toBe(true);
  });

  it('removes nothing while another process has the database', async () => {
    makeSandbox();
    const unlock = await lockFolder(join(folder, 'server'));
    await expect(eraseData(folder)).rejects.toThrow(/is in use by process/);
    expect(existsSync(join(folder, 'sandbox/start.json'))).toBe(true);
    await unlock();
  });
});
