import * as z from 'zod/mini';
import { noteShare } from './session-work.ts';
import {
  goal,
  guid,
  heldState,
  isoInstant,
  locale,
  noteReader,
  participantState,
  rightMatch,
  sessionState,
  side,
  skill,
  teacher,
  topic,
} from './vocabulary.ts';

const text = z.nullable(z.string());
const when = z.nullable(isoInstant);

/**
 * How far a pair has come, as one of the two may know it: `asked` and not answered, `answered` with yes while the rest is
 * not settled, `declined` by the reader. What the other one answered is not in it.
 */
export const OWN_PAIR_STATES = ['asked', 'answered', 'declined', 'agreed', 'booked', 'suspended', 'closed'] as const;
export const ownPairState = z.enum(OWN_PAIR_STATES);
export type OwnPairState = z.infer<typeof ownPairState>;

/** Working periods of each weekday in wall time. */
const hours = z.record(z.string(), z.array(z.array(z.string())));

const ownSession = z.object({
  number: z.int(),
  start: isoInstant,
  end: isoInstant,
  state: sessionState,
  held: heldState,
  topic: z.nullable(topic),
});

const ownAnswer = z.object({
  sessionStart: isoInstant,
  partnerName: text,
  tookPlace: z.boolean(),
  usefulness: z.nullable(z.int()),
  nextTopic: z.nullable(topic),
  note: text,
  noteReader: z.nullable(noteReader),
  rightMatch: z.nullable(rightMatch),
  safeToSpeak: z.nullable(z.int()),
  taughtBy: z.nullable(teacher),
  version: z.int(),
  givenAt: isoInstant,
  answeredAt: isoInstant,
  /** The person's groups when it was given. */
  department: text,
  office: text,
  /** With which closed weeks its score, its topic and its comment were published in groups; null: not, or not yet. */
  scoresWeek: z.nullable(isoInstant),
  topicsWeek: z.nullable(isoInstant),
  commentsWeek: z.nullable(isoInstant),
});

/**
 * Everything that is kept about the caller (reliability.md 6, self-service export): what they said, what the directory and
 * their mailbox say of them, and what was done for them. Nothing that others wrote or answered; of other people the name of
 * those they were paired with or answer for, and no more.
 */
export const ownDataReply = z.object({
  exportedAt: isoInstant,
  /** What was read of the directory; null: nothing is kept. */
  person: z.nullable(
    z.object({
      personId: guid,
      displayName: z.string(),
      mail: text,
      formerMail: text,
      jobTitle: text,
      department: text,
      officeLocation: text,
      country: text,
      preferredLanguage: text,
      accountEnabled: z.boolean(),
      isGuest: z.boolean(),
      managerId: z.nullable(guid),
      removedAt: when,
      seenAt: isoInstant,
    }),
  ),
  administratorSince: when,
  participations: z.array(
    z.object({
      programName: z.string(),
      cohortName: z.string(),
      side,
      state: participantState,
      seats: z.int(),
      goals: z.array(goal),
      skills: z.array(skill),
      interests: z.array(z.string()),
      languages: z.array(z.string()),
      motivation: text,
      locale,
      timeZone: z.string(),
      timeZoneNote: text,
      workingHours: z.nullable(hours),
      preferences: z.object({
        preferred: z.optional(hours),
        protected: z.optional(hours),
        noMeetingDays: z.optional(z.array(z.string())),
        bufferMinutes: z.optional(z.number()),
        tentativeIsFree: z.optional(z.boolean()),
      }),
      calendar: z.enum(['unknown', 'readable', 'pending', 'none']),
      asks: z.int(),
      trainedAt: when,
      invitedAt: when,
      joinedAt: when,
      preparedAt: when,
      dueAt: when,
      remindedAt: when,
    }),
  ),
  /** What they have finished of the training. */
  training: z.array(z.object({ module: z.string(), finishedAt: isoInstant })),
  /** Times at which no match was found for them. */
  unmatched: z.array(z.object({ cohortName: z.string(), at: isoInstant })),
  /** What the program team set about their matches; with whom is about the other person, too. */
  matchWishes: z.array(
    z.object({ cohortName: z.string(), side, wish: z.enum(['pinned', 'forbidden']), at: isoInstant }),
  ),
  pairs: z.array(
    z.object({
      programName: z.string(),
      side,
      partnerName: text,
      state: ownPairState,
      /** What the executive said last of the proposal; null for mentors. */
      answer: text,
      since: isoInstant,
      agreedAt: when,
      /** Version of the agreement to which they said yes. */
      agreementVersion: z.nullable(z.int()),
      sessions: z.array(ownSession),
    }),
  ),
  feedback: z.array(ownAnswer),
  /** When feedback was asked for. */
  feedbackAsked: z.array(
    z.object({
      sessionStart: isoInstant,
      state: z.enum(['planned', 'asked', 'answered', 'closed', 'skipped']),
      skippedBecause: text,
      dueAt: when,
      askedAt: when,
      closesAt: when,
      reminders: z.int(),
    }),
  ),
  /** Other times that they were asked about, and what they chose themselves. */
  newTimes: z.array(
    z.object({
      sessionStart: isoInstant,
      starts: z.array(isoInstant),
      askedAt: isoInstant,
      answerBy: isoInstant,
      chosen: when,
      answeredAt: when,
    }),
  ),
  /** Who answers, or answered, for them. */
  assistants: z.array(z.object({ displayName: text, namedAt: isoInstant, removedAt: when })),
  /** For whom they answer; without the name once they do not any more. */
  assists: z.array(z.object({ displayName: text, namedAt: isoInstant, removedAt: when })),
  /** When they asked a safe contact to get in touch. */
  contactsAsked: z.array(z.object({ cohortName: z.string(), contactName: text, day: z.iso.date() })),
  /** Cohorts whose safe contact they are. */
  safeContactOf: z.array(z.object({ cohortName: z.string() })),
  /** Who asked them, as a safe contact, to get in touch: names, as they were told. */
  contactRequests: z.array(z.object({ displayName: text })),
  /** The chat with the bot; null: there is none. */
  chat: z.nullable(
    z.object({
      installation: z.nullable(z.enum(['planned', 'done', 'refused'])),
      conversationId: text,
      installedAt: when,
      welcomedAt: when,
      blockedAt: when,
      stoppedAt: when,
      locale: z.nullable(locale),
    }),
  ),
  /** Cards that were written for them. */
  cards: z.array(z.object({ kind: z.string(), state: z.string(), createdAt: isoInstant, sentAt: when })),
  /** What is kept of a mailbox in which we write, or watch, events of ours; null: nothing. */
  notes: z.array(z.object({ sessionStart: when, share: noteShare, text: z.string(), writtenAt: isoInstant })),
  actions: z.array(z.object({ sessionStart: when, text: z.string(), createdAt: isoInstant, doneAt: when })),
  mailbox: z.nullable(
    z.object({
      watchedUntil: when,
      readAt: when,
      calendarsReadAt: when,
      pausedUntil: when,
      writes: z.array(z.object({ kind: z.string(), state: z.string(), createdAt: isoInstant, doneAt: when })),
      sends: z.array(z.object({ sentAt: isoInstant, messages: z.int() })),
      series: z.array(z.object({ firstStart: z.string(), timeZone: z.string(), count: z.int(), state: z.string() })),
    }),
  ),
  cohortsCreated: z.array(z.object({ cohortName: z.string(), createdAt: isoInstant })),
  /** Entries of the administrator's log that name them. */
  log: z.array(z.object({ at: isoInstant, kind: z.string() })),
  /** When they asked to be erased. */
  erasure: z.nullable(z.object({ askedAt: isoInstant, doneAt: when })),
});
export type OwnDataReply = z.infer<typeof ownDataReply>;
