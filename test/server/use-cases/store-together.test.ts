import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storeTogether } from '../../../server/use-cases/sessions/store-together.ts';

interface Thing {
  id: number;
  subject: string;
}
interface Group {
  owner: string;
  items: readonly Thing[];
  end: (outcomes?: PromiseSettledResult<string>[]) => void;
  fail: (error: Error) => void;
}

/** A store whose groups end when they are told to. */
function createStore() {
  const open: Group[] = [];
  const all: Group[] = [];
  const save = storeTogether<string, Thing, string>({
    store: (owner, items) =>
      new Promise((resolve, reject) => {
        const leave = () => void open.splice(open.indexOf(group), 1);
        const stored = items.map(({ id }) => ({ status: 'fulfilled' as const, value: `stored ${id}` }));
        const group: Group = {
          owner,
          items,
          end: (outcomes = stored) => (leave(), resolve(outcomes)),
          fail: (error) => (leave(), reject(error)),
        };
        open.push(group);
        all.push(group);
      }),
    subjectOf: ({ subject }) => subject,
  });
  let ids = 0;
  const add = (owner: string, subject = `subject ${ids}`) => save(owner, { id: ids++, subject });
  return { add, open, all, turn: () => new Promise(setImmediate) };
}
const idsOf = (group: Group | undefined): number[] | undefined => group?.items.map(({ id }) => id);

describe('what is stored together', () => {
  test('goes at once while nothing is being stored, and waits for the next group while two are', async () => {
    const { add, open, turn } = createStore();
    const stored = ['a', 'b', 'c', 'd', 'e'].map((subject) => add('one', subject));
    expect(open.map(idsOf)).toEqual([[0], [1]]);
    open[0]!.end();
    expect(await stored[0]).toBe('stored 0');
    await turn();
    expect(open.map(idsOf)).toEqual([[1], [2, 3, 4]]);
    open[0]!.end();
    open[0]!.end();
    expect(await Promise.all(stored)).toEqual(['stored 0', 'stored 1', 'stored 2', 'stored 3', 'stored 4']);
    void add('one');
    expect(open.map(idsOf)).toEqual([[5]]);
  });

  test('is of one owner, and one owner waits for no other', () => {
    const { add, open } = createStore();
    for (const owner of ['one', 'two', 'one', 'two', 'one', 'two']) void add(owner);
    expect(open.map(({ owner, items }) => `${owner} ${items.length}`)).toEqual(['one 1', 'two 1', 'one 1', 'two 1']);
  });

  test('is thanked for by nobody before the transaction has ended', async () => {
    const { add, open, turn } = createStore();
    let isStored = false;
    void add('one').then(() => (isStored = true));
    await turn();
    expect(isStored).toBe(false);
    open[0]!.end();
    await turn();
    expect(isStored).toBe(true);
  });

  test('may be refused without hurting a neighbor', async () => {
    const { add, open, turn } = createStore();
    const stored = ['a', 'b', 'c', 'd'].map((subject) => add('one', subject));
    open.splice(0).forEach((group) => group.end());
    await turn();
    open[0]!.end([
      { status: 'rejected', reason: new Error('refused') },
      { status: 'fulfilled', value: 'fine' },
    ]);
    await expect(stored[2]).rejects.toThrow('refused');
    expect(await stored[3]).toBe('fine');
  });

  test('is done again one by one where the transaction fails: only what cannot be stored is hurt', async () => {
    const { add, open, turn } = createStore();
    const stored = ['a', 'b', 'c', 'd', 'e'].map((subject) => add('one', subject));
    const settled = Promise.allSettled(stored);
    open.splice(0).forEach((group) => group.end());
    await turn();
    expect(open.map(idsOf)).toEqual([[2, 3, 4]]);
    open[0]!.fail(new Error('poison'));
    await turn();
    expect(open.map(idsOf)).toEqual([[2], [3], [4]]);
    const [two, three, four] = [...open];
    three!.fail(new Error('poison'));
    two!.end();
    four!.end();
    expect((await settled).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });
});

test('of any crowd everything is stored once, at most one of a subject at a time and in order, in groups of at most 50', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ owner: fc.constantFrom('one', 'two'), subject: fc.nat(80).map(String) }), {
        minLength: 1,
        maxLength: 200,
      }),
      fc.array(fc.record({ which: fc.nat(3), fails: fc.boolean() }), { minLength: 1 }),
      async (crowd, ends) => {
        const { add, open, all, turn } = createStore();
        const settled = Promise.allSettled(crowd.map(({ owner, subject }) => add(owner, subject)));
        const done = new Map<string, number[]>();
        for (let step = 0; open.length > 0; step++) {
          for (const owner of ['one', 'two']) {
            const under = open.filter((group) => group.owner === owner).flatMap(({ items }) => items);
            expect(new Set(under.map(({ subject }) => subject)).size).toBe(under.length);
          }
          const { which, fails } = ends[step % ends.length]!;
          const group = open[which % open.length]!;
          if (fails && group.items.length > 1) group.fail(new Error('failed'));
          else {
            for (const { id, subject } of group.items)
              done.set(`${group.owner} ${subject}`, [...(done.get(`${group.owner} ${subject}`) ?? []), id]);
            group.end();
          }
          await turn();
        }
        expect((await settled).every(({ status }) => status === 'fulfilled')).toBe(true);
        expect([...done.values()].flat().sort((a, b) => a - b)).toEqual(crowd.map((_, index) => index));
        for (const ids of done.values()) expect(ids).toEqual([...ids].sort((a, b) => a - b));
        for (const { items } of all) expect(items.length).toBeLessThanOrEqual(50);
      },
    ),
    { numRuns: 40 },
  );
});
