import * as z from 'zod/mini';
import { guid, isoInstant, pairState, side } from './vocabulary.ts';

/* How a cohort runs, for its administrator (product.md G1): calendars, pairs at risk, and what the program waits for. */

/**
 * What the program waits for. Never who declined, moved or cancelled: somebody who takes no part is one who takes no part,
 * and a session that is being placed again is none that anybody hears of here.
 */
export const WAITS = [
  // Of the whole tenant.
  'appRemoved',
  'shutOut',
  'writesStopped',
  'noProgramMailbox',
  'calendarsDown',
  // Of the cohort.
  'safeContact',
  'inviteYou',
  'answers',
  'matchYou',
  'matchItself',
  'publishYou',
  'cohortClosed',
  // Of a person.
  'appNotInstalled',
  'invitationAnswer',
  'training',
  'nextMatch',
  'hasPairs',
  'paused',
  'noPart',
  // Of a pair.
  'mentorAnswer',
  'noChat',
  'searchNow',
  'searchAgain',
  'mailboxUnreadable',
  'noSlotYou',
  'executiveAnswer',
  'silenceYou',
  'bookingNow',
  'nextSession',
  'noDate',
  'pairPaused',
  'ended',
  'over',
] as const;
export type WaitCode = (typeof WAITS)[number];

/** What is waited for, the weightiest first; `until`: when it goes on by itself at the latest, or what is due then. */
export const waitingReply = z.object({
  waits: z.array(z.object({ code: z.enum(WAITS), until: z.nullable(isoInstant) })),
});
export type WaitingReply = z.infer<typeof waitingReply>;
/** Of one pair, of one participant, or of the cohort where neither is named. */
export const waitingQuery = z.object({
  pairId: z.optional(guid),
  personId: z.optional(guid),
  side: z.optional(side),
});

export const ALARMS = ['noFirstSession', 'longPause', 'lostSession', 'wish', 'silence', 'noSlot'] as const;
export type AlarmCode = (typeof ALARMS)[number];
export const LOG_GROUPS = ['people', 'matching', 'calendar', 'pairs', 'technical'] as const;
export type LogGroup = (typeof LOG_GROUPS)[number];

export const runningReply = z.object({
  now: isoInstant,
  /** Pairs at risk, those that wait for the administrator first. */
  risks: z.array(
    z.object({
      pairId: guid,
      mentorName: z.string(),
      menteeName: z.string(),
      alarms: z.array(z.enum(ALARMS)),
      /** Addresses of both, to write to them together; null: one of them has none. */
      mails: z.nullable(z.array(z.string())),
      /** Both can be matched again with one click. */
      canRelease: z.boolean(),
    }),
  ),
  /** Whom or what one can ask about. */
  pairs: z.array(z.object({ pairId: guid, mentorName: z.string(), menteeName: z.string() })),
  people: z.array(z.object({ personId: guid, side, displayName: z.string() })),
  /** Newest first, in the reader's language, without what one person did. */
  log: z.array(z.object({ at: isoInstant, group: z.enum(LOG_GROUPS), text: z.string() })),
});
export type RunningReply = z.infer<typeof runningReply>;

export const CALENDAR_STAGES = ['early', 'searching', 'noSlot', 'proposed', 'waiting', 'booking', 'booked'] as const;
export const calendarReply = z.object({
  now: isoInstant,
  pairs: z.array(
    z.object({
      pairId: guid,
      mentorName: z.string(),
      menteeName: z.string(),
      stage: z.enum(CALENDAR_STAGES),
      state: pairState,
      /** How often times were looked for without finding any. */
      searches: z.int(),
      /** Of the proposed or booked pattern: dates that stand at another time than the others, of how many. */
      broken: z.nullable(z.object({ dates: z.int(), of: z.int() })),
      /** Dates that were moved after the booking; never by whom. */
      moved: z.int(),
      /** Dates that stand in the calendars, past ones too. */
      dates: z.array(isoInstant),
    }),
  ),
  /** Participants whose calendar cannot be read. */
  unreadable: z.array(z.string()),
});
export type CalendarReply = z.infer<typeof calendarReply>;

/** The dry run of offering: of pairs without a time, how many would find which. */
export const offeringReply = z.object({
  pairs: z.int(),
  /** Looked at now; of many only the first. */
  looked: z.int(),
  allDates: z.int(),
  someMoved: z.int(),
  none: z.int(),
  /** One of the two calendars cannot be read. */
  unreadable: z.int(),
});
export type OfferingReply = z.infer<typeof offeringReply>;
