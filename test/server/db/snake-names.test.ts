import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type Compilable,
  type KyselyPlugin,
  type QueryCompiler,
} from 'kysely';
import { expect, test } from 'vitest';
import { anyOf, type Schema } from '../../../server/db/schema.ts';
import { camelRows, createCompiler, toCamel, toSnake } from '../../../server/db/snake-names.ts';

const connect = (compiler: QueryCompiler, plugin: KyselyPlugin): Kysely<Schema> =>
  new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => compiler,
    },
    plugins: [plugin],
  });

const statements = (db: Kysely<Schema>): Compilable[] => [
  db.selectFrom('calendarWrites as later').select(['later.writeId as id', 'later.notBefore']).where('fence', '>', 3),
  db
    .selectFrom('mailboxMarks')
    .leftJoin('subscriptions as theirs', 'theirs.mailboxId', 'mailboxMarks.mailboxId')
    .select((eb) => [
      eb.fn.min('mailboxMarks.dueAt').as('firstDue'),
      sql<string>`max(${sql.ref('theirs.dueAt')})`.as('x'),
    ])
    .where('mailboxMarks.mailboxId', '=', anyOf([])),
  db
    .insertInto('syncStates')
    .values({ tenantId: 'a' as never, kind: 'startsAt', deltaLink: null, dueAt: null as never })
    .onConflict((oc) => oc.columns(['tenantId', 'kind']).doUpdateSet({ deltaLink: 'itsHtml "x"' })),
  db.updateTable('series').set({ icalUid: 'aB', state: 'lost' }).where('seriesId', 'in', ['aB']).returning('pairId'),
  db.deleteFrom('people').where(sql.ref('weird"Name'), '=', 1),
];

test('statements are those of the plugin that Kysely has for it', () => {
  const ours = connect(createCompiler(), camelRows);
  const theirs = connect(new PostgresQueryCompiler(), new CamelCasePlugin({ maintainNestedObjectKeys: true }));
  const written = statements(ours).map((one) => one.compile());
  expect(written.map((one) => one.sql)).toEqual(statements(theirs).map((one) => one.compile().sql));
  expect(written[0]!.sql).toContain('"later"."not_before"');
  expect(written[3]!.parameters).toContain('aB');
});

test('every name of a row comes back as the code has it, and values stay as they are', async () => {
  const row = { starts_at: 1, ical_uid: 'a_b', data: { some_key: [{ other_key: 1 }] }, n: null };
  const { rows } = await camelRows.transformResult({
    result: { rows: [row, { ...row, starts_at: 2 }] },
    queryId: { queryId: 'q' },
  });
  expect(rows).toEqual([
    { startsAt: 1, icalUid: 'a_b', data: { some_key: [{ other_key: 1 }] }, n: null },
    { startsAt: 2, icalUid: 'a_b', data: { some_key: [{ other_key: 1 }] }, n: null },
  ]);
});

test.each(['startsAt', 'pairId', 'x', 'mentorCopySeenAt', 'first2Start'])('%s goes there and back', (name) => {
  expect(toCamel(toSnake(name))).toBe(name);
});
