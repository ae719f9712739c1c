import { subscribe } from 'node:diagnostics_channel';
import pino from 'pino';
import * as z from 'zod/mini';
import type { Config } from '../../../server/config.ts';
import { doneReply, feedbackBody } from '../../../server/contract/http.ts';
import { guid } from '../../../server/contract/vocabulary.ts';
import { createAuth } from '../../../server/http/auth.ts';
import { authorizationOf, type TypedApp } from '../../../server/http/route-deps.ts';
import { startServer } from '../../../server/main.ts';
import { realClock } from '../../../server/real-clock.ts';

/** What the process is told first. */
export interface ProductTask {
  config: Config;
  /** Folder of the embedded database, where the config names no other. */
  folder: string | null;
}

/** The route that measurements are held against: hooks, token check and zod of the real one, and no database. */
export const BARE_ROUTE = '/api/bench/sessions/:sessionId/feedback';

/*
 * The product in a process of its own, as `inverso serve` starts it, with one route more: it is added beside the bot's, the
 * first that stands outside the signed-in ones, when all hooks are in place.
 */
process.once('message', (task: ProductTask) => void run(task));

async function run({ config, folder }: ProductTask): Promise<void> {
  const authenticate = createAuth({
    clock: realClock,
    loginUrl: config.loginUrl,
    clientId: config.clientId,
    tenantIds: config.tenantIds,
  });
  subscribe('fastify.initialization', (message) => {
    const { fastify } = message as { fastify: TypedApp };
    fastify.addHook('onRoute', function (route) {
      if (route.url === '/api/messages' && route.method === 'POST') addBareRoute(this);
    });
  });
  const addBareRoute = (app: TypedApp): unknown =>
    app.post(
      BARE_ROUTE,
      {
        onRequest: async (request) => void (await authenticate(authorizationOf(request))),
        schema: { params: z.object({ sessionId: guid }), body: feedbackBody, response: { 200: doneReply } },
      },
      async () => ({ ok: true }) as const,
    );
  const server = await startServer({
    config,
    clock: realClock,
    logger: pino({ level: 'fatal' }),
    pageFolder: '',
    databaseFolder: folder,
    host: '127.0.0.1',
    jobs: config.databaseUrl === null ? 'inMemory' : 'pgBoss',
  });
  process.once('message', () => void server.close().then(() => process.exit(0)));
  process.send!({ port: server.port });
}
