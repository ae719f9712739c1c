import type { GuideView, OfferView, PartnerView } from './http.ts';
import type { FeedbackBody } from './http.ts';
import type { Topic } from './vocabulary.ts';

/*
 * What the bot can say in a card. Use cases decide it and store it in the outbox; it is rendered in the reader's
 * language and zone when it is sent. Instants are milliseconds. Nothing in here is for another reader than its own.
 */

/** A sentence as a code with values; the locales make the sentence of it. */
export interface ReasonCode {
  code: string;
  [value: string]: unknown;
}

/** One offered time with reasons still as codes. */
export type OfferMessage = Omit<OfferView, 'dates' | 'reasons'> & {
  dates: { start: number; end: number; moved: boolean }[];
  reasons: ReasonCode[];
};

export type CardMessage =
  | { kind: 'welcome' }
  | { kind: 'join'; cohortId: string; programName: string; suggested: Topic[]; isReminder: boolean }
  | { kind: 'goals'; cohortId: string; programName: string; isReminder: boolean }
  | { kind: 'mentorQuestion'; pairId: string; partner: PartnerView; reasons: ReasonCode[]; isReminder: boolean }
  | {
      kind: 'proposal';
      pairId: string;
      partner: PartnerView;
      reasons: ReasonCode[];
      offers: OfferMessage[];
      everyWeeks: number;
      sessions: number;
      minutes: number;
      answerBy: number;
      isReminder: boolean;
    }
  /** `acceptOnce`: the executive's own copy has to be accepted in Outlook. */
  | {
      kind: 'booked';
      pairId: string;
      partnerName: string;
      dates: { start: number; end: number }[];
      joinUrl: string | null;
      acceptOnce: boolean;
    }
  | {
      kind: 'feedbackMentor' | 'feedbackMentee';
      sessionId: string;
      partnerName: string;
      start: number;
      number: number;
      of: number;
      nextTopics: Topic[];
      isReminder: boolean;
      /** What was said before, when the form is opened again. */
      given: FeedbackBody | null;
    }
  | { kind: 'feedbackThanks'; sessionId: string; canEdit: boolean; tookPlace: boolean }
  | { kind: 'feedbackClosed'; sessionId: string }
  | {
      kind: 'sessionChanged';
      sessionId: string;
      partnerName: string;
      start: number;
      what: 'moved' | 'cancelled';
      newStart: number | null;
    }
  | { kind: 'guide'; sessionId: string; partnerName: string; start: number; guide: GuideView }
  /** A short confirmation or refusal: `text` is a key below `cards.done`. */
  | { kind: 'done'; text: DoneText }
  | { kind: 'error'; text: ErrorText };

export const DONE_TEXTS = [
  'joined',
  'declined',
  'goalsStored',
  'mentorAgreed',
  'mentorDeclined',
  'proposalAgreed',
  'anotherTime',
  'anotherMentor',
  'askAssistant',
  'answeredElsewhere',
  'pairEnded',
] as const;
export type DoneText = (typeof DONE_TEXTS)[number];

export const ERROR_TEXTS = [
  'notYours',
  'closed',
  'tooEarly',
  'sessionNotHeld',
  'unavailable',
  'badInput',
  'conflict',
] as const;
export type ErrorText = (typeof ERROR_TEXTS)[number];
