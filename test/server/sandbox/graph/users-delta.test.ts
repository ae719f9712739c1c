import { describe, expect, it } from 'vitest';
import { DAY, errorOf, HOUR, id, makeBench, makePerson, type Answer, type Bench, type Json } from './make-graph.ts';

const SELECT = '$select=id,displayName,department,manager';

/** Follows all pages; the items in order and the delta link. */
async function round(
  bench: Bench,
  url: string,
  headers: Record<string, string> = {},
): Promise<{ items: Json[]; link: string }> {
  const items: Json[] = [];
  for (let next: string | undefined = url; next;) {
    const page: Answer = await bench.ask('GET', next, { headers });
    expect(page.status, JSON.stringify(page.json)).toBe(200);
    items.push(...page.json.value);
    if (page.json['@odata.deltaLink']) return { items, link: page.json['@odata.deltaLink'] };
    next = page.json['@odata.nextLink'];
  }
  throw new Error('a round ended without delta link');
}

describe('users/delta', () => {
  it('gives everybody first, in pages, managers as references', async () => {
    const bench = makeBench();
    const { items } = await round(bench, `/v1.0/users/delta?${SELECT}`, { prefer: 'odata.maxpagesize=3' });
    expect(items.map((each) => each.id)).toEqual(Array.from({ length: 10 }, (_, i) => id(i + 1)));
    expect(items[0]['manager@delta']).toBeUndefined();
    expect(items[1]).toEqual({
      id: id(2),
      displayName: 'Person 2',
      department: 'Sales',
      'manager@delta': [{ '@odata.type': '#microsoft.graph.user', id: id(1) }],
    });
  });

  it('tells what changed since, and nothing twice', async () => {
    const bench = makeBench();
    const { people, clock } = bench.world;
    const first = await round(bench, `/v1.0/users/delta?${SELECT}`);
    expect((await round(bench, first.link)).items).toEqual([]);
    people.get(id(2))!.department = 'Legal';
    people.get(id(3))!.managerId = id(2);
    people.get(id(4))!.jobTitle = 'not selected';
    people.get(id(5))!.deletedAt = clock.now();
    people.delete(id(6));
    people.set(id(11), makePerson(11));
    people.get(id(7))!.department = null;
    const second = await round(bench, first.link);
    expect(second.items.map((each) => each.id)).toEqual([2, 3, 5, 6, 7, 11].map(id));
    expect(second.items[0]).toEqual({ id: id(2), displayName: 'Person 2', department: 'Legal' });
    expect(second.items[1]['manager@delta']).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: id(1), '@removed': { reason: 'deleted' } },
      { '@odata.type': '#microsoft.graph.user', id: id(2) },
    ]);
    expect(second.items[2]).toEqual({ id: id(5), '@removed': { reason: 'changed' } });
    expect(second.items[3]).toEqual({ id: id(6), '@removed': { reason: 'deleted' } });
    expect(second.items[4].department).toBeNull();
    expect((await round(bench, second.link)).items).toEqual([]);
    expect((await round(bench, first.link)).items).toHaveLength(6);
  });

  it('tells a restored person whole, and one deleted for 30 days as gone', async () => {
    const bench = makeBench();
    const { people, clock } = bench.world;
    people.get(id(2))!.deletedAt = clock.now();
    people.get(id(3))!.deletedAt = clock.now();
    const first = await round(bench, `/v1.0/users/delta?${SELECT}`);
    people.get(id(2))!.deletedAt = null;
    expect((await round(bench, first.link)).items[0]).toMatchObject({ id: id(2), displayName: 'Person 2' });
    let { link } = first;
    const told: unknown[] = [];
    for (let day = 0; day < 31; day += 6) {
      clock.elapse(6 * DAY);
      const next = await round(bench, link);
      told.push(...next.items);
      link = next.link;
    }
    expect(told.filter((each) => (each as { id: string }).id === id(3))).toEqual([
      { id: id(3), '@removed': { reason: 'deleted' } },
    ]);
  });

  it('return=minimal gives changed properties alone', async () => {
    const bench = makeBench();
    const { link } = await round(bench, `/v1.0/users/delta?${SELECT}`);
    bench.world.people.get(id(2))!.department = 'Legal';
    const { items } = await round(bench, link, { prefer: 'return=minimal' });
    expect(items).toEqual([{ id: id(2), department: 'Legal' }]);
  });

  it('$deltatoken=latest begins with now', async () => {
    const bench = makeBench();
    const { items, link } = await round(bench, `/v1.0/users/delta?${SELECT}&$deltatoken=latest`);
    expect(items).toEqual([]);
    bench.world.people.get(id(2))!.department = 'Legal';
    expect((await round(bench, link)).items).toHaveLength(1);
  });

  it('has empty pages on the way', async () => {
    const { ask } = makeBench(Array.from({ length: 40 }, (_, i) => makePerson(i + 1)));
    const sizes: number[] = [];
    for (let next: string | undefined = '/v1.0/users/delta?$select=id'; next;) {
      const page: Answer = await ask('GET', next, { headers: { prefer: 'odata.maxpagesize=1' } });
      sizes.push(page.json.value.length);
      next = page.json['@odata.nextLink'];
    }
    expect(sizes.filter((size) => size === 1)).toHaveLength(40);
    expect(sizes.filter((size) => size === 0).length).toBeGreaterThan(0);
  });

  it('follows chosen ids alone', async () => {
    const bench = makeBench();
    const filter = encodeURIComponent(`id eq '${id(2)}' or id eq '${id(3)}'`);
    const { items, link } = await round(bench, `/v1.0/users/delta?$select=displayName&$filter=${filter}`);
    expect(items.map((each) => each.id)).toEqual([2, 3].map(id));
    bench.world.people.get(id(4))!.displayName = 'Other';
    expect((await round(bench, link)).items).toEqual([]);
    expect(errorOf(await bench.ask('GET', "/v1.0/users/delta?$filter=department eq 'Sales'"))[0]).toBe(400);
  });

  it('forgets after seven days: 410 with a Location that begins anew', async () => {
    const bench = makeBench();
    const { link } = await round(bench, `/v1.0/users/delta?${SELECT}`);
    bench.world.clock.elapse(7 * DAY + HOUR);
    const gone = await bench.ask('GET', link);
    expect(gone.status).toBe(410);
    expect(['syncStateNotFound', 'resyncRequired']).toContain(gone.json.error.code);
    expect((await round(bench, gone.headers!['Location']!)).items).toHaveLength(10);
    expect(errorOf(await bench.ask('GET', '/v1.0/users/delta?$deltatoken=xyz'))).toEqual([400, 'syncStateInvalid']);
  });

  it('refuses what delta queries do not serve', async () => {
    const { ask } = makeBench();
    for (const option of [
      '$expand=manager',
      '$orderby=displayName',
      '$top=5',
      '$search="displayName:a"',
      '$select=skills',
    ]) {
      expect(errorOf(await ask('GET', `/v1.0/users/delta?${option}`)), option).toEqual([400, 'BadRequest']);
    }
    expect((await ask('GET', '/v1.0/users/delta()?$select=id')).status).toBe(200);
  });

  it('goes on from a snapshot', async () => {
    const bench = makeBench();
    const { link } = await round(bench, `/v1.0/users/delta?${SELECT}`);
    const saved = JSON.parse(JSON.stringify(bench.graph.snapshot())) as unknown;
    const next = makeBench();
    next.graph.restore(saved);
    next.world.people.get(id(2))!.department = 'Legal';
    expect((await round(next, link)).items.map((each) => each.id)).toEqual([id(2)]);
    expect(next.graph.counts().requests).toBe(2);
  });
});
