import type { CohortScores } from './cohort-scores.ts';
import { firstOfEachSkill, isGoalCovered } from './explain-pair.ts';
import { findEveryoneWho } from './find-everyone-who.ts';
import { readRules, type RuleRow } from './read-rules.ts';
import type { UnmatchedReason } from './reasons.ts';
import { RULE_BITS, rulesIn } from './rule-bits.ts';

/** More is not read. */
const MOST_REASONS = 4;
/** Where no rule or two of them tell it all, the ones that keep most mentors away. */
const MOST_RULED_OUT = 3;

/** Who still has a place for this mentee; somebody they have already, or must not get, counts as taken. */
export interface Load {
  isTaken: (j: number) => boolean;
}

/**
 * Why mentee `i` has nobody, or fewer than wanted: what binds, the most telling first, at most four reasons. Empty only
 * while an allowed mentor is free: nothing binds then.
 *
 * "Mentors at hand" are others than the person, active and, where training is required, trained. In this order:
 * 1. some mentors are allowed: all of them are taken;
 * 2. one rule keeps all mentors at hand away: nobody offers the goals, nobody speaks the languages, or else `ruledOut`;
 * 3. two rules together do: `everyoneWho`, the scarcest first, at most two;
 * 4. otherwise how many would be allowed but for one rule, or, where nobody would, what keeps most away.
 * Goals of some that nobody offers are added where goals matter, mentors who only lack training or pause last.
 */
export function explainUnmatched(scores: CohortScores, i: number, { isTaken }: Load): UnmatchedReason[] {
  const mentee = scores.mentees[i]!;
  const row = new Int32Array(scores.columns);
  scores.fillRow(i, row);
  let allowed = 0;
  for (let j = 0; j < row.length; j++) {
    if (row[j]! < 0) continue;
    if (!isTaken(j)) return [];
    allowed++;
  }
  if (allowed > 0) return [{ code: 'allTaken', mentors: allowed }];
  const rules = readRules(scores, i);
  if (mentee.isPaused) {
    const fits = rules.atHand.filter((j) => rules.broken[j] === 0).length;
    if (fits > 0) return [{ code: 'onlyFor', rule: 'paused', mentors: fits }];
  }
  const reasons = rules.atHand.length === 0 ? explainNobodyAtHand(scores, i, rules) : explainRules(scores, i, rules);
  return reasons.slice(0, MOST_REASONS);
}

/** What the mentors at hand, of whom nobody is allowed, leave the person without. */
function explainRules(scores: CohortScores, i: number, rules: RuleRow): UnmatchedReason[] {
  const everybody = rules.atHand.reduce((common, j) => common & rules.telling[j]!, ~0);
  if (everybody !== 0) return explainOneRule(scores, i, rules, everybody);
  const pairs = findEveryoneWho(scores, i, rules);
  const goals = missingGoals(scores, i, rules).missing;
  const someGoals: UnmatchedReason[] = goals.length > 0 ? [{ code: 'nobodyOffers', skills: goals }] : [];
  if (pairs.length > 0) {
    const isAboutGoals = pairs.some(({ passes, breaks }) => passes === 'noGoalCovered' || breaks === 'noGoalCovered');
    return [...pairs, ...(isAboutGoals ? someGoals : []), ...onlyFor(rules, ABOUT_MENTOR)];
  }
  const near = onlyFor(rules);
  const isNear = near.some(({ rule }) => (RULE_BITS[rule] & ABOUT_MENTOR) === 0);
  return [...(isNear ? [] : ruledOut(rules)), ...near, ...someGoals];
}

/** Rules that a mentor breaks alone: both are lifted by waiting. */
const ABOUT_MENTOR = RULE_BITS.notTrained | RULE_BITS.paused;

/** The rules that every mentor at hand breaks. */
function explainOneRule(scores: CohortScores, i: number, rules: RuleRow, everybody: number): UnmatchedReason[] {
  const reasons: UnmatchedReason[] = [];
  const { languages } = scores.mentees[i]!;
  const { goals, missing } = missingGoals(scores, i, rules);
  let others = everybody;
  if ((everybody & RULE_BITS.noGoalCovered) !== 0 && missing.length === goals) {
    reasons.push({ code: 'nobodyOffers', skills: missing });
    others &= ~RULE_BITS.noGoalCovered;
  }
  if ((everybody & RULE_BITS.noSharedLanguage) !== 0) {
    reasons.push({ code: 'nobodySpeaks', languages: [...languages] });
    others &= ~RULE_BITS.noSharedLanguage;
  }
  const of = rules.atHand.length;
  for (const rule of rulesIn(others)) reasons.push({ code: 'ruledOut', rule, mentors: of, of });
  // "All of them" says already that all of them would be allowed without the rule.
  const near = onlyFor(rules, others | ABOUT_MENTOR).filter(
    ({ rule, mentors }) => mentors < of || (RULE_BITS[rule] & others) === 0,
  );
  return [...reasons, ...near];
}

/** Nobody is active and trained, or there is nobody at all. */
function explainNobodyAtHand(scores: CohortScores, i: number, rules: RuleRow): UnmatchedReason[] {
  const { languages } = scores.mentees[i]!;
  const { missing } = missingGoals(scores, i, rules);
  const near = onlyFor(rules, ABOUT_MENTOR);
  const reasons: UnmatchedReason[] = near.length > 0 ? near : ruledOut(rules, ABOUT_MENTOR);
  if (missing.length > 0) return [{ code: 'nobodyOffers', skills: missing }, ...reasons];
  return reasons.length > 0 ? reasons : [{ code: 'nobodySpeaks', languages: [...languages] }];
}

/** How many goals there are, and those that no mentor at hand has at the wanted level; none where no goal has to be covered. */
function missingGoals(scores: CohortScores, i: number, { atHand }: RuleRow): { goals: number; missing: string[] } {
  if (!scores.settings.rules.goalCovered) return { goals: 0, missing: [] };
  const goals = firstOfEachSkill(scores.mentees[i]!.goals);
  const missing = new Set(goals);
  for (const j of atHand) {
    if (missing.size === 0) break;
    for (const goal of missing) if (isGoalCovered(goal, scores.mentors[j]!.skills)) missing.delete(goal);
  }
  return { goals: goals.length, missing: [...missing].map(({ skill }) => skill) };
}

/** How many would be allowed but for one of the rules, most first. */
function onlyFor(rules: RuleRow, among = ~0): Extract<UnmatchedReason, { code: 'onlyFor' }>[] {
  // The pause of the person stands in the way of all of them as well.
  if (rules.isMenteePaused) return [];
  return rulesIn(among & ~RULE_BITS.samePerson)
    .map((rule) => ({
      code: 'onlyFor' as const,
      rule,
      mentors: rules.broken.reduce((sum, mask) => sum + (mask === RULE_BITS[rule] ? 1 : 0), 0),
    }))
    .filter(({ mentors }) => mentors > 0)
    .sort((a, b) => b.mentors - a.mentors);
}

/** What keeps most of the mentors at hand away, or, with nobody at hand, most of all others. */
function ruledOut({ atHand, telling, others }: RuleRow, among = ~0): Extract<UnmatchedReason, { code: 'ruledOut' }>[] {
  const judged = atHand.length > 0 ? atHand : others;
  return rulesIn(among)
    .map((rule) => ({
      code: 'ruledOut' as const,
      rule,
      mentors: judged.filter((j) => (telling[j]! & RULE_BITS[rule]) !== 0).length,
      of: judged.length,
    }))
    .filter(({ mentors }) => mentors > 0)
    .sort((a, b) => b.mentors - a.mentors)
    .slice(0, MOST_RULED_OUT);
}
