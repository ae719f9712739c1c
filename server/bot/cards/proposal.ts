import type { IActionSet, IContainer } from '@microsoft/teams.cards';
import type { CardMessage, OfferMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import { writeShape } from '../../locales/write-agreement.ts';
import { writeReasons } from '../../locales/write-reasons.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import {
  capitalize,
  choiceSet,
  execute,
  finishCard,
  heading,
  lines,
  paragraph,
  smallPrint,
  type CardElement,
} from './elements.ts';
import { partnerFacts } from './partner-facts.ts';

/** Of the agreement; the rhythm stands in one of them. */
const LONGEST_PARAGRAPH = 600;

type Proposal = Extract<CardMessage, { kind: 'proposal' }>;

/**
 * The one proposal to an executive: mentor, reasons, agreement (its paragraphs) and three times; agree and book, or another
 * wish.
 */
export function proposalCard(message: Proposal, reader: ReaderTexts, agreement: readonly string[]): OutgoingCard {
  const { t } = reader;
  const { partner, offers } = message;
  const motivation = partner.motivation === null ? '' : escapeText(partner.motivation);
  return finishCard(t('proposal.heading', { name: cleanText(partner.displayName, 80) }), [
    ...(message.isReminder ? [smallPrint(t('reminder'))] : []),
    heading(t('proposal.heading', { name: escapeText(partner.displayName, 80) })),
    ...partnerFacts(partner, { withTopics: true }, reader),
    ...(motivation === '' ? [] : [paragraph(t('proposal.motivation', { text: motivation }))]),
    ...lines(t('reasons'), writeReasons(message.reasons, 'mentee', reader, escapeText)),
    paragraph(capitalize(writeShape(message, reader), reader), { weight: 'Bolder' }),
    ...(offers.length === 0
      ? []
      : offerChoice(offers, reader, t('zone', { zone: escapeText(reader.zoneName(message.answerBy)) }))),
    agreementPart(agreement),
    smallPrint(t('proposal.note')),
    actions(message, reader),
    smallPrint(`${t('proposal.answerBy', { date: reader.date(message.answerBy) })} ${t('proposal.seen')}`),
  ]);
}

/**
 * The offers to choose from, and below them what each means date by date. `zone` says whose clock they are by, `texts`
 * names the texts for who chooses: the executive, or somebody for them.
 */
export function offerChoice(
  offers: readonly OfferMessage[],
  reader: ReaderTexts,
  zone: string,
  texts: 'proposal' | 'assistantProposal' = 'proposal',
): CardElement[] {
  const { t } = reader;
  const named = offers.slice(0, 3).map((offer) => ({ offer, name: nameOffer(offer, reader) }));
  return [
    choiceSet(
      {
        id: 'offer',
        label: t(`${texts}.times`),
        style: 'expanded',
        value: '0',
        choices: named.map(({ offer, name }, i) => ({
          title: `${name} (${t(`proposal.kinds.${offer.kind}`)})`,
          value: String(i),
        })),
      },
      t('choose'),
    ),
    ...named.map(({ offer, name }) => paragraph(describeOffer(offer, name, reader, texts), { spacing: 'Small' })),
    smallPrint(zone),
  ];
}

/** `Thursday, 09:30`, as the reader's clock shows most of its dates. */
function nameOffer({ dates }: OfferMessage, reader: ReaderTexts): string {
  const usual = dates.find(({ moved }) => !moved) ?? dates[0];
  return usual ? `${capitalize(reader.weekday(usual.start), reader)}, ${reader.time(usual.start)}` : '';
}

/** All dates, those at another time with it, then the reasons. */
function describeOffer(offer: OfferMessage, name: string, reader: ReaderTexts, texts: string): string {
  const usual = offer.dates.find(({ moved }) => !moved) ?? offer.dates[0];
  const time = usual ? reader.time(usual.start) : '';
  const dates = offer.dates.map(({ start }) =>
    reader.time(start) === time ? reader.shortDate(start) : `${reader.shortDate(start)} ${reader.time(start)}`,
  );
  const moved = offer.dates.filter((date) => date.moved).length;
  return [
    `${name}: ${dates.join(' · ')}.`,
    ...(moved === 0 ? [] : [reader.t(`${texts}.moved`, { count: moved })]),
    // How many dates are moved is said above, with what it costs.
    ...writeReasons(
      offer.reasons.filter(({ code }) => code !== 'movedDates'),
      'mentee',
      reader,
      escapeText,
    ),
  ].join(' ');
}

const agreementPart = (paragraphs: readonly string[]): IContainer => ({
  type: 'Container',
  id: 'agreement',
  isVisible: false,
  style: 'emphasis',
  // An organization writes its own agreement, so it is escaped like any other text.
  items: paragraphs.map((text) => paragraph(escapeText(text, LONGEST_PARAGRAPH), { spacing: 'Small' })),
});

function actions({ pairId, offers, round }: Proposal, { t }: ReaderTexts): IActionSet {
  const shown = round === undefined ? {} : { round };
  const answer = (value: 'anotherTime' | 'anotherMentor' | 'askAssistant') =>
    execute(t(`proposal.${value}`), { verb: 'proposal.answer', pairId, answer: value, ...shown }, { alone: true });
  return {
    type: 'ActionSet',
    actions: [
      ...(offers.length === 0
        ? []
        : [
            execute(
              t('proposal.agree'),
              { verb: 'proposal.answer', pairId, answer: 'agree', ...shown },
              { isPrimary: true },
            ),
          ]),
      answer('anotherTime'),
      answer('anotherMentor'),
      answer('askAssistant'),
      { type: 'Action.ToggleVisibility', title: t('proposal.agreement'), targetElements: ['agreement'] },
    ],
  };
}
