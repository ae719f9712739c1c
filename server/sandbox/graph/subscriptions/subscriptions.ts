import { chance, guid, opaqueId, pickIndex } from '../../hash.ts';
import type { World } from '../../world.ts';
import { itemId, parseItemId } from '../exchange/ids.ts';
import { createOutbox } from './outbox.ts';
import type { PostToProduct } from './post-to-product.ts';
import type {
  ChangeType,
  LifecycleEvent,
  NotificationItem,
  SavedSubscriptions,
  StoredSubscription,
} from './stored-subscription.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
/** Share of subscriptions that are asked to reauthorize before they expire. */
const ASKED_TO_REAUTHORIZE = 0.5;

/** All subscriptions of the tenant, and what they cause. */
export interface Subscriptions {
  /** Active ones. */
  list(): StoredSubscription[];
  /** Adds one, or puts it at a new expiry. */
  put(subscription: StoredSubscription): void;
  remove(id: string): void;
  /** Makes the service say this to the subscriber now; `subscriptionRemoved` also removes it. Throws for an unknown id. */
  lifecycle(id: string, event: LifecycleEvent): void;
  snapshot(): SavedSubscriptions;
  restore(saved: SavedSubscriptions): void;
}

/** Listens to `world.hooks.calendarChanged` from now on. */
export function createSubscriptions(world: World, post: PostToProduct): Subscriptions {
  const stored = new Map<string, StoredSubscription>();
  const outbox = createOutbox(world, post, (items) => {
    const ids = new Set(items.filter((item) => 'changeType' in item).map((item) => item['subscriptionId'] as string));
    for (const id of ids) if (stored.has(id)) tellLifecycle(stored.get(id)!, 'missed');
  });

  const active = (): StoredSubscription[] => {
    for (const each of stored.values()) if (each.expiresAt <= world.clock.now()) stored.delete(each.id);
    return [...stored.values()];
  };

  const tellLifecycle = (subscription: StoredSubscription, event: LifecycleEvent): void => {
    if (subscription.lifecycleNotificationUrl === null) return;
    const at = world.clock.now() + SECOND;
    outbox.add(subscription.lifecycleNotificationUrl, at, { ...head(world, subscription), lifecycleEvent: event });
  };

  /** Some are asked between a third of their life and an hour before its end; nobody is asked who renewed meanwhile. */
  const planReauthorization = (subscription: StoredSubscription): void => {
    const { id, expiresAt } = subscription;
    if (chance(world.seed, 'reauthorize', id, expiresAt) >= ASKED_TO_REAUTHORIZE) return;
    const life = expiresAt - world.clock.now();
    const at = expiresAt - Math.max(HOUR / 2, Math.min(24 * HOUR, life / 3));
    if (at <= world.clock.now()) return;
    world.clock.at(at, `reauthorize|${id}`, () => {
      const current = stored.get(id);
      if (current?.expiresAt === expiresAt) tellLifecycle(current, 'reauthorizationRequired');
    });
  };

  world.hooks.calendarChanged.push((ownerId, eventId, change) => {
    const now = world.clock.now();
    for (const subscription of active()) {
      if (subscription.ownerId !== ownerId || !subscription.changeTypes.includes(change)) continue;
      const delay = 1 + pickIndex(19, world.seed, 'notification-delay', subscription.id, eventId, change, now);
      const at = (Math.ceil(now / SECOND) + delay) * SECOND;
      outbox.add(subscription.notificationUrl, at, changeItem(world, subscription, eventId, change, now));
    }
  });

  return {
    list: active,
    put(subscription) {
      stored.set(subscription.id, subscription);
      planReauthorization(subscription);
    },
    remove: (id) => void stored.delete(id),
    lifecycle(id, event) {
      const subscription = active().find((each) => each.id === id);
      if (!subscription) throw new Error(`No active subscription has the id '${id}'.`);
      if (event === 'subscriptionRemoved') stored.delete(id);
      tellLifecycle(subscription, event);
    },
    snapshot: () => ({ subscriptions: structuredClone(active()), waiting: outbox.waiting() }),
    restore(saved) {
      stored.clear();
      for (const each of saved.subscriptions) {
        stored.set(each.id, structuredClone(each));
        planReauthorization(each);
      }
      outbox.restore(saved.waiting);
    },
  };
}

function head(world: World, subscription: StoredSubscription): NotificationItem {
  return {
    subscriptionId: subscription.id,
    subscriptionExpirationDateTime: new Date(subscription.expiresAt).toISOString(),
    tenantId: world.tenantId,
    ...(subscription.clientState !== null && { clientState: subscription.clientState }),
  };
}

/** Says that something changed and where; nothing of what the event says. */
function changeItem(
  world: World,
  subscription: StoredSubscription,
  eventId: string,
  changeType: ChangeType,
  now: number,
): NotificationItem {
  const parsed = parseItemId(eventId);
  const id = parsed ? itemId(parsed.core, parsed.date, subscription.immutableIds) : eventId;
  const resource = `Users/${subscription.ownerId}/Events/${id}`;
  return {
    id: guid('notification', subscription.id, eventId, changeType, now),
    ...head(world, subscription),
    changeType,
    resource,
    resourceData: {
      '@odata.type': '#Microsoft.Graph.Event',
      '@odata.id': resource,
      '@odata.etag': `W/"${opaqueId(30, 'etag', eventId, now)}=="`,
      id,
    },
  };
}
