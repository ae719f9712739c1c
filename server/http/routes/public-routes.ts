import * as z from 'zod/mini';
import { configReply, type ConfigReply } from '../../contract/http.ts';
import type { TypedApp } from '../route-deps.ts';

export interface PublicDeps {
  config: ConfigReply;
  /** Resolves when the database answers; rejects otherwise. */
  isReady(): Promise<void>;
}

const health = z.object({ status: z.string() });

/** What anybody may ask: what to sign in with, and whether the server lives. */
export function publicRoutes(app: TypedApp, deps: PublicDeps): void {
  app.get(
    '/api/config',
    { schema: { summary: 'What a page signs in with', response: { 200: configReply } } },
    async () => deps.config,
  );

  app.get(
    '/healthz',
    {
      config: { rateLimit: false },
      schema: { summary: 'Is the process alive?', response: { 200: health, 503: health } },
    },
    async (_request, reply) => (app.isUnderPressure() ? reply.code(503).send({ status: 'busy' }) : { status: 'ok' }),
  );

  app.get(
    '/readyz',
    { config: { rateLimit: false }, schema: { summary: 'Can it serve?', response: { 200: health, 503: health } } },
    async (_request, reply) => {
      try {
        await deps.isReady();
        return { status: 'ok' };
      } catch {
        return reply.code(503).header('retry-after', '5').send({ status: 'the database does not answer' });
      }
    },
  );
}
