import type { CohortScores } from './cohort-scores.ts';
import { firstOfEachSkill, isGoalCovered, sharedTexts } from './explain-pair.ts';
import type { RuleRow } from './read-rules.ts';
import type { UnmatchedReason } from './reasons.ts';
import { RULE_BITS, rulesIn } from './rule-bits.ts';
import type { HardRule } from './settings.ts';
import { keyOf } from './points.ts';

export type EveryoneWho = Extract<UnmatchedReason, { code: 'everyoneWho' }>;

/** Two pairs of rules say it twice; more is not read. */
const MOST_PAIRS = 2;
/** Rules of which one can say by what it is passed. */
const VALUED = RULE_BITS.noSharedLanguage | RULE_BITS.noGoalCovered;
/** Whether a score is high enough hangs on everything else: "everybody with a high score" names nobody. */
const NEVER_PASSED = RULE_BITS.minimumScore;

/**
 * Pairs of rules that together keep all mentors at hand away: everybody who passes the first breaks the second. The fewer
 * pass, the more it tells; among equals those who can be named by a language or a skill. Where no two rules do, the same for
 * each language, or for each goal, by itself: each with the rule that its own mentors break. Empty: neither is so.
 *
 * No rule may be broken by everybody: it would say it alone.
 */
export function findEveryoneWho(scores: CohortScores, i: number, rules: RuleRow): EveryoneWho[] {
  const pairs = findPairs(rules);
  if (pairs.length > 0)
    return pairs.map(({ passes, breaks, mentors }) => ({
      code: 'everyoneWho',
      passes,
      breaks,
      mentors,
      values: groupsOf(scores, i, rules, passes).map(({ value }) => value),
    }));
  const byValue = (['noSharedLanguage', 'noGoalCovered'] as const)
    .map((passes) => explainEachValue(rules, passes, groupsOf(scores, i, rules, passes)))
    .filter((found) => found.length > 0)
    .sort((a, b) => countOf(a) - countOf(b));
  return byValue[0] ?? [];
}

const countOf = (reasons: readonly EveryoneWho[]): number => reasons.reduce((sum, { mentors }) => sum + mentors, 0);

interface RulePair {
  passes: HardRule;
  breaks: HardRule;
  mentors: number;
}

function findPairs({ atHand, telling }: RuleRow): RulePair[] {
  /** How many mentors break exactly these rules. */
  const counts = new Map<number, number>();
  for (const j of atHand) counts.set(telling[j]!, (counts.get(telling[j]!) ?? 0) + 1);
  const masks = [...counts];
  const broken = rulesIn(masks.reduce((bits, [mask]) => bits | mask, 0));
  const found = broken
    .filter((passes) => (RULE_BITS[passes] & NEVER_PASSED) === 0)
    .flatMap((passes): RulePair[] => {
      const passing = masks.filter(([mask]) => (mask & RULE_BITS[passes]) === 0);
      const common = passing.reduce((bits, [mask]) => bits & mask, ~0);
      const mentors = passing.reduce((sum, [, count]) => sum + count, 0);
      return mentors === 0 ? [] : rulesIn(common).map((breaks) => ({ passes, breaks, mentors }));
    })
    .sort((a, b) => a.mentors - b.mentors || isValued(b.passes) - isValued(a.passes));
  const said = new Set<number>();
  return found
    .filter(({ passes, breaks }) => said.size < said.add(RULE_BITS[passes] | RULE_BITS[breaks]).size)
    .slice(0, MOST_PAIRS);
}

const isValued = (rule: HardRule): number => ((RULE_BITS[rule] & VALUED) === 0 ? 0 : 1);

/** A language or a skill, and the columns of the mentors at hand who pass the rule by it. */
interface Group {
  value: string;
  columns: number[];
}

/** The values by which mentors pass a rule, without those of nobody; none for a rule that is not about values. */
function groupsOf({ mentees, mentors }: CohortScores, i: number, rules: RuleRow, passes: HardRule): Group[] {
  const { languages, goals } = mentees[i]!;
  const passing = rules.atHand.filter((j) => (rules.telling[j]! & RULE_BITS[passes]) === 0);
  const group = (value: string, has: (j: number) => boolean): Group => ({ value, columns: passing.filter(has) });
  const groups =
    passes === 'noSharedLanguage'
      ? sharedTexts(languages, languages).map((language) => {
          const key = keyOf(language);
          return group(language, (j) => mentors[j]!.languages.some((other) => keyOf(other) === key));
        })
      : passes === 'noGoalCovered'
        ? firstOfEachSkill(goals).map((goal) => group(goal.skill, (j) => isGoalCovered(goal, mentors[j]!.skills)))
        : [];
  return groups.filter(({ columns }) => columns.length > 0);
}

/** One reason for each rule that all mentors of a value break, if there is one for each value. */
function explainEachValue({ telling }: RuleRow, passes: HardRule, groups: readonly Group[]): EveryoneWho[] {
  const byRule = new Map<HardRule, { values: string[]; columns: Set<number> }>();
  for (const { value, columns } of groups) {
    const [breaks] = rulesIn(columns.reduce((common, j) => common & telling[j]!, ~0));
    if (breaks === undefined) return [];
    const said = byRule.get(breaks) ?? { values: [], columns: new Set() };
    said.values.push(value);
    for (const j of columns) said.columns.add(j);
    byRule.set(breaks, said);
  }
  return [...byRule]
    .map(([breaks, { values, columns }]): EveryoneWho => ({
      code: 'everyoneWho',
      passes,
      breaks,
      mentors: columns.size,
      values,
    }))
    .sort((a, b) => a.mentors - b.mentors);
}
