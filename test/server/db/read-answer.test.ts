import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLite, type LiteSession } from '../../../server/db/open-lite.ts';
import { readAnswer } from '../../../server/db/read-answer.ts';

let lite: LiteSession;
beforeAll(async () => {
  lite = await openLite(null);
});
afterAll(() => lite.close());

test('values come as the driver of PostgreSQL gives them, empty ones and none apart', async () => {
  const { rows } = await lite.run(
    `select $1::text as text, ''::text as empty, null::text as none, 12 as count, 9007199254740993 as big,
      true as yes, '{"a":[1,null]}'::jsonb as data, timestamptz '2026-03-29 01:30:00+00' as at, date '2026-03-29' as day`,
    ['Żółć 🌿'],
  );
  expect(rows).toEqual([
    {
      text: 'Żółć 🌿',
      empty: '',
      none: null,
      count: 12,
      big: 9007199254740993n,
      yes: true,
      data: { a: [1, null] },
      at: Date.parse('2026-03-29T01:30:00Z'),
      day: '2026-03-29',
    },
  ]);
});

test('an answer longer than any buffer is whole', async () => {
  const { rows, affected } = await lite.run(
    `select n, repeat('ä', n) as text from generate_series(1, 3000) as numbers (n)`,
    [],
  );
  expect(affected).toBe(3000);
  expect(rows.every((row) => (row as { n: number; text: string }).text === 'ä'.repeat((row as { n: number }).n))).toBe(
    true,
  );
});

test('rows that were touched are counted, and a mistake names its code and constraint', async () => {
  await lite.run('create temporary table things (name text constraint one_name unique)', []);
  expect((await lite.run(`insert into things values ('a'), ('b')`, [])).affected).toBe(2);
  expect((await lite.run(`update things set name = name || 'x' where name = $1`, ['b'])).affected).toBe(1);
  await expect(lite.run(`insert into things values ('a')`, [])).rejects.toMatchObject({
    code: '23505',
    constraint: 'one_name',
  });
  await expect(lite.run('select nothing from nowhere', [])).rejects.toMatchObject({ code: '42P01' });
  // The session goes on after a mistake.
  expect((await lite.run('select count(*)::int as n from things', [])).rows).toEqual([{ n: 2 }]);
});

test('a transaction that failed takes nothing but its end', async () => {
  await lite.run('begin', []);
  await expect(lite.run('select 1 / $1::int', [0])).rejects.toThrow('division by zero');
  await expect(lite.run('select 1 as one', [])).rejects.toMatchObject({ code: '25P02' });
  await lite.run('rollback', []);
  expect((await lite.run('select 1 as one', [])).rows).toEqual([{ one: 1 }]);
});

test('an empty answer has no rows', () => {
  expect(readAnswer(Buffer.alloc(0))).toEqual({ rows: [], fields: [], parameterTypes: [], affected: 0 });
});
