import type { Topic } from '../../../../server/contract/vocabulary.ts';
import type { NewAnswer } from '../../../../server/domain/evaluation/publish-answers.ts';
import { numbers } from '../matching/solve/make-instance.ts';

/** One answer of the simulation, with what an attacker may know of it and what not. */
export interface Answer extends NewAnswer<number> {
  key: string;
  week: number;
  topic: Topic | null;
  isFake: boolean;
}
export interface SimulatedProgram {
  answers: Answer[];
  /** Real people who answered at least once. */
  people: Set<string>;
}

export const WEEKS = 26;
const WEEK_DAYS = 7;
/** How people judge in a program: as they do, all alike, and all but one. */
const CULTURES = [
  [1, 2, 3, 4, 5],
  [2, 3, 3, 4, 4, 5],
  [1, 3, 4, 4, 4, 5],
  [2, 2, 3, 4],
  [4, 5],
  [5],
  [1],
  [3],
  [4],
  [5, 5, 5, 5, 5, 5, 5, 4],
  [1, 1, 1, 1, 1, 1, 2],
];
/** How fake accounts answer: to move a sum to an end, to the other, or to hide in the middle. */
const TRICKS = [[1], [5], [3], [1, 5], [2, 4]];
const TOPICS_WANTED: readonly (Topic | null)[] = ['generative-ai', 'short-video', 'data-literacy', null];

/**
 * A program of 26 weeks, the same for a seed: 8 to 400 people who join, leave and change their department, and up to four
 * accounts of the attacker, who answers each week and sits where the groups are small.
 */
export function simulateAnswers(seed: number): SimulatedProgram {
  const next = numbers(seed);
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
  const size = Math.round(8 * 50 ** next());
  const departments = 1 + below(Math.max(3, Math.round(size / 50)));
  const offices = 1 + below(3);
  const share = 0.05 + 0.6 * next();
  const culture = pick(CULTURES);
  const trick = pick(TRICKS);
  const every = 1 + below(4);
  const fakes = below(5);
  const answers: Answer[] = [];
  const people = new Set<string>();
  for (let index = 0; index < size + fakes; index++) {
    const isFake = index >= size;
    const personId = `${isFake ? 'fake' : 'person'}-${index}`;
    const joins = isFake || next() < 0.8 ? 0 : below(WEEKS);
    const leaves = isFake || next() < 0.8 ? WEEKS : joins + below(WEEKS);
    // Small departments and large ones; the attacker's accounts are in the smallest.
    let department = isFake ? departments - 1 : Math.floor(departments * next() ** 2);
    const office = isFake ? offices - 1 : Math.floor(offices * next() ** 2);
    const moves = next() < 0.1 ? below(WEEKS) : WEEKS;
    for (let week = joins; week < Math.min(leaves, WEEKS); week++) {
      if (week === moves) department = below(departments);
      const isAsked = isFake || (week + index) % every === 0;
      if (!isAsked || (!isFake && next() >= share)) continue;
      answers.push({
        key: `${personId}:${week}`,
        personId,
        week,
        givenAt: week * WEEK_DAYS + below(WEEK_DAYS),
        given: pick(isFake ? trick : culture),
        topic: isFake ? null : pick(TOPICS_WANTED),
        department: `Department ${department}`,
        office: `Office ${office}`,
        isFake,
      });
      if (!isFake) people.add(personId);
    }
  }
  return { answers, people };
}
