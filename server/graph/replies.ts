import { z } from 'zod';

/*
 * What Graph answers, as far as we use it. Unknown fields are let through and dropped; what may be missing in a real
 * answer is optional here; what is used must be there, else the answer counts as unreadable.
 */

/** An answer without a body, or with one that nobody needs. */
export const nothing: z.ZodType<null> = z.unknown().transform(() => null);

export const graphError = z.object({ error: z.object({ code: z.string() }) });

export const batchReply = z.object({ responses: z.array(z.unknown()) });
export const batchAnswer = z.object({
  id: z.coerce.string(),
  status: z.number().int(),
  headers: z.record(z.string(), z.coerce.string()).nullish(),
  body: z.unknown().optional(),
});

const text = z.string().nullish();

export const user = z.object({
  id: z.string(),
  displayName: text,
  mail: text,
  userPrincipalName: text,
  jobTitle: text,
  department: text,
  officeLocation: text,
  country: text,
  preferredLanguage: text,
  accountEnabled: z.boolean().nullish(),
  userType: text,
  /** With $expand. */
  manager: z.object({ id: z.string() }).nullish(),
  /** In delta rounds: the change of the relation, of which the last one counts. */
  'manager@delta': z.array(z.object({ id: z.string(), '@removed': z.unknown().optional() })).optional(),
  '@removed': z.object({ reason: text }).optional(),
});
export type UserReply = z.infer<typeof user>;

export const profile = z.object({
  id: z.string(),
  skills: z.array(z.string()).nullish(),
  interests: z.array(z.string()).nullish(),
});

export const withId = z.object({ id: z.string() });
export const group = z.object({ id: z.string(), displayName: text });

const yearlyRule = z
  .object({
    time: text,
    dayOccurrence: z.number().nullish(),
    dayOfWeek: text,
    month: z.number().nullish(),
    daylightBias: z.number().nullish(),
  })
  .nullish();
/** Rules instead of a name (`#microsoft.graph.customTimeZone`). */
const customZone = z.object({ bias: z.number(), standardOffset: yearlyRule, daylightOffset: yearlyRule });
export type CustomZoneReply = z.infer<typeof customZone>;

export const workingHours = z.object({
  daysOfWeek: z.array(z.string()).nullish(),
  startTime: text,
  endTime: text,
  timeZone: z.object({ name: text, ...customZone.partial().shape }).nullish(),
});
export type WorkingHoursReply = z.infer<typeof workingHours>;

export const mailboxSettings = z.object({
  timeZone: text,
  language: z.object({ locale: text }).nullish(),
  workingHours: workingHours.nullish().catch(null),
});
export type MailboxSettingsReply = z.infer<typeof mailboxSettings>;

export const graphTime = z.object({ dateTime: z.string(), timeZone: z.string() });
export type GraphTime = z.infer<typeof graphTime>;

export const schedules = z.object({
  value: z.array(
    z.object({
      scheduleId: z.string(),
      availabilityView: text,
      scheduleItems: z.array(z.object({ status: text, start: graphTime, end: graphTime })).nullish(),
      workingHours: workingHours.nullish().catch(null),
      error: z.object({ responseCode: z.coerce.string().nullish() }).nullish(),
    }),
  ),
});
export type SchedulesReply = z.infer<typeof schedules>;
export type ScheduleReply = SchedulesReply['value'][number];

const onlineMeeting = z.object({ joinUrl: text }).nullish();

const extendedProperties = z.array(z.object({ id: z.string(), value: z.string() })).nullish();

export const seriesMaster = z.object({
  id: z.string().min(1),
  iCalUId: z.string(),
  type: text,
  isCancelled: z.boolean().nullish(),
  isOrganizer: z.boolean().nullish(),
  createdDateTime: text,
  onlineMeeting,
  singleValueExtendedProperties: extendedProperties,
});

const RESPONSES = ['none', 'organizer', 'tentativelyAccepted', 'accepted', 'declined', 'notResponded'] as const;

export const eventDate = z.object({
  '@odata.etag': text,
  id: z.string().min(1),
  seriesMasterId: text,
  type: text,
  iCalUId: z.string(),
  start: graphTime,
  end: graphTime,
  originalStart: text,
  isCancelled: z.boolean().nullish(),
  isOrganizer: z.boolean().nullish(),
  onlineMeeting,
  singleValueExtendedProperties: extendedProperties,
  attendees: z
    .array(
      z.object({
        emailAddress: z.object({ address: text }).nullish(),
        status: z.object({ response: z.enum(RESPONSES).catch('none') }).nullish(),
        proposedNewTime: z.object({ start: graphTime, end: graphTime }).nullish(),
      }),
    )
    .nullish(),
});
export type EventDateReply = z.infer<typeof eventDate>;

export const eventCopies = z.object({
  value: z.array(
    z.object({
      id: z.string().min(1),
      iCalUId: z.string(),
      isCancelled: z.boolean().nullish(),
      responseStatus: z.object({ response: z.enum(RESPONSES).catch('none') }).nullish(),
    }),
  ),
});

const SHOWN_AS = ['free', 'tentative', 'busy', 'oof', 'workingElsewhere'] as const;

export const calendarItem = z.object({
  iCalUId: z.string(),
  start: graphTime,
  end: graphTime,
  showAs: z.enum(SHOWN_AS).nullish().catch('busy'),
  isCancelled: z.boolean().nullish(),
  responseStatus: z.object({ response: z.enum(RESPONSES).catch('none') }).nullish(),
});

export const recurringEvent = z.object({
  id: z.string(),
  recurrence: z.object({
    pattern: z.object({
      type: z.string(),
      interval: z.number().int(),
      daysOfWeek: z.array(z.string()).nullish(),
      firstDayOfWeek: text,
      index: text,
    }),
    range: z.object({
      type: z.string(),
      startDate: z.string(),
      endDate: text,
      recurrenceTimeZone: text,
    }),
  }),
});
export type RecurringEventReply = z.infer<typeof recurringEvent>;

export const calendar = z.object({ allowedOnlineMeetingProviders: z.array(z.string()).nullish() });

export const subscription = z.object({ id: z.string().min(1), expirationDateTime: z.string() });

export const catalogApp = z.object({ id: z.string().min(1), externalId: text, distributionMethod: text });
