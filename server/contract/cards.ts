import * as z from 'zod/mini';
import {
  guid,
  newTimeAnswer,
  noteReader,
  proposalAnswer,
  restartAnswer,
  rightMatch,
  teacher,
  topic,
  workAddress,
  writtenText,
} from './vocabulary.ts';

/*
 * What the actions of our cards send back. Ids only: the person is the verified activity's `from`, never something in
 * here. Teams merges input values into the data as strings, so numbers and booleans arrive as text.
 */

const level = z.enum(['1', '2', '3', '4', '5']);
/** A multi-select ChoiceSet arrives as comma-separated values. */
const topicsText = z.string().check(z.maxLength(600));

export const joinCard = z.object({
  verb: z.literal('join.answer'),
  cohortId: guid,
  answer: z.enum(['join', 'decline']),
  topics: z.optional(topicsText),
  level: z.optional(level),
  motivation: z.optional(writtenText(200)),
});
export const goalsCard = z.object({
  verb: z.literal('goals.answer'),
  cohortId: guid,
  topic1: topic,
  level1: level,
  topic2: z.optional(z.union([topic, z.literal('')])),
  level2: z.optional(z.union([level, z.literal('')])),
  topic3: z.optional(z.union([topic, z.literal('')])),
  level3: z.optional(z.union([level, z.literal('')])),
});
export const mentorCard = z.object({
  verb: z.literal('mentor.answer'),
  pairId: guid,
  answer: z.enum(['agree', 'decline']),
});
export const proposalCard = z.object({
  verb: z.literal('proposal.answer'),
  pairId: guid,
  answer: proposalAnswer,
  offer: z.optional(z.enum(['0', '1', '2'])),
  /** Which of the pair's proposals the card shows: an old card must not answer a newer one. */
  round: z.optional(z.int()),
});
/** The address of an assistant, where the executive had named none: names and asks them in one step. */
export const assistantCard = z.object({ verb: z.literal('assistant.name'), pairId: guid, address: workAddress });
/** Back from the question for an address to the proposal. */
export const proposalShowCard = z.object({ verb: z.literal('proposal.show'), pairId: guid });
/** Which of a session's dates a card is about: an old card must not answer for a newer one. Absent: the first. */
const attempt = z.optional(z.int().check(z.minimum(1)));
export const feedbackCard = z.object({
  verb: z.literal('feedback.submit'),
  sessionId: guid,
  attempt,
  tookPlace: z.enum(['yes', 'no']),
  usefulness: z.optional(z.union([level, z.literal('')])),
  nextTopic: z.optional(z.union([topic, z.literal('')])),
  note: z.optional(writtenText(1000)),
  noteReader: z.optional(noteReader),
  rightMatch: z.optional(z.union([rightMatch, z.literal('')])),
  safeToSpeak: z.optional(z.union([level, z.literal('')])),
  taughtBy: z.optional(z.union([teacher, z.literal('')])),
});
/** The thank-you's "edit": shows the form again with what was said. */
export const feedbackEditCard = z.object({ verb: z.literal('feedback.edit'), sessionId: guid, attempt });

/** What is done about one session; `start`: milliseconds of the time that is taken. */
export const newTimeCard = z.object({
  verb: z.literal('session.newTime'),
  sessionId: guid,
  round: z.int().check(z.minimum(1)),
  answer: newTimeAnswer,
  start: z.optional(z.string().check(z.regex(/^\d{10,16}$/))),
});
/** Asks the cohort's safe contact to get in touch: sends the name of who clicks, to the one whom the card names alone. */
export const contactCard = z.object({ verb: z.literal('contact.ask'), cohortId: guid, contactId: guid });
export const anotherMatchCard = z.object({ verb: z.literal('pulse.anotherMatch'), sessionId: guid });
export const leavePairCard = z.object({ verb: z.literal('pair.leave'), pairId: guid });
export const restartCard = z.object({ verb: z.literal('pair.restart'), pairId: guid, answer: restartAnswer });

export const cardAction = z.discriminatedUnion('verb', [
  joinCard,
  goalsCard,
  mentorCard,
  proposalCard,
  proposalShowCard,
  assistantCard,
  feedbackCard,
  feedbackEditCard,
  newTimeCard,
  restartCard,
  contactCard,
  anotherMatchCard,
  leavePairCard,
]);
export type CardAction = z.infer<typeof cardAction>;
