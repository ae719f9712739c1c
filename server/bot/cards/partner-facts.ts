import type { IFactSet } from '@microsoft/teams.cards';
import type { PartnerView } from '../../contract/http.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import { escapeText } from '../escape-text.ts';

/**
 * Title, department and languages of the other person, and for an executive the matching skills of the mentor; what is
 * not known is left out. A mentor is not shown the executive's topics (product.md, Who sees what).
 */
export function partnerFacts(
  partner: PartnerView,
  { withTopics }: { withTopics: boolean },
  reader: ReaderTexts,
): IFactSet[] {
  const { t } = reader;
  const facts = [
    { title: t('facts.title'), value: escapeText(partner.jobTitle ?? '') },
    { title: t('facts.department'), value: escapeText(partner.department ?? '') },
    {
      title: t('facts.languages'),
      value: reader.list(partner.languages.map((tag) => escapeText(reader.language(tag)))),
    },
    {
      title: t('facts.topics'),
      value: withTopics ? reader.list(partner.topics.map((topic) => reader.topic(topic))) : '',
    },
  ].filter(({ value }) => value !== '');
  return facts.length === 0 ? [] : [{ type: 'FactSet', facts }];
}
