import type { PinProblem } from '../domain/matching/wishes.ts';
import type { ReaderTexts } from './create-texts.ts';

/** Problems that are about no hard rule. */
const OTHER = ['unknownPerson', 'twice', 'capacity'] as const;

/**
 * Why two people, by their names, cannot be a pair, for the administrator: the hard rule in words.
 *
 * @example writeRefusedPin('siblings', { mentee: 'Marco', mentor: 'Olha' }, reader, cleanText)
 * // => 'Marco and Olha cannot be a pair: the mentor has the same manager.'
 */
export function writeRefusedPin(
  rule: PinProblem,
  names: { mentee: string; mentor: string },
  { t }: ReaderTexts,
  clean: (text: string) => string,
): string {
  const values = { mentee: clean(names.mentee), mentor: clean(names.mentor) };
  const other = OTHER.find((one) => one === rule);
  if (other) return t(`review:refused.${other}`, values);
  return t('review:refused.rule', { ...values, does: t(`unmatched:does.${rule}`) });
}
