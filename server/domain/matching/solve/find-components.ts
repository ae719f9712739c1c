/**
 * The strongly connected components of a directed graph: the number of the component of each node (Tarjan 1972, without
 * recursion, as paths here are as long as there are people). `takeNext` gives the end of the next arc of a node at each
 * call, and -1 from then on where there are no more; each arc is taken once, so the time is that of taking them all.
 */
export function findComponents(nodes: number, takeNext: (node: number) => number): Int32Array {
  const component = new Int32Array(nodes).fill(-1);
  /** When a node was first seen, from 1 on, and the earliest one that it leads back to. */
  const seen = new Int32Array(nodes);
  const earliest = new Int32Array(nodes);
  /** Nodes on the way from the root, and nodes seen whose component is not known yet. */
  const path = new Int32Array(nodes);
  const open = new Int32Array(nodes);
  let [time, components, pathLength, openCount] = [0, 0, 0, 0];
  const enter = (node: number): void => {
    seen[node] = earliest[node] = ++time;
    path[pathLength++] = node;
    open[openCount++] = node;
  };
  const leave = (node: number): void => {
    pathLength--;
    if (earliest[node] === seen[node]) {
      do component[open[--openCount]!] = components;
      while (open[openCount] !== node);
      components++;
    } else {
      const before = path[pathLength - 1]!;
      earliest[before] = Math.min(earliest[before]!, earliest[node]!);
    }
  };
  for (let root = 0; root < nodes; root++) {
    if (seen[root] === 0) enter(root);
    while (pathLength > 0) {
      const node = path[pathLength - 1]!;
      const next = takeNext(node);
      if (next < 0) leave(node);
      else if (seen[next] === 0) enter(next);
      else if (component[next]! < 0) earliest[node] = Math.min(earliest[node]!, seen[next]!);
    }
  }
  return component;
}
