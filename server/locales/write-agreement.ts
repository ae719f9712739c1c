import type { ReaderTexts } from './create-texts.ts';

export interface SeriesWords {
  sessions: number;
  minutes: number;
  everyWeeks: number;
  /** Of a series by months, which then counts; absent in messages of older versions. */
  everyMonths?: number | null;
}

/** `6 sessions, 30 minutes each, every 4 weeks`, or `every month` */
export const writeShape = ({ sessions, minutes, everyWeeks, everyMonths }: SeriesWords, { t }: ReaderTexts): string =>
  [
    t('cards:sessions', { count: sessions }),
    t('cards:minutes', { count: minutes }),
    everyMonths ? t('cards:everyMonths', { count: everyMonths }) : t('cards:everyWeeks', { count: everyWeeks }),
  ].join(', ');

/**
 * The agreement of a pair, one paragraph each: rhythm, moves where they are allowed, topics, confidentiality, its limits,
 * no appraisal.
 */
export const writeAgreement = (series: SeriesWords & { movesAllowed?: boolean }, reader: ReaderTexts): string[] => [
  reader.t('agreement:rhythm', { shape: writeShape(series, reader) }),
  ...(series.movesAllowed ? [reader.t('agreement:moves')] : []),
  reader.t('agreement:topics'),
  reader.t('agreement:confidential'),
  reader.t('agreement:limits'),
  reader.t('agreement:appraisal'),
];
