import type { ItemStatus } from '../../world.ts';
import { GraphRefusal, badRequest } from '../refusal.ts';
import { checkType } from './event-schema.ts';
import { invalidProperty, invalidRequest, unsupportedZone } from './failure.ts';
import type { Attendee, ExtendedProperty, ItemFields } from './model.ts';
import { UTC, findZone, parseWall, type WallMilliseconds, type Zone } from './zones.ts';

/** A wall time beside its zone, as clients send it. */
export interface ZonedWall {
  wall: WallMilliseconds;
  zone: Zone;
}

/** What the body of a POST or PATCH asks for; absent: not named. */
export interface EventInput {
  fields: Partial<Omit<ItemFields, 'start' | 'end' | 'attendees' | 'isOnlineMeeting' | 'joinUrl'>>;
  start?: ZonedWall;
  end?: ZonedWall;
  attendees?: Attendee[];
  /** As sent; null ends the recurrence. */
  recurrence?: Record<string, unknown> | null;
  properties?: ExtendedProperty[];
  transactionId?: string;
  isOnlineMeeting?: boolean;
}

const MOST_ATTENDEES = 500;
const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** The JSON object of a request body. Refuses (400) everything else. */
export function readJson(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
  return value as Record<string, unknown>;
}

/** Reads a `dateTimeTimeZone`. Refuses (400) unknown zones and unreadable times. */
export function readZonedWall(value: unknown, name: string): ZonedWall {
  const { dateTime, timeZone } = value as { dateTime?: string | null; timeZone?: string | null };
  const zone = timeZone ? findZone(timeZone) : UTC;
  if (!zone) throw unsupportedZone(timeZone ?? '');
  const wall = dateTime ? parseWall(dateTime, zone) : null;
  if (wall === null) throw invalidProperty(`${name}: '${dateTime ?? ''}' is no valid date and time.`);
  return { wall, zone };
}

function readAttendees(list: Record<string, unknown>[]): Attendee[] {
  if (list.length > MOST_ATTENDEES) throw invalidRequest(`An event has ${MOST_ATTENDEES} attendees at most.`);
  return list.map((each) => {
    const { address, name } = (each['emailAddress'] ?? {}) as { address?: string; name?: string };
    if (!address || !ADDRESS.test(address)) {
      throw new GraphRefusal(
        400,
        'ErrorInvalidRecipients',
        `At least one recipient is not valid., Recipient '${address ?? ''}' is not resolved. All recipients must be resolved before a message can be submitted.`,
      );
    }
    const type = ((each['type'] as string | undefined) ?? 'required').toLowerCase() as Attendee['type'];
    return { type, address, name: name ?? address, response: 'none', respondedAt: null, proposal: null };
  });
}

const PROPERTY_ID =
  /^(String|Integer|Boolean|SystemTime|Double|Long|Binary|CLSID) (\{[0-9a-f-]{36}\} (Name .+|Id 0x[0-9a-f]+)|0x[0-9a-f]+)$/i;

function readProperties(list: Record<string, unknown>[]): ExtendedProperty[] {
  return list.map(({ id, value }) => {
    if (typeof id !== 'string' || !PROPERTY_ID.test(id)) {
      throw new GraphRefusal(400, 'ErrorInvalidProperty', `The property Id '${String(id)}' isn't valid.`);
    }
    return { id, value: typeof value === 'string' ? value : '' };
  });
}

/** Fields that are taken over as they are sent. */
const PLAIN = [
  'subject',
  'isAllDay',
  'isReminderOn',
  'allowNewTimeProposals',
  'responseRequested',
  'hideAttendees',
  'categories',
] as const;
/** Fields whose values are lower-cased members of an enumeration. */
const LOWERED = ['importance', 'sensitivity'] as const;
const STATUSES: readonly ItemStatus[] = ['free', 'tentative', 'busy', 'oof', 'workingElsewhere'];

function readFields(body: Record<string, unknown>): EventInput['fields'] {
  const fields: Record<string, unknown> = {};
  for (const name of PLAIN) if (body[name] !== undefined && body[name] !== null) fields[name] = body[name];
  for (const name of LOWERED) if (body[name]) fields[name] = (body[name] as string).toLowerCase();
  const status = ((body['showAs'] as string | null | undefined) ?? '').toLowerCase();
  if (status !== '') fields['showAs'] = STATUSES.find((each) => each.toLowerCase() === status) ?? 'busy';
  const minutes = body['reminderMinutesBeforeStart'];
  if (typeof minutes === 'number') fields['reminderMinutes'] = minutes;
  if (body['body']) {
    const { content, contentType } = body['body'] as { content?: string; contentType?: string };
    fields['bodyContent'] = content ?? '';
    fields['bodyType'] = (contentType ?? 'text').toLowerCase();
  }
  const [first] = (body['locations'] as unknown[] | null | undefined) ?? [];
  const location = body['location'] ?? first;
  if (location !== undefined) fields['location'] = location;
  return fields;
}

/** Reads the body of an event. Refuses (400) names and values that Graph does not know; absent members stay absent. */
export function readEventInput(body: Record<string, unknown>): EventInput {
  checkType('event', body);
  const input: EventInput = { fields: readFields(body) };
  if (body['start']) input.start = readZonedWall(body['start'], 'Start');
  if (body['end']) input.end = readZonedWall(body['end'], 'End');
  if (body['attendees']) input.attendees = readAttendees(body['attendees'] as Record<string, unknown>[]);
  if (body['recurrence'] !== undefined) input.recurrence = body['recurrence'] as Record<string, unknown> | null;
  const properties = body['singleValueExtendedProperties'];
  if (properties) input.properties = readProperties(properties as Record<string, unknown>[]);
  if (typeof body['transactionId'] === 'string') input.transactionId = body['transactionId'];
  if (typeof body['isOnlineMeeting'] === 'boolean') input.isOnlineMeeting = body['isOnlineMeeting'];
  return input;
}
