import * as z from 'zod/mini';
import { assistantView, assistedPairView } from './assistants.ts';
import { trainingModule } from './content.ts';
import {
  goal,
  guid,
  heldState,
  isoInstant,
  locale,
  newTimeAnswer,
  noteReader,
  pairState,
  proposalAnswer,
  restartAnswer,
  rightMatch,
  role,
  sessionState,
  side,
  skill,
  teacher,
  topic,
  workAddress,
  writtenText,
} from './vocabulary.ts';

/** What a page needs before anybody has signed in. `loginEndpoints` is null where Microsoft's own are used. */
export const configReply = z.object({
  clientId: z.string(),
  tenantId: z.nullable(z.string()),
  scope: z.string(),
  authority: z.string(),
  loginEndpoints: z.nullable(
    z.object({ authorize: z.string(), token: z.string(), keys: z.string(), issuer: z.string() }),
  ),
});
export type ConfigReply = z.infer<typeof configReply>;

export const meReply = z.object({
  personId: guid,
  displayName: z.string(),
  locale: z.nullable(locale),
  timeZone: z.string(),
  roles: z.array(role),
  programName: z.nullable(z.string()),
  now: isoInstant,
});
export type MeReply = z.infer<typeof meReply>;

/** What one person may see of the other before and after the yes (product.md, Who sees what). */
export const partnerView = z.object({
  personId: guid,
  displayName: z.string(),
  jobTitle: z.nullable(z.string()),
  department: z.nullable(z.string()),
  languages: z.array(z.string()),
  topics: z.array(topic),
  motivation: z.nullable(z.string()),
});
export type PartnerView = z.infer<typeof partnerView>;

export const sessionView = z.object({
  sessionId: guid,
  number: z.int(),
  of: z.int(),
  start: isoInstant,
  end: isoInstant,
  timeZone: z.string(),
  state: sessionState,
  held: heldState,
  topic: z.nullable(topic),
  joinUrl: z.nullable(z.string()),
  /** The caller may answer the feedback form now. */
  feedback: z.enum(['notYet', 'open', 'answered', 'closed', 'none']),
});
export type SessionView = z.infer<typeof sessionView>;

export const pairView = z.object({
  pairId: guid,
  side,
  state: pairState,
  partner: partnerView,
  /** Whole sentences in the reader's language. */
  reasons: z.array(z.string()),
  sessions: z.array(sessionView),
  nextSessionId: z.nullable(guid),
});
export type PairView = z.infer<typeof pairView>;

/** One of the offered times of a proposal: a weekday and time with all its dates. */
export const offerView = z.object({
  weekday: z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
  time: z.string(),
  timeZone: z.string(),
  kind: z.enum(['mostDates', 'bestTime', 'earliestStart']),
  dates: z.array(z.object({ start: isoInstant, end: isoInstant, moved: z.boolean() })),
  reasons: z.array(z.string()),
});
export type OfferView = z.infer<typeof offerView>;

/** Something the caller is asked. An executive is asked at most twice before the first session. */
export const askView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('goals'), cohortId: guid, programName: z.string(), topics: z.array(topic) }),
  z.object({ kind: z.literal('join'), cohortId: guid, programName: z.string(), suggested: z.array(skill) }),
  z.object({ kind: z.literal('mentor'), pairId: guid, partner: partnerView, reasons: z.array(z.string()) }),
  z.object({
    kind: z.literal('proposal'),
    pairId: guid,
    partner: partnerView,
    reasons: z.array(z.string()),
    agreement: z.array(z.string()),
    offers: z.array(offerView),
    answerBy: isoInstant,
    /** Which of the pair's proposals this is. */
    round: z.int(),
    /** Whom the executive has named, and whether they were asked about this proposal. */
    assistants: z.array(assistantView),
    isAssistantAsked: z.boolean(),
  }),
  z.object({
    kind: z.literal('assistantProposal'),
    pairId: guid,
    executiveName: z.string(),
    partnerName: z.string(),
    programName: z.string(),
    /** The executive's. */
    timeZone: z.string(),
    /** `6 sessions, 30 minutes each, every 4 weeks` */
    shape: z.string(),
    /** Without reasons: those are the executive's. */
    offers: z.array(offerView),
    answerBy: isoInstant,
    round: z.int(),
  }),
  z.object({
    kind: z.literal('newTime'),
    sessionId: guid,
    round: z.int(),
    partnerName: z.string(),
    /** The executive for whom an assistant is asked. */
    forName: z.nullable(z.string()),
    start: isoInstant,
    because: z.enum(['conflict', 'proposed', 'declined', 'taken', 'notHeld', 'wished']),
    starts: z.array(isoInstant),
    answerBy: isoInstant,
    canKeep: z.boolean(),
  }),
  z.object({ kind: z.literal('restart'), pairId: guid, partnerName: z.string() }),
  z.object({
    kind: z.literal('copiesLeft'),
    pairId: guid,
    /** `working`: they are being taken out; `refused`: the calendar may not be written by us. */
    state: z.enum(['open', 'working', 'refused']),
    /** Dates that may still stand in the caller's calendar. */
    starts: z.array(isoInstant),
  }),
]);
export type AskView = z.infer<typeof askView>;

/** A cohort's safe contact, as its participants see them (product.md F6). */
export const safeContactView = z.object({
  personId: guid,
  cohortId: guid,
  cohortName: z.string(),
  displayName: z.string(),
  mail: z.nullable(z.string()),
});
export type SafeContactView = z.infer<typeof safeContactView>;

/** What a mentor still has to learn before their pairs start. */
export const trainingNeeded = z.object({
  modules: z.array(z.object({ moduleId: trainingModule, title: z.string(), minutes: z.int() })),
  /** A pair whose mentor said yes waits for nothing else. */
  isPairWaiting: z.boolean(),
});
export type TrainingNeeded = z.infer<typeof trainingNeeded>;

export const homeReply = z.object({
  now: isoInstant,
  asks: z.array(askView),
  pairs: z.array(pairView),
  /** Null: nothing is missing. */
  training: z.nullable(trainingNeeded),
  /** Whom the caller has named as assistants; null: the caller is no executive. */
  assistants: z.nullable(z.array(assistantView)),
  /** Agreed pairs of those who have named the caller as assistant. */
  assisting: z.array(assistedPairView),
  /** The safe contacts of the caller's cohorts. */
  safeContacts: z.array(safeContactView),
  /** Who asked the caller, as a safe contact, to get in touch: names by the alphabet, nothing else. */
  contactRequests: z.array(z.object({ displayName: z.string() })),
});
export type HomeReply = z.infer<typeof homeReply>;

export const guideView = z.object({
  topic,
  title: z.string(),
  /** Adds up to the session's minutes; the last step is the mentor's own question. */
  agenda: z.array(z.object({ minutes: z.int(), text: z.string() })),
  preparation: z.object({ mentor: z.array(z.string()), mentee: z.array(z.string()) }),
  prompts: z.array(z.string()),
  /** One belief to question. */
  belief: z.string(),
  takeaway: z.string(),
  /** What to try until next time. */
  action: z.string(),
});
export type GuideView = z.infer<typeof guideView>;

export const sessionReply = z.object({
  now: isoInstant,
  session: sessionView,
  pairId: guid,
  side,
  partner: partnerView,
  guide: z.nullable(guideView),
  answer: z.nullable(
    z.object({
      tookPlace: z.boolean(),
      usefulness: z.nullable(z.int()),
      nextTopic: z.nullable(topic),
      note: z.nullable(z.string()),
      noteReader: z.nullable(noteReader),
      rightMatch: z.nullable(rightMatch),
      safeToSpeak: z.nullable(z.int()),
      taughtBy: z.nullable(teacher),
    }),
  ),
  /** The questions of the pulse take the place of the others. */
  isPulse: z.boolean(),
  /** The caller said that they feel hardly safe to speak: three ways on are shown to them. */
  isHardlySafe: z.boolean(),
  /** Null: the cohort has none. */
  safeContact: z.nullable(safeContactView),
  nextTopics: z.array(topic),
  /** Which of its dates the session stands at, from 1: one that did not take place may be held at another. */
  attempt: z.int(),
});
export type SessionReply = z.infer<typeof sessionReply>;

/** The pane's look-up: the program mailbox sent it, it starts then; null: not one of ours. */
export const sessionLookup = z.object({ organizer: z.optional(z.string()), start: z.optional(isoInstant) });
export const sessionLookupReply = z.object({
  now: isoInstant,
  sessionId: z.nullable(guid),
  upcoming: z.array(z.object({ session: sessionView, partnerName: z.string() })),
});
export type SessionLookupReply = z.infer<typeof sessionLookupReply>;

export const goalsBody = z.strictObject({ cohortId: guid, goals: z.array(goal).check(z.minLength(1), z.maxLength(5)) });
export const joinBody = z.discriminatedUnion('answer', [
  z.strictObject({
    cohortId: guid,
    answer: z.literal('join'),
    skills: z.array(skill).check(z.minLength(1), z.maxLength(21)),
    motivation: z.optional(writtenText(200)),
  }),
  z.strictObject({ cohortId: guid, answer: z.literal('decline') }),
]);
export const mentorAnswerBody = z.strictObject({ answer: z.enum(['agree', 'decline']) });
export const proposalAnswerBody = z.strictObject({
  answer: proposalAnswer,
  /** Which of the offered times, for `agree`. */
  offer: z.optional(z.int().check(z.minimum(0), z.maximum(2))),
  /** The proposal that was shown; an answer to an older one changes nothing. */
  round: z.optional(z.int()),
  /** For `askAssistant`: the address of somebody to name first. */
  address: z.optional(workAddress),
});
export const newTimeBody = z.strictObject({
  round: z.int().check(z.minimum(1)),
  answer: newTimeAnswer,
  /** The time that is taken, one of those offered. */
  start: z.optional(isoInstant),
});
export const restartBody = z.strictObject({ answer: restartAnswer });
export const feedbackBody = z.strictObject({
  tookPlace: z.boolean(),
  usefulness: z.optional(z.int().check(z.minimum(1), z.maximum(5))),
  nextTopic: z.optional(topic),
  note: z.optional(writtenText(1000)),
  noteReader: z.optional(noteReader),
  /** Which of the session's dates the form is about (see `sessionReply`); absent: the one at which it stands. */
  attempt: z.optional(z.int().check(z.minimum(1))),
  /** Of the pulse; about other sessions they are not kept. */
  rightMatch: z.optional(rightMatch),
  safeToSpeak: z.optional(z.int().check(z.minimum(1), z.maximum(5))),
  taughtBy: z.optional(teacher),
});
export type FeedbackBody = z.infer<typeof feedbackBody>;
/** Asks the safe contact of a cohort to get in touch: the one who was shown. */
export const contactBody = z.strictObject({ cohortId: guid, contactId: guid });
export const doneReply = z.object({ ok: z.literal(true) });

/** Every refusal: a code to branch on, a sentence to show, and for bad input the fields. */
export const errorReply = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    requestId: z.optional(z.string()),
    fields: z.optional(z.array(z.object({ path: z.string(), reason: z.string() }))),
  }),
});
export type ErrorReply = z.infer<typeof errorReply>;
