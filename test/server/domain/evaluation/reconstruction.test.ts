import { describe, expect, it } from 'vitest';
import { publishScores, type PublishedScores } from '../../../../server/domain/evaluation/publish-answers.ts';
import type { ShownScore } from '../../../../server/domain/evaluation/show-score.ts';
import { BEST, rulesOf, WORST, type GroupRules } from '../../../../server/domain/evaluation/small-groups.ts';
import { findSingles, type SumFact } from './attack.ts';
import { simulateAnswers, WEEKS, type Answer, type SimulatedProgram } from './simulate-answers.ts';

/*
 * The attacker of reliability.md 83-87 knows all of this code and all rules, who answered when and in which group they
 * were, every view of every date, and what up to four accounts of their own answered. Wanted: what one person answered.
 */
const PROGRAMS = Array.from({ length: 100 }, (_, index) => simulateAnswers(index + 1));
const RULES = rulesOf({});
/** The same code without any threshold. */
const OFF: GroupRules = { people: 1, topics: 1, comments: 1, margin: 0 };

/** A view of a date, and the answers that are in it. */
interface View {
  published: PublishedScores;
  answers: Answer[];
}

/** What the product publishes, week by week: new answers alone, and none twice. */
function publishWeekly({ answers }: SimulatedProgram, rules: GroupRules): View[] {
  const views: View[] = [];
  let waiting: Answer[] = [];
  for (let week = 0; week < WEEKS; week++) {
    waiting.push(...answers.filter((answer) => answer.week === week));
    const published = publishScores(waiting, rules);
    if (!published) continue;
    views.push({ published, answers: waiting });
    waiting = [];
  }
  return views;
}

/** The same without snapshots of new answers alone: each week shows the mean of all answers so far, of enough people. */
function publishAllSoFar({ answers }: SimulatedProgram, people: number): View[] {
  return Array.from({ length: WEEKS }, (_, week) => answers.filter((answer) => answer.week <= week)).flatMap((own) =>
    new Set(own.map(({ personId }) => personId)).size < people
      ? []
      : [{ published: { all: exact(own), by: null, groups: [] }, answers: own }],
  );
}
const exact = (own: readonly Answer[]): ShownScore => ({
  people: own.length,
  value: Math.round((own.reduce((sum, { given }) => sum + given, 0) / own.length) * 100) / 100,
});

/** The last answer of each person: those that count, as the attacker works it out from the code. */
function counting(answers: readonly Answer[]): Answer[] {
  const last = new Map<string, Answer>();
  for (const answer of answers) {
    const before = last.get(answer.personId);
    if (!before || before.givenAt <= answer.givenAt) last.set(answer.personId, answer);
  }
  return [...last.values()];
}

/** What a figure says of the sum behind it; a bound says what the rules say when one is told. */
function factOf(score: ShownScore, members: readonly Answer[], margin: number): SumFact {
  const n = members.length;
  expect(score.people).toBe(n);
  const keys = new Set(members.map(({ key }) => key));
  if ('atLeast' in score) return { members: keys, least: BEST * n - margin, most: BEST * n };
  if ('atMost' in score) return { members: keys, least: WORST * n, most: WORST * n + margin };
  // The mean is told with two decimals.
  return {
    members: keys,
    least: Math.ceil((score.value - 0.005) * n - 1e-9),
    most: Math.floor((score.value + 0.005) * n + 1e-9),
  };
}

function factsOf({ published, answers }: View, margin: number, isEachOnce: boolean): SumFact[] {
  const own = isEachOnce ? counting(answers) : answers;
  const { all, by, groups } = published;
  const named = new Set(groups.map(({ label }) => label));
  return [
    factOf(all, own, margin),
    ...groups.map(({ label, score }) =>
      factOf(
        score,
        own.filter((answer) => (label === null ? !named.has(answer[by!]) : answer[by!] === label)),
        margin,
      ),
    ),
  ];
}

/** How many real people have an answer that the attacker is sure of; every one must be true, or the attack is none. */
function attack(program: SimulatedProgram, facts: readonly SumFact[]): number {
  const known = new Map(program.answers.filter(({ isFake }) => isFake).map(({ key, given }) => [key, given]));
  const truth = new Map(program.answers.map((answer) => [answer.key, answer]));
  const found = new Set<string>();
  for (const [key, value] of findSingles(facts, known)) {
    const answer = truth.get(key)!;
    expect(value).toBe(answer.given);
    found.add(answer.personId);
  }
  return found.size;
}

const attackAll = (factsIn: (program: SimulatedProgram) => SumFact[], programs = PROGRAMS): number =>
  programs.reduce((sum, program) => sum + attack(program, factsIn(program)), 0);

describe('a reconstruction attack on 100 programs of 8 to 400 people in 26 weeks', () => {
  const people = PROGRAMS.reduce((sum, program) => sum + program.people.size, 0);
  const views = PROGRAMS.map((program) => publishWeekly(program, RULES));

  it('has something to attack: people, weeks, figures, bounds and breakdowns', () => {
    const all = views.flat();
    expect(people).toBeGreaterThan(1000);
    expect(all.length).toBeGreaterThan(500);
    const scores = all.flatMap(({ published }) => [published.all, ...published.groups.map(({ score }) => score)]);
    expect(scores.filter((score) => 'value' in score).length).toBeGreaterThan(300);
    expect(scores.filter((score) => 'atLeast' in score).length).toBeGreaterThan(100);
    expect(scores.filter((score) => 'atMost' in score).length).toBeGreaterThan(20);
    expect(all.filter(({ published }) => published.by === 'department').length).toBeGreaterThan(50);
    expect(all.filter(({ published }) => published.by === 'office').length).toBeGreaterThan(10);
  });

  it('recovers nobody from all views of all dates (83, 84, 85)', () => {
    const recovered = PROGRAMS.map((program, index) =>
      attack(
        program,
        views[index]!.flatMap((view) => factsOf(view, RULES.margin, true)),
      ),
    );
    expect(recovered.filter((n) => n > 0)).toEqual([]);
  });

  it('recovers many of the same people with the thresholds switched off', () => {
    const recovered = attackAll((program) =>
      publishWeekly(program, OFF).flatMap((view) => factsOf(view, OFF.margin, true)),
    );
    expect(recovered).toBeGreaterThan(1000);
  });

  it('recovers some with thresholds alone, where all answers so far are shown instead of new ones (84)', () => {
    const recovered = attackAll(
      (program) => publishAllSoFar(program, RULES.people).flatMap((view) => factsOf(view, RULES.margin, false)),
      PROGRAMS.slice(0, 40),
    );
    expect(recovered).toBeGreaterThan(100);
  });

  it('recovers some where five are enough, though four of them may be the attacker’s (84)', () => {
    const five = { ...RULES, people: 5, margin: 0 };
    const recovered = attackAll((program) =>
      publishWeekly(program, five).flatMap((view) => factsOf(view, five.margin, true)),
    );
    expect(recovered).toBeGreaterThan(1000);
  });

  it('shows of the same weeks the same figures, however many people come or go later (84)', () => {
    for (const program of PROGRAMS.slice(0, 20)) {
      const until = 13;
      const fewer = { ...program, answers: program.answers.filter(({ week }) => week < until) };
      const early = publishWeekly(fewer, RULES).map(({ published }) => published);
      expect(publishWeekly(program, RULES).slice(0, early.length)).toMatchObject(
        early.map((published) => ({ published })),
      );
    }
  });
});
