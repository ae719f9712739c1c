import type { UnmatchedReason } from '../domain/matching/reasons.ts';
import type { ReaderTexts } from './create-texts.ts';
import { endSentence, listValues, pluralOf } from './list-values.ts';

/**
 * Whole sentences on why a person has nobody, for the administrator. Reasons about languages or skills of which nothing can be
 * shown are left out. `clean` neutralizes what people wrote.
 *
 * @example writeUnmatched([{ code: 'onlyFor', rule: 'siblings', mentors: 2 }], reader, cleanText)
 * // => ['2 mentors would fit but for the common manager.']
 */
export function writeUnmatched(
  reasons: readonly UnmatchedReason[],
  reader: ReaderTexts,
  clean: (text: string) => string,
): string[] {
  return reasons.map((reason) => endSentence(writeOne(reason, reader, clean))).filter((sentence) => sentence !== '');
}

function writeOne(reason: UnmatchedReason, reader: ReaderTexts, clean: (text: string) => string): string {
  const { t } = reader;
  switch (reason.code) {
    case 'nobodyOffers': {
      const skills = listValues(reason.skills, 'skills', reader, clean);
      return skills.length === 0 ? '' : t('unmatched:nobodyOffers', { skills: reader.list(skills) });
    }
    case 'nobodySpeaks': {
      const languages = listValues(reason.languages, 'languages', reader, clean);
      if (languages.length === 0) return '';
      return t('unmatched:nobodySpeaks', { languages: reader.list(languages), count: pluralOf(languages) });
    }
    case 'everyoneWho':
      return writeEveryoneWho(reason, reader, clean);
    case 'ruledOut':
      return writeRuledOut(reason, reader);
    case 'onlyFor':
      return t('unmatched:onlyFor', { obstacle: t(`unmatched:obstacle.${reason.rule}`), count: reason.mentors });
    case 'allTaken':
      return reason.mentors === 1
        ? t('unmatched:theOnlyOneTaken')
        : t('unmatched:everyoneTaken', { mentors: reason.mentors });
  }
}

type Reason<C extends UnmatchedReason['code']> = Extract<UnmatchedReason, { code: C }>;

function writeEveryoneWho(
  { passes, breaks, mentors, values }: Reason<'everyoneWho'>,
  reader: ReaderTexts,
  clean: (text: string) => string,
): string {
  const { t } = reader;
  const isAboutLanguages = passes === 'noSharedLanguage';
  const names = listValues(values, isAboutLanguages ? 'languages' : 'skills', reader, clean);
  if (names.length === 0 && (isAboutLanguages || passes === 'noGoalCovered')) return '';
  const who = t(`unmatched:who.${passes}`, { values: reader.list(names), count: pluralOf(names) });
  const key = mentors === 1 ? 'unmatched:theOnlyOneWho' : 'unmatched:everyoneWho';
  return t(key, { who, does: t(`unmatched:does.${breaks}`) });
}

function writeRuledOut({ rule, mentors, of }: Reason<'ruledOut'>, { t }: ReaderTexts): string {
  // Who is not trained or on a break is not available.
  const isAboutAvailable = rule !== 'notTrained' && rule !== 'paused';
  if (mentors < of || !isAboutAvailable)
    return t('unmatched:ruledOut', { obstacle: t(`unmatched:obstacle.${rule}`), mentors, of });
  return t(of === 1 ? 'unmatched:theOnlyOne' : 'unmatched:everyone', { does: t(`unmatched:does.${rule}`) });
}
