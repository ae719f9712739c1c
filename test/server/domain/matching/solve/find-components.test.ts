import { describe, expect, it } from 'vitest';
import { findComponents } from '../../../../../server/domain/matching/solve/find-components.ts';
import { numbers } from './make-instance.ts';

const componentsOf = (heads: readonly (readonly number[])[]): Int32Array => {
  const taken = heads.map(() => 0);
  return findComponents(heads.length, (node) => heads[node]![taken[node]!++] ?? -1);
};

describe('findComponents', () => {
  it('joins two nodes exactly if each leads to the other', () => {
    const sizes = new Set<number>();
    for (let k = 0; k < 300; k++) {
      const random = numbers(k);
      const nodes = 1 + Math.floor(random() * 12);
      const share = random() * 0.3;
      const heads = Array.from({ length: nodes }, () =>
        Array.from({ length: nodes }, (_, head) => head).filter(() => random() < share),
      );
      // Every way, by going on from what is reached until nothing is new (Warshall 1962).
      const leads = heads.map((list, node) => heads.map((_, head) => head === node || list.includes(head)));
      for (let via = 0; via < nodes; via++)
        for (const ways of leads) if (ways[via]) leads[via]!.forEach((isReached, head) => (ways[head] ||= isReached));
      const component = componentsOf(heads);
      leads.forEach((ways, a) =>
        ways.forEach((isReached, b) => expect(component[a] === component[b]).toBe(isReached && leads[b]![a])),
      );
      sizes.add(new Set(component).size);
    }
    expect(sizes.size).toBeGreaterThan(5);
  });

  it('follows a way through 200,000 nodes', () => {
    const nodes = 200_000;
    const isTaken = new Uint8Array(nodes);
    const ring = findComponents(nodes, (node) => (isTaken[node]!++ ? -1 : (node + 1) % nodes));
    expect(new Set(ring)).toEqual(new Set([0]));
  });
});
