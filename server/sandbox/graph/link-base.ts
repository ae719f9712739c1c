import type { SandboxRequest } from '../http.ts';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/i;

/**
 * The base of links that a reply carries (`@odata.nextLink`, `Location`): the service's own name, or on loopback the
 * very host that was asked, because clients follow links as they are.
 */
export function linkBase(request: SandboxRequest): string {
  const host = request.headers['host'] ?? '';
  return LOOPBACK.test(host) ? `http://${host}/v1.0` : 'https://graph.microsoft.com/v1.0';
}

/** `@odata.context` always names the service. */
export const odataContext = (fragment: string): string => `https://graph.microsoft.com/v1.0/$metadata#${fragment}`;
