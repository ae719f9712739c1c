import * as z from 'zod/mini';
import { TRAINING_MODULES, trainingModule } from './content.ts';
import {
  guid,
  heldState,
  isoInstant,
  pairState,
  participantState,
  side,
  topic,
  workAddress,
  writtenText,
} from './vocabulary.ts';

export const groupView = z.object({ groupId: guid, displayName: z.string() });
export const groupsReply = z.object({ groups: z.array(groupView) });

export const cohortBody = z.strictObject({
  programName: writtenText(80).check(z.minLength(1)),
  cohortName: writtenText(80).check(z.minLength(1)),
  menteeGroupId: guid,
  mentorGroupId: guid,
  /** Work address of the safe contact, who stands in no participant's reporting line (product.md F6). */
  safeContact: workAddress,
  /** First day on which sessions may start, `YYYY-MM-DD`; absent: tomorrow. */
  startsOn: z.optional(z.iso.date()),
  sessions: z.optional(z.int().check(z.minimum(1), z.maximum(26))),
  minutes: z.optional(z.int().check(z.minimum(15), z.maximum(60))),
  /** Weeks between sessions, or months between them on the same weekday of the month; one of the two. */
  everyWeeks: z.optional(z.int().check(z.minimum(1), z.maximum(8))),
  everyMonths: z.optional(z.int().check(z.minimum(1), z.maximum(3))),
  /** Match and ask the mentors without a further click once everybody answered or the days to answer are over. */
  automatic: z.optional(z.boolean()),
  /** The agreement lets a session move by itself within its week when something comes in its way. */
  movesAllowed: z.optional(z.boolean()),
  /** What mentors learn before their pairs start; absent: nothing. */
  requiredTraining: z.optional(z.array(trainingModule).check(z.maxLength(TRAINING_MODULES.length))),
});
export type CohortBody = z.infer<typeof cohortBody>;
/** Names another safe contact. */
export const safeContactBody = z.strictObject({ address: workAddress });
export const safeContactReply = z.object({ displayName: z.string() });
export const cohortReply = z.object({ cohortId: guid, mentees: z.int(), mentors: z.int() });

export const matchReply = z.object({
  pairs: z.int(),
  seats: z.int(),
  worst: z.nullable(z.int()),
  total: z.int(),
  blockingPairs: z.int(),
  unmatched: z.array(z.object({ personId: guid, displayName: z.string(), reasons: z.array(z.string()) })),
});
export type MatchReply = z.infer<typeof matchReply>;

/** Mean usefulness of a group of people, or where it is near an end of the scale a bound of it. */
export const shownScore = z.union([
  z.object({ people: z.int(), value: z.number() }),
  z.object({ people: z.int(), atLeast: z.number() }),
  z.object({ people: z.int(), atMost: z.number() }),
]);
export type ShownScoreView = z.infer<typeof shownScore>;

/** What was published of answers, newest first; `week` is the end of the closed week. It never changes. */
export const publishedFeedback = z.object({
  scores: z.array(
    z.object({
      week: isoInstant,
      all: shownScore,
      /** Null: not broken down. */
      by: z.nullable(z.enum(['department', 'office'])),
      /** `label` null: everybody else. */
      groups: z.array(z.object({ label: z.nullable(z.string()), score: shownScore })),
    }),
  ),
  topics: z.array(
    z.object({
      week: isoInstant,
      /** `people` null: how many is not told. */
      topics: z.array(z.object({ topic, people: z.nullable(z.int()) })),
    }),
  ),
  comments: z.array(z.object({ week: isoInstant, texts: z.array(z.string()) })),
});
export type PublishedFeedbackView = z.infer<typeof publishedFeedback>;

/** The words on why nothing is shown of a kind; null: something is. */
const why = z.nullable(z.string());
export const feedbackOverview = z.object({
  /** Sessions that were asked about and answered until the last closed day; null: too few people were asked. */
  answers: z.nullable(z.object({ asked: z.int(), answered: z.int() })),
  published: publishedFeedback,
  hidden: z.object({ answers: why, scores: why, topics: why, comments: why }),
  /** Addressed to the program team by their writers, with their names. */
  notes: z.array(z.object({ writerName: z.string(), day: z.iso.date(), text: z.string() })),
});

/**
 * Why a cohort needs another safe contact: there is none, their account is off or gone, or they take part, or stand above
 * or below participants in the reporting line.
 */
export const SAFE_CONTACT_PROBLEMS = ['none', 'gone', 'participant', 'inLine'] as const;
export type SafeContactProblem = (typeof SAFE_CONTACT_PROBLEMS)[number];

export const cohortSteps = ['invite', 'match', 'publish', 'running'] as const;
export const overviewReply = z.object({
  now: isoInstant,
  cohort: z.nullable(
    z.object({
      cohortId: guid,
      programName: z.string(),
      cohortName: z.string(),
      /** What the button does next; `running` when the program runs by itself. */
      nextStep: z.enum(cohortSteps),
      automatic: z.boolean(),
      safeContact: z.object({
        /** Null: none is named. */
        displayName: z.nullable(z.string()),
        problem: z.nullable(z.enum(SAFE_CONTACT_PROBLEMS)),
        /** Participants in whose reporting line they stand, the first few. */
        people: z.array(z.string()),
      }),
    }),
  ),
  participants: z.array(z.object({ side, state: participantState, count: z.int() })),
  pairs: z.array(
    z.object({
      pairId: guid,
      mentorName: z.string(),
      menteeName: z.string(),
      state: pairState,
      sessionsBooked: z.int(),
      sessionsHeld: z.int(),
      sessionsConfirmed: z.int(),
      sessionsNotHeld: z.int(),
      nextSession: z.nullable(isoInstant),
      answersWaiting: z.int(),
      /** One of the two would like another match; never which of them (product.md F4). */
      wantsAnotherMatch: z.boolean(),
    }),
  ),
  /** `notHeld`: stood in the calendars, and did not take place. */
  sessions: z.object({ booked: z.int(), held: z.int(), confirmed: z.int(), notHeld: z.int() }),
  feedback: feedbackOverview,
  /** Since when calendars do not answer; null: they do. */
  calendarsDownSince: z.nullable(isoInstant),
  /** When all data of the tenant is erased, since the app was removed from it; null: it was not. */
  erasedAt: z.nullable(isoInstant),
  /** What happened lately, in the reader's language, newest first. */
  runLog: z.array(z.object({ at: isoInstant, text: z.string() })),
});
export type OverviewReply = z.infer<typeof overviewReply>;

/** The whole program, for its administrator to keep. */
export const programExportReply = z.object({
  exportedAt: isoInstant,
  /** When all of it is erased here; null: it is not. */
  erasedAt: z.nullable(isoInstant),
  programs: z.array(
    z.object({
      name: z.string(),
      mode: z.string(),
      createdAt: isoInstant,
      cohorts: z.array(
        z.object({
          name: z.string(),
          state: z.enum(['draft', 'inviting', 'matched', 'running', 'closed']),
          startsOn: z.iso.date(),
          sessions: z.int(),
          minutes: z.int(),
          everyWeeks: z.int(),
          everyMonths: z.nullable(z.int()),
          createdAt: isoInstant,
          participants: z.array(
            z.object({
              /** Null: erased. */
              displayName: z.nullable(z.string()),
              mail: z.nullable(z.string()),
              department: z.nullable(z.string()),
              side,
              state: participantState,
            }),
          ),
          pairs: z.array(
            z.object({
              mentorName: z.nullable(z.string()),
              menteeName: z.nullable(z.string()),
              state: pairState,
              sessions: z.array(
                z.object({
                  number: z.int(),
                  start: isoInstant,
                  end: isoInstant,
                  /** `dropped`: it does not take place. */
                  state: z.enum(['planned', 'booked', 'dropped']),
                  held: heldState,
                }),
              ),
            }),
          ),
          feedback: publishedFeedback,
        }),
      ),
    }),
  ),
  runLog: z.array(z.object({ at: isoInstant, text: z.string() })),
});
export type ProgramExportReply = z.infer<typeof programExportReply>;
