import type { GraphCaller, TokenVerifier } from '../entra/tokens.ts';
import type { SandboxHandler, SandboxReply, SandboxRequest } from '../http.ts';
import { deliver } from '../kernel/deliver.ts';
import type { Faults } from '../kernel/faults.ts';
import type { World } from '../world.ts';
import { createAnswerer } from './answer-request.ts';
import { authenticate } from './authenticate.ts';
import { runBatch } from './batch/run-batch.ts';
import { createCallCounter, type GraphCounts } from './call-counts.ts';
import { createChangeJournal, type SavedJournal } from './directory/change-journal.ts';
import { groupRoutes } from './directory/group-routes.ts';
import { organizationRoute } from './directory/organization-route.ts';
import { photoRoutes } from './directory/photo-routes.ts';
import { userRoutes } from './directory/user-routes.ts';
import type { ExchangePart } from './exchange/exchange.ts';
import { createRouteFinder } from './find-route.ts';
import { finishReply, refusalReply } from './finish-reply.ts';
import { mailboxSettingsRoutes } from './mailbox/mailbox-settings.ts';
import { timeZonesRoute } from './mailbox/time-zones-route.ts';
import { createMailboxThrottle } from './mailbox-throttle.ts';
import { badRequest, GraphRefusal } from './refusal.ts';
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

  const { answer, answerInner } = createAnswerer(world, { ...parts, findRoute, throttle, counter });

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
