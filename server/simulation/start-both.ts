import { DEFAULT_MANIFEST_ID, type Config } from '../config.ts';
import { createLogger } from '../create-logger.ts';
import { startServer, type RunningServer } from '../main.ts';
import type { Clock } from '../ports.ts';
import type { VirtualClock } from '../sandbox/clock.ts';
import { companyRoles } from '../sandbox/people/company-roles.ts';
import type { SessionRates } from '../sandbox/people/plan-by-quota.ts';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import type { RightsMode } from '../sandbox/world.ts';

export interface BothOptions {
  seed: number;
  clock: VirtualClock;
  people: number;
  executives: number;
  /** Weeks that calendars are filled for. */
  weeks: number;
  sandboxPort: number;
  serverPort: number;
  sandboxFolder: string | null;
  databaseFolder: string | null;
  databaseUrl: string | null;
  /** Base URL that the server uses for Graph instead of the sandbox's own. */
  graphVia: string | null;
  faultRate: number;
  /** What becomes of sessions; a quiet company unless told. */
  rates?: SessionRates;
  /** How calendar rights are granted; by Exchange unless told. */
  rightsMode?: RightsMode;
  pageFolder: string;
  logLevel: string;
}

export interface Both {
  sandbox: Sandbox;
  server: RunningServer;
  /** What the server was told. */
  config: Config;
  /** Where the server listens on loopback. */
  origin: string;
  close(): Promise<void>;
}

/** The host that the product gives out; the sandbox delivers it to the loopback port. */
const PUBLIC_HOST = 'inverso.contoso.example';

/** A sandbox tenant and a server that knows it only by its addresses, on one clock. */
export async function startBoth(options: BothOptions): Promise<Both> {
  const { clock } = options;
  const logger = createLogger(options.logLevel);
  const sandbox = await startSandbox({
    seed: options.seed,
    clock,
    people: options.people,
    executives: options.executives,
    weeks: options.weeks,
    port: options.sandboxPort,
    folder: options.sandboxFolder,
    faultRate: options.faultRate,
    ...(options.rates === undefined ? {} : { rates: options.rates }),
    ...(options.rightsMode === undefined ? {} : { rightsMode: options.rightsMode }),
    pageFolder: options.pageFolder,
    manifestId: DEFAULT_MANIFEST_ID,
    failed: (error) => logger.error({ err: error }, 'sandbox failed'),
  });
  try {
    const config = configFor(sandbox, options);
    const server = await startServer({
      config,
      clock: clock as unknown as Clock,
      logger,
      pageFolder: options.pageFolder,
      databaseFolder: options.databaseFolder,
      host: '127.0.0.1',
      jobs: 'inMemory',
      shedsLoad: false,
      // As with the embedded database: which of two transactions comes first must not hang on this machine.
      connections: 1,
      salt: `sandbox-${sandbox.world.seed}`,
    });
    const origin = `http://127.0.0.1:${server.port}`;
    sandbox.linkProduct({ botEndpoint: `${origin}/api/messages`, publicHost: PUBLIC_HOST, loopbackOrigin: origin });
    return {
      sandbox,
      server,
      config,
      origin,
      async close() {
        await server.close();
        await sandbox.close();
      },
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

function configFor(sandbox: Sandbox, options: BothOptions): Config {
  const { main, graph } = sandbox.apps;
  if (main.secret === null) throw new Error('the sandbox has no secret for the main app');
  return {
    port: options.serverPort,
    publicUrl: `https://${PUBLIC_HOST}`,
    dataDir: '',
    contentDir: null,
    databaseUrl: options.databaseUrl,
    tenantIds: [sandbox.tenantId],
    clientId: main.clientId,
    clientCredential: { secret: main.secret },
    graphClientId: graph.clientId,
    graphCredential: {
      certificatePem: graph.certificate.certificatePem,
      privateKeyPem: graph.certificate.privateKeyPem,
    },
    manifestId: DEFAULT_MANIFEST_ID,
    programMailbox: sandbox.programMailbox,
    administrators: companyRoles(sandbox.world).administrators,
    outsideMailbox: null,
    graphUrl: options.graphVia ?? sandbox.origin,
    loginUrl: sandbox.origin,
    botLoginUrl: sandbox.origin,
    botOpenIdUrl: `${sandbox.origin}/botframework/v1/.well-known/openidconfiguration`,
    connectorUrl: `${sandbox.origin}/connector`,
    role: 'all',
    logLevel: options.logLevel,
  };
}
