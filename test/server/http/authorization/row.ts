import { CALLERS, type CallerName, type Scene } from './scene.ts';

/** A request with parameters that are right. */
export interface Asked {
  url: string;
  body?: object;
}

/**
 * One route, what is asked of it, and the status that each caller gets (product.md, Who sees what). `tells`: whose answer may
 * hold something of the pair; all others learn nothing of it, whatever their status.
 */
export interface Row {
  route: string;
  statuses: Record<CallerName, number>;
  tells: readonly CallerName[];
  ask: (scene: Scene) => Asked | Promise<Asked>;
}

type Statuses = Partial<Record<CallerName, number>>;
export const all = (status: number, besides: Statuses = {}): Record<CallerName, number> =>
  ({ ...Object.fromEntries(CALLERS.map((name) => [name, status])), ...besides }) as Record<CallerName, number>;
/** Everybody may ask, strangers too. */
export const anybody = all(200);
/** Everybody who is signed in has something of their own here, if only nothing. */
export const signedIn = all(200, { anonymous: 401 });
/** For all others the thing is not there. */
export const only = (...names: CallerName[]): Record<CallerName, number> =>
  all(404, { anonymous: 401, ...Object.fromEntries(names.map((name) => [name, 200])) });
/** An administrator of another organization is one there: `there` is what they get for their own, or for what is not theirs. */
export const administrators = (there: number): Record<CallerName, number> =>
  all(403, { anonymous: 401, otherTenant: there, administrator: 200 });
