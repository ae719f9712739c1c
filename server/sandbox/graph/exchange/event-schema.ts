import { PATTERN_TYPES, WEEKDAYS, WEEK_INDEXES } from './model.ts';
import { unreadableBody } from './failure.ts';

/*
 * The types of Microsoft Graph v1.0 that a calendar client may send, as far as bodies are judged by them: a name that a
 * type does not have, or a value of another type, is refused as Graph refuses it.
 */

const ENUMS: Record<string, readonly string[]> = {
  importance: ['low', 'normal', 'high'],
  sensitivity: ['normal', 'personal', 'private', 'confidential'],
  freeBusyStatus: ['unknown', 'free', 'tentative', 'busy', 'oof', 'workingElsewhere'],
  eventType: ['singleInstance', 'occurrence', 'exception', 'seriesMaster'],
  onlineMeetingProviderType: ['unknown', 'skypeForBusiness', 'skypeForConsumer', 'teamsForBusiness'],
  bodyType: ['text', 'html'],
  attendeeType: ['required', 'optional', 'resource'],
  responseType: ['none', 'organizer', 'tentativelyAccepted', 'accepted', 'declined', 'notResponded'],
  recurrencePatternType: PATTERN_TYPES,
  recurrenceRangeType: ['endDate', 'noEnd', 'numbered'],
  dayOfWeek: WEEKDAYS,
  weekIndex: WEEK_INDEXES,
};

const OBJECTS: Record<string, Record<string, string>> = {
  event: {
    id: 'String',
    categories: 'String[]',
    changeKey: 'String',
    createdDateTime: 'String',
    lastModifiedDateTime: 'String',
    allowNewTimeProposals: 'Boolean',
    attendees: 'attendee[]',
    body: 'itemBody',
    bodyPreview: 'String',
    cancelledOccurrences: 'String[]',
    end: 'dateTimeTimeZone',
    hasAttachments: 'Boolean',
    hideAttendees: 'Boolean',
    iCalUId: 'String',
    importance: 'importance',
    isAllDay: 'Boolean',
    isCancelled: 'Boolean',
    isDraft: 'Boolean',
    isOnlineMeeting: 'Boolean',
    isOrganizer: 'Boolean',
    isReminderOn: 'Boolean',
    location: 'location',
    locations: 'location[]',
    onlineMeeting: 'any',
    onlineMeetingProvider: 'onlineMeetingProviderType',
    onlineMeetingUrl: 'String',
    organizer: 'recipient',
    originalEndTimeZone: 'String',
    originalStart: 'String',
    originalStartTimeZone: 'String',
    recurrence: 'patternedRecurrence',
    reminderMinutesBeforeStart: 'Int32',
    responseRequested: 'Boolean',
    responseStatus: 'responseStatus',
    sensitivity: 'sensitivity',
    seriesMasterId: 'String',
    showAs: 'freeBusyStatus',
    start: 'dateTimeTimeZone',
    subject: 'String',
    transactionId: 'String',
    type: 'eventType',
    webLink: 'String',
    attachments: 'any',
    extensions: 'any',
    multiValueExtendedProperties: 'any',
    singleValueExtendedProperties: 'singleValueLegacyExtendedProperty[]',
  },
  attendee: {
    type: 'attendeeType',
    emailAddress: 'emailAddress',
    status: 'responseStatus',
    proposedNewTime: 'timeSlot',
  },
  recipient: { emailAddress: 'emailAddress' },
  emailAddress: { address: 'String', name: 'String' },
  itemBody: { content: 'String', contentType: 'bodyType' },
  dateTimeTimeZone: { dateTime: 'String', timeZone: 'String' },
  timeSlot: { start: 'dateTimeTimeZone', end: 'dateTimeTimeZone' },
  responseStatus: { response: 'responseType', time: 'String' },
  location: {
    address: 'any',
    coordinates: 'any',
    displayName: 'String',
    locationEmailAddress: 'String',
    locationType: 'String',
    locationUri: 'String',
    uniqueId: 'String',
    uniqueIdType: 'String',
  },
  patternedRecurrence: { pattern: 'recurrencePattern', range: 'recurrenceRange' },
  recurrencePattern: {
    dayOfMonth: 'Int32',
    daysOfWeek: 'dayOfWeek[]',
    firstDayOfWeek: 'dayOfWeek',
    index: 'weekIndex',
    interval: 'Int32',
    month: 'Int32',
    type: 'recurrencePatternType',
  },
  recurrenceRange: {
    endDate: 'String',
    numberOfOccurrences: 'Int32',
    recurrenceTimeZone: 'String',
    startDate: 'String',
    type: 'recurrenceRangeType',
  },
  singleValueLegacyExtendedProperty: { id: 'String', value: 'String' },
};

/** Names of the event type by their lower-case form. */
export const EVENT_PROPERTIES: ReadonlyMap<string, string> = new Map(
  Object.keys(OBJECTS['event']!).map((name) => [name.toLowerCase(), name]),
);

/** Relationships, which come only with $expand. */
export const EVENT_NAVIGATIONS: ReadonlySet<string> = new Set([
  'attachments',
  'calendar',
  'exceptionOccurrences',
  'extensions',
  'instances',
  'multiValueExtendedProperties',
  'singleValueExtendedProperties',
]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function checkPrimitive(type: string, value: unknown): void {
  const fits =
    type === 'String'
      ? typeof value === 'string'
      : type === 'Boolean'
        ? typeof value === 'boolean'
        : Number.isInteger(value);
  if (!fits) {
    throw unreadableBody(`Cannot convert the literal '${JSON.stringify(value)}' to the expected type 'Edm.${type}'.`);
  }
}

/** Refuses (400 RequestBodyRead) a value that is not of the type. Null and absent values are of every type. */
export function checkType(type: string, value: unknown): void {
  if (value === null || value === undefined || type === 'any') return;
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) throw unreadableBody(`An array of '${type.slice(0, -2)}' was expected.`);
    for (const each of value) checkType(type.slice(0, -2), each);
    return;
  }
  const members = ENUMS[type];
  if (members) {
    const known = typeof value === 'string' && members.some((name) => name.toLowerCase() === value.toLowerCase());
    if (!known)
      throw unreadableBody(
        `Requested value '${typeof value === 'string' ? value : JSON.stringify(value)}' was not found.`,
      );
    return;
  }
  const properties = OBJECTS[type];
  if (!properties) {
    checkPrimitive(type, value);
    return;
  }
  if (!isObject(value)) throw unreadableBody(`An object of type 'microsoft.graph.${type}' was expected.`);
  for (const [name, inner] of Object.entries(value)) {
    if (name.includes('@')) continue;
    const innerType = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!innerType) {
      throw unreadableBody(
        `The property '${name}' does not exist on type 'microsoft.graph.${type}'. Make sure to only use property names that are defined by the type.`,
      );
    }
    checkType(innerType, inner);
  }
}
