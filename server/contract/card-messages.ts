import type { GuideView, OfferView, PartnerView } from './http.ts';
import type { FeedbackBody } from './http.ts';
import { ASSISTANT_REFUSALS, type Topic } from './vocabulary.ts';

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
      /** Of a series by months, which then counts; absent in cards of older versions. */
      everyMonths?: number | null;
      sessions: number;
      minutes: number;
      /** Of the agreement; absent in cards of older versions. */
      movesAllowed?: boolean;
      answerBy: number;
      isReminder: boolean;
      /** Which of the pair's proposals this is; absent in cards of older versions. */
      round?: number;
    }
  /** The same question to an executive's assistant: times, names and the purpose, nothing else. Times are the executive's. */
  | {
      kind: 'assistantProposal';
      pairId: string;
      executiveName: string;
      partnerName: string;
      programName: string;
      timeZone: string;
      offers: Omit<OfferMessage, 'reasons'>[];
      everyWeeks: number;
      /** Of a series by months, which then counts; absent in cards of older versions. */
      everyMonths?: number | null;
      sessions: number;
      minutes: number;
      answerBy: number;
      isReminder: boolean;
      round: number;
    }
  /** Asks an executive who has named no assistant for an address. */
  | { kind: 'assistantAddress'; pairId: string }
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
      /** The questions of the pulse take the place of the others; absent in cards of older versions. */
      isPulse?: boolean;
      /** What was said before, when the form is opened again. */
      given: FeedbackBody | null;
      /** Which of the session's dates it is about; absent: the first. */
      attempt?: number;
    }
  | {
      kind: 'feedbackThanks';
      sessionId: string;
      canEdit: boolean;
      tookPlace: boolean;
      isPulse?: true;
      attempt?: number;
    }
  /**
   * In the place of the thank-you after a low "safe to speak", to the writer alone: three ways on. `contact` null: the
   * cohort has no safe contact.
   */
  | {
      kind: 'pulseWays';
      sessionId: string;
      attempt?: number;
      pairId: string;
      cohortId: string;
      contact: { contactId: string; name: string } | null;
    }
  /** Who the safe contact is, for whom asked. */
  | { kind: 'safeContact'; cohortId: string; contactId: string; contactName: string; mail: string | null }
  /** To the safe contact: this person asks to be contacted. Nothing but the name. */
  | { kind: 'contactRequest'; personName: string }
  | { kind: 'feedbackClosed'; sessionId: string }
  | {
      kind: 'sessionChanged';
      sessionId: string;
      partnerName: string;
      start: number;
      /** `restored`: it was said not to take place, and does. */
      what: 'moved' | 'cancelled' | 'restored';
      newStart: number | null;
      /** Why we moved it ourselves; absent: a person did, and nobody is told who. */
      why?: 'conflict' | 'request' | 'notHeld';
    }
  /** Other times for one session: a tap takes one. `forName`: the executive, where an assistant is asked. */
  | {
      kind: 'newTime';
      sessionId: string;
      round: number;
      partnerName: string;
      forName: string | null;
      start: number;
      because: NewTimeReason;
      starts: number[];
      answerBy: number;
      /** The session still stands and may stay as it is. */
      canKeep: boolean;
      /** The time that was tapped was taken meanwhile: these are others. */
      isRefreshed: boolean;
    }
  /** All dates to come are gone: both are asked once whether to look for new times. */
  | { kind: 'restart'; pairId: string; partnerName: string }
  | { kind: 'partnerLeft'; pairId: string; partnerName: string }
  /** The pair has ended, by the wish of one of the two or of the program team: never whose. */
  | { kind: 'pairEnded'; pairId: string; partnerName: string }
  /** From `start` on the sessions lie outside the reader's working hours. */
  | { kind: 'outsideHours'; pairId: string; partnerName: string; start: number }
  | { kind: 'guide'; sessionId: string; partnerName: string; start: number; guide: GuideView }
  /** A short confirmation or refusal: `text` is a key below `cards.done`. */
  | { kind: 'done'; text: DoneText }
  | { kind: 'error'; text: ErrorText };

/** Why other times are offered for a session. Never who or what. */
export const NEW_TIME_REASONS = ['conflict', 'proposed', 'declined', 'taken', 'notHeld', 'wished'] as const;
export type NewTimeReason = (typeof NEW_TIME_REASONS)[number];

export const DONE_TEXTS = [
  'joined',
  'declined',
  'goalsStored',
  'mentorAgreed',
  'mentorAgreedUntrained',
  'mentorDeclined',
  'proposalAgreed',
  'anotherTime',
  'anotherMentor',
  'askAssistant',
  'assistantAgreed',
  'assistantAnotherTime',
  'bookedForExecutive',
  'otherTimesForExecutive',
  'noLongerNeeded',
  'newTimeTaken',
  'sessionKept',
  'sessionSkipped',
  'newTimeElsewhere',
  'heldLater',
  'timesSearched',
  'restLeft',
  'answeredElsewhere',
  'pairEnded',
  'contactAsked',
  'anotherMatchWished',
  'pairLeft',
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
  'safeContactMissing',
  ...ASSISTANT_REFUSALS,
] as const;
export type ErrorText = (typeof ERROR_TEXTS)[number];
