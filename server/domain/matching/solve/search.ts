/**
 * Room for one shortest-path search over numbered nodes: distances, how each node was reached, and a binary heap that
 * knows where its nodes are (Dijkstra 1959 with decrease-key).
 */
export interface Search {
  /** Infinity: not reached. */
  distance: Float64Array;
  cameFrom: Int32Array;
  /** The score of the pair that a column was reached by. */
  viaScore: Int32Array;
  heap: Int32Array;
  heapSize: number;
  /** Place in the heap, or -1. */
  place: Int32Array;
  touched: Int32Array;
  touchedCount: number;
  settled: Int32Array;
  settledCount: number;
}

export const createSearch = (nodes: number): Search => ({
  distance: new Float64Array(nodes).fill(Infinity),
  cameFrom: new Int32Array(nodes),
  viaScore: new Int32Array(nodes),
  heap: new Int32Array(nodes),
  heapSize: 0,
  place: new Int32Array(nodes).fill(-1),
  touched: new Int32Array(nodes),
  touchedCount: 0,
  settled: new Int32Array(nodes),
  settledCount: 0,
});

/** Notes a shorter way to `node`. The caller has compared. */
export function reach(search: Search, node: number, distance: number, from: number): void {
  const { heap, place, distance: distances } = search;
  if (distances[node] === Infinity) search.touched[search.touchedCount++] = node;
  distances[node] = distance;
  search.cameFrom[node] = from;
  let at = place[node]!;
  if (at < 0) at = search.heapSize++;
  while (at > 0) {
    const up = (at - 1) >> 1;
    const other = heap[up]!;
    if (distances[other]! <= distance) break;
    heap[at] = other;
    place[other] = at;
    at = up;
  }
  heap[at] = node;
  place[node] = at;
}

/**
 * Settles a node that is as near as the one just settled, without a detour through the heap: most rows are, coming from
 * their column. False when it stands in the heap already, where it now is nearest.
 */
export function settleNow(search: Search, node: number, distance: number, from: number): boolean {
  if (search.place[node]! >= 0) {
    reach(search, node, distance, from);
    return false;
  }
  search.touched[search.touchedCount++] = node;
  search.distance[node] = distance;
  search.cameFrom[node] = from;
  search.settled[search.settledCount++] = node;
  return true;
}

/** Takes the nearest node out of the heap; -1 when it is empty. */
export function takeNearest(search: Search): number {
  if (search.heapSize === 0) return -1;
  const { heap, place, distance } = search;
  const nearest = heap[0]!;
  place[nearest] = -1;
  const size = --search.heapSize;
  if (size > 0) {
    const node = heap[size]!;
    const key = distance[node]!;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      if (down + 1 < size && distance[heap[down + 1]!]! < distance[heap[down]!]!) down++;
      const other = heap[down]!;
      if (distance[other]! >= key) break;
      heap[at] = other;
      place[other] = at;
      at = down;
    }
    heap[at] = node;
    place[node] = at;
  }
  return nearest;
}

/** Forgets everything, at the cost of what was touched. */
export function clearSearch(search: Search): void {
  for (let k = 0; k < search.touchedCount; k++) {
    const node = search.touched[k]!;
    search.distance[node] = Infinity;
    search.place[node] = -1;
  }
  search.touchedCount = 0;
  search.settledCount = 0;
  search.heapSize = 0;
}
