import type { STYLE_TRAITS } from './profile.ts';

/** Scores are integers of millionths: 0..1,000,000. */
export const SCORE_MAX = 1_000_000;

/** Who teaches whom (product.md A2). */
export const MODES = ['reverse', 'traditional', 'reciprocal', 'crossFunctional'] as const;
export type Mode = (typeof MODES)[number];

/** The criteria of a score. Each part is kept, and the parts sum to the score; `pastPair` alone takes away. */
export const CRITERIA = [
  'goals',
  'overlap',
  'languages',
  'interests',
  'style',
  'department',
  'office',
  'country',
  'departmentPartnership',
  'motivation',
  'pastPair',
] as const;
export type Criterion = (typeof CRITERIA)[number];
export type ScoreParts = Record<Criterion, number>;

/** What each criterion may give, in millionths. All but `pastPair`, which is taken off, sum to 1,000,000. */
export type Weights = Record<Criterion, number>;

/**
 * Goals outweigh all else but time together: an executive comes to learn. Overlap is next, since without common time there
 * is no series. A shared language lets both speak freely; interests make the first talk easy; another department is the
 * wider view that reverse mentoring is for, another office and country add to it; a department partnership is what the
 * organization asks for; who said why they take part is likelier to stay. Style counts little: research finds it weak, and
 * product.md holds it to a tenth. Somebody of an earlier pair comes last among equals.
 */
export const DEFAULT_WEIGHTS: Weights = {
  goals: 450_000,
  overlap: 150_000,
  languages: 90_000,
  interests: 80_000,
  style: 60_000,
  department: 50_000,
  office: 25_000,
  country: 15_000,
  departmentPartnership: 40_000,
  motivation: 40_000,
  pastPair: 200_000,
};

/** The most that work style may count of the whole (product.md C1). */
export const MOST_STYLE = SCORE_MAX / 10;

/** Numbers and switches of the hard rules; each is a setting of the program. */
export interface MatchingRules {
  /** Levels of the manager tree that the mentor has to stand below the mentee; negative: above. Null: no such rule. */
  seniorityGap: number | null;
  /** Common working time per working day of the mentee, minutes; less has no common slot all year. */
  minimumOverlap: number;
  /** Pairs below this score are not proposed: better to wait for a mentor than to lose an executive's trust. */
  minimumScore: number;
  /** Months after its end in which a pair is not proposed again; 0: only the penalty of the score counts. */
  pastPairMonths: number;
  reportingLine: boolean;
  siblings: boolean;
  sharedLanguage: boolean;
  goalCovered: boolean;
  training: boolean;
  /** Mentor and mentee must come from different departments. */
  otherDepartment: boolean;
}

export const DEFAULT_RULES: MatchingRules = {
  seniorityGap: 2,
  minimumOverlap: 120,
  minimumScore: 200_000,
  pastPairMonths: 24,
  reportingLine: true,
  siblings: true,
  sharedLanguage: true,
  goalCovered: true,
  training: true,
  otherDepartment: false,
};

/** +1: alike is better, -1: unlike is better, 0: does not count. */
export type TraitSign = -1 | 0 | 1;
export type StyleSigns = Record<(typeof STYLE_TRAITS)[number], TraitSign>;

/** How one likes to communicate, and to plan, alike; who talks first unlike (product.md C1). */
export const DEFAULT_STYLE_SIGNS: StyleSigns = { communication: 1, initiative: -1, structure: 1 };

/** Everything that a program sets about its matching. */
export interface MatchingSettings {
  mode: Mode;
  weights: Weights;
  rules: MatchingRules;
  styleSigns: StyleSigns;
}

/** What a mode changes of the defaults. */
const MODE_RULES: Readonly<Record<Mode, Partial<MatchingRules>>> = {
  reverse: {},
  // The mentor is the senior one: one level above is enough to learn from.
  traditional: { seniorityGap: -1 },
  // Both teach: rank decides nothing.
  reciprocal: { seniorityGap: null },
  // Between departments, without hierarchy.
  crossFunctional: { seniorityGap: null, otherDepartment: true },
};
const MODE_WEIGHTS: Readonly<Record<Mode, Partial<Weights>>> = {
  reverse: {},
  traditional: {},
  reciprocal: {},
  // All come from another department; which one matters more than what is shared.
  crossFunctional: { goals: 400_000, departmentPartnership: 90_000 },
};

/**
 * The settings of a mode, with what a program sets itself on top. Throws RangeError, naming the field, when the weights do
 * not sum to 1,000,000 (`pastPair` apart) or style counts more than a tenth.
 */
export function settingsFor(
  mode: Mode,
  own: { weights?: Partial<Weights>; rules?: Partial<MatchingRules>; styleSigns?: Partial<StyleSigns> } = {},
): MatchingSettings {
  const weights = { ...DEFAULT_WEIGHTS, ...MODE_WEIGHTS[mode], ...own.weights };
  const sum = CRITERIA.reduce((total, name) => (name === 'pastPair' ? total : total + weights[name]), 0);
  if (sum !== SCORE_MAX) throw new RangeError(`weights: must sum to ${SCORE_MAX} without pastPair, not ${sum}`);
  if (weights.style > MOST_STYLE) throw new RangeError(`weights.style: must not exceed ${MOST_STYLE}`);
  return {
    mode,
    weights,
    rules: { ...DEFAULT_RULES, ...MODE_RULES[mode], ...own.rules },
    styleSigns: { ...DEFAULT_STYLE_SIGNS, ...own.styleSigns },
  };
}

/** Why a mentor may not be matched with a mentee. */
export const HARD_RULES = [
  'samePerson',
  'reportingLine',
  'siblings',
  'seniorityGap',
  'sameDepartment',
  'noSharedLanguage',
  'noOverlap',
  'noGoalCovered',
  'minimumScore',
  'pastPair',
  'excludedPair',
  'notTrained',
  'paused',
] as const;
export type HardRule = (typeof HARD_RULES)[number];
