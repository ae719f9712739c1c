import { chance } from '../../hash.ts';
import type { ExchangeContext } from './context.ts';
import type { Answer, ExtendedProperty, ItemFields, Recurrence, StoredEvent } from './model.ts';

/** What an invitation or an update says, as it stood when it was sent. */
export interface RequestContent {
  organizer: StoredEvent['organizer'];
  zoneName: string;
  iana: string;
  endZoneName: string;
  /** Of the series or single item. */
  fields: ItemFields;
  recurrence: Recurrence | null;
  deletedDates: string[];
  properties: ExtendedProperty[];
  /** For one occurrence: what differs from the series. */
  occurrence: Partial<ItemFields> | null;
  sequence: number;
}

interface Travelling {
  /** When it arrives. */
  at: number;
  meetingKey: string;
  toId: string;
  /** The occurrence that it is about; null: the whole. */
  date: string | null;
  /** Who caused it. */
  by: string;
}

/** Something that will happen in a mailbox. Plain data: it is saved as JSON. */
export type Pending = Travelling &
  (
    | { kind: 'request'; mail: 'invitation' | 'update'; content: RequestContent; isReset: boolean }
    | { kind: 'cancellation'; organizer: StoredEvent['organizer']; subject: string }
    | {
        kind: 'response';
        fromId: string;
        answer: Answer;
        answeredAt: number;
        proposal: { start: number; end: number } | null;
        sequence: number;
      }
    /** The Teams link of a meeting that was made without one. */
    | { kind: 'link'; joinUrl: string }
    /** A cancelled copy leaves the calendar. */
    | { kind: 'clearing' }
  );

/** `Omit` that keeps the members of a union apart. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type Message = Without<Pending, 'at'>;

/** Messages between mailboxes arrive within this time. */
export const MOST_LATENESS = 90_000;

/** How late a message arrives: most within seconds, few after a minute. */
export function latenessOf(context: ExchangeContext, message: Message, version: number): number {
  const { meetingKey, toId, date, kind } = message;
  const draw = chance(context.latenessSeed, 'lateness', meetingKey, toId, kind, date ?? '', version);
  return Math.round(draw ** 3 * MOST_LATENESS);
}

/** Messages of one meeting from one mailbox to another arrive in the order in which they were sent. */
function channelOf(message: Message): string | null {
  if (message.kind === 'clearing' || message.kind === 'link') return null;
  return `${message.meetingKey}|${message.toId}|${message.kind === 'response' ? message.fromId : ''}`;
}

/** Sends a message that arrives after `delay` milliseconds, but never before an earlier one of the same channel. */
export function send(
  context: ExchangeContext,
  message: Message,
  delay: number,
  arrive: (pending: Pending) => void,
): void {
  let at = context.world.clock.now() + delay;
  const channel = channelOf(message);
  if (channel !== null) {
    for (const other of context.pending) if (channelOf(other) === channel) at = Math.max(at, other.at + 1);
  }
  letArrive(context, { ...message, at }, arrive);
}

/** Lets a message arrive at its time; also for messages that were under way when the sandbox was saved. */
export function letArrive(context: ExchangeContext, pending: Pending, arrive: (pending: Pending) => void): void {
  context.pending.add(pending);
  const key = `exchange|${pending.kind}|${pending.meetingKey}|${pending.toId}|${pending.date ?? ''}`;
  context.world.clock.at(pending.at, key, () => {
    context.pending.delete(pending);
    arrive(pending);
  });
}
