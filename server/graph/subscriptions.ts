import type { PersonId } from '../domain/people/person.ts';
import { MINUTE, instant, parseInstant, plus, toIso, type Instant } from '../domain/time/instant.ts';
import type { SubscriptionInfo, WriteResult } from '../ports.ts';
import { guid, MAILBOX_HEADERS } from './paths.ts';
import { subscription } from './replies.ts';
import type { GraphClient } from './types.ts';

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

/** Watches the events of a mailbox; see `Calendar.subscribe`. A life beyond Graph's limit is cut to it. */
export function subscribe(
  client: GraphClient,
  urls: NoticeUrls,
  mailbox: PersonId,
  clientState: string,
  expiresAt: Instant,
): Promise<WriteResult<SubscriptionInfo>> {
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
  return client.write({ method: 'POST', path: '/subscriptions', headers: MAILBOX_HEADERS, body, reply: INFO });
}

/** Makes a subscription live longer; `refused: notFound`: create it anew. */
export function renewSubscription(
  client: GraphClient,
  subscriptionId: string,
  expiresAt: Instant,
): Promise<WriteResult<SubscriptionInfo>> {
  const path = `/subscriptions/${guid(subscriptionId, 'subscriptionId')}`;
  const body = { expirationDateTime: withinLife(client, expiresAt) };
  return client.write({ method: 'PATCH', path, headers: MAILBOX_HEADERS, body, reply: INFO });
}

const withinLife = (client: GraphClient, expiresAt: Instant): string =>
  toIso(instant(Math.min(expiresAt, plus(client.now(), LONGEST_LIFE))));
