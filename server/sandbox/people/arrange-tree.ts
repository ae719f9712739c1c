import { DEPARTMENTS } from './vocabulary.ts';

/** How high somebody stands. */
export type Level =
  'chief executive' | 'chief' | 'vice president' | 'senior director' | 'director' | 'manager' | 'staff';

/** A place in the company; places are numbered from 0, the chief executive's, and managers have lower numbers than their reports. */
export interface Seat {
  level: Level;
  /** Index in DEPARTMENTS; null for the chief executive. */
  department: number | null;
  /** Number of the manager's seat; null for the chief executive. */
  manager: number | null;
  depth: number;
}

/** Shares out `people` by the departments' weights, largest remainders first, so that the sum is exact. */
function shareOut(people: number): number[] {
  const sum = DEPARTMENTS.reduce((total, { weight }) => total + weight, 0);
  const exact = DEPARTMENTS.map(({ weight }) => (people * weight) / sum);
  const shares = exact.map(Math.floor);
  const left = people - shares.reduce((a, b) => a + b, 0);
  const byRemainder = exact.map((value, index) => [value - Math.floor(value), index] as const);
  byRemainder.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, index] of byRemainder.slice(0, left)) shares[index]!++;
  return shares;
}

/**
 * The manager tree of a company: one chief executive, the given number of executives (one chief a department, the others
 * vice presidents), then per department as many layers as its size needs. A manager has about eight reports.
 */
export function arrangeTree(people: number, executives: number): Seat[] {
  const seats: Seat[] = [{ level: 'chief executive', department: null, manager: null, depth: 0 }];
  const seat = (level: Level, department: number, manager: number): number =>
    seats.push({ level, department, manager, depth: seats[manager]!.depth + 1 }) - 1;

  const heads: number[][] = DEPARTMENTS.map(() => []);
  for (let i = 0; i < executives; i++) {
    const department = i % DEPARTMENTS.length;
    const chief = heads[department]![0];
    heads[department]!.push(
      chief === undefined ? seat('chief', department, 0) : seat('vice president', department, chief),
    );
  }

  for (const [department, share] of shareOut(people - 1 - executives).entries()) {
    const own = heads[department]!;
    // Fewer executives than departments: one chief leads several.
    let above = own.length > 0 ? own : [heads[department % Math.max(1, executives)]?.[0] ?? 0];
    const layers: [Level, number][] = [
      ['senior director', Math.floor(share / 300)],
      ['director', Math.floor(share / 45)],
      ['manager', Math.floor(share / 8)],
    ];
    let placed = 0;
    for (const [level, count] of layers) {
      const layer = Array.from({ length: count }, (_, i) => seat(level, department, above[i % above.length]!));
      placed += count;
      if (count > 0) above = layer;
    }
    for (let i = 0; i < share - placed; i++) seat('staff', department, above[i % above.length]!);
  }
  return seats;
}
