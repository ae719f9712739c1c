import { createConnector, type ConnectorSnapshot } from './connector/connector.ts';
import type { VirtualClock } from './clock.ts';
import { createControl } from './control/control.ts';
import { createCertificate, type ClientCertificate } from './entra/certificate.ts';
import { createEntra, type Entra, type EntraSnapshot } from './entra/entra.ts';
import { assignMailboxes, registerAddresses, registerApps } from './entra/register-apps.ts';
import { createExchange, type ExchangePart } from './graph/exchange/exchange.ts';
import { createGraph, type GraphPart } from './graph/graph.ts';
import { guid } from './hash.ts';
import { createFaults } from './kernel/create-faults.ts';
import type { FaultCounts, Faults } from './kernel/faults.ts';
import { listen } from './kernel/listen.ts';
import { createPages } from './kernel/pages.ts';
import { keepState } from './kernel/keep-state.ts';
import { readState } from './kernel/state-folder.ts';
import { startBehavior, type Behavior, type BehaviorSnapshot } from './people/behavior.ts';
import type { SessionRates } from './people/plan-by-quota.ts';
import { seedCompany } from './people/company.ts';
import type { EntraApp, RightsMode, World } from './world.ts';
import { createWorld, restoreTenant, saveTenant, type SavedTenant } from './tenant.ts';

const YEAR = 365 * 86_400_000;
/** The manifest id of the product's app package, as published in the catalog. */
const MANIFEST_ID = '5c3f2d0a-7b1e-4f64-9a0d-2f6f0f7a9c11';

/** What a sandbox is started with. */
export interface SandboxOptions {
  seed: number;
  clock: VirtualClock;
  /** People of the directory, the program mailbox apart. */
  people: number;
  /** Executives who may take part; absent: a fifth of the people. */
  executives?: number;
  /** Weeks that calendars are filled for. */
  weeks: number;
  /** 0 or absent: a free port. */
  port?: number;
  rightsMode?: RightsMode;
  /** Where the state is kept as a file, and gone on from when it is there; null or absent: nowhere. */
  folder?: string | null;
  /** Share of requests and deliveries that go wrong. */
  faultRate?: number;
  /** False: nobody reacts to anything. */
  behavior?: boolean;
  /** What becomes of sessions; a quiet company unless told. */
  rates?: SessionRates;
  /** The front end's build, for the sandbox's own page. */
  pageFolder?: string;
  /** What the registrations have otherwise than usual. */
  apps?: { main?: Partial<EntraApp>; graph?: Partial<EntraApp> };
  domain?: string;
  /** External id of the app in the tenant's catalog. */
  manifestId?: string;
  /** Told of mistakes of the sandbox itself, which its clients see as 500. */
  failed?(error: unknown): void;
}

/** Counts of what came in, by part. */
export interface SandboxCounts {
  httpRequests: number;
  graph: ReturnType<GraphPart['counts']>;
  faults: FaultCounts;
  behavior: Record<string, number>;
}

/** A running simulated Microsoft 365. */
export interface Sandbox {
  origin: string;
  world: World;
  tenantId: string;
  apps: { main: EntraApp; graph: EntraApp & { certificate: ClientCertificate } };
  /** Mail address of the program mailbox. */
  programMailbox: string;
  faults: Faults;
  entra: Entra;
  graph: GraphPart;
  exchange: ExchangePart;
  /** How people behave; null when nobody does. */
  behavior: Behavior | null;
  /** A token as Teams gives it to the tab of this person. */
  userToken(personId: string, options?: { azp?: string; scopes?: string[] }): Promise<string>;
  /** Says where the product listens: its bot endpoint and origin on loopback, and the public host that it gives out. */
  linkProduct(product: { botEndpoint: string; publicHost: string; loopbackOrigin: string }): void;
  counts(): SandboxCounts;
  /** Writes the state into the folder; does nothing without one. */
  save(): Promise<void>;
  /** Stops everything, and saves. */
  close(): Promise<void>;
}

interface SavedParts extends Record<string, unknown> {
  tenant: SavedTenant;
  exchange: unknown;
  graph: unknown;
  entra: EntraSnapshot;
  connector: ConnectorSnapshot;
  behavior: BehaviorSnapshot | null;
}

const executivesOf = ({ people, executives }: SandboxOptions): number =>
  executives ?? Math.max(1, Math.min(Math.floor(people / 5), Math.floor((people - 8) / 4)));

const flatCounts = ({ offered, injected, byKind, byPart }: FaultCounts): Record<string, number> => ({
  offered,
  injected,
  ...byKind,
  ...byPart,
});

/** Fills a new tenant: company, registrations, rights, catalog. */
function foundTenant(
  world: World,
  options: SandboxOptions,
  programMailbox: string,
  certificate: ClientCertificate,
): void {
  const { people, weeks, manifestId = MANIFEST_ID } = options;
  seedCompany(world, { people, executives: executivesOf(options), from: world.clock.now(), weeks, programMailbox });
  const { main, graph } = registerApps(world, certificate.certificatePem, options.apps ?? {});
  assignMailboxes(world, graph);
  world.catalog = {
    id: guid(world.seed, 'catalog', manifestId),
    externalId: manifestId,
    displayName: 'Inverso',
    version: '1.0.0',
    clientId: main.clientId,
  };
}

/**
 * Starts a simulated Microsoft 365 on one loopback port: sign-in, Graph, Bot Connector, and the sandbox's own page. What is
 * kept in the folder stands above the options; a clock that is behind the kept instant is set to it. Rejects for a folder
 * that cannot be understood, options that make no company, and a port that is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, folder = null, domain = 'contoso.example' } = options;
  const state = folder === null ? null : await readState(folder);
  const saved = state && (state.parts as SavedParts);
  if (state && state.now > clock.now()) clock.jump(state.now - clock.now());

  const world = createWorld({
    seed: state?.seed ?? options.seed,
    domain,
    clock,
    rightsMode: options.rightsMode ?? 'exchangeRbac',
  });
  const exchange = createExchange(world, { latenessSeed: world.seed });
  world.exchange = exchange.exchange;
  const machine = Date.now();
  // Client libraries date their assertions by the machine's clock, so the certificate holds by both.
  const certificate =
    saved?.tenant.certificate ??
    createCertificate(
      'Inverso calendars',
      Math.min(machine, clock.now()) - YEAR,
      Math.max(machine, clock.now()) + 10 * YEAR,
    );
  if (saved) restoreTenant(world, saved.tenant);
  else foundTenant(world, options, `inverso@${domain}`, certificate);
  const { mainId, graphId } = saved?.tenant ?? namesOf(world);
  const [main, graphApp] = [world.apps.get(mainId)!, world.apps.get(graphId)!];
  const programMailbox = saved?.tenant.programMailbox ?? `inverso@${domain}`;

  const faults = createFaults(world.seed, options.faultRate);
  const entra = await createEntra(world, saved?.entra);
  const connector = await createConnector(world, {
    botId: mainId,
    verify: entra.verify,
    faults,
    ...(saved ? { saved: saved.connector } : {}),
  });
  world.chats = connector.chats;
  const graph = createGraph(world, { exchange, verify: entra.verify, faults });
  if (saved) {
    exchange.restore(saved.exchange);
    graph.restore(saved.graph);
  }
  const userToken: Sandbox['userToken'] = (personId, extra) =>
    entra.userToken(personId, { clientId: mainId, ...extra });
  let behavior: Behavior | null = null;
  const keeper = keepState(folder, () => ({
    seed: world.seed,
    now: clock.now(),
    parts: {
      tenant: saveTenant(world, { certificate, programMailbox, mainId, graphId }),
      exchange: exchange.snapshot(),
      graph: graph.snapshot(),
      entra: entra.snapshot(),
      connector: connector.snapshot(),
      behavior: behavior?.snapshot() ?? null,
    } satisfies SavedParts,
  }));
  const control = createControl(world, {
    behavior: { counts: () => behavior?.counts() ?? {} },
    faults: { counts: () => flatCounts(faults.counts()) },
    userToken: (personId) => userToken(personId),
    save: () => keeper.save(),
    isFollowing: () => clock.isFollowing(),
  });
  const pages = createPages(options.pageFolder);

  const server = await listen({
    port: options.port ?? 0,
    clock,
    faults,
    handlers: [graph.handle, entra.handle, connector.handle, control.handle, pages.handle],
    changed: () => keeper.changed(),
    failed: (error) => options.failed?.(error),
  });
  world.origin = server.origin;
  if (options.behavior !== false) {
    behavior = startBehavior(world, options.rates && { rates: options.rates });
    if (saved?.behavior) behavior.restore(saved.behavior);
  }
  await keeper.save();

  return {
    origin: server.origin,
    world,
    tenantId: world.tenantId,
    apps: { main, graph: Object.assign(graphApp, { certificate }) },
    programMailbox,
    faults,
    entra,
    graph,
    exchange,
    behavior,
    userToken,
    linkProduct(product) {
      world.product = { ...product };
      registerAddresses(main, product.publicHost, product.loopbackOrigin);
    },
    counts: () => ({
      httpRequests: server.requests(),
      graph: graph.counts(),
      faults: faults.counts(),
      behavior: behavior?.counts() ?? {},
    }),
    save: () => keeper.save(),
    async close() {
      await server.close();
      await keeper.close();
      behavior?.stop();
    },
  };
}

/** The two registrations of a new tenant, in the order in which they were made. */
function namesOf({ apps }: World): { mainId: string; graphId: string } {
  const [mainId, graphId] = [...apps.keys()] as [string, string];
  return { mainId, graphId };
}
