import type { IChoiceSetInput, IExecuteAction } from '@microsoft/teams.cards';
import type { CardMessage } from '../../contract/card-messages.ts';
import { RIGHT_MATCHES, TEACHERS } from '../../contract/vocabulary.ts';
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
  paragraph,
  smallPrint,
  type CardBody,
} from './elements.ts';
import { LEVELS, tookPlaceChoice } from './topic-choices.ts';

type Pulse = Extract<CardMessage, { kind: 'feedbackMentor' | 'feedbackMentee' }>;

/**
 * The pulse of a pair in the place of the usual questions (product.md F4), each with who sees the answer above it. The
 * executive is not asked whether the session took place: the button that sends says so, another one that it did not.
 */
export function pulseCard(message: Pulse, which: string, reader: ReaderTexts): OutgoingCard {
  const { t } = reader;
  const title = (name: string): string => t('pulse:heading', { name });
  return finishCard(`${title(cleanText(message.partnerName, 80))}. ${t('pulse:rightMatch')}`, [
    ...(message.isReminder ? [smallPrint(t('reminder'))] : []),
    heading(title(escapeText(message.partnerName, 80))),
    smallPrint(which),
    paragraph(t('pulse:intro')),
    ...(message.kind === 'feedbackMentor' ? [tookPlaceChoice(message.given, reader)] : []),
    ...questions(message, reader),
    { type: 'ActionSet', actions: buttons(message, reader) },
  ]);
}

function questions({ given }: Pulse, { t }: ReaderTexts): CardBody {
  const ask = (
    id: 'rightMatch' | 'safeToSpeak' | 'taughtBy',
    choices: readonly string[],
    texts: string,
  ): IChoiceSetInput => {
    const value = given?.[id];
    return choiceSet({
      id,
      label: labelOf(t(`pulse:${id}`), t(`pulse:${id}Seen`)),
      style: 'expanded',
      choices: choices.map((choice) => ({ title: t(`pulse:${texts}.${choice}`), value: choice })),
      ...(value === undefined ? {} : { value: String(value) }),
    });
  };
  return [
    ask('rightMatch', RIGHT_MATCHES, 'rightMatches'),
    ask('safeToSpeak', LEVELS.toReversed(), 'safeLevels'),
    ask('taughtBy', TEACHERS, 'teachers'),
  ];
}

function buttons(message: Pulse, { t }: ReaderTexts): IExecuteAction[] {
  const given = { verb: 'feedback.submit' as const, ...dateOf(message) };
  if (message.kind === 'feedbackMentor') return [execute(t('feedback.send'), given, { isPrimary: true })];
  return [
    execute(t('feedback.send'), { ...given, tookPlace: 'yes' }, { isPrimary: true }),
    execute(t('feedback.notHeld'), { ...given, tookPlace: 'no' }, { alone: true }),
  ];
}

/**
 * Three ways on for somebody who feels hardly safe to speak, each with what it sends to whom; to do nothing is one more. To
 * stop takes a second press, since it cannot be taken back.
 */
export function pulseWaysCard(message: Extract<CardMessage, { kind: 'pulseWays' }>, { t }: ReaderTexts): OutgoingCard {
  const { sessionId, pairId, cohortId, contact } = message;
  const way = (seen: string, action: IExecuteAction): CardBody => [
    { type: 'ActionSet', spacing: 'Medium', actions: [action] },
    { ...smallPrint(seen), spacing: 'Small' },
  ];
  return finishCard(`${t('ways:heading')}. ${t('ways:text')}`, [
    heading(t('ways:heading')),
    paragraph(t('ways:text')),
    ...(contact === null
      ? [paragraph(t('ways:noContact'))]
      : way(
          t('ways:contactSeen', { name: escapeText(contact.name, 80) }),
          execute(
            t('ways:contact', { name: cleanText(contact.name, 80) }),
            { verb: 'contact.ask', cohortId, contactId: contact.contactId },
            { alone: true },
          ),
        )),
    ...way(
      t('ways:anotherSeen'),
      execute(t('ways:another'), { verb: 'pulse.anotherMatch', sessionId }, { alone: true }),
    ),
    {
      type: 'ActionSet',
      spacing: 'Medium',
      actions: [{ type: 'Action.ToggleVisibility', title: t('ways:leave'), targetElements: ['leave'] }],
    },
    { ...smallPrint(t('ways:leaveSeen')), spacing: 'Small' },
    {
      type: 'Container',
      id: 'leave',
      isVisible: false,
      style: 'emphasis',
      items: [
        {
          type: 'ActionSet',
          actions: [execute(t('ways:leaveNow'), { verb: 'pair.leave', pairId }, { alone: true })],
        },
      ],
    },
    {
      type: 'ActionSet',
      separator: true,
      actions: [execute(t('pulse:edit'), { verb: 'feedback.edit', ...dateOf(message) }, { alone: true })],
    },
  ]);
}
