import type { CardMessage } from '../../contract/card-messages.ts';
import { NOTE_READERS } from '../../contract/vocabulary.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import {
  choiceSet,
  dateOf,
  execute,
  finishCard,
  heading,
  labelOf,
  NO_CHOICE,
  paragraph,
  smallPrint,
  textInput,
  type CardBody,
} from './elements.ts';
import { pulseCard } from './pulse.ts';
import { tookPlaceChoice, topicChoices, usefulnessChoices } from './topic-choices.ts';

type Feedback = Extract<CardMessage, { kind: 'feedbackMentor' | 'feedbackMentee' }>;

/** Length of the optional line (contract/cards.ts). */
const NOTE_LENGTH = 1000;

/**
 * Asks how a session was. The executive answers with one tap; the mentor, and whoever opens the form again, sees all
 * fields. Each field says who reads it before anybody types (product.md F1, F3).
 */
export function feedbackCard(message: Feedback, reader: ReaderTexts): OutgoingCard {
  const { t } = reader;
  const which = t('feedback.which', {
    number: message.number,
    of: message.of,
    date: reader.dateTime(message.start),
  });
  const isOneTap = message.kind === 'feedbackMentee' && message.given === null;
  const summary = `${t('feedback.heading', { name: cleanText(message.partnerName, 80) })}. ${t('feedback.usefulness')}`;
  if (message.isPulse) return pulseCard(message, which, reader);
  return finishCard(summary, [
    ...(message.isReminder ? [smallPrint(t('reminder'))] : []),
    heading(t('feedback.heading', { name: escapeText(message.partnerName, 80) })),
    smallPrint(which),
    ...(isOneTap ? oneTap(message, reader) : form(message, reader)),
  ]);
}

function oneTap(message: Feedback, reader: ReaderTexts): CardBody {
  const { t } = reader;
  return [
    paragraph(t('feedback.usefulness')),
    {
      type: 'ActionSet',
      actions: usefulnessChoices(reader).map(({ title, value }) =>
        execute(title, { verb: 'feedback.submit', ...dateOf(message), tookPlace: 'yes', usefulness: value }),
      ),
    },
    {
      type: 'ActionSet',
      actions: [execute(t('feedback.notHeld'), { verb: 'feedback.submit', ...dateOf(message), tookPlace: 'no' })],
    },
    smallPrint(t('feedback.oneTap')),
  ];
}

function form({ nextTopics, given, ...message }: Feedback, reader: ReaderTexts): CardBody {
  const { t } = reader;
  return [
    tookPlaceChoice(given, reader),
    choiceSet({
      id: 'usefulness',
      label: labelOf(t('feedback.usefulness'), t('feedback.usefulnessSeen')),
      style: 'expanded',
      choices: usefulnessChoices(reader),
      ...(given?.usefulness === undefined ? {} : { value: String(given.usefulness) }),
    }),
    choiceSet({
      id: 'nextTopic',
      label: labelOf(t('feedback.nextTopic'), t('feedback.nextTopicSeen')),
      style: 'compact',
      choices: [{ title: t('noTopic'), value: NO_CHOICE }, ...topicChoices(nextTopics, reader)],
      value: given?.nextTopic ?? NO_CHOICE,
    }),
    choiceSet(
      {
        id: 'noteReader',
        label: t('feedback.reader'),
        style: 'compact',
        choices: NOTE_READERS.map((value) => ({ title: t(`feedback.readers.${value}`), value })),
        value: given?.noteReader ?? 'programTeamGrouped',
      },
      t('choose'),
    ),
    textInput('note', labelOf(t('feedback.note'), t('feedback.noteSeen')), NOTE_LENGTH, given?.note),
    {
      type: 'ActionSet',
      actions: [execute(t('feedback.send'), { verb: 'feedback.submit', ...dateOf(message) }, { isPrimary: true })],
    },
  ];
}
