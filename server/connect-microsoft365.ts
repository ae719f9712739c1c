import type { FastifyBaseLogger } from 'fastify';
import type { ActivityDeps } from './bot/conversation.ts';
import { createMessenger } from './bot/messenger.ts';
import { createServiceUrlCheck } from './bot/service-urls.ts';
import type { Config } from './config.ts';
import type { TenantId } from './domain/people/person.ts';
import { createAppInstaller } from './graph/apps.ts';
import { createCalendar } from './graph/calendar.ts';
import { createGraphClient } from './graph/client.ts';
import { createDirectory } from './graph/directory.ts';
import { createTokenSource } from './graph/token.ts';
import type { GraphClient, GraphClientOptions } from './graph/types.ts';
import type { Calendar, Clock, Directory, Messenger } from './ports.ts';

interface Connecting {
  config: Config;
  clock: Clock;
  logger: FastifyBaseLogger;
  /** Makes each tenant's client of Graph; ours unless told. */
  createClient?: (options: GraphClientOptions) => GraphClient;
}

/** Numbers of all Graph clients together. */
export interface GraphCounts {
  httpCalls: number;
  requests: number;
  throttled: number;
  repeats: number;
}

/** Graph as both apps (platform.md correction 12) and the Bot Connector. */
export function connectMicrosoft365({ config, clock, logger, createClient = createGraphClient }: Connecting): {
  ports: { directory: Directory; calendar: Calendar; messenger: Messenger };
  messenger: ActivityDeps['messenger'];
  counts: () => GraphCounts;
} {
  const made: GraphClient[] = [];
  const clientsOf = (clientId: string, credential: Config['graphCredential']) => {
    const byTenant = new Map(
      config.tenantIds.map((tenantId) => {
        const client = createClient({
          clock,
          graphUrl: config.graphUrl,
          loginUrl: config.loginUrl,
          tenantId: tenantId as TenantId,
          clientId,
          credential,
          log: logger,
        });
        made.push(client);
        return [tenantId, client] as const;
      }),
    );
    return (tenantId: TenantId): GraphClient => {
      const client = byTenant.get(tenantId);
      if (!client) throw new Error('no Graph client for this tenant');
      return client;
    };
  };
  const daemon = clientsOf(config.graphClientId, config.graphCredential);
  const main = clientsOf(config.clientId, config.clientCredential);
  const chat = createMessenger({
    appId: config.clientId,
    connectorUrl: config.connectorUrl,
    tokens: createTokenSource({
      clock,
      loginUrl: config.botLoginUrl,
      tenantId: config.tenantIds[0]!,
      clientId: config.clientId,
      credential: config.clientCredential,
      scope: 'https://api.botframework.com/.default',
      deadlineMilliseconds: 30_000,
    }),
    isAllowedServiceUrl: createServiceUrlCheck(config.connectorUrl),
    clock,
  });
  return {
    ports: {
      directory: createDirectory(daemon),
      calendar: createCalendar(daemon, {
        notificationUrl: `${config.publicUrl}/graph/notifications`,
        lifecycleUrl: `${config.publicUrl}/graph/lifecycle`,
      }),
      messenger: { ...chat, ...createAppInstaller(main, { manifestId: config.manifestId }) },
    },
    messenger: chat,
    counts: () => {
      const sum = { httpCalls: 0, requests: 0, throttled: 0, repeats: 0 };
      for (const { counts } of made)
        for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += counts[key];
      return sum;
    },
  };
}
