import type { GraphRoute } from './graph-call.ts';
import { badRequest, methodNotAllowed } from './refusal.ts';

/** Finds the route of a path (without version) and what its `{...}` places hold. */
export type RouteFinder = (method: string, path: string) => { route: GraphRoute; ids: string[] };

interface Compiled {
  route: GraphRoute;
  /** Literal in normal form, or null for a place. */
  parts: (string | null)[];
}

/** Names of operations and casts are the same with and without namespace and empty parentheses. */
const normalize = (segment: string): string =>
  segment
    .toLowerCase()
    .replace(/\(\)$/, '')
    .replace(/^(microsoft\.)?graph\./, '');

/** Literal segments go before places. Refuses unknown paths (400) and methods that a path does not take (405). */
export function createRouteFinder(routes: readonly GraphRoute[]): RouteFinder {
  const compiled = routes.map<Compiled>((route) => ({
    route,
    parts: segmentsOf(route.template).map((part) => (part.startsWith('{') ? null : normalize(part))),
  }));
  const places = (each: Compiled): number => each.parts.filter((part) => part === null).length;
  compiled.sort((a, b) => places(a) - places(b));

  return (method, path) => {
    const segments = segmentsOf(path);
    const matches = compiled.filter(
      ({ parts }) =>
        parts.length === segments.length && parts.every((part, i) => part === null || part === normalize(segments[i]!)),
    );
    const best = matches[0];
    if (!best) throw badRequest(`Resource not found for the segment '${segments.at(-1) ?? ''}'.`);
    const found = matches.find((each) => each.route.method === method && places(each) === places(best));
    if (!found) throw methodNotAllowed();
    const ids = segments.filter((_, i) => found.parts[i] === null).map(decode);
    return { route: found.route, ids };
  };
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest(`Malformed segment '${segment}'.`);
  }
}
