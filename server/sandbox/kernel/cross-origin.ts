import type { SandboxReply, SandboxRequest } from '../http.ts';

/** Entra's endpoints that pages of other origins may call; its sign-in page is not among them. */
const OPEN = /^\/[^/]+\/(oauth2\/v2\.0\/token|v2\.0\/\.well-known\/openid-configuration|discovery\/.+)$/;

/** Headers by which a browser lets a page of another origin read the reply; none where pages have no business. */
export function crossOriginHeaders({ path, headers }: SandboxRequest): Record<string, string> {
  const { origin } = headers;
  if (origin === undefined || !OPEN.test(path)) return {};
  return { 'access-control-allow-origin': origin, vary: 'Origin', 'access-control-expose-headers': 'x-sandbox-now' };
}

/** The answer to a browser's question before such a call, or undefined for any other request. */
export function answerPreflight(request: SandboxRequest): SandboxReply | undefined {
  const { headers } = request;
  if (request.method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return undefined;
  const open = crossOriginHeaders(request);
  if (open['access-control-allow-origin'] === undefined) return undefined;
  return {
    status: 204,
    headers: {
      ...open,
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? 'content-type',
      // A page of an https origin asks this before it may call this machine.
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '600',
    },
  };
}
