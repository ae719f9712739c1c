import type { GraphCaller } from '../../entra/tokens.ts';
import type { SandboxReply, SandboxRequest } from '../../http.ts';
import type { CalendarWrite, Exchange, SandboxMail, World } from '../../world.ts';
import type { ExchangeContext } from './context.ts';
import { arrive } from './deliver.ts';
import { itemId, parseItemId } from './ids.ts';
import { letArrive, type Pending } from './messages.ts';
import type { StoredEvent } from './model.ts';
import { createPeoplesExchange } from './people.ts';
import { answerCalendarRequest, TRANSACTIONS_REMEMBERED } from './routes.ts';
import { createStore } from './store.ts';

/** The simulated Exchange Online: every calendar of the tenant. */
export interface ExchangePart {
  /** As the people of the company use it. */
  exchange: Exchange;
  /**
   * Answers a calendar request of Graph (path without `/v1.0`), or undefined when it is none. Whether the caller may
   * touch the mailbox has been judged before; whether a target of getSchedule may be read is judged here.
   */
  handle(request: SandboxRequest, caller: GraphCaller): Promise<SandboxReply | undefined>;
  /** From now on a `transactionId` is known again for so long only: Microsoft does not say how long it is. */
  rememberTransactions(milliseconds: number): void;
  /** A retention policy empties a mailbox: everything leaves its calendar, and nobody is told. */
  purge(ownerId: string): void;
  /** A mailbox is moved, archived or restored: its items keep what they say, and get other ids of both kinds. */
  renumber(ownerId: string): void;
  /** The other kind of an item's id: hooks and people see immutable ids, applications without the preference plain ones. */
  plainId(eventId: string): string;
  /** Everything, as plain data to be saved as JSON at once. */
  snapshot(): unknown;
  /** Puts a snapshot into a fresh Exchange; messages under way go on. */
  restore(saved: unknown): void;
}

interface Snapshot {
  mailboxes: { ownerId: string; revision: number; events: StoredEvent[]; mails: SandboxMail[] }[];
  pending: Pending[];
  writes: CalendarWrite[];
  sent: [string, { at: number; count: number }[]][];
  transactions: [string, { core: string; at: number }][];
}

function takeSnapshot({ store, pending, writes, sent, transactions }: ExchangeContext): Snapshot {
  const mailboxes = [...store.ownerIds()].map((ownerId) => {
    const { revision, byCore, mails } = store.mailbox(ownerId);
    return { ownerId, revision, events: [...byCore.values()], mails };
  });
  return { mailboxes, pending: [...pending], writes, sent: [...sent], transactions: [...transactions] };
}

function putSnapshot(context: ExchangeContext, saved: Snapshot): void {
  for (const { ownerId, revision, events, mails } of saved.mailboxes) {
    const box = context.store.mailbox(ownerId);
    for (const event of events) {
      const known = event.revision;
      context.store.insert(event);
      event.revision = known;
    }
    box.revision = revision;
    box.mails.push(...mails);
  }
  for (const write of saved.writes) context.writes.push(write);
  for (const [ownerId, recent] of saved.sent) context.sent.set(ownerId, recent);
  for (const [key, made] of saved.transactions) context.transactions.set(key, made);
  for (const pending of saved.pending) letArrive(context, pending, (each) => arrive(context, each));
}

/**
 * An empty Exchange for the people of `world`; seed the calendars through `exchange.seed`. `latenessSeed` decides how late
 * messages travel, which meetings get no Teams link and when cancelled copies disappear.
 */
export function createExchange(world: World, options: { latenessSeed: number }): ExchangePart {
  const context: ExchangeContext = {
    world,
    store: createStore(world),
    latenessSeed: options.latenessSeed,
    pending: new Set(),
    writes: [],
    sent: new Map(),
    transactions: new Map(),
    transactionsRemembered: TRANSACTIONS_REMEMBERED,
  };
  return {
    exchange: createPeoplesExchange(context),
    handle: async (request, caller) => answerCalendarRequest(context, request, caller),
    rememberTransactions(milliseconds) {
      context.transactionsRemembered = milliseconds;
    },
    purge(ownerId) {
      for (const event of context.store.mailbox(ownerId).byCore.values())
        if (event.gone === null) context.store.bury(event, false);
    },
    renumber: (ownerId) => context.store.renumber(ownerId),
    plainId(eventId) {
      const parsed = parseItemId(eventId);
      return parsed ? itemId(parsed.core, parsed.date, false) : eventId;
    },
    snapshot: () => takeSnapshot(context),
    restore: (saved) => putSnapshot(context, structuredClone(saved) as Snapshot),
  };
}
