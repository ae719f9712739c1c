import type { SandboxReply } from '../../http.ts';
import { guid } from '../../hash.ts';
import { formatInstant } from '../exchange/zones.ts';
import { mayUseMailbox } from '../exchange-rights.ts';
import type { GraphCall, GraphRoute } from '../graph-call.ts';
import { odataContext } from '../link-base.ts';
import { readPreferences } from '../odata/options.ts';
import { badRequest, GraphRefusal, mailboxDenied, mailboxNotEnabled } from '../refusal.ts';
import { readJsonBody } from '../read-json-body.ts';
import { validateAddress } from './handshake.ts';
import type { PostToProduct } from './post-to-product.ts';
import { extensionError, readExpiry, readSubscription } from './read-subscription.ts';
import type { StoredSubscription } from './stored-subscription.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Active subscriptions of one mailbox over all applications. */
const MOST_PER_MAILBOX = 1000;

/** `/subscriptions`: create (with handshake), look, renew, reauthorize, delete. An application sees its own alone. */
export function subscriptionRoutes(subscriptions: Subscriptions, post: PostToProduct): GraphRoute[] {
  return [
    { method: 'POST', template: '/subscriptions', operation: (call) => create(call, subscriptions, post) },
    { method: 'GET', template: '/subscriptions', operation: (call) => listOwn(call, subscriptions) },
    { method: 'GET', template: '/subscriptions/{id}', operation: (call) => shown(200, own(call, subscriptions)) },
    { method: 'PATCH', template: '/subscriptions/{id}', operation: (call) => renew(call, subscriptions) },
    {
      method: 'DELETE',
      template: '/subscriptions/{id}',
      operation: (call) => {
        subscriptions.remove(own(call, subscriptions).id);
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      template: '/subscriptions/{id}/reauthorize',
      operation: (call) => {
        requireRight(call, own(call, subscriptions).ownerId);
        return { status: 204 };
      },
    },
  ];
}

async function create(call: GraphCall, subscriptions: Subscriptions, post: PostToProduct): Promise<SandboxReply> {
  const { world, request, caller } = call;
  const draft = readSubscription(world, readJsonBody(request));
  requireRight(call, draft.ownerId);
  requireRoom(draft, caller.clientId, subscriptions);
  await validateAddress(post, draft.notificationUrl, draft.ownerId);
  if (draft.lifecycleNotificationUrl !== null)
    await validateAddress(post, draft.lifecycleNotificationUrl, draft.ownerId);
  // Another request may have come first while the addresses answered.
  requireRoom(draft, caller.clientId, subscriptions);
  const now = world.clock.now();
  const subscription: StoredSubscription = {
    ...draft,
    id: guid('subscription', world.seed, caller.clientId, draft.ownerId, draft.changeType, draft.notificationUrl, now),
    clientId: caller.clientId,
    creatorId: world.apps.get(caller.clientId)?.servicePrincipalId ?? caller.clientId,
    immutableIds: /^immutableid$/i.test(readPreferences(request.headers).get('idtype') ?? ''),
  };
  subscriptions.put(subscription);
  return shown(201, subscription);
}

function requireRight({ world, caller }: GraphCall, ownerId: string): void {
  if (!mayUseMailbox(world, caller, ownerId, 'calendarRead')) throw mailboxDenied();
  if (!world.people.get(ownerId)?.mailbox.enabled) throw mailboxNotEnabled();
}

function requireRoom(
  draft: Pick<StoredSubscription, 'ownerId' | 'changeType' | 'resource'>,
  clientId: string,
  subscriptions: Subscriptions,
): void {
  const ofMailbox = subscriptions.list().filter((each) => each.ownerId === draft.ownerId);
  const kinds = (changeType: string): string =>
    changeType
      .split(',')
      .map((each) => each.trim())
      .sort()
      .join();
  if (ofMailbox.some((each) => each.clientId === clientId && kinds(each.changeType) === kinds(draft.changeType))) {
    throw new GraphRefusal(
      409,
      'Conflict',
      `A subscription for the resource '${draft.resource}' with the same changeType already exists.`,
    );
  }
  if (ofMailbox.length >= MOST_PER_MAILBOX) {
    throw extensionError(403, 'Forbidden', `Subscription quota of ${MOST_PER_MAILBOX} for the mailbox is exceeded.`);
  }
}

function own({ caller, ids }: GraphCall, subscriptions: Subscriptions): StoredSubscription {
  const found = subscriptions.list().find((each) => each.id === ids[0] && each.clientId === caller.clientId);
  if (!found) throw new GraphRefusal(404, 'ResourceNotFound', 'The object was not found.');
  return found;
}

function renew(call: GraphCall, subscriptions: Subscriptions): SandboxReply {
  const subscription = own(call, subscriptions);
  const body = readJsonBody(call.request);
  for (const name of Object.keys(body)) {
    if (name !== 'expirationDateTime' && !name.startsWith('@odata.'))
      throw badRequest(`The property '${name}' of a subscription cannot be changed.`);
  }
  requireRight(call, subscription.ownerId);
  const renewed = { ...subscription, expiresAt: readExpiry(body['expirationDateTime'], call.world.clock.now()) };
  subscriptions.put(renewed);
  return shown(200, renewed);
}

function listOwn({ caller }: GraphCall, subscriptions: Subscriptions): SandboxReply {
  const mine = subscriptions.list().filter((each) => each.clientId === caller.clientId);
  return { status: 200, body: { '@odata.context': odataContext('subscriptions'), value: mine.map(toJson) } };
}

const shown = (status: number, subscription: StoredSubscription): SandboxReply => ({
  status,
  body: { '@odata.context': odataContext('subscriptions/$entity'), ...toJson(subscription) },
});

function toJson(subscription: StoredSubscription): Record<string, unknown> {
  const { id, resource, changeType, clientState, notificationUrl, lifecycleNotificationUrl } = subscription;
  return {
    id,
    resource,
    applicationId: subscription.clientId,
    changeType,
    clientState,
    notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl,
    expirationDateTime: formatInstant(subscription.expiresAt),
    creatorId: subscription.creatorId,
    includeResourceData: null,
    latestSupportedTlsVersion: subscription.latestSupportedTlsVersion,
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationUrlAppId: null,
  };
}
