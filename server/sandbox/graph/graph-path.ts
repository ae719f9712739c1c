import type { GraphCaller } from '../entra/tokens.ts';
import { badRequest } from './refusal.ts';

/**
 * The path that routes know: without version, keys as segments (`/users('x')` is `/users/x`), and `/me` as the signed-in
 * person. Refuses (400) `/me` for an application as itself.
 */
export function graphPath(path: string, caller: GraphCaller): string {
  const bare = path.replace(/^\/v1\.0(?=\/|$)/i, '').replace(/\('([^']+)'\)/g, '/$1');
  if (!/^\/me(\/|$)/i.test(bare)) return bare;
  if (caller.personId === null) throw badRequest('/me request is only valid with delegated authentication flow.');
  return `/users/${caller.personId}${bare.slice('/me'.length)}`;
}
