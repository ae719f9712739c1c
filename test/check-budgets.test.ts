import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkBudgets, type Budgets } from '../src/check-budgets.mts';

/** Text that is of so many kilobytes after compression: what base64 adds is all that goes. */
const noise = (kilobytes: number): string =>
  `export const text = '${randomBytes(kilobytes * 1000).toString('base64')}';`;

let root: string;
beforeAll(() => {
  root = `${realpathSync(mkdtempSync(join(tmpdir(), 'inverso-budgets-')))}/`;
  const files: Record<string, string> = {
    'main.ts': `import { text } from './heavy.ts'; console.log(text); void import('./pages/Page.ts'); void import('./ask.ts');
      const texts = import.meta.glob('./locales/*/app.json'); void texts[location.hash]?.();`,
    'heavy.ts': noise(40),
    'pages/Page.ts': `import { text } from '../heavy.ts'; import { text as own } from './own.ts'; console.log(text, own);`,
    'pages/own.ts': noise(20),
    'ask.ts': noise(10),
    'locales/en/app.json': '{}',
    'locales/uk/app.json': JSON.stringify({ text: randomBytes(15_000).toString('base64') }),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Builds the little page above under a budget; gives what was said of each part. */
async function buildUnder({ pages = [], later = [] }: Partial<Budgets>): Promise<string[]> {
  const said: string[] = [];
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      checkBudgets(root, { pages, later }),
      {
        name: 'listen',
        // What plugins say reaches the log that the build is given.
        onLog(_level, { message }) {
          said.push(message);
          return false;
        },
      },
    ],
    build: { outDir: join(root, 'dist'), rolldownOptions: { input: join(root, 'main.ts') } },
  });
  return said.filter((line) => line.includes(' kB: ')).map((line) => line.replace(/^\[.*?\] /, ''));
}

const page = (mostKilobytes: number, more: Partial<Budgets['pages'][number]> = {}): Budgets['pages'][number] => ({
  name: 'page',
  modules: ['main.ts'],
  texts: ['app'],
  mostKilobytes,
  ...more,
});

describe('the build', () => {
  test('says what a page loads: its modules, what they import, and the greatest language', async () => {
    const [line] = await buildUnder({ pages: [page(70)] });
    const [, kilobytes] = /^ *([\d.]+) of +70\.0 kB: page$/.exec(line!)!;
    // 40 of its own and 15 of Ukrainian, not the page and the question that come later.
    expect(Number(kilobytes)).toBeGreaterThan(52);
    expect(Number(kilobytes)).toBeLessThan(60);
  });

  test('fails above the budget, naming the page', async () => {
    await expect(buildUnder({ pages: [page(50)] })).rejects.toThrow('too heavy: page');
  });

  test('counts what may be loaded later where the budget says so', async () => {
    await buildUnder({ pages: [page(60)] });
    await expect(buildUnder({ pages: [page(60, { andLater: /^ask/ })] })).rejects.toThrow('too heavy: page');
  });

  test('counts of a later page what is not there yet, and fails above that budget too', async () => {
    const later = (mostKilobytes: number): Budgets['later'][number] => ({
      after: 'page',
      modules: /^pages\//,
      mostKilobytes,
      texts: [],
    });
    expect(await buildUnder({ pages: [page(70)], later: [later(25)] })).toContainEqual(
      expect.stringMatching(/^ *(19|2\d)\.\d of +25\.0 kB: pages\/Page\.ts, later$/),
    );
    await expect(buildUnder({ pages: [page(70)], later: [later(15)] })).rejects.toThrow(
      'too heavy: pages/Page.ts, later',
    );
    const charts = { ...later(15), besides: { modules: /own\.ts$/, mostKilobytes: 25 } };
    await buildUnder({ pages: [page(70)], later: [charts] });
    // With texts of its own, of which the greatest language is 15.
    const withTexts = { ...later(30), texts: ['app'] };
    await expect(buildUnder({ pages: [page(70)], later: [withTexts] })).rejects.toThrow('too heavy: pages/Page.ts');
  });

  test('fails where a budget watches a module or texts that are not there', async () => {
    await expect(buildUnder({ pages: [page(70, { modules: ['gone.ts'] })] })).rejects.toThrow('gone.ts is in no chunk');
    await expect(buildUnder({ pages: [page(70, { texts: ['gone'] })] })).rejects.toThrow('no texts are called gone');
  });
});
