import type { GraphCaller, TokenVerifier } from '../entra/tokens.ts';
import type { SandboxHandler, SandboxReply, SandboxRequest } from '../http.ts';
import { DEADLINE_MILLISECONDS } from '../kernel/create-faults.ts';
import { deliver } from '../kernel/deliver.ts';
import { faultReply } from '../kernel/fault-replies.ts';
import type { Faults } from '../kernel/faults.ts';
import type { World } from '../world.ts';
import { authenticate } from './authenticate.ts';
import { runBatch } from './batch/run-batch.ts';
import { createCallCounter, type GraphCounts } from './call-counts.ts';
import { createChangeJournal, type SavedJournal } from './directory/change-journal.ts';
import { groupRoutes } from './directory/group-routes.ts';
import { organizationRoute } from './directory/organization-route.ts';
import { photoRoutes } from './directory/photo-routes.ts';
import { userRoutes } from './directory/user-routes.ts';
import { calendarNeed, mayUseMailbox, type MailboxNeed } from './exchange-rights.ts';
import type { ExchangePart } from './exchange/exchange.ts';
import { createRouteFinder } from './find-route.ts';
import { findPerson } from './find-person.ts';
import { finishReply, refusalReply } from './finish-reply.ts';
import { graphPath } from './graph-path.ts';
import { mailboxSettingsRoutes } from './mailbox/mailbox-settings.ts';
import { timeZonesRoute } from './mailbox/time-zones-route.ts';
import { mailboxOfPath } from './mailbox-path.ts';
import { createMailboxThrottle } from './mailbox-throttle.ts';
import { badRequest, GraphRefusal, mailboxDenied, requestDenied } from './refusal.ts';
import { mayCallRoute, resourceUnits } from './route-rights.ts';
import type { PostToProduct } from './subscriptions/post-to-product.ts';
import { subscriptionRoutes } from './subscriptions/subscription-routes.ts';
import type { SavedSubscriptions } from './subscriptions/stored-subscription.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions/subscriptions.ts';
import { catalogRoutes } from './teams/catalog-routes.ts';
import { installationRoutes } from './teams/installation-routes.ts';

/** The simulated Microsoft Graph v1.0. */
export interface GraphPart {
  /** Answers `/v1.0/*`, and nothing else. */
  handle: SandboxHandler;
  snapshot(): unknown;
  /** Takes back what `snapshot` gave. The exchange part saves itself. */
  restore(saved: unknown): void;
  counts(): GraphCounts;
  /** What the sandbox page and tests see of subscriptions: the active ones, and lifecycle events on demand. */
  subscriptions: Pick<Subscriptions, 'list' | 'lifecycle'>;
}

interface SavedGraph {
  journal: SavedJournal;
  subscriptions: SavedSubscriptions;
  counts: GraphCounts;
}

/** Graph over a world: the calendar is the exchange part's, everything around it is here. */
export function createGraph(
  world: World,
  parts: { exchange: ExchangePart; verify: TokenVerifier; faults: Faults },
): GraphPart {
  const counter = createCallCounter();
  const throttle = createMailboxThrottle(world, () => counter.throttled());
  const journal = createChangeJournal(world);
  const post: PostToProduct = (url, delivery) => deliver(world, parts.faults, url, delivery);
  const subscriptions = createSubscriptions(world, post);
  const findRoute = createRouteFinder([
    ...userRoutes(journal),
    ...groupRoutes(),
    ...photoRoutes(),
    organizationRoute(),
    ...mailboxSettingsRoutes(),
    timeZonesRoute(),
    ...catalogRoutes(),
    ...installationRoutes(),
    ...subscriptionRoutes(subscriptions, post),
  ]);

  const callRoute = async (request: SandboxRequest, caller: GraphCaller): Promise<SandboxReply> => {
    const { route, ids } = findRoute(request.method, request.path);
    if (!mayCallRoute(route, caller, ids)) throw requestDenied();
    const reply = await route.operation({ world, request, caller, ids });
    if (route.units === undefined) return reply;
    const units = String(resourceUnits(route.units, request.query));
    return { ...reply, headers: { 'x-ms-resource-unit': units, ...reply.headers } };
  };

  const callCalendar = async (
    request: SandboxRequest,
    caller: GraphCaller,
    need: MailboxNeed,
  ): Promise<SandboxReply> => {
    const named = mailboxOfPath(request.path)!;
    const person = findPerson(world, named);
    if (!person) throw new GraphRefusal(404, 'ErrorInvalidUser', `The requested user '${named}' is invalid.`);
    if (!mayUseMailbox(world, caller, person.id, need)) throw mailboxDenied();
    const reply = await parts.exchange.handle(request, caller);
    if (!reply) throw badRequest(`Resource not found for the segment '${request.path.split('/').at(-1)}'.`);
    return reply;
  };

  /** One request, counted, refused or answered, with the headers of every answer. */
  const answer = async (request: SandboxRequest, caller: GraphCaller): Promise<SandboxReply> => {
    let reply: SandboxReply;
    try {
      const path = graphPath(request.path, caller);
      counter.request(request.method, path);
      const inner = { ...request, path };
      const need = calendarNeed(request.method, path);
      const work = (): Promise<SandboxReply> => (need ? callCalendar(inner, caller, need) : callRoute(inner, caller));
      const mailbox = mailboxOfPath(path);
      reply =
        mailbox === undefined ? await work() : await throttle.run(caller.clientId, mailboxKey(world, mailbox), work);
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      reply = refusalReply(error);
    }
    return finishReply(request, reply, world.clock.now());
  };

  /** Requests in a batch go wrong one by one. */
  const answerInner = async (request: SandboxRequest, caller: GraphCaller): Promise<SandboxReply> => {
    const fault = parts.faults.decide(request, 'graph', { kinds: ['status', 'delay'] });
    if (fault?.kind !== 'status') {
      const reply = await answer(request, caller);
      if (fault?.kind !== 'delay') return reply;
      world.clock.elapse(Math.min(fault.milliseconds, DEADLINE_MILLISECONDS));
      if (fault.milliseconds <= DEADLINE_MILLISECONDS) return reply;
      return finishReply(request, faultReply('graph', 504, null), world.clock.now());
    }
    if (fault.when === 'after') await answer(request, caller);
    return finishReply(request, faultReply('graph', fault.status, fault.retryAfterSeconds), world.clock.now());
  };

  const answerBatch = async (request: SandboxRequest, caller: GraphCaller): Promise<SandboxReply> => {
    if (request.method !== 'POST') throw badRequest('$batch takes POST.');
    return runBatch(request, world.seed, (inner) => answerInner(inner, caller));
  };

  return {
    async handle(request) {
      if (!/^\/v1\.0(\/|$)/i.test(request.path)) return undefined;
      counter.httpCall();
      try {
        const caller = await authenticate(parts.verify, request.headers['authorization'], world.clock.now());
        if (!/^\/v1\.0\/\$batch$/i.test(request.path)) return await answer(request, caller);
        return finishReply(request, await answerBatch(request, caller), world.clock.now());
      } catch (error) {
        if (!(error instanceof GraphRefusal)) throw error;
        return finishReply(request, refusalReply(error), world.clock.now());
      }
    },
    snapshot: (): SavedGraph => ({
      journal: journal.snapshot(),
      subscriptions: subscriptions.snapshot(),
      counts: counter.counts(),
    }),
    restore(saved) {
      const { journal: changes, subscriptions: active, counts } = saved as SavedGraph;
      journal.restore(changes);
      subscriptions.restore(active);
      counter.restore(counts);
    },
    counts: () => counter.counts(),
    subscriptions: { list: () => subscriptions.list(), lifecycle: (id, event) => subscriptions.lifecycle(id, event) },
  };
}

/** Id and name of a person lead to the same mailbox. */
const mailboxKey = (world: World, named: string): string => findPerson(world, named)?.id ?? named;
