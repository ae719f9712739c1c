import type { Draft } from './create.ts';
import { invalidProperty } from './failure.ts';
import type { ItemFields } from './model.ts';
import type { EventInput } from './read-body.ts';
import { daysToFirst, readRecurrence, shiftStart } from './recurrence.ts';
import { DAY, toInstant, toWall } from './zones.ts';

/** What an event has where nothing was said. */
export const defaultFields = (): Omit<ItemFields, 'start' | 'end'> => ({
  subject: '',
  bodyContent: '',
  bodyType: 'html',
  importance: 'normal',
  sensitivity: 'normal',
  showAs: 'busy',
  isAllDay: false,
  location: null,
  categories: [],
  isReminderOn: true,
  reminderMinutes: 15,
  attendees: [],
  allowNewTimeProposals: true,
  responseRequested: true,
  hideAttendees: false,
  isOnlineMeeting: false,
  joinUrl: null,
});

/** Refuses (400) an end that is not after the start, and all-day times that are not midnight. */
export function checkTimes({ start, end, isAllDay }: Pick<ItemFields, 'start' | 'end' | 'isAllDay'>): void {
  if (end <= start) throw invalidProperty('Event.End must be after Event.Start.');
  if (isAllDay && (start % DAY !== 0 || end % DAY !== 0)) {
    throw invalidProperty('The Event.Start and Event.End of an all-day event need to be set to midnight.');
  }
}

/** A new event out of the body of a POST. Refuses (400) what is missing or contradicts itself. */
export function readDraft(input: EventInput): Draft {
  const { start, end } = input;
  if (!start || !end) throw invalidProperty(`Event.${start ? 'End' : 'Start'} is required.`);
  const { iana } = start.zone;
  let begin = start.wall;
  let finish = end.zone.iana === iana ? end.wall : toWall(iana, toInstant(end.zone.iana, end.wall));
  let recurrence = input.recurrence ? readRecurrence(input.recurrence, begin, start.zone.name) : null;
  if (recurrence) {
    // A start that does not fit its pattern: Exchange begins the series at the first day that does.
    const days = daysToFirst(recurrence);
    recurrence = shiftStart(recurrence, days);
    begin += days * DAY;
    finish += days * DAY;
  }
  const fields: ItemFields = {
    ...defaultFields(),
    ...input.fields,
    start: begin,
    end: finish,
    attendees: input.attendees ?? [],
  };
  checkTimes(fields);
  return {
    fields,
    zoneName: start.zone.name,
    iana,
    endZoneName: end.zone.name,
    recurrence,
    properties: input.properties ?? [],
    transactionId: input.transactionId ?? null,
    wantsOnlineMeeting: input.isOnlineMeeting === true,
  };
}
