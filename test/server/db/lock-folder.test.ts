import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from '../../../server/db/lock-folder.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inverso-lock-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Another process that holds the lock until it dies. */
async function holdElsewhere(path: string): Promise<ChildProcess> {
  const module = new URL('../../../server/db/lock-folder.ts', import.meta.url).href;
  const script = `import(${JSON.stringify(module)}).then(({ lockFolder }) => lockFolder(${JSON.stringify(path)})).then(() => { console.log('locked'); setInterval(() => {}, 1000); });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

test('the second owner is refused with the folder and the process that has it, and a kill frees it', async () => {
  const child = await holdElsewhere(folder);
  await expect(lockFolder(folder)).rejects.toThrow(
    new RegExp(`data folder ${folder} is in use by process ${child.pid}`),
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  const unlock = await lockFolder(folder);
  await unlock();
});

test('what was unlocked can be locked again, and by one only', async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`);
  await unlock();
  await (
    await lockFolder(folder)
  )();
});

test('a folder with a path too long for a socket is locked all the same', async () => {
  const deep = join(folder, 'a'.repeat(60), 'b'.repeat(60));
  mkdirSync(deep, { recursive: true });
  const unlock = await lockFolder(deep);
  await expect(lockFolder(deep)).rejects.toThrow(`in use by process ${process.pid}`);
  await unlock();
});

test('a folder that is not there is a fault, not a lock', async () => {
  await expect(lockFolder(join(folder, 'missing'))).rejects.toThrow(/ENOENT|no such file/);
});
