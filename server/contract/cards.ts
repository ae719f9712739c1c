import * as z from 'zod/mini';
import { guid, noteReader, proposalAnswer, topic } from './vocabulary.ts';

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
  motivation: z.optional(z.string().check(z.maxLength(200))),
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
});
export const feedbackCard = z.object({
  verb: z.literal('feedback.submit'),
  sessionId: guid,
  tookPlace: z.enum(['yes', 'no']),
  usefulness: z.optional(z.union([level, z.literal('')])),
  nextTopic: z.optional(z.union([topic, z.literal('')])),
  note: z.optional(z.string().check(z.maxLength(1000))),
  noteReader: z.optional(noteReader),
});
/** The thank-you's "edit": shows the form again with what was said. */
export const feedbackEditCard = z.object({ verb: z.literal('feedback.edit'), sessionId: guid });

export const cardAction = z.discriminatedUnion('verb', [
  joinCard,
  goalsCard,
  mentorCard,
  proposalCard,
  feedbackCard,
  feedbackEditCard,
]);
export type CardAction = z.infer<typeof cardAction>;
