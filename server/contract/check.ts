import * as z from 'zod/mini';

/** How one line of the check ended; `skipped`: could not be looked at because of an earlier problem. */
export const FINDING_STATES = ['ok', 'problem', 'skipped'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** One line of the check in the reader's language. Never names, addresses of people or calendar texts. */
export const findingReply = z.object({
  name: z.string(),
  state: z.enum(FINDING_STATES),
  found: z.string(),
  /** What to do about it; null where nothing is. */
  todo: z.nullable(z.string()),
});
export type FindingReply = z.infer<typeof findingReply>;

/** Everything that was looked at, in the order in which the server needs it. */
export const checkReply = z.object({ checkedAt: z.string(), findings: z.array(findingReply) });
export type CheckReply = z.infer<typeof checkReply>;
