import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findGlobals } from './architecture/find-globals.ts';
import { findViolations, type Violation } from './architecture/find-violations.ts';
import { PLACES } from './architecture/import-law.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the import law', () => {
  it('is kept by every file of the server and of the pages', async () => {
    const { files, violations } = await findViolations(root);
    expect(files.filter((file) => file.startsWith('server/')).length).toBeGreaterThan(100);
    expect(files.filter((file) => file.startsWith('src/')).length).toBeGreaterThan(30);
    expect(violations.map(({ rule, file, uses }) => `${rule}: ${file} -> ${uses}`)).toEqual([]);
  });
});

/** One file each that breaks one rule. */
const PLANTED: [rule: string, file: string, text: string][] = [
  [
    'contract: imports',
    'server/contract/a.ts',
    "import type { Thing } from '../domain/thing.ts';\nexport type A = Thing;",
  ],
  ['contract: packages', 'server/contract/b.ts', "import * as z from 'zod';\nexport const b = z.string();"],
  ['domain: imports', 'server/domain/a.ts', "export { open } from '../db/open.ts';"],
  ['domain: imports', 'server/domain/b.ts', "export type B = import('../db/open.ts').Open;"],
  ['domain: packages', 'server/domain/c.ts', "import { readFileSync } from 'node:fs';\nexport const c = readFileSync;"],
  ['domain: packages', 'server/domain/d.ts', "import { z } from 'zod';\nexport const d = z;"],
  [
    'domain: only types of the contract',
    'server/domain/e.ts',
    "import { words } from '../contract/words.ts';\nexport const e = words;",
  ],
  ['ports: imports', 'server/ports.ts', "import type { Open } from './db/open.ts';\nexport type Port = Open;"],
  ['errors: imports', 'server/errors.ts', "import type { Open } from './db/open.ts';\nexport type Failure = Open;"],
  [
    'config: imports',
    'server/config.ts',
    "import { open } from './db/open.ts';\nexport const config = [open, process.env];",
  ],
  ['locales: imports', 'server/locales/a.ts', "import { send } from '../bot/send.ts';\nexport const a = send;"],
  ['db: imports', 'server/db/a.ts', "import { doIt } from '../use-cases/do-it.ts';\nexport const a = doIt;"],
  ['threads: imports', 'server/threads/a.ts', "import { open } from '../db/open.ts';\nexport const a = open;"],
  ['graph: imports', 'server/graph/a.ts', "import { open } from '../db/open.ts';\nexport const a = open;"],
  ['use-cases: imports', 'server/use-cases/a.ts', "export const a = async () => import('../graph/read.ts');"],
  ['http: imports', 'server/http/a.ts', "import { send } from '../bot/send.ts';\nexport const a = send;"],
  ['bot: imports', 'server/bot/a.ts', "import { route } from '../http/route.ts';\nexport const a = route;"],
  ['jobs: imports', 'server/jobs/a.ts', "import { open } from '../db/open.ts';\nexport const a = open;"],
  [
    'sandbox: imports',
    'server/sandbox/a.ts',
    "import type { Thing } from '../domain/thing.ts';\nexport type A = Thing;",
  ],
  ['use-cases: imports', 'server/use-cases/b.ts', "import { play } from '../sandbox/play.ts';\nexport const b = play;"],
  ['app: imports', 'server/app.ts', "import { play } from './sandbox/play.ts';\nexport const app = play;"],
  [
    'main: imports',
    'server/main.ts',
    "import { simulate } from './simulation/simulate.ts';\nexport const main = simulate;",
  ],
  ['wiring: imports', 'server/wire-up.ts', "import { main } from './main.ts';\nexport const wireUp = main;"],
  ['simulation: imports', 'server/simulation/a.ts', "import { run } from '../cli.ts';\nexport const a = run;"],
  ['check: imports', 'server/check/a.ts', "import { doIt } from '../use-cases/do-it.ts';\nexport const a = doIt;"],
  ['package: imports', 'server/package/a.ts', "import { open } from '../db/open.ts';\nexport const a = open;"],
  ['cli: imports', 'server/cli.ts', "import { Page } from '../src/tab/Page.tsx';\nexport const run = Page;"],
  [
    'src: imports',
    'src/tab/a.ts',
    "import type { Thing } from '../../server/domain/thing.ts';\nexport type A = Thing;",
  ],
  ['src: host kits', 'src/tab/b.ts', "import { app } from '@microsoft/teams-js';\nexport const b = app;"],
  [
    'src: host kits',
    'src/components/c.ts',
    "import type { Configuration } from '@azure/msal-browser';\nexport type C = Configuration;",
  ],
  ['server: packages of development', 'server/http/b.ts', "import { test } from 'vitest';\nexport const b = test;"],
  ['unresolved', 'server/jobs/b.ts', "import { gone } from './gone.ts';\nexport const b = gone;"],
  ['no place', 'server/helpers/a.ts', 'export const a = 1;'],
  ['process.env', 'server/db/b.ts', "export const b = process.env['PORT'];"],
  ['fetch', 'server/use-cases/c.ts', "export const c = () => fetch('https://example.com');"],
  ['fetch', 'src/tab/d.ts', 'export const d = { get: globalThis.fetch };'],
  ['Office', 'src/taskpane/e.ts', 'export const e = () => Office.context.mailbox;'],
];

/** Files that keep the law, and what the planted ones import. */
const KEPT: Record<string, string> = {
  'server/contract/words.ts':
    "import * as z from 'zod/mini';\nexport const words = z.string();\nexport type Words = string;",
  'server/domain/thing.ts':
    "import { Temporal } from 'temporal-polyfill';\nimport type { Words } from '../contract/words.ts';\nexport interface Thing { words: Words; at: Temporal.Instant }",
  'server/db/open.ts':
    "import type { Thing } from '../domain/thing.ts';\nexport type Open = Thing;\nexport const open = 1;",
  'server/use-cases/do-it.ts': "import { open } from '../db/open.ts';\nexport const doIt = open;",
  'server/bot/send.ts': "import { doIt } from '../use-cases/do-it.ts';\nexport const send = () => fetch(String(doIt));",
  'server/http/route.ts': "import { doIt } from '../use-cases/do-it.ts';\nexport const route = doIt;",
  'server/graph/read.ts': 'export const read = () => fetch(String(1));',
  'server/sandbox/play.ts': 'export const play = 1;',
  'server/simulation/simulate.ts': "import { play } from '../sandbox/play.ts';\nexport const simulate = play;",
  'src/tab/Page.tsx':
    "import type { Words } from '../../server/contract/words.ts';\nexport const Page = (words: Words) => words;",
  'src/host/teams.ts': "import { app } from '@microsoft/teams-js';\nexport const teams = [app, Office];",
  'src/api/client.ts': "export const client = () => fetch('/api/me');",
};

describe('the import law, broken on purpose', () => {
  let folder: string;
  let violations: Violation[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inverso-law-'));
    cpSync(join(root, 'package.json'), join(folder, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const files = [...Object.entries(KEPT), ...PLANTED.map(([, file, text]) => [file, text] as const)];
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    ({ violations } = await findViolations(folder));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(PLANTED)('%s: %s is found', (rule, file) => {
    expect(violations.filter((one) => one.file === file).map((one) => one.rule)).toContain(rule);
  });

  it('finds nothing in the files that keep it', () => {
    expect(violations.filter(({ file }) => file in KEPT)).toEqual([]);
  });

  it('speaks of every place', () => {
    const planted = PLANTED.map(([rule]) => rule.split(':')[0]);
    expect(Object.keys(PLACES).filter((place) => !planted.includes(place))).toEqual([]);
  });

  it('is not content with an empty folder', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'inverso-empty-'));
    mkdirSync(join(empty, 'server'));
    mkdirSync(join(empty, 'src'));
    try {
      await expect(findViolations(empty)).rejects.toThrow('nothing to read');
    } finally {
      rmSync(empty, { recursive: true, force: true });
    }
  });
});

describe('findGlobals', () => {
  it.each([
    ['const { env } = process;', ['process.env']],
    ["import { env as settings } from 'node:process';", ['process.env']],
    ["process['env'].PORT", ['process.env']],
    ['globalThis.process.env', ['process.env']],
    ['const send = options.fetch ?? fetch;', ['fetch']],
    ['call({ fetch })', ['fetch']],
    ['new WebSocket(url)', ['fetch']],
    ['let item: Office.MessageRead;', ['Office']],
  ])('%s uses %j', (text, names) => {
    expect(findGlobals('a.ts', text)).toEqual(names);
  });

  it.each([
    'query.refetch()',
    'query.fetch()',
    'const a = { fetch: 1 };',
    'type Send = typeof fetch;',
    'import.meta.env.DEV',
    'person.Office',
    '// process.env',
    "'fetch'",
  ])('%s uses none', (text) => {
    expect(findGlobals('a.ts', text)).toEqual([]);
  });
});
