import type { EventRequest, SeriesRecurrence, SeriesRequest } from '../ports.ts';
import type { GraphTime, RecurringEventReply } from './replies.ts';
import { dateOf, wallSpan } from './times.ts';
import { toWindowsZone } from './zones.ts';

/**
 * The one extended property by which our series are found again. Each new name would use up a named property in the
 * mailbox for good, so name and GUID never change; the name is compared with case.
 */
export const TAG_PROPERTY = 'String {2f1a8c0e-6b7d-4c35-9e02-8d4a51c7b3f6} Name InversoSeries';

const DATE = /^\d{4}-\d\d-\d\d$/;

/** An event as Graph takes it. */
interface EventBody {
  start: GraphTime;
  [name: string]: unknown;
}

/**
 * The event that books one date (platform.md 1.3), in the wall time of its zone. Null when Windows has no name for the
 * zone.
 */
export function dateBody(request: EventRequest): EventBody | null {
  const timeZone = toWindowsZone(request.timeZone);
  if (timeZone === null) return null;
  const span = wallSpan(request.start, request.minutes);
  return {
    subject: request.subject,
    body: { contentType: 'HTML', content: request.bodyHtml },
    start: { dateTime: span.start, timeZone },
    end: { dateTime: span.end, timeZone },
    attendees: request.attendees.map(({ address, displayName }) => ({
      type: 'required',
      emailAddress: { address, name: displayName },
    })),
    ...(request.isOnline ? { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' } : {}),
    allowNewTimeProposals: true,
    responseRequested: true,
    hideAttendees: false,
    sensitivity: request.isPrivate ? 'private' : 'normal',
    showAs: 'busy',
    transactionId: request.key,
    singleValueExtendedProperties: [{ id: TAG_PROPERTY, value: request.key }],
  };
}

/**
 * The event that books a series: that of its first date, with the recurrence. Null when Windows has no name for the zone.
 * Throws RangeError when the first date is not the day of the start, which Graph would refuse.
 */
export function seriesBody(request: SeriesRequest): object | null {
  const body = dateBody(request);
  if (body === null) return null;
  const { firstDate, count } = request.recurrence;
  if (dateOf(request.start) !== firstDate)
    throw new RangeError(`firstDate ${firstDate} is not the day of ${request.start}`);
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`count ${count} is not a number of sessions`);
  const { timeZone } = body.start;
  const range = { type: 'numbered', startDate: firstDate, numberOfOccurrences: count, recurrenceTimeZone: timeZone };
  return { ...body, recurrence: { pattern: patternOf(request.recurrence), range } };
}

function patternOf(recurrence: SeriesRecurrence): object {
  return recurrence.kind === 'weekly'
    ? {
        type: 'weekly',
        interval: recurrence.everyWeeks,
        daysOfWeek: [recurrence.weekday],
        // With an interval of more than a week the first day decides which weeks count; Graph's own default is Sunday.
        firstDayOfWeek: 'monday',
      }
    : {
        type: 'relativeMonthly',
        interval: recurrence.everyMonths,
        daysOfWeek: [recurrence.weekday],
        index: recurrence.index,
      };
}

/**
 * The recurrence of a running series that ends with `lastDate`: `ended` when it ends no later by itself, null when
 * `lastDate` lies before its first date (then there is nothing to keep). Graph's fillers are left behind.
 */
export function endedRecurrence({ recurrence }: RecurringEventReply, lastDate: string): object | 'ended' | null {
  if (!DATE.test(lastDate)) throw new RangeError(`lastDate is not a date: ${lastDate}`);
  const { pattern, range } = recurrence;
  if (lastDate < range.startDate) return null;
  if (range.type.toLowerCase() === 'enddate' && range.endDate && range.endDate <= lastDate) return 'ended';
  const isWeekly = pattern.type.toLowerCase() === 'weekly';
  const isRelative = pattern.type.toLowerCase().startsWith('relative');
  return {
    pattern: {
      type: pattern.type,
      interval: pattern.interval,
      ...(isWeekly || isRelative ? { daysOfWeek: pattern.daysOfWeek ?? [] } : {}),
      ...(isWeekly ? { firstDayOfWeek: pattern.firstDayOfWeek ?? 'monday' } : {}),
      ...(isRelative ? { index: pattern.index ?? 'first' } : {}),
    },
    range: {
      type: 'endDate',
      startDate: range.startDate,
      endDate: lastDate,
      ...(range.recurrenceTimeZone ? { recurrenceTimeZone: range.recurrenceTimeZone } : {}),
    },
  };
}
