import * as z from 'zod/mini';
import { guid, isoInstant } from './vocabulary.ts';

/** Who reads a note of a session beside its writer: chosen before typing, and each choice has a note of its own. */
export const NOTE_SHARES = ['onlyMe', 'partner'] as const;
export const noteShare = z.enum(NOTE_SHARES);
export type NoteShare = z.infer<typeof noteShare>;

/** A session's notes are a page or two, no document. */
export const MOST_NOTE_LETTERS = 4_000;
/** One sentence. */
export const MOST_ACTION_LETTERS = 200;
/** What two people try until they meet again is a few things. */
export const MOST_ACTIONS = 10;

const action = z.object({
  actionId: guid,
  /** The caller's own: nobody else ticks it. */
  isOwn: z.boolean(),
  text: z.string(),
  doneAt: z.nullable(isoInstant),
  /** The session in which it was agreed. */
  number: z.int(),
});
export type ActionView = z.infer<typeof action>;

/** What the two write down about a session, as one of them may read it. */
export const workReply = z.object({
  notes: z.object({
    onlyMe: z.string(),
    partner: z.string(),
    /** What the other one shared; null: nothing. */
    ofPartner: z.nullable(z.string()),
  }),
  /** Agreed in this session or before: those that are open, and those that were done since the session before. */
  actions: z.array(action),
  /** False once the pair has ended: it can be read, and nothing is added. */
  canWrite: z.boolean(),
});
export type WorkReply = z.infer<typeof workReply>;

/** An empty text takes the note away. */
export const noteBody = z.strictObject({
  share: noteShare,
  text: z.string().check(z.maxLength(MOST_NOTE_LETTERS)),
});
export type NoteBody = z.infer<typeof noteBody>;

export const actionBody = z.strictObject({
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(MOST_ACTION_LETTERS)),
});
export const actionChangeBody = z.strictObject({ change: z.enum(['done', 'open', 'remove']) });
export type ActionChange = z.infer<typeof actionChangeBody>['change'];
