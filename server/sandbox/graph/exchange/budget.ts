import type { ExchangeContext } from './context.ts';
import { tooManyMessages } from './failure.ts';

/** Exchange Online's sending limit of one mailbox. */
export const MESSAGES_A_MINUTE = 30;
const MINUTE = 60_000;

/**
 * Counts `messages` as sent by a mailbox now. Refuses (429 with Retry-After) an application that would pass the limit;
 * people are counted, but never refused.
 */
export function spendMessages(context: ExchangeContext, ownerId: string, messages: number, by: string): void {
  if (messages === 0) return;
  const now = context.world.clock.now();
  const recent = (context.sent.get(ownerId) ?? []).filter(({ at }) => at > now - MINUTE);
  context.sent.set(ownerId, recent);
  const used = recent.reduce((sum, { count }) => sum + count, 0);
  // One act may need more than the limit alone allows: it passes when nothing else was sent.
  if (by.startsWith('app:') && used > 0 && used + messages > MESSAGES_A_MINUTE) {
    let freed = 0;
    const enough =
      recent.find(({ count }) => (freed += count) >= used + messages - MESSAGES_A_MINUTE) ?? recent.at(-1)!;
    throw tooManyMessages(Math.max(1, Math.ceil((enough.at + MINUTE - now) / 1000)));
  }
  recent.push({ at: now, count: messages });
}
