import { MINUTE, instant, parseInstant, plus, toIso, type Instant } from '../domain/time/instant.ts';
import type { SubscriptionInfo, WantedSubscription, WriteResult } from '../ports.ts';
import { guid, MAILBOX_HEADERS } from './paths.ts';
import { subscription } from './replies.ts';
import type { GraphCall, GraphClient } from './types.ts';

/** Where Graph delivers; both https. */
export interface NoticeUrls {
  notificationUrl: string;
  lifecycleUrl: string;
}

/** Subscriptions to events live 10,080 minutes at most; some minutes are left for clocks that differ. */
const LONGEST_LIFE = (10_080 - 10) * MINUTE;
const CLIENT_STATE_LENGTH = { least: 22, most: 128 };

const INFO = subscription.transform((reply): SubscriptionInfo => {
  return { subscriptionId: reply.id, expiresAt: parseInstant(reply.expirationDateTime) };
});

/** Watches the events of mailboxes, 20 in a call; see `Calendar.subscribeAll`. A life beyond Graph's limit is cut to it. */
export function subscribeAll(
  client: GraphClient,
  urls: NoticeUrls,
  wanted: readonly WantedSubscription[],
): Promise<WriteResult<SubscriptionInfo>[]> {
  return client.writeBatch(wanted.map((one) => subscribeCall(client, urls, one)));
}

/** Watches the events of one mailbox; see `Calendar.subscribe`. */
export const subscribe = (
  client: GraphClient,
  urls: NoticeUrls,
  wanted: WantedSubscription,
): Promise<WriteResult<SubscriptionInfo>> => client.write(subscribeCall(client, urls, wanted));

function subscribeCall(
  client: GraphClient,
  urls: NoticeUrls,
  { mailbox, clientState, expiresAt }: WantedSubscription,
): GraphCall<SubscriptionInfo> {
  if (clientState.length < CLIENT_STATE_LENGTH.least || clientState.length > CLIENT_STATE_LENGTH.most) {
    throw new RangeError('clientState must have 22 to 128 characters');
  }
  const body = {
    changeType: 'created,updated,deleted',
    notificationUrl: urls.notificationUrl,
    lifecycleNotificationUrl: urls.lifecycleUrl,
    resource: `/users/${guid(mailbox, 'mailbox')}/events`,
    expirationDateTime: withinLife(client, expiresAt),
    clientState,
    latestSupportedTlsVersion: 'v1_2',
  };
  return { method: 'POST', path: '/subscriptions', headers: MAILBOX_HEADERS, body, reply: INFO };
}

/** Makes subscriptions live longer, 20 in a call; see `Calendar.renewSubscriptions`. */
export function renewSubscriptions(
  client: GraphClient,
  wanted: readonly SubscriptionInfo[],
): Promise<WriteResult<SubscriptionInfo>[]> {
  return client.writeBatch(wanted.map((one) => renewCall(client, one)));
}

/** Makes one subscription live longer; `refused: notFound`: create it anew. */
export const renewSubscription = (
  client: GraphClient,
  wanted: SubscriptionInfo,
): Promise<WriteResult<SubscriptionInfo>> => client.write(renewCall(client, wanted));

function renewCall(client: GraphClient, { subscriptionId, expiresAt }: SubscriptionInfo): GraphCall<SubscriptionInfo> {
  const path = `/subscriptions/${guid(subscriptionId, 'subscriptionId')}`;
  const body = { expirationDateTime: withinLife(client, expiresAt) };
  return { method: 'PATCH', path, headers: MAILBOX_HEADERS, body, reply: INFO };
}

const withinLife = (client: GraphClient, expiresAt: Instant): string =>
  toIso(instant(Math.min(expiresAt, plus(client.now(), LONGEST_LIFE))));
