import type { AgreementFile } from '../contract/content.ts';
import type { Locale, Side } from '../contract/vocabulary.ts';
import type { ReaderTexts } from './create-texts.ts';
import type { Content } from './load-content.ts';

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
 * A version of the agreement of a pair, one paragraph each: rhythm, moves where they are allowed, topics, confidentiality,
 * its limits, no appraisal. A version that is not there any more is told by the newest.
 */
export function writeAgreement(
  content: Content,
  series: SeriesWords & { movesAllowed?: boolean },
  reader: ReaderTexts,
  version = content.agreementVersion,
): string[] {
  const { rhythm, moves, topics, confidential, limits, appraisal } = agreementOf(content, reader.locale, version);
  return [
    rhythm.replaceAll('{{shape}}', writeShape(series, reader)),
    ...(series.movesAllowed ? [moves] : []),
    topics,
    confidential,
    limits,
    appraisal,
  ];
}

/** What the program expects of one side, for the rhythm of their cohort. */
export function writeExpectations(
  content: Content,
  side: Side,
  series: SeriesWords,
  reader: ReaderTexts,
  version = content.agreementVersion,
): string[] {
  const total = reader.t('cards:minutes', { count: series.sessions * series.minutes });
  return agreementOf(content, reader.locale, version).expects[side].map((text) =>
    text.replaceAll('{{total}}', total).replaceAll('{{shape}}', writeShape(series, reader)),
  );
}

function agreementOf(content: Content, locale: Locale, version: number): AgreementFile {
  const { agreements } = content[locale];
  const agreement = agreements.get(version) ?? agreements.get(content.agreementVersion);
  if (!agreement) throw new Error(`there is no agreement in ${locale}`);
  return agreement;
}
