import { AppError } from '../errors.ts';
import { refuseMethod } from './error-reply.ts';
import type { TypedApp } from './route-deps.ts';

/** What our pages and Microsoft's services send; OPTIONS is what a browser asks before it asks across origins. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);
const CHANGES_NOTHING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses before anything is read: methods that nobody needs (hostile input 65), and what a page of another origin sends
 * (hostile input 52). Our own pages are at `publicHost`, or at the host that the browser names where no proxy stands between.
 */
export function guardRequests(app: TypedApp, { publicHost }: { publicHost: string }): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!METHODS.has(request.method)) return refuseMethod(request, reply, [...METHODS]);
    const { origin, host } = request.headers;
    if (origin === undefined || CHANGES_NOTHING.has(request.method)) return;
    const from = URL.canParse(origin) ? new URL(origin).host : '';
    if (from === '' || (from !== publicHost && from !== host)) throw new AppError('forbidden');
  });
}
