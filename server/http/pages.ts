import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { TypedApp } from './route-deps.ts';

/** The built pages: each entry under its own address, hashed files kept for a year. Without a build there are no pages. */
export async function servePages(app: TypedApp, folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/',
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders(reply, path) {
      void reply.header('cache-control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  for (const [address, file] of [
    ['/', 'tab/index.html'],
    ['/tab', 'tab/index.html'],
    ['/tab/*', 'tab/index.html'],
    ['/taskpane', 'taskpane/index.html'],
    ['/privacy', 'privacy.html'],
    ['/terms', 'terms.html'],
  ] as const) {
    app.get(address, { schema: { hide: true } }, (_request, reply) => reply.sendFile(file));
  }
}
