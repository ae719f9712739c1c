import * as z from 'zod/mini';

/*
 * What we read of an activity (platform.md A7). Everything else is left aside. An id or text longer than any real one
 * makes the activity unreadable.
 */

const id = z.string().check(z.minLength(1), z.maxLength(1000));
const account = z.object({
  id: z.optional(id),
  aadObjectId: z.optional(z.nullable(z.string().check(z.maxLength(100)))),
});

export const activity = z.object({
  type: z.string().check(z.maxLength(100)),
  id: z.optional(id),
  name: z.optional(z.string().check(z.maxLength(200))),
  channelId: z.string().check(z.maxLength(100)),
  serviceUrl: z.string().check(z.maxLength(2048)),
  from: z.optional(account),
  recipient: z.optional(account),
  conversation: z.object({
    id,
    conversationType: z.optional(z.string().check(z.maxLength(100))),
    tenantId: z.optional(z.string().check(z.maxLength(100))),
  }),
  channelData: z.optional(
    z.nullable(
      z.object({ tenant: z.optional(z.nullable(z.object({ id: z.optional(z.string().check(z.maxLength(100))) }))) }),
    ),
  ),
  replyToId: z.optional(z.nullable(id)),
  locale: z.optional(z.nullable(z.string().check(z.maxLength(100)))),
  localTimezone: z.optional(z.nullable(z.string().check(z.maxLength(100)))),
  /** `add`, `remove`, `add-upgrade`, `remove-upgrade` of an installationUpdate. */
  action: z.optional(z.string().check(z.maxLength(100))),
  text: z.optional(z.nullable(z.string())),
  membersAdded: z.optional(z.nullable(z.array(account))),
  membersRemoved: z.optional(z.nullable(z.array(account))),
  value: z.optional(z.unknown()),
});
export type Activity = z.infer<typeof activity>;
