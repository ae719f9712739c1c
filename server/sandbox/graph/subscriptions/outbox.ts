import { chance } from '../../hash.ts';
import type { World } from '../../world.ts';
import type { PostToProduct } from './post-to-product.ts';
import type { NotificationItem, WaitingPost } from './stored-subscription.ts';

const SECOND = 1000;
const GIVE_UP_AFTER = 4 * 3_600_000;
/** Pauses between attempts; the last one repeats. */
const BACK_OFF = [10, 30, 60, 120, 300, 600, 1200].map((seconds) => seconds * SECOND);
const TWICE = 0.03;

/** Notifications on their way: grouped, out of order, now and then twice, tried again for four hours. */
export interface Outbox {
  /** Puts an item into the POST that goes to `url` at `at`. */
  add(url: string, at: number, item: NotificationItem): void;
  waiting(): WaitingPost[];
  /** Takes up what a snapshot held; everything waiting until now is forgotten. */
  restore(waiting: readonly WaitingPost[]): void;
}

/** `lost` hears of items that never arrived. */
export function createOutbox(world: World, post: PostToProduct, lost: (items: NotificationItem[]) => void): Outbox {
  /** By url and instant. */
  const open = new Map<string, { post: WaitingPost; cancel: () => void }>();

  const schedule = (waiting: WaitingPost): void => {
    let key = `${waiting.url}|${waiting.at}|${waiting.attempt}`;
    while (open.has(key)) key += '+';
    const fire = async (): Promise<void> => {
      open.delete(key);
      await send(waiting);
    };
    open.set(key, { post: waiting, cancel: world.clock.at(waiting.at, `notification|${key}`, fire) });
  };

  const send = async (waiting: WaitingPost): Promise<void> => {
    const now = world.clock.now();
    const items = shuffle(world.seed, waiting);
    const answer = await post(waiting.url, { body: JSON.stringify({ value: items }), part: 'notification' });
    if (answer.status >= 200 && answer.status < 300) {
      const twice = waiting.attempt === 0 && chance(world.seed, 'notified-twice', waiting.url, waiting.at) < TWICE;
      if (twice) schedule({ ...waiting, at: now + 5 * SECOND, firstTriedAt: now, attempt: 1 });
      return;
    }
    const firstTriedAt = waiting.firstTriedAt ?? now;
    const at = now + BACK_OFF[Math.min(waiting.attempt, BACK_OFF.length - 1)]!;
    if (at - firstTriedAt > GIVE_UP_AFTER) lost(waiting.items);
    else schedule({ ...waiting, at, firstTriedAt, attempt: waiting.attempt + 1 });
  };

  return {
    add(url, at, item) {
      const joined = open.get(`${url}|${at}|0`);
      if (joined) joined.post.items.push(item);
      else schedule({ url, at, firstTriedAt: null, attempt: 0, items: [item] });
    },
    waiting: () => [...open.values()].map((each) => structuredClone(each.post)),
    restore(waiting) {
      for (const each of open.values()) each.cancel();
      open.clear();
      for (const each of waiting) schedule(structuredClone(each));
    },
  };
}

/** The order inside a POST says nothing about the order of the changes. */
function shuffle(seed: number, waiting: WaitingPost): NotificationItem[] {
  const rank = (item: NotificationItem): number =>
    chance(
      seed,
      'notification-order',
      waiting.at,
      String(item['id'] ?? item['lifecycleEvent']),
      String(item['subscriptionId']),
    );
  return waiting.items
    .map((item) => ({ item, rank: rank(item) }))
    .sort((a, b) => a.rank - b.rank)
    .map((each) => each.item);
}
