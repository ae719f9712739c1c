import type { SandboxHandler, SandboxReply, SandboxRequest } from '../http.ts';
import type { World } from '../world.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { chatRoutes } from './chat-routes.ts';
import { clockRoutes } from './clock-routes.ts';
import type { ControlParts, ControlRoutes } from './control-parts.ts';
import { peopleRoutes } from './people-routes.ts';
import { ControlError, readBody, type Input } from './read-input.ts';

const PREFIX = '/sandbox/api/';

const ROUTES: ControlRoutes = { ...peopleRoutes, ...clockRoutes, ...calendarRoutes, ...chatRoutes };

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

const reply = (status: number, body: unknown): SandboxReply => ({
  status,
  headers: { 'cache-control': 'no-store' },
  body,
});

/** Refuses what a page of another site, or a name that resolves here, could send. */
function checkCaller({ headers, method }: SandboxRequest): void {
  const host = headers.host ?? '';
  if (!LOOPBACK_HOST.test(host)) throw new ControlError(403, 'host', 'host: only loopback addresses are served');
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new ControlError(403, 'origin', 'origin: only the page of this sandbox may ask');
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new ControlError(403, 'sec-fetch-site', 'sec-fetch-site: only the page of this sandbox may ask');
  }
  const type = (headers['content-type'] ?? 'application/json').split(';')[0]!.trim().toLowerCase();
  if (method === 'POST' && type !== 'application/json') {
    throw new ControlError(415, 'content-type', 'content-type: must be application/json');
  }
}

/** Values of a query by name; a name given twice is refused, since only one could be meant. */
function readQuery(query: URLSearchParams): Input {
  const input: Input = {};
  for (const [name, value] of query) {
    if (Object.hasOwn(input, name)) throw new ControlError(400, name, `${name}: is given twice`);
    input[name] = value;
  }
  return input;
}

async function answer(world: World, parts: ControlParts, request: SandboxRequest): Promise<SandboxReply> {
  checkCaller(request);
  const name = request.path.slice(PREFIX.length);
  const key = `${request.method} ${name}`;
  const route = Object.hasOwn(ROUTES, key) ? ROUTES[key] : undefined;
  if (!route) {
    const known = ['GET', 'POST'].filter((method) => Object.hasOwn(ROUTES, `${method} ${name}`));
    if (known.length === 0) throw new ControlError(404, null, `there is no ${PREFIX}${name}`);
    const refusal = reply(405, { error: { field: null, message: `${name}: only ${known.join(', ')}` } });
    return { ...refusal, headers: { ...refusal.headers, allow: known.join(', ') } };
  }
  const isChange = request.method === 'POST';
  const result = await route(world, isChange ? readBody(request.body) : readQuery(request.query), parts);
  if (isChange) await parts.save?.();
  return reply(200, result);
}

/**
 * The interface of the sandbox's own page, JSON under `/sandbox/api/`. Bad input gets 400 with `{error: {field, message}}`,
 * unknown things 404, refusals of a mailbox 409, callers that are not this machine's own page 403. The clock must not count
 * these requests as work going on: `clock/advance` waits for idleness.
 */
export function createControl(world: World, parts: ControlParts = {}): { handle: SandboxHandler } {
  return {
    async handle(request) {
      if (!request.path.startsWith(PREFIX)) return undefined;
      try {
        return await answer(world, parts, request);
      } catch (error) {
        if (!(error instanceof ControlError)) throw error;
        return reply(error.status, { error: { field: error.field, message: error.message } });
      }
    },
  };
}
