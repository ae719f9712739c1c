import * as z from 'zod/mini';
import { guid, isoInstant, locale, pairState, topic } from './vocabulary.ts';

/* What the administrator reviews of a matching, and what they may wish of it (product.md C3, C5). */

export const WISHES = ['pinned', 'forbidden'] as const;
export const wish = z.enum(WISHES);
export type WishView = z.infer<typeof wish>;

/** A wish about two people that is set, or with null taken back. */
export const wishChange = z.strictObject({ menteeId: guid, mentorId: guid, wish: z.nullable(wish) });
export type WishChangeBody = z.infer<typeof wishChange>;
/** Two for a swap, and as many to take one back. */
export const MOST_CHANGES = 4;
export const wishesBody = z.strictObject({
  changes: z.array(wishChange).check(z.minLength(1), z.maxLength(MOST_CHANGES)),
});

const refused = z.object({ outcome: z.literal('refused'), text: z.string() });
/** What wishes would change, in sentences; or why they cannot be, by the name of the rule. */
export const wishPriceReply = z.union([
  z.object({ outcome: z.literal('price'), sentences: z.array(z.string()) }),
  refused,
]);
export type WishPriceReply = z.infer<typeof wishPriceReply>;
/** `undo`: the changes that take it back. */
export const wishesReply = z.union([z.object({ outcome: z.literal('changed'), undo: z.array(wishChange) }), refused]);
export type WishesReply = z.infer<typeof wishesReply>;

const person = z.object({
  personId: guid,
  displayName: z.string(),
  /** Pairs that they still want, or take, beside all that are proposed or under way. */
  free: z.int(),
});

export const matchingReply = z.object({
  /** The last matching; null: there was none yet. */
  run: z.nullable(
    z.object({
      at: isoInstant,
      /** Something that it was computed from has changed since. */
      isStale: z.boolean(),
      /** How many two would both prefer each other; `blocking` names the first of them. */
      blockingPairs: z.int(),
    }),
  ),
  /** Who has joined. */
  mentees: z.array(person),
  mentors: z.array(person),
  /** What is proposed, and what was asked already and is under way, the worst fit first. */
  pairs: z.array(
    z.object({
      pairId: guid,
      menteeId: guid,
      mentorId: guid,
      state: pairState,
      /** 0..100, of all that the criteria could give. */
      fit: z.int(),
      /** Sentences for the administrator: no style, no level. */
      reasons: z.array(z.string()),
      isPinned: z.boolean(),
    }),
  ),
  unmatched: z.array(z.object({ personId: guid, displayName: z.string(), reasons: z.array(z.string()) })),
  /** Topics that nobody offers well enough, by how many miss them. */
  calls: z.array(z.object({ topic, people: z.int() })),
  blocking: z.array(z.object({ menteeId: guid, mentorId: guid })),
  wishes: z.array(
    z.object({
      menteeId: guid,
      mentorId: guid,
      menteeName: z.string(),
      mentorName: z.string(),
      wish,
      /** Why the last matching could not keep it; null: it did. */
      problem: z.nullable(z.string()),
    }),
  ),
});
export type MatchingReply = z.infer<typeof matchingReply>;

/** The dry run of publishing: who is asked, in which language, about whom. No executive is. */
export const publishPreviewReply = z.object({
  mentors: z.array(
    z.object({
      displayName: z.string(),
      locale,
      /** The executives whom the mentor would be asked about. */
      mentees: z.array(z.string()),
      /** False: the app knows no chat with them yet; the question waits until it does. */
      isReachable: z.boolean(),
    }),
  ),
});
export type PublishPreviewReply = z.infer<typeof publishPreviewReply>;

export const MATCHING_PHASES = ['reading', 'matching', 'storing'] as const;
export type MatchingPhaseView = (typeof MATCHING_PHASES)[number];
/** One line of the reply to a matching: what it does just now, and at the end what came of it. */
export const matchingLine = z.union([
  z.object({ kind: z.literal('phase'), phase: z.enum(MATCHING_PHASES) }),
  z.object({ kind: z.literal('done') }),
  /** `code` as in a refusal. */
  z.object({ kind: z.literal('failed'), code: z.string() }),
]);
export type MatchingLine = z.infer<typeof matchingLine>;

/** One line of how far a cohort's offering and booking has come; the reply ends when nothing of it is under way. */
export const progressLine = z.object({
  /** Pairs whose common times are being looked for just now. */
  searching: z.int(),
  /** Series that are on their way into calendars. */
  booking: z.int(),
  /** Pairs whose series stands in the calendars. */
  booked: z.int(),
});
export type ProgressLine = z.infer<typeof progressLine>;
