import type { GraphCaller } from '../entra/tokens.ts';
import type { GraphRoute } from './graph-call.ts';

/** What a person may see of the own account with `User.Read` alone. */
const OWN_ACCOUNT = /^\/users\/\{id\}(\/photo.*)?$/;

/** Whether the token carries one of the permissions that a route asks for. */
export function mayCallRoute(route: GraphRoute, caller: GraphCaller, ids: readonly string[]): boolean {
  if (route.anyOf === undefined) return true;
  const granted = caller.personId === null ? caller.roles : caller.scopes;
  if (route.anyOf.some((permission) => granted.includes(permission))) return true;
  return (
    caller.personId !== null &&
    ids[0] === caller.personId &&
    granted.includes('User.Read') &&
    OWN_ACCOUNT.test(route.template)
  );
}

/** What a call costs of the directory's quota: as documented, less for `$select` and small pages, more for `$expand`. */
export function resourceUnits(units: number, query: URLSearchParams): number {
  const top = Number(query.get('$top') ?? '100');
  return Math.max(1, units - (query.has('$select') ? 1 : 0) - (top < 20 ? 1 : 0) + (query.has('$expand') ? 1 : 0));
}
