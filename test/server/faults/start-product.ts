import { pino } from 'pino';
import { DEFAULT_MANIFEST_ID, type Config } from '../../../server/config.ts';
import { startServer, type RunningServer, type ServerOptions } from '../../../server/main.ts';
import type { Clock } from '../../../server/ports.ts';
import { companyRoles } from '../../../server/sandbox/people/company-roles.ts';
import type { Sandbox } from '../../../server/sandbox/sandbox.ts';

/** The host that the product gives out; the sandbox delivers it to the loopback port. */
const PUBLIC_HOST = 'inverso.contoso.example';

/** What the product is started with, as far as tests differ. */
export interface ProductOptions {
  /** Another client of Graph than ours. */
  createClient?: ServerOptions['createClient'];
  /** Folder of the database, for those who restart; in memory unless told. */
  folder?: string;
  /** Settings otherwise than the sandbox names them. */
  config?: Partial<Config>;
}

/** Starts the whole product beside a sandbox that it knows only by its addresses, on the sandbox's clock. */
export async function startProduct(
  sandbox: Sandbox,
  { createClient, folder, config }: ProductOptions = {},
): Promise<{ server: RunningServer; origin: string; log: string[] }> {
  const log: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void log.push(line) });
  const server = await startServer({
    config: { ...configFor(sandbox), ...config },
    clock: sandbox.world.clock as unknown as Clock,
    logger,
    pageFolder: '',
    databaseFolder: folder ?? null,
    host: '127.0.0.1',
    jobs: 'inMemory',
    shedsLoad: false,
    connections: 1,
    salt: 'faults',
    ...(createClient ? { createClient } : {}),
  });
  const origin = `http://127.0.0.1:${server.port}`;
  sandbox.linkProduct({ botEndpoint: `${origin}/api/messages`, publicHost: PUBLIC_HOST, loopbackOrigin: origin });
  return { server, origin, log };
}

/** What the product is told of a sandbox. */
export function configFor(sandbox: Sandbox): Config {
  const { main, graph } = sandbox.apps;
  return {
    port: 0,
    publicUrl: `https://${PUBLIC_HOST}`,
    dataDir: '',
    contentDir: null,
    databaseUrl: null,
    tenantIds: [sandbox.tenantId],
    clientId: main.clientId,
    clientCredential: { secret: main.secret ?? '' },
    graphClientId: graph.clientId,
    graphCredential: graph.certificate,
    manifestId: DEFAULT_MANIFEST_ID,
    programMailbox: sandbox.programMailbox,
    administrators: companyRoles(sandbox.world).administrators,
    outsideMailbox: null,
    graphUrl: sandbox.origin,
    loginUrl: sandbox.origin,
    botLoginUrl: sandbox.origin,
    botOpenIdUrl: `${sandbox.origin}/botframework/v1/.well-known/openidconfiguration`,
    connectorUrl: `${sandbox.origin}/connector`,
    role: 'all',
    logLevel: 'warn',
  };
}
