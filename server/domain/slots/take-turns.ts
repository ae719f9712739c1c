import type { HeldTimes, PairOfPeople } from './hold-times.ts';

/** How the plans of a cohort are found, held and compared; pairs are indexes. */
export interface Turns<Plan> {
  pairs: readonly PairOfPeople[];
  /** What each pair would have if it were alone. */
  alone: readonly (Plan | null)[];
  /** All pairs, whoever is to choose first at the front. */
  order: readonly number[];
  held: HeldTimes;
  /** The best plan of a pair beside what is held now; null: there is none. */
  planFor(pair: number): Plan | null;
  slotsOf(plan: Plan): Iterable<number>;
  /** What makes a plan good, the weightiest first; higher is better. Having a plan at all comes before. */
  measures: readonly ((plan: Plan) => number)[];
}

/** A mentor has three mentees at most: all orders in which they may choose are tried. */
const MOST_IN_TURN = 3;

/**
 * A plan for each pair, none of which holds the time of another one's. Pairs choose in the given order; where those of one
 * mentor are in each other's way, every order among them is tried, and the one that is best for them together is kept. What
 * the plans need is held when this returns. The same input always has the same result. Null: nothing is left.
 */
export function takeTurns<Plan>(turns: Turns<Plan>): (Plan | null)[] {
  const { pairs, alone, order, measures } = turns;
  const plans: (Plan | null)[] = pairs.map(() => null);
  for (const pair of order) plans[pair] = take(turns, pair);
  for (const group of groupByMentor(pairs)) {
    if (group.length < 2 || group.length > MOST_IN_TURN) continue;
    if (group.some((pair) => comparePlans(measures, [plans[pair]!], [alone[pair]!]) > 0)) retake(turns, plans, group);
  }
  return plans;
}

/** A pair's plan as things stand, which it holds from now on. What others take can only leave less to choose from. */
function take<Plan>(turns: Turns<Plan>, pair: number): Plan | null {
  const best = turns.alone[pair]!;
  const plan = best === null || turns.held.areFree(pair, turns.slotsOf(best)) ? best : turns.planFor(pair);
  if (plan !== null) turns.held.hold(pair, turns.slotsOf(plan));
  return plan;
}

/** Plans the pairs of one mentor anew, in the order that is best for them together. */
function retake<Plan>(turns: Turns<Plan>, plans: (Plan | null)[], group: readonly number[]): void {
  const { held, measures } = turns;
  let best = group.map((pair) => plans[pair]!);
  for (const order of ordersOf(group)) {
    held.release(group);
    const tried = new Map(order.map((pair) => [pair, take(turns, pair)]));
    const result = group.map((pair) => tried.get(pair)!);
    if (comparePlans(measures, result, best) < 0) best = result;
  }
  held.release(group);
  group.forEach((pair, i) => {
    plans[pair] = best[i]!;
    if (best[i] !== null) held.hold(pair, turns.slotsOf(best[i]!));
  });
}

/** Compares what the plans of two lists come to in sum; negative where the first list is better. */
export function comparePlans<Plan>(
  measures: Turns<Plan>['measures'],
  a: readonly (Plan | null)[],
  b: readonly (Plan | null)[],
): number {
  const missing = countMissing(a) - countMissing(b);
  if (missing !== 0) return missing;
  for (const measure of measures) {
    const difference = sum(b, measure) - sum(a, measure);
    if (difference !== 0) return difference;
  }
  return 0;
}

function sum<Plan>(plans: readonly (Plan | null)[], measure: (plan: Plan) => number): number {
  let all = 0;
  for (const plan of plans) if (plan !== null) all += measure(plan);
  return all;
}

function countMissing(plans: readonly unknown[]): number {
  let missing = 0;
  for (const plan of plans) if (plan === null) missing++;
  return missing;
}

function groupByMentor(pairs: readonly PairOfPeople[]): number[][] {
  const groups = new Map<number, number[]>();
  pairs.forEach(({ mentor }, pair) => {
    const group = groups.get(mentor);
    if (group) group.push(pair);
    else groups.set(mentor, [pair]);
  });
  return [...groups.values()];
}

/** All orders of up to three. */
function ordersOf(list: readonly number[]): number[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((first, i) => ordersOf(list.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}
