import * as z from 'zod/mini';

/*
 * What the sandbox's own interface answers with, as far as the page reads it (server/sandbox/control).
 */

export const personRoles = ['administrator', 'executive', 'volunteer', 'programMailbox', 'employee'] as const;
export type PersonRole = (typeof personRoles)[number];

export const sandboxPerson = z.object({
  id: z.string(),
  name: z.string(),
  mail: z.string(),
  title: z.nullable(z.string()),
  department: z.nullable(z.string()),
  zone: z.string(),
  role: z.enum(personRoles),
});
export type SandboxPerson = z.infer<typeof sandboxPerson>;
export const peopleReply = z.object({ total: z.int(), people: z.array(sandboxPerson) });

export const clockReply = z.object({ now: z.string(), following: z.boolean() });

const response = z.enum(['none', 'organizer', 'tentativelyAccepted', 'accepted', 'declined', 'notResponded']);

export const calendarItem = z.object({
  eventId: z.string(),
  seriesMasterId: z.nullable(z.string()),
  start: z.string(),
  end: z.string(),
  subject: z.string(),
  showAs: z.enum(['free', 'tentative', 'busy', 'oof', 'workingElsewhere']),
  isOrganizer: z.boolean(),
  isCancelled: z.boolean(),
  organizerAddress: z.string(),
  attendees: z.array(z.object({ address: z.string(), name: z.string(), response })),
  response,
  joinUrl: z.nullable(z.string()),
  tags: z.record(z.string(), z.string()),
});
export type SandboxItem = z.infer<typeof calendarItem>;

export const workingHours = z.nullable(
  z.object({ daysOfWeek: z.array(z.string()), start: z.string(), end: z.string() }),
);
export type SandboxHours = z.infer<typeof workingHours>;

export const calendarReply = z.object({
  enabled: z.boolean(),
  zone: z.string(),
  workingHours,
  items: z.array(calendarItem),
});
export type CalendarReply = z.infer<typeof calendarReply>;

export const chatActivity = z.object({
  id: z.string(),
  at: z.string(),
  updatedAt: z.nullable(z.string()),
  from: z.enum(['bot', 'person']),
  text: z.nullable(z.string()),
  card: z.nullable(z.record(z.string(), z.unknown())),
  replaced: z.int(),
});
export type ChatActivity = z.infer<typeof chatActivity>;
export const chatReply = z.object({ conversationId: z.nullable(z.string()), activities: z.array(chatActivity) });
export type ChatReply = z.infer<typeof chatReply>;

export const chatActReply = z.object({
  answer: z.object({
    httpStatus: z.int(),
    statusCode: z.nullable(z.int()),
    type: z.nullable(z.string()),
    value: z.unknown(),
  }),
  chat: chatReply,
});

export const mailsReply = z.object({
  mails: z.array(
    z.object({ id: z.string(), at: z.string(), fromAddress: z.string(), kind: z.string(), subject: z.string() }),
  ),
});

export const anyReply = z.looseObject({});

export const controlRefusal = z.object({ error: z.object({ field: z.nullable(z.string()), message: z.string() }) });
