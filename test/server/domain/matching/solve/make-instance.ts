import { denseRows, NOT_ALLOWED } from '../../../../../server/domain/matching/solve/score-rows.ts';
import type { AssignmentProblem, Pin } from '../../../../../server/domain/matching/solve/types.ts';

export const KINDS = ['square', 'tight', 'slack', 'ties', 'hubs', 'sparse', 'infeasible'] as const;
export type Kind = (typeof KINDS)[number];

/** An assignment problem with its scores at hand, so that a judge need not go through rows. */
export interface Instance {
  kind: Kind;
  wants: number[];
  capacities: number[];
  scores: Int32Array;
  pinned: Pin[];
}

export const problemOf = ({ wants, capacities, scores, pinned }: Instance): AssignmentProblem => ({
  wants,
  capacities,
  scores: denseRows(wants.length, capacities.length, scores),
  pinned,
});

/** A small generator with a fixed seed: the same numbers from 0 up to 1 on every run (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One instance of a kind; `pins` of its pairs are pinned where that can be kept. */
export function makeInstance(kind: Kind, rows: number, columns: number, random: () => number, pins = 0): Instance {
  const share = { square: 1, tight: 0.8, slack: 0.9, ties: 0.8, hubs: 0.7, sparse: 0.3, infeasible: 0.15 }[kind];
  const isSingle = kind === 'square' || kind === 'infeasible';
  const wants = Array.from({ length: rows }, () => (!isSingle && random() < 0.4 ? 2 : 1));
  const capacities = Array.from({ length: columns }, () =>
    isSingle || (kind === 'tight' && random() < 0.7) ? 1 : 1 + Math.floor(random() * 3),
  );
  const fame = Array.from({ length: columns }, () => random() ** 3);
  const scores = Int32Array.from({ length: rows * columns }, (_, at) => {
    if (random() >= share) return NOT_ALLOWED;
    if (kind === 'ties') return 250_000 * Math.floor(random() * 5);
    if (kind === 'hubs') return Math.floor(900_000 * fame[at % columns]! + 100_001 * random());
    return Math.floor(random() * 1_000_001);
  });
  const instance: Instance = { kind, wants, capacities, scores, pinned: [] };
  for (let k = 0; k < pins; k++) tryPin(instance, random);
  return instance;
}

function tryPin({ wants, capacities, scores, pinned }: Instance, random: () => number): void {
  const row = Math.floor(random() * wants.length);
  const column = Math.floor(random() * capacities.length);
  const score = scores[row * capacities.length + column]!;
  const used = (side: 0 | 1, index: number): number => pinned.filter((pair) => pair[side] === index).length;
  const isFree = used(0, row) < wants[row]! && used(1, column) < capacities[column]!;
  if (score >= 0 && isFree && !pinned.some((pair) => pair[0] === row && pair[1] === column))
    pinned.push([row, column, score]);
}
