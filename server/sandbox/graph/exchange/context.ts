import type { CalendarWrite, SandboxMail, World } from '../../world.ts';
import { guid } from '../../hash.ts';
import type { Pending } from './messages.ts';
import type { Store } from './store.ts';

/** What the acts of the simulated Exchange share. */
export interface ExchangeContext {
  world: World;
  store: Store;
  /** Decides how late messages travel and which meetings come without a link. */
  latenessSeed: number;
  /** Messages under way. */
  pending: Set<Pending>;
  writes: CalendarWrite[];
  /** When each mailbox sent how many messages, within the last minute. */
  sent: Map<string, { at: number; count: number }[]>;
  /** `owner|transactionId` -> the event made with it. */
  transactions: Map<string, { core: string; at: number }>;
  /** How long a `transactionId` is remembered, in milliseconds. */
  transactionsRemembered: number;
}

/** Tells the listeners that a calendar changed. `by`: `app:<clientId>` or `person:<id>`. */
export function announce(
  context: ExchangeContext,
  ownerId: string,
  eventId: string,
  change: 'created' | 'updated' | 'deleted',
  by: string,
): void {
  for (const listen of context.world.hooks.calendarChanged) listen(ownerId, eventId, change, by);
}

/** Puts a mail into a mailbox and tells the listeners. */
export function deliverMail(context: ExchangeContext, mail: Omit<SandboxMail, 'id' | 'at'>): void {
  const at = context.world.clock.now();
  const { mails } = context.store.mailbox(mail.toId);
  const id = guid('mail', at, mail.fromAddress, mail.toId, mail.kind, mail.iCalUId, mail.subject, mails.length);
  const delivered: SandboxMail = { ...mail, id, at };
  mails.push(delivered);
  for (const listen of context.world.hooks.mailDelivered) listen(delivered);
}
