import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage } from '../../../server/package/build-package.ts';
import { writeZip } from '../../../server/package/write-zip.ts';
import { runCommand } from './run-command.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const SAMPLE = 'appPackage/env/.env.sample';

/** Path and content of each file of a zip, by its directory at the end. */
function readZip(zip: Buffer): Record<string, string> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files: Record<string, string> = {};
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    files[name] = (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes).toString('utf8');
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

describe('writeZip', () => {
  it('does not depend on the order in which files are named', () => {
    const [a, b] = [Buffer.from('one'), Buffer.from('two')];
    const zip = writeZip({ 'b/ü.txt': b, 'a.txt': a });
    expect(zip).toEqual(writeZip({ 'a.txt': a, 'b/ü.txt': b }));
    expect(readZip(Buffer.from(zip))).toEqual({ 'a.txt': 'one', 'b/ü.txt': 'two' });
  });
});

describe('buildPackage', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'inverso-package-'));
    for (const path of ['appPackage', 'src/public', 'teamsapp.yml', 'package.json'])
      cpSync(join(project, path), join(root, path), { recursive: true });
    mkdirSync(join(root, 'server'));
    symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('gives the same bytes twice, with every placeholder filled in', async () => {
    const first = await buildPackage(root, join(root, SAMPLE));
    const second = await buildPackage(root, join(root, SAMPLE));
    expect(first.faults).toEqual([]);
    expect(second).toEqual(first);
    const files = readZip(Buffer.from(first.zip));
    expect(Object.keys(files)).toEqual([
      'color.png',
      'color32.png',
      'i18n/it.json',
      'i18n/pl.json',
      'i18n/pt-br.json',
      'i18n/uk.json',
      'manifest.json',
      'outline.png',
    ]);
    expect(JSON.parse(files['manifest.json']!)).toMatchObject({
      version: '1.0.0',
      validDomains: ['inverso.example.com'],
    });
    expect(Object.values(files).join() + first.xmlManifest).not.toContain('${{');
  });

  it('names every setting that has no value, once', async () => {
    const { faults, zip } = await buildPackage(root, join(root, 'appPackage/env/.env.dev'));
    expect(zip).toHaveLength(0);
    expect(faults.map(({ reason }) => reason.split(' ')[0])).toEqual([
      'BOT_ID',
      'BOT_OBJECT_ID',
      'GRAPH_OBJECT_ID',
      'GRAPH_CLIENT_ID',
    ]);
  });

  it("finds what Microsoft's schema forbids, and what it lets pass", async () => {
    const path = join(root, 'appPackage/manifest.json');
    const text = readFileSync(path, 'utf8');
    const manifest = JSON.parse(text) as {
      accentColor: string;
      extensions: { runtimes: { actions: { id: string }[] }[] }[];
    };
    manifest.accentColor = 'indigo';
    manifest.extensions[0]!.runtimes[0]!.actions[0]!.id = 'showElsewhere';
    writeFileSync(path, JSON.stringify(manifest));
    const { faults, zip } = await buildPackage(root, join(root, SAMPLE));
    writeFileSync(path, text);
    expect(zip).toHaveLength(0);
    expect([...new Set(faults.map(({ check }) => check))]).toEqual(['schema', 'action']);
  });
});

describe('inverso package', () => {
  it('says which environment it does not know', async () => {
    const answer = await runCommand(['package', '--env', 'nowhere'], {});
    expect(answer).toMatchObject({ status: 2, out: '' });
    expect(JSON.parse(answer.err)).toMatchObject({
      path: 'env',
      reason: expect.stringContaining('.env.nowhere') as string,
    });
  });

  it('prints a line for each fault and no file', async () => {
    const answer = await runCommand(['package', '--env', 'dev'], {});
    expect(answer).toMatchObject({ status: 1, out: '' });
    expect(answer.err.trim().split('\n')).toHaveLength(4);
    expect(answer.err).toContain('environment: appPackage/env/.env.dev: BOT_ID has no value');
  });
});
