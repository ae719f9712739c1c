import type { CardMessage } from '../contract/card-messages.ts';
import type { Locale } from '../contract/vocabulary.ts';
import { createTexts, type ReaderTexts } from '../locales/create-texts.ts';
import type { Content } from '../locales/load-content.ts';
import { writeAgreement } from '../locales/write-agreement.ts';
import type { OutgoingCard } from '../ports.ts';
import { assistantAddressCard } from './cards/assistant-address.ts';
import { assistantProposalCard } from './cards/assistant-proposal.ts';
import { bookedCard } from './cards/booked.ts';
import { feedbackThanksCard } from './cards/feedback-thanks.ts';
import { feedbackCard } from './cards/feedback.ts';
import { goalsCard } from './cards/goals.ts';
import { guideCard } from './cards/guide.ts';
import { joinCard } from './cards/join.ts';
import { mentorQuestionCard } from './cards/mentor-question.ts';
import { newTimeCard } from './cards/new-time.ts';
import { outsideHoursCard, pairEndedCard, partnerLeftCard } from './cards/pair-notice.ts';
import { restartCard } from './cards/restart.ts';
import { feedbackClosedCard, noticeCard } from './cards/notice.ts';
import { proposalCard } from './cards/proposal.ts';
import { pulseWaysCard } from './cards/pulse.ts';
import { contactRequestCard, safeContactCard } from './cards/safe-contact.ts';
import { sessionChangedCard } from './cards/session-changed.ts';
import { welcomeCard } from './cards/welcome.ts';

const texts = createTexts();

/** Writes cards: the message in the reader's language, with times in the reader's zone. Throws RangeError for a zone that does not exist. */
export type CardRenderer = (message: CardMessage, locale: Locale, timeZone: string) => OutgoingCard;

/** Makes the cards of a program whose agreement is in this content. */
export const createCardRenderer =
  (content: Content): CardRenderer =>
  (message, locale, timeZone) => {
    const reader = texts.reader(locale, timeZone);
    return message.kind === 'proposal'
      ? proposalCard(message, reader, writeAgreement(content, message, reader))
      : render(message, reader);
  };

function render(message: Exclude<CardMessage, { kind: 'proposal' }>, reader: ReaderTexts): OutgoingCard {
  switch (message.kind) {
    case 'welcome':
      return welcomeCard(reader);
    case 'join':
      return joinCard(message, reader);
    case 'goals':
      return goalsCard(message, reader);
    case 'mentorQuestion':
      return mentorQuestionCard(message, reader);
    case 'assistantProposal':
      // An assistant plans in the executive's calendar, so by the executive's clock.
      return assistantProposalCard(message, texts.reader(reader.locale, message.timeZone));
    case 'assistantAddress':
      return assistantAddressCard(message, reader);
    case 'booked':
      return bookedCard(message, reader);
    case 'feedbackMentor':
    case 'feedbackMentee':
      return feedbackCard(message, reader);
    case 'pulseWays':
      return pulseWaysCard(message, reader);
    case 'safeContact':
      return safeContactCard(message, reader);
    case 'contactRequest':
      return contactRequestCard(message, reader);
    case 'pairEnded':
      return pairEndedCard(message, reader);
    case 'feedbackThanks':
      return feedbackThanksCard(message, reader);
    case 'feedbackClosed':
      return feedbackClosedCard(reader);
    case 'sessionChanged':
      return sessionChangedCard(message, reader);
    case 'newTime':
      return newTimeCard(message, reader);
    case 'restart':
      return restartCard(message, reader);
    case 'partnerLeft':
      return partnerLeftCard(message, reader);
    case 'outsideHours':
      return outsideHoursCard(message, reader);
    case 'guide':
      return guideCard(message, reader);
    case 'done':
      return noticeCard(`done.${message.text}`, reader);
    case 'error':
      return noticeCard(`errors.${message.text}`, reader);
  }
}
