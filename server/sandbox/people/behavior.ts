import { chance } from '../hash.ts';
import type { World } from '../world.ts';
import { actOnSession } from './act-on-session.ts';
import { answerCard, editAnswer, onActivity } from './answer-cards.ts';
import {
  BEHAVIOR_KINDS,
  type BehaviorContext,
  type BehaviorKind,
  type Memory,
  type Problem,
  type Task,
  type Thanks,
} from './behavior-state.ts';
import { changeCompany, scheduleCompanyChanges } from './change-company.ts';
import { companyRoles } from './company-roles.ts';
import { answerInvitation, onMail, readInvitations } from './meet-invitations.ts';
import { CALM_RATES, type SessionRates } from './plan-by-quota.ts';

/** All of behavior as plain data. */
export interface BehaviorSnapshot {
  counts: [BehaviorKind, number][];
  thanks: Thanks[];
  problems: Problem[];
  seriesOf: [string, number][];
  generations: [string, number][];
  series: Memory['series'];
  met: string[];
  cards: [string, number][];
  handled: string[];
  pending: { at: number; key: string; task: Task }[];
}

/** People who react. */
export interface Behavior {
  /** What they did so far, by kind; kinds that did not happen are 0. */
  counts(): Record<BehaviorKind, number>;
  /** Every answer on a card for which the bot thanked, in order. */
  thanks(): readonly Thanks[];
  /** What somebody wanted to do and could not, in order. */
  problems(): readonly Problem[];
  /** Nobody does anything any more. */
  stop(): void;
  /** Everything, as JSON can hold it. */
  snapshot(): BehaviorSnapshot;
  /** Goes on from a snapshot in place of what was under way; what has become due meanwhile happens at the next advance. */
  restore(snapshot: BehaviorSnapshot): void;
}

const emptyMemory = (): Memory => ({
  counts: new Map(),
  thanks: [],
  problems: [],
  seriesOf: new Map(),
  generations: new Map(),
  series: [],
  met: new Set(),
  cards: new Map(),
  handled: new Set(),
});

const memoryOf = (snapshot: BehaviorSnapshot): Memory => ({
  counts: new Map(snapshot.counts),
  thanks: [...snapshot.thanks],
  problems: [...snapshot.problems],
  seriesOf: new Map(snapshot.seriesOf),
  generations: new Map(snapshot.generations),
  series: [...snapshot.series],
  met: new Set(snapshot.met),
  cards: new Map(snapshot.cards),
  handled: new Set(snapshot.handled),
});

/** Does what is due; rejects where a simulated service refuses. */
async function perform(context: BehaviorContext, task: Task): Promise<void> {
  switch (task.kind) {
    case 'readInvitations':
      return readInvitations(context, task);
    case 'answerInvitation':
      return answerInvitation(context, task);
    case 'session':
      if (actOnSession(context, task.act, task.actorId, task.session)) context.count(task.act);
      return;
    case 'card':
      return answerCard(context, task);
    case 'edit':
      return editAnswer(context, task);
    case 'leave':
    case 'remove':
    case 'changeManager':
    case 'changeZone':
      return changeCompany(context, task);
  }
}

/**
 * Lets the seeded people react to mails and cards, and lets the company change, all at instants of the world's clock. What
 * anybody does hangs on the world's seed, the person and what it is about, so that one call more or less changes nothing
 * else. `rate` multiplies how often anything but the usual happens (0: everybody accepts and answers); `rates`: what becomes
 * of sessions. Throws when no company was seeded, or for rates that are none.
 */
export function startBehavior(
  world: World,
  { rate = 1, rates = CALM_RATES }: { rate?: number; rates?: SessionRates } = {},
): Behavior {
  if (!(rate >= 0)) throw new RangeError(`rate: a number from 0 on, not ${rate}`);
  if (!(rates.moved >= 0 && rates.cancelled >= 0 && rates.moved + rates.cancelled <= 1))
    throw new RangeError('rates: shares from 0 to 1 that are at most 1 together');
  const pending = new Map<string, { at: number; task: Task; cancel: () => void }>();
  const mails = new Map([...world.people.values()].map(({ id, mail }) => [mail.toLowerCase(), id]));
  const roles = companyRoles(world);
  const standing = (id: string): number => chance(world.seed, 'rank', id);
  const order = roles.executives.map(standing).sort((a, b) => a - b);
  const ranks = new Map(roles.executives.map((id) => [id, order.indexOf(standing(id))]));

  const context: BehaviorContext = {
    world,
    roles,
    rate,
    rates,
    memory: emptyMemory(),
    acting: new Set(),
    rankOf: (id) => ranks.get(id) ?? order.filter((other) => other < standing(id)).length,
    personOf: (address) => mails.get(address.toLowerCase()),
    count: (kind) => void context.memory.counts.set(kind, (context.memory.counts.get(kind) ?? 0) + 1),
    schedule(at, key, task) {
      if (pending.has(key)) return;
      const cancel = world.clock.at(at, `person:${key}`, () => {
        pending.delete(key);
        // Not awaited: an answer may need the clock to go on before it comes.
        void perform(context, task).catch((error: unknown) => {
          const message = error instanceof Error ? error.message : String(error);
          context.memory.problems.push({ at: world.clock.now(), key, message });
        });
      });
      pending.set(key, { at, task, cancel });
    },
  };
  const clear = (): void => {
    for (const { cancel } of pending.values()) cancel();
    pending.clear();
  };

  const mailListener = onMail.bind(null, context);
  const activityListener = onActivity.bind(null, context);
  world.hooks.mailDelivered.push(mailListener);
  world.hooks.activityDelivered.push(activityListener);
  scheduleCompanyChanges(context);

  return {
    counts: () =>
      Object.fromEntries(BEHAVIOR_KINDS.map((kind) => [kind, context.memory.counts.get(kind) ?? 0])) as Record<
        BehaviorKind,
        number
      >,
    thanks: () => context.memory.thanks,
    problems: () => context.memory.problems,
    stop() {
      clear();
      const leave = <T>(listeners: T[], own: T): void => {
        const index = listeners.indexOf(own);
        if (index >= 0) listeners.splice(index, 1);
      };
      leave(world.hooks.mailDelivered, mailListener);
      leave(world.hooks.activityDelivered, activityListener);
    },
    snapshot() {
      const { memory } = context;
      return structuredClone({
        counts: [...memory.counts],
        thanks: memory.thanks,
        problems: memory.problems,
        seriesOf: [...memory.seriesOf],
        generations: [...memory.generations],
        series: memory.series,
        met: [...memory.met],
        cards: [...memory.cards],
        handled: [...memory.handled],
        pending: [...pending].map(([key, { at, task }]) => ({ at, key, task })),
      });
    },
    restore(snapshot) {
      clear();
      context.memory = memoryOf(structuredClone(snapshot));
      for (const { at, key, task } of snapshot.pending) context.schedule(at, key, structuredClone(task));
    },
  };
}
