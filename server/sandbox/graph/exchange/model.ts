import type { CalendarItem, ItemStatus } from '../../world.ts';
import type { WallMilliseconds } from './zones.ts';

export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export const WEEK_INDEXES = ['first', 'second', 'third', 'fourth', 'last'] as const;
export type WeekIndex = (typeof WEEK_INDEXES)[number];
export const PATTERN_TYPES = [
  'daily',
  'weekly',
  'absoluteMonthly',
  'relativeMonthly',
  'absoluteYearly',
  'relativeYearly',
] as const;

export interface RecurrencePattern {
  type: (typeof PATTERN_TYPES)[number];
  interval: number;
  /** In the order of the week; empty for daily and absolute patterns. */
  daysOfWeek: Weekday[];
  firstDayOfWeek: Weekday;
  index: WeekIndex;
  /** 0 where the pattern has none. */
  dayOfMonth: number;
  month: number;
}

export interface RecurrenceRange {
  type: 'endDate' | 'numbered' | 'noEnd';
  startDate: string;
  /** Inclusive; only for `endDate`. */
  endDate: string | null;
  /** Only for `numbered`, else 0. */
  numberOfOccurrences: number;
  zoneName: string;
}

export interface Recurrence {
  pattern: RecurrencePattern;
  range: RecurrenceRange;
}

export type Answer = 'none' | 'tentativelyAccepted' | 'accepted' | 'declined';

export interface Attendee {
  type: 'required' | 'optional' | 'resource';
  address: string;
  name: string;
  response: Answer;
  respondedAt: number | null;
  /** Instants. */
  proposal: { start: number; end: number } | null;
}

/** What an item says; an exception of a series overrides some of it. */
export interface ItemFields {
  subject: string;
  bodyContent: string;
  bodyType: 'html' | 'text';
  importance: 'low' | 'normal' | 'high';
  sensitivity: CalendarItem['sensitivity'];
  /** As the organizer means it; what an attendee's copy shows follows from the answer. */
  showAs: ItemStatus;
  isAllDay: boolean;
  /** Wall times in the zone of the item. */
  start: WallMilliseconds;
  end: WallMilliseconds;
  location: Record<string, unknown> | null;
  categories: string[];
  isReminderOn: boolean;
  reminderMinutes: number;
  attendees: Attendee[];
  allowNewTimeProposals: boolean;
  responseRequested: boolean;
  hideAttendees: boolean;
  isOnlineMeeting: boolean;
  joinUrl: string | null;
}

/** One occurrence of a series that differs from it in this mailbox. */
export interface ItemException {
  fields: Partial<ItemFields>;
  /** Edited by the organizer, so that a later change of the whole series mails it again. */
  edited: boolean;
  /** Raised whenever the time changes: answers to an older time no longer count. */
  sequence: number;
  /** The owner's own answer to this occurrence; absent: that to the series. */
  response?: CalendarItem['response'];
  respondedAt?: number;
  /** Set by the owner of an attendee's copy. */
  ownShowAs?: ItemStatus;
  isCancelled?: boolean;
  /** Answers of attendees to this occurrence, by lower-case address. */
  answers: Record<string, Pick<Attendee, 'response' | 'respondedAt' | 'proposal'>>;
}

export interface ExtendedProperty {
  id: string;
  value: string;
}

/** One copy of a single item or a series in one mailbox. Plain data: it is saved as JSON. */
export interface StoredEvent {
  /** What both of its ids are made from. */
  core: string;
  ownerId: string;
  /** The core of the organizer's copy, the same in every mailbox that holds one; iCalUIds come from it. */
  meetingKey: string;
  isOrganizer: boolean;
  organizer: { name: string; address: string; personId: string };
  createdAt: number;
  modifiedAt: number;
  /** Raised by every change; the change key comes from it. */
  version: number;
  /** Position in the mailbox's order of changes, for delta queries. */
  revision: number;
  sequence: number;
  zoneName: string;
  iana: string;
  endZoneName: string;
  fields: ItemFields;
  recurrence: Recurrence | null;
  /** By original date, `YYYYMMDD` in the zone of the series. */
  exceptions: Record<string, ItemException>;
  deletedDates: string[];
  /** An attendee invited to some occurrences only has just these. */
  onlyDates: string[] | null;
  response: CalendarItem['response'];
  respondedAt: number | null;
  ownShowAs: ItemStatus | null;
  isCancelled: boolean;
  transactionId: string | null;
  properties: ExtendedProperty[];
  /** Set when it has left the calendar. */
  gone: { at: number; isCancelled: boolean } | null;
}

/**
 * One thing in a calendar: a single item, a series as a whole, or one occurrence. A value: it is made anew when the event
 * changes.
 */
export interface Item {
  event: StoredEvent;
  date: string | null;
  type: 'singleInstance' | 'seriesMaster' | 'occurrence' | 'exception';
  /** What it says; its times are below. */
  fields: ItemFields;
  wallStart: WallMilliseconds;
  wallEnd: WallMilliseconds;
  /** Instants. */
  start: number;
  end: number;
  originalStart: number;
  response: CalendarItem['response'];
  respondedAt: number | null;
  isCancelled: boolean;
  /** What the calendar and free/busy show. */
  showAs: ItemStatus;
  subject: string;
}
