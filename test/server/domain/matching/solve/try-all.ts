import type { Instance } from './make-instance.ts';

/** Seats, worst pair that is not pinned (null: none), total. */
export type Figures = [seats: number, worst: number | null, total: number];

/**
 * The best there is by trying every assignment, row by row and choice by choice; only what cannot become better than the
 * best so far is cut off. Pinned pairs are set beforehand.
 */
export function tryAll({ wants, capacities, scores, pinned }: Instance): Figures {
  const columns = capacities.length;
  const left = [...wants];
  const places = [...capacities];
  const open = Array.from(scores, (score) => score >= 0);
  for (const [i, j] of pinned) {
    left[i]!--;
    places[j]!--;
    open[i * columns + j] = false;
  }
  const seatsAfter = wants.map((_, i) => left.slice(i).reduce((a, b) => a + b, 0));
  const most = wants.map((_, i) => Math.max(0, ...scores.subarray(i * columns, (i + 1) * columns)) * left[i]!);
  const mostAfter = wants.map((_, i) => most.slice(i).reduce((a, b) => a + b, 0));
  let best: [number, number, number] = [-1, 0, 0];
  const isBehind = (seats: number, worst: number, total: number): boolean =>
    seats < best[0] || (seats === best[0] && (worst < best[1] || (worst === best[1] && total <= best[2])));

  /** Row `i` may still choose from column `from` on, `more` times. */
  const visit = (i: number, from: number, more: number, seats: number, worst: number, total: number): void => {
    if (i === wants.length) {
      if (!isBehind(seats, worst, total)) best = [seats, worst, total];
      return;
    }
    const seatsPossible = seats + more + (seatsAfter[i + 1] ?? 0);
    const totalPossible = total + most[i]! + (mostAfter[i + 1] ?? 0);
    if (isBehind(seatsPossible, worst, totalPossible)) return;
    for (let j = from; more > 0 && j < columns; j++) {
      if (!open[i * columns + j] || places[j] === 0) continue;
      const score = scores[i * columns + j]!;
      places[j]!--;
      visit(i, j + 1, more - 1, seats + 1, Math.min(worst, score), total + score);
      places[j]!++;
    }
    visit(i + 1, 0, left[i + 1] ?? 0, seats, worst, total);
  };
  visit(0, 0, left[0] ?? 0, 0, Infinity, 0);
  const ofPins = pinned.reduce((sum, [, , score]) => sum + score, 0);
  return [best[0] + pinned.length, best[1] === Infinity ? null : best[1], best[2] + ofPins];
}
