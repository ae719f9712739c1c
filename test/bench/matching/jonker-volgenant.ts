/**
 * The peer that a dense square assignment is usually given to: Jonker and Volgenant 1987 (column reduction, reduction
 * transfer, two rounds of augmenting row reduction, shortest augmenting paths), on typed arrays. Kept as the baseline of
 * the benchmark. `costs` are whole numbers, row by row; gives the column of each row.
 */
export function solveJonkerVolgenant(n: number, costs: Int32Array): Int32Array {
  const state: State = {
    n,
    costs,
    columnOf: new Int32Array(n).fill(-1),
    rowOf: new Int32Array(n).fill(-1),
    prices: new Int32Array(n),
  };
  reduceColumns(state);
  let free = transferReduction(state);
  for (let round = 0; round < 2; round++) free = reduceRows(state, free);
  augment(state, free);
  return state.columnOf;
}

/** Beyond every cost, and still a small integer to the machine: the loops stay in 32-bit arithmetic. */
const LARGEST = 0x7fffffff;

interface State {
  n: number;
  costs: Int32Array;
  columnOf: Int32Array;
  rowOf: Int32Array;
  prices: Int32Array;
}

/** Each column goes to its cheapest row, last column first, if that row is free. Read row by row, as memory lies. */
function reduceColumns({ n, costs, columnOf, rowOf, prices }: State): void {
  const cheapest = new Int32Array(n);
  for (let j = 0; j < n; j++) prices[j] = costs[j]!;
  for (let i = 1; i < n; i++) {
    const start = i * n;
    for (let j = 0; j < n; j++) {
      const cost = costs[start + j]!;
      if (cost < prices[j]!) {
        prices[j] = cost;
        cheapest[j] = i;
      }
    }
  }
  for (let j = n - 1; j >= 0; j--) {
    const i = cheapest[j]!;
    if (columnOf[i]! >= 0) continue;
    columnOf[i] = j;
    rowOf[j] = i;
  }
}

/** Rows with a column lower its price to what their second choice costs. Gives the rows without a column. */
function transferReduction({ n, costs, columnOf, prices }: State): Int32Array {
  const free: number[] = [];
  for (let i = 0; i < n; i++) {
    const own = columnOf[i]!;
    if (own < 0) {
      free.push(i);
      continue;
    }
    const start = i * n;
    let least = LARGEST;
    for (let j = 0; j < n; j++) {
      const reduced = (costs[start + j]! - prices[j]!) | 0;
      if (reduced < least && j !== own) least = reduced;
    }
    if (n > 1) prices[own] = (prices[own]! - least) | 0;
  }
  return Int32Array.from(free);
}

/** Free rows take their best column, paying the difference to the second best; who is driven out goes on in turn. */
function reduceRows({ n, costs, columnOf, rowOf, prices }: State, free: Int32Array): Int32Array {
  const queue = free.slice();
  let kept = 0;
  for (let k = 0; k < queue.length;) {
    const i = queue[k++]!;
    const start = i * n;
    let first = LARGEST;
    let second = LARGEST;
    let j1 = -1;
    let j2 = -1;
    for (let j = 0; j < n; j += 4) {
      // Four at a time: hardly any of them is among the two least.
      const a = (costs[start + j]! - prices[j]!) | 0;
      const b = (costs[start + j + 1]! - prices[j + 1]!) | 0;
      const c = (costs[start + j + 2]! - prices[j + 2]!) | 0;
      const d = (costs[start + j + 3]! - prices[j + 3]!) | 0;
      if (a >= second && b >= second && c >= second && d >= second) continue;
      for (let k = j; k < j + 4 && k < n; k++) {
        const reduced = (costs[start + k]! - prices[k]!) | 0;
        if (reduced >= second) continue;
        if (reduced >= first) {
          second = reduced;
          j2 = k;
        } else {
          second = first;
          j2 = j1;
          first = reduced;
          j1 = k;
        }
      }
    }
    let driven = rowOf[j1]!;
    if (first < second) prices[j1]! -= second - first;
    else if (driven >= 0) {
      j1 = j2;
      driven = rowOf[j1]!;
    }
    columnOf[i] = j1;
    rowOf[j1] = i;
    if (driven < 0) continue;
    columnOf[driven] = -1;
    if (first < second) queue[--k] = driven;
    else queue[kept++] = driven;
  }
  return queue.slice(0, kept);
}

/** Shortest augmenting paths for the rows that are left (Dijkstra over columns, on the dense matrix). */
function augment({ n, costs, columnOf, rowOf, prices }: State, free: Int32Array): void {
  // The length of the way to each column that is not settled yet, and the same with the column's price.
  const distance = new Int32Array(n);
  const reach = new Int32Array(n);
  const before = new Int32Array(n);
  const settled = new Int32Array(n);
  const settledAt = new Int32Array(n);
  for (const root of free) {
    distance.fill(LARGEST);
    reach.fill(LARGEST);
    let count = 0;
    let row = root;
    let shift = 0;
    for (;;) {
      relax({ n, costs, prices, distance, reach, before }, row, shift);
      const nearest = indexOfLeast(distance);
      const least = distance[nearest]!;
      if (rowOf[nearest]! < 0) {
        for (let k = 0; k < count; k++) prices[settled[k]!]! += settledAt[k]! - least;
        turn(columnOf, rowOf, before, root, nearest);
        break;
      }
      settled[count] = nearest;
      settledAt[count++] = least;
      distance[nearest] = LARGEST;
      reach[nearest] = -LARGEST;
      row = rowOf[nearest]!;
      shift = (costs[row * n + nearest]! - prices[nearest]! - least) | 0;
    }
  }
}

interface Ways {
  n: number;
  costs: Int32Array;
  prices: Int32Array;
  distance: Int32Array;
  reach: Int32Array;
  before: Int32Array;
}

/** Shortens the ways to all columns over one row. */
function relax({ n, costs, prices, distance, reach, before }: Ways, row: number, shift: number): void {
  const start = row * n;
  for (let j = 0; j < n; j += 4) {
    // Four at a time: hardly any of them comes nearer.
    const a = (costs[start + j]! - shift) | 0;
    const b = (costs[start + j + 1]! - shift) | 0;
    const c = (costs[start + j + 2]! - shift) | 0;
    const d = (costs[start + j + 3]! - shift) | 0;
    if (a >= reach[j]! && b >= reach[j + 1]! && c >= reach[j + 2]! && d >= reach[j + 3]!) continue;
    for (let k = j; k < j + 4 && k < n; k++) {
      const cost = (costs[start + k]! - shift) | 0;
      if (cost >= reach[k]!) continue;
      reach[k] = cost;
      distance[k] = (cost - prices[k]!) | 0;
      before[k] = row;
    }
  }
}

function indexOfLeast(numbers: Int32Array): number {
  let found = 0;
  let least = numbers[0]!;
  for (let j = 1; j < numbers.length; j++) {
    if (numbers[j]! >= least) continue;
    least = numbers[j]!;
    found = j;
  }
  return found;
}

/** Gives the columns on the way to `end` to the row before each. */
function turn(columnOf: Int32Array, rowOf: Int32Array, before: Int32Array, root: number, end: number): void {
  for (let j = end, i = -1; i !== root;) {
    i = before[j]!;
    rowOf[j] = i;
    const next = columnOf[i]!;
    columnOf[i] = j;
    j = next;
  }
}
