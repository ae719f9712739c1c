import type { CardMessage } from '../../contract/card-messages.ts';
import type { NewTimeAnswer } from '../../contract/vocabulary.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import { capitalize, execute, finishCard, heading, paragraph, smallPrint } from './elements.ts';

type NewTime = Extract<CardMessage, { kind: 'newTime' }>;

/** Teams takes six actions on a card; two are needed for the other answers. */
const MOST_TIMES = 3;

/** Other times for one session, one tap each; or the session as it is, or none. Never whose calendar, who or why. */
export function newTimeCard(message: NewTime, reader: ReaderTexts): OutgoingCard {
  const { t } = reader;
  const { sessionId, round, forName, starts, canKeep } = message;
  /** Without a time and without a date that stands there is nothing to choose. */
  const isAsked = starts.length > 0 || canKeep;
  const title = (clean: (text: string, length: number) => string): string => {
    const name = clean(message.partnerName, 80);
    return forName === null
      ? t('newTime.heading', { name })
      : t('newTime.headingFor', { name, executive: clean(forName, 80) });
  };
  const because = t(`newTime.because.${message.because}`, { from: reader.dateTime(message.start) });
  const answer = (text: string, value: NewTimeAnswer, more: { start?: string; isPrimary?: boolean } = {}) => {
    const { isPrimary = false, ...data } = more;
    return execute(
      text,
      { verb: 'session.newTime', sessionId, round, answer: value, ...data },
      { isPrimary, alone: true },
    );
  };
  return finishCard(`${title(cleanText)}. ${because}`, [
    heading(title(escapeText)),
    paragraph(because),
    ...(message.isRefreshed ? [paragraph(t('newTime.refreshed'), { weight: 'Bolder' })] : []),
    paragraph(t(starts.length === 0 ? 'newTime.none' : 'newTime.choose')),
    {
      type: 'ActionSet',
      actions: [
        ...starts
          .slice(0, MOST_TIMES)
          .map((start) =>
            answer(capitalize(reader.dateTime(start), reader), 'take', { start: String(start), isPrimary: true }),
          ),
        ...(canKeep ? [answer(t('newTime.keep'), 'keep')] : []),
        answer(t('newTime.skip'), 'skip'),
      ],
    },
    ...(isAsked ? [smallPrint(t('newTime.next', { date: reader.date(message.answerBy) }))] : []),
    smallPrint(t('zone', { zone: escapeText(reader.zoneName(message.start)) })),
  ]);
}
