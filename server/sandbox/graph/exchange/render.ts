import { itemId, makeChangeKey, makeICalUId } from './ids.ts';
import type { Attendee, ExtendedProperty, Item } from './model.ts';
import type { Preferences } from './preferences.ts';
import { renderRecurrence } from './recurrence.ts';
import { formatInstant, formatWall, toWall, type Zone } from './zones.ts';

/** How Graph writes "never". */
const NEVER = '0001-01-01T00:00:00Z';

const PREVIEW_LENGTH = 255;

/** A `dateTimeTimeZone` of an instant. */
export const zonedTime = (instant: number, zone: Zone): { dateTime: string; timeZone: string } => ({
  dateTime: formatWall(toWall(zone.iana, instant)),
  timeZone: zone.name,
});

/** All-day items are the same day in every zone. */
const itemTime = (item: Item, edge: 'start' | 'end', zone: Zone): { dateTime: string; timeZone: string } =>
  item.fields.isAllDay
    ? { dateTime: formatWall(edge === 'start' ? item.wallStart : item.wallEnd), timeZone: zone.name }
    : zonedTime(item[edge], zone);

const textOf = (html: string): string =>
  html
    .replace(/<(style|head)[^>]*>.*?<\/\1>/gis, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const plainBody = ({ fields }: Item): string =>
  fields.bodyType === 'text' ? fields.bodyContent : textOf(fields.bodyContent);

function htmlBody({ fields }: Item): string {
  const { bodyContent, bodyType } = fields;
  if (bodyType === 'html' && /<html[\s>]/i.test(bodyContent)) return bodyContent;
  const inner = bodyType === 'html' ? bodyContent : `<div class="PlainText">${escapeHtml(bodyContent)}</div>`;
  return `<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>\r\n<body>\r\n${inner}\r\n</body>\r\n</html>\r\n`;
}

function renderAttendee(attendee: Attendee, zone: Zone): Record<string, unknown> {
  const { type, address, name, response, respondedAt, proposal } = attendee;
  return {
    type,
    status: { response, time: respondedAt === null ? NEVER : formatInstant(respondedAt) },
    ...(proposal
      ? { proposedNewTime: { start: zonedTime(proposal.start, zone), end: zonedTime(proposal.end, zone) } }
      : {}),
    emailAddress: { name, address },
  };
}

const locationOf = ({ fields }: Item): Record<string, unknown> | null => {
  const name = fields.location?.['displayName'];
  return typeof name === 'string' && name !== '' ? { displayName: name, locationType: 'default' } : null;
};

type Render = (item: Item, preferences: Preferences) => unknown;

/** Every property of an event, in the order in which Graph writes them. */
const PROPERTIES: Record<string, Render> = {
  createdDateTime: ({ event }) => formatInstant(event.createdAt),
  lastModifiedDateTime: ({ event }) => formatInstant(event.modifiedAt),
  changeKey: ({ event }) => makeChangeKey(event.core, event.version),
  categories: ({ fields }) => [...fields.categories],
  transactionId: ({ event }) => event.transactionId ?? undefined,
  originalStart: ({ date, originalStart }) => (date === null ? undefined : formatInstant(originalStart)),
  originalStartTimeZone: ({ event }) => event.zoneName,
  originalEndTimeZone: ({ event }) => event.endZoneName,
  iCalUId: ({ event, date }) => makeICalUId(event.meetingKey, date),
  reminderMinutesBeforeStart: ({ fields }) => fields.reminderMinutes,
  isReminderOn: ({ fields }) => fields.isReminderOn,
  hasAttachments: () => false,
  subject: ({ subject }) => subject,
  bodyPreview: (item) => plainBody(item).slice(0, PREVIEW_LENGTH),
  importance: ({ fields }) => fields.importance,
  sensitivity: ({ fields }) => fields.sensitivity,
  isAllDay: ({ fields }) => fields.isAllDay,
  isCancelled: ({ isCancelled }) => isCancelled,
  isDraft: () => false,
  isOrganizer: ({ event }) => event.isOrganizer,
  responseRequested: ({ fields }) => fields.responseRequested,
  seriesMasterId: ({ event, date }, { immutableIds }) =>
    date === null ? null : itemId(event.core, null, immutableIds),
  showAs: ({ showAs }) => showAs,
  type: ({ type }) => type,
  webLink: ({ event, date }) =>
    `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(itemId(event.core, date, false))}&exvsurl=1&path=/calendar/item`,
  onlineMeetingUrl: () => null,
  isOnlineMeeting: ({ fields }) => fields.isOnlineMeeting,
  onlineMeetingProvider: ({ fields }) => (fields.isOnlineMeeting ? 'teamsForBusiness' : 'unknown'),
  allowNewTimeProposals: ({ fields }) => fields.allowNewTimeProposals,
  hideAttendees: ({ fields }) => fields.hideAttendees,
  responseStatus: ({ response, respondedAt }) => ({
    response,
    time: respondedAt === null ? NEVER : formatInstant(respondedAt),
  }),
  body: (item, { textBody }) =>
    textBody ? { contentType: 'text', content: plainBody(item) } : { contentType: 'html', content: htmlBody(item) },
  start: (item, { zone }) => itemTime(item, 'start', zone),
  end: (item, { zone }) => itemTime(item, 'end', zone),
  location: (item) => {
    const location = locationOf(item);
    if (!location) return { displayName: '', locationType: 'default', uniqueIdType: 'unknown' };
    return { ...location, uniqueId: location['displayName'], uniqueIdType: 'private' };
  },
  locations: (item) => {
    const location = locationOf(item);
    return location ? [{ ...location, uniqueIdType: 'unknown' }] : [];
  },
  recurrence: ({ event, date }) => (date === null && event.recurrence ? renderRecurrence(event.recurrence) : null),
  attendees: ({ event, fields }, { zone }) =>
    fields.hideAttendees && !event.isOrganizer ? [] : fields.attendees.map((each) => renderAttendee(each, zone)),
  organizer: ({ event }) => ({ emailAddress: { name: event.organizer.name, address: event.organizer.address } }),
  onlineMeeting: ({ fields }) => (fields.joinUrl ? { joinUrl: fields.joinUrl } : null),
};

/** Comes with $select on a master that is read by its id, never otherwise. */
const cancelledOccurrences: Render = ({ event, date }, { immutableIds }) =>
  date === null && event.recurrence
    ? event.deletedDates
        .toSorted()
        .map(
          (day) =>
            `OID.${itemId(event.core, null, immutableIds)}.${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`,
        )
    : undefined;

/** One property of an item by its name (case as in the metadata); undefined where there is none. */
export function readProperty(item: Item, name: string, preferences: Preferences): unknown {
  if (name === 'id') return itemId(item.event.core, item.date, preferences.immutableIds);
  return PROPERTIES[name]?.(item, preferences);
}

export interface RenderOptions {
  preferences: Preferences;
  /** Names asked for with $select; null: all. */
  select: readonly string[] | null;
  /** The extended properties that $expand asks for; null: none. */
  wantsProperty: ((property: ExtendedProperty) => boolean) | null;
  /** A single event read by its id, rather than one of a list. */
  isAlone?: boolean;
}

/** An event as Graph gives it: with $select exactly what it names, `id` and the etag always. */
export function renderItem(item: Item, options: RenderOptions): Record<string, unknown> {
  const { preferences, select } = options;
  const { event } = item;
  const body: Record<string, unknown> = {
    '@odata.etag': `W/"${makeChangeKey(event.core, event.version)}"`,
    id: itemId(event.core, item.date, preferences.immutableIds),
  };
  for (const name of select ?? Object.keys(PROPERTIES)) {
    const render = name === 'cancelledOccurrences' && options.isAlone ? cancelledOccurrences : PROPERTIES[name];
    const value = render?.(item, preferences);
    if (value !== undefined) body[name] = value;
  }
  if (options.wantsProperty) {
    const found = event.properties.filter(options.wantsProperty);
    if (found.length > 0) body['singleValueExtendedProperties'] = found.map(({ id, value }) => ({ id, value }));
  }
  return body;
}
