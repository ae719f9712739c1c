import type { PriceReason } from '../../../server/domain/matching/describe-price.ts';
import type { MatchReason, UnmatchedReason } from '../../../server/domain/matching/reasons.ts';
import type { SlotReason } from '../../../server/domain/slots/types.ts';
import { HARD_RULES } from '../../../server/domain/matching/settings.ts';

export const NUMBERS = [0, 1, 2, 5, 21];
export const SKILLS = ['generative-ai', 'short-video', 'Working with {{clients}}', 'data-literacy', 'Web 2.0'];
const LANGUAGES = ['pl', 'en', 'uk', 'it', 'de'];
const SIZES = [1, 2, 3, 5];

/** Every reason, with every number and every length of a list. */
export const matchReasons = (): MatchReason[] => [
  ...SIZES.flatMap((size): MatchReason[] => [
    { code: 'goalsCovered', covered: SKILLS.slice(0, size), of: size },
    { code: 'goalsCovered', covered: SKILLS.slice(0, size), of: size + 1 },
    { code: 'goalsCovered', covered: SKILLS.slice(0, size), of: 21 },
    { code: 'sharedInterests', interests: SKILLS.slice(0, size) },
    { code: 'sharedLanguages', languages: LANGUAGES.slice(0, size) },
  ]),
  ...NUMBERS.map((hoursPerWeek): MatchReason => ({ code: 'overlapHours', hoursPerWeek })),
  { code: 'otherDepartment', department: 'Legal', menteeDepartment: 'Sales' },
  { code: 'departmentPartnership', department: 'Legal', menteeDepartment: 'Sales' },
  { code: 'otherOffice', office: 'Rome', menteeOffice: 'Kyiv' },
  { code: 'otherCountry', country: 'Italia', menteeCountry: 'Polska' },
];
export const slotReasons: SlotReason[] = [
  ...NUMBERS.flatMap((count): SlotReason[] => [
    { code: 'freeOnAllDates', count },
    { code: 'movedDates', moved: count, of: 26 },
    { code: 'lastResort', count },
  ]),
  { code: 'noLunch' },
  { code: 'buffers' },
  { code: 'focusKept' },
  { code: 'preferredHours' },
  { code: 'besideRoutine' },
  { code: 'earlyStart', days: 4 },
];
export const unmatchedReasons = (): UnmatchedReason[] => [
  { code: 'nobodyOffers', skills: [] },
  { code: 'nobodySpeaks', languages: [] },
  ...SIZES.flatMap((size): UnmatchedReason[] => [
    { code: 'nobodyOffers', skills: SKILLS.slice(0, size) },
    { code: 'nobodySpeaks', languages: LANGUAGES.slice(0, size) },
  ]),
  ...HARD_RULES.flatMap((rule) =>
    NUMBERS.flatMap((mentors): UnmatchedReason[] => [
      ...SIZES.flatMap((size) =>
        HARD_RULES.map((breaks): UnmatchedReason => {
          const values = (rule === 'noSharedLanguage' ? LANGUAGES : SKILLS).slice(0, size);
          const isValued = rule === 'noSharedLanguage' || rule === 'noGoalCovered';
          return { code: 'everyoneWho', passes: rule, breaks, mentors, values: isValued ? values : [] };
        }),
      ),
      { code: 'ruledOut', rule, mentors, of: mentors },
      { code: 'ruledOut', rule, mentors, of: 22 },
      { code: 'onlyFor', rule, mentors },
    ]),
  ),
  ...NUMBERS.map((mentors): UnmatchedReason => ({ code: 'allTaken', mentors })),
];
export const NO_PRICE: PriceReason = {
  code: 'price',
  seats: 0,
  goals: 0,
  firstChoicesLost: 0,
  worstBefore: 400_000,
  worstAfter: 400_000,
  total: 0,
  gained: [],
  lost: [],
};
export const pairs = (count: number) => Array.from({ length: count }, (_, i) => ({ mentee: `m${i}`, mentor: `s${i}` }));
export const prices = (): PriceReason[] => [
  NO_PRICE,
  ...[...NUMBERS, ...NUMBERS.map((n) => -n)].flatMap((n): PriceReason[] => [
    { ...NO_PRICE, seats: n },
    { ...NO_PRICE, goals: n },
    { ...NO_PRICE, firstChoicesLost: Math.abs(n) },
    { ...NO_PRICE, worstAfter: 400_000 + n },
    { ...NO_PRICE, total: n },
    { ...NO_PRICE, gained: pairs(Math.abs(n)) },
    { ...NO_PRICE, lost: pairs(Math.abs(n) + 5) },
    { ...NO_PRICE, lost: pairs(Math.abs(n)), gained: pairs(Math.abs(n)) },
  ]),
];
