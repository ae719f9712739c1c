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

/**
 * Shortest augmenting paths for the rows that are left, with the published list of columns: done ones first, then those at
 * the least length, then the rest.
 */
function augment({ n, costs, columnOf, rowOf, prices }: State, free: Int32Array): void {
  // The length of the way to each column.
  const distance = new Int32Array(n);
  const before = new Int32Array(n);
  const list = new Int32Array(n);
  for (const root of free) {
    for (let j = 0; j < n; j++) {
      distance[j] = (costs[root * n + j]! - prices[j]!) | 0;
      list[j] = j;
    }
    before.fill(root);
    let low = 0;
    let up = 0;
    let done = 0;
    let least = 0;
    let end = -1;
    while (end < 0) {
      if (up === low) {
        done = low;
        least = distance[list[up++]!]!;
        for (let k = up; k < n; k++) {
          const j = list[k]!;
          const length = distance[j]!;
          if (length > least) continue;
          if (length < least) {
            up = low;
            least = length;
          }
          list[k] = list[up]!;
          list[up++] = j;
        }
        for (let k = low; k < up && end < 0; k++) if (rowOf[list[k]!]! < 0) end = list[k]!;
        if (end >= 0) break;
      }
      const column = list[low++]!;
      const row = rowOf[column]!;
      const start = row * n;
      const shift = (costs[start + column]! - prices[column]! - least) | 0;
      for (let k = up; k < n; k += 4) {
        if (k + 3 < n) {
          // Four at a time: hardly any of them comes nearer.
          const a = list[k]!;
          const b = list[k + 1]!;
          const c = list[k + 2]!;
          const d = list[k + 3]!;
          if (
            ((costs[start + a]! - prices[a]! - shift) | 0) >= distance[a]! &&
            ((costs[start + b]! - prices[b]! - shift) | 0) >= distance[b]! &&
            ((costs[start + c]! - prices[c]! - shift) | 0) >= distance[c]! &&
            ((costs[start + d]! - prices[d]! - shift) | 0) >= distance[d]!
          )
            continue;
        }
        for (let at = k; at < k + 4 && at < n; at++) {
          const j = list[at]!;
          const length = (costs[start + j]! - prices[j]! - shift) | 0;
          if (length >= distance[j]!) continue;
          distance[j] = length;
          before[j] = row;
          if (length > least) continue;
          if (rowOf[j]! < 0) {
            end = j;
            break;
          }
          list[at] = list[up]!;
          list[up++] = j;
        }
        if (end >= 0) break;
      }
    }
    for (let k = 0; k < done; k++) prices[list[k]!]! += (distance[list[k]!]! - least) | 0;
    turn(columnOf, rowOf, before, root, end);
  }
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
