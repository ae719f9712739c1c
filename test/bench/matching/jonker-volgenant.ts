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

/** Shortest augmenting paths for the rows that are left (Dijkstra over columns, cheapest ones in groups). */
function augment({ n, costs, columnOf, rowOf, prices }: State, free: Int32Array): void {
  const distance = new Int32Array(n);
  const before = new Int32Array(n);
  const columns = new Int32Array(n);
  for (const root of free) {
    const offset = root * n;
    for (let j = 0; j < n; j++) {
      columns[j] = j;
      distance[j] = (costs[offset + j]! - prices[j]!) | 0;
      before[j] = root;
    }
    // columns[0..low) are settled, [low..up) are at the least distance, [up..n) beyond.
    let low = 0;
    let up = 0;
    let settled = 0;
    let least = 0;
    let end = -1;
    while (end < 0) {
      if (low === up) {
        settled = low;
        least = distance[columns[up++]!]!;
        for (let k = up; k < n; k++) {
          const j = columns[k]!;
          const d = distance[j]!;
          if (d > least) continue;
          if (d < least) {
            up = low;
            least = d;
          }
          columns[k] = columns[up]!;
          columns[up++] = j;
        }
        for (let k = low; k < up && end < 0; k++) if (rowOf[columns[k]!]! < 0) end = columns[k]!;
        if (end >= 0) break;
      }
      const j1 = columns[low++]!;
      const i = rowOf[j1]!;
      const start = i * n;
      const shift = (costs[start + j1]! - prices[j1]! - least) | 0;
      for (let k = up; k < n; k++) {
        const j = columns[k]!;
        const d = (costs[start + j]! - prices[j]! - shift) | 0;
        if (d >= distance[j]!) continue;
        before[j] = i;
        distance[j] = d;
        if (d > least) continue;
        if (rowOf[j]! < 0) {
          end = j;
          break;
        }
        columns[k] = columns[up]!;
        columns[up++] = j;
      }
    }
    for (let k = 0; k < settled; k++) prices[columns[k]!]! += distance[columns[k]!]! - least;
    for (let j = end, i = -1; i !== root;) {
      i = before[j]!;
      rowOf[j] = i;
      const next = columnOf[i]!;
      columnOf[i] = j;
      j = next;
    }
  }
}
