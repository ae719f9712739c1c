import type { ReaderTexts } from './create-texts.ts';

export interface SeriesWords {
  sessions: number;
  minutes: number;
  everyWeeks: number;
}

/** `6 sessions, 30 minutes each, every 4 weeks` */
export const writeShape = ({ sessions, minutes, everyWeeks }: SeriesWords, { t }: ReaderTexts): string =>
  [
    t('cards:sessions', { count: sessions }),
    t('cards:minutes', { count: minutes }),
    t('cards:everyWeeks', { count: everyWeeks }),
  ].join(', ');

/** The agreement of a pair, one paragraph each: rhythm, topics, confidentiality, its limits, no appraisal. */
export const writeAgreement = (series: SeriesWords, reader: ReaderTexts): string[] => [
  reader.t('agreement:rhythm', { shape: writeShape(series, reader) }),
  reader.t('agreement:topics'),
  reader.t('agreement:confidential'),
  reader.t('agreement:limits'),
  reader.t('agreement:appraisal'),
];
