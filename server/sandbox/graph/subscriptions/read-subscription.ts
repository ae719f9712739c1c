import { findPerson } from '../find-person.ts';
import { parseInstant } from '../exchange/zones.ts';
import { GraphRefusal } from '../refusal.ts';
import type { World } from '../../world.ts';
import type { ChangeType, StoredSubscription } from './stored-subscription.ts';

const MINUTE = 60_000;
/** Documented for events without resource data: 10,080 minutes, under seven days. */
const LONGEST = 10_080 * MINUTE;
const SHORTEST = 45 * MINUTE;
const WRITABLE = new Set([
  'changeType',
  'notificationUrl',
  'lifecycleNotificationUrl',
  'resource',
  'expirationDateTime',
  'clientState',
  'latestSupportedTlsVersion',
  'includeResourceData',
]);
const CHANGE_TYPES: readonly string[] = ['created', 'updated', 'deleted'] satisfies ChangeType[];

const invalid = (message: string): GraphRefusal => new GraphRefusal(400, 'InvalidRequest', message);
/** A refusal of Exchange behind the subscription service. */
export const extensionError = (status: number, name: string, reason: string): GraphRefusal =>
  new GraphRefusal(status, 'ExtensionError', `Operation: Create; Exception: [Status Code: ${name}; Reason: ${reason}]`);

/** What a client wrote when subscribing, checked. Refuses (400) what Graph refuses, naming the member. */
export function readSubscription(
  world: World,
  body: Record<string, unknown>,
): Omit<StoredSubscription, 'id' | 'clientId' | 'creatorId' | 'immutableIds'> {
  for (const name of Object.keys(body)) {
    if (!WRITABLE.has(name) && !name.startsWith('@odata.'))
      throw invalid(`The property '${name}' does not exist on type 'microsoft.graph.subscription' or cannot be set.`);
  }
  if (body['includeResourceData'] === true)
    throw invalid(
      'Notifications with resource data are not served for this resource without an encryption certificate.',
    );
  const changeType = text(body, 'changeType', 64);
  const changeTypes = changeType.split(',').map((each) => each.trim());
  if (changeTypes.some((each) => !CHANGE_TYPES.includes(each)))
    throw invalid(`Invalid value for 'changeType': '${changeType}'.`);
  const resource = text(body, 'resource', 512);
  const match = /^\/?users(?:\/([^/]+)|\('([^']+)'\))\/(?:calendar\/)?events$/i.exec(resource);
  if (!match) throw invalid(`Unsupported subscription resource '${resource}'.`);
  const owner = findPerson(world, decodeURIComponent(match[1] ?? match[2]!));
  if (!owner) throw new GraphRefusal(404, 'ResourceNotFound', `Resource '${resource}' was not found.`);
  return {
    ownerId: owner.id,
    resource,
    changeType,
    changeTypes: changeTypes as ChangeType[],
    notificationUrl: address(text(body, 'notificationUrl', 2048), 'notificationUrl'),
    lifecycleNotificationUrl: isAbsent(body['lifecycleNotificationUrl'])
      ? null
      : address(text(body, 'lifecycleNotificationUrl', 2048), 'lifecycleNotificationUrl'),
    clientState: isAbsent(body['clientState']) ? null : text(body, 'clientState', 128),
    latestSupportedTlsVersion:
      typeof body['latestSupportedTlsVersion'] === 'string' ? body['latestSupportedTlsVersion'] : 'v1_2',
    expiresAt: readExpiry(body['expirationDateTime'], world.clock.now()),
  };
}

/** An expiry as Graph takes it: raised to 45 minutes from now. Refuses (400) one too far away or in the past. */
export function readExpiry(value: unknown, now: number): number {
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  if (instant === null) throw invalid("'expirationDateTime' is required and must be an instant in ISO 8601.");
  if (instant <= now) throw invalid('Subscription expiration time must be in the future.');
  if (instant - now > LONGEST)
    throw extensionError(
      400,
      'BadRequest',
      `Subscription expiration can only be ${LONGEST / MINUTE} minutes in the future.`,
    );
  return Math.max(instant, now + SHORTEST);
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

function text(body: Record<string, unknown>, name: string, longest: number): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw invalid(`'${name}' is a required property of a subscription.`);
  if (value.length > longest) throw invalid(`'${name}' exceeds the maximum length of ${longest} characters.`);
  return value;
}

function address(value: string, name: string): string {
  if (!URL.canParse(value) || new URL(value).protocol !== 'https:') throw invalid(`'${name}' must be an HTTPS URL.`);
  return value;
}
