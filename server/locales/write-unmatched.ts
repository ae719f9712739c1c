import type { UnmatchedReason } from '../domain/matching/reasons.ts';
import type { ReaderTexts } from './create-texts.ts';
import { endSentence, listValues, pluralOf } from './list-values.ts';

/**
 * Whole sentences on why a person has nobody, for the administrator. What is said of the same mentors is one sentence. Reasons
 * about languages or skills of which nothing can be shown are left out. `clean` neutralizes what people wrote.
 *
 * @example writeUnmatched([{ code: 'onlyFor', rule: 'siblings', mentors: 2 }], reader, cleanText)
 * // => ['2 mentors would fit but for the common manager.']
 */
export function writeUnmatched(
  reasons: readonly UnmatchedReason[],
  reader: ReaderTexts,
  clean: (text: string) => string,
): string[] {
  return reasons
    .map((reason) => {
      if (reason.code !== 'everyoneWho') return writeOne(reason, reader, clean);
      const alike = reasons.filter((other): other is EveryoneWho => isOfSame(reason, other));
      return alike[0] === reason ? writeEveryoneWho(alike, reader, clean) : '';
    })
    .map(endSentence)
    .filter((sentence) => sentence !== '');
}

type Reason<C extends UnmatchedReason['code']> = Extract<UnmatchedReason, { code: C }>;
type EveryoneWho = Reason<'everyoneWho'>;

/** Whether both are about the same mentors. */
const isOfSame = (a: EveryoneWho, b: UnmatchedReason): boolean =>
  b.code === 'everyoneWho' && a.passes === b.passes && a.mentors === b.mentors && a.values.join() === b.values.join();

function writeOne(
  reason: Exclude<UnmatchedReason, EveryoneWho>,
  reader: ReaderTexts,
  clean: (text: string) => string,
): string {
  const { t } = reader;
  switch (reason.code) {
    case 'nobodyOffers': {
      if (reason.skills.length === 0) return t('unmatched:noGoals');
      const skills = listValues(reason.skills, 'skills', reader, clean);
      return skills.length === 0 ? '' : t('unmatched:nobodyOffers', { skills: reader.list(skills) });
    }
    case 'nobodySpeaks': {
      if (reason.languages.length === 0) return t('unmatched:noLanguages');
      const languages = listValues(reason.languages, 'languages', reader, clean);
      if (languages.length === 0) return '';
      return t('unmatched:nobodySpeaks', { languages: reader.list(languages), count: pluralOf(languages) });
    }
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

/** One sentence of reasons that are about the same mentors. */
function writeEveryoneWho(
  reasons: readonly EveryoneWho[],
  reader: ReaderTexts,
  clean: (text: string) => string,
): string {
  const { t } = reader;
  const { passes, mentors, values } = reasons[0]!;
  const isAboutLanguages = passes === 'noSharedLanguage';
  const names = listValues(values, isAboutLanguages ? 'languages' : 'skills', reader, clean);
  if (names.length === 0 && (isAboutLanguages || passes === 'noGoalCovered')) return '';
  const who = t(`unmatched:who.${passes}`, { values: reader.list(names), count: pluralOf(names) });
  const key = mentors === 1 ? 'unmatched:theOnlyOneWho' : 'unmatched:everyoneWho';
  return t(key, { who, does: reader.list(reasons.map(({ breaks }) => t(`unmatched:does.${breaks}`))) });
}

function writeRuledOut({ rule, mentors, of }: Reason<'ruledOut'>, { t }: ReaderTexts): string {
  // Who is not trained or on a break is not available.
  const isAboutAvailable = rule !== 'notTrained' && rule !== 'paused';
  if (mentors < of || !isAboutAvailable)
    return t('unmatched:ruledOut', { obstacle: t(`unmatched:obstacle.${rule}`), mentors, of });
  return t(of === 1 ? 'unmatched:theOnlyOne' : 'unmatched:everyone', { does: t(`unmatched:does.${rule}`) });
}
