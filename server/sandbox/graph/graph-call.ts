import type { GraphCaller } from '../entra/tokens.ts';
import type { SandboxReply, SandboxRequest } from '../http.ts';
import type { World } from '../world.ts';

/** One call of Graph, from the network or from inside a batch, whose token was accepted. */
export interface GraphCall {
  world: World;
  request: SandboxRequest;
  caller: GraphCaller;
  /** What the route's `{...}` places hold, decoded, in order. */
  ids: readonly string[];
}

/** Answers a call. Throws `GraphRefusal` for what Graph refuses. */
export type GraphOperation = (call: GraphCall) => SandboxReply | Promise<SandboxReply>;

/** A route: method, template (`/users/{id}/manager`), and what it does. Literal segments are case-insensitive. */
export interface GraphRoute {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  template: string;
  /** What one call costs of the directory's quota (`x-ms-resource-unit`); absent where the directory is not asked. */
  units?: number;
  /** One of these roles must be in the token; absent where the operation judges by itself. */
  anyOf?: readonly string[];
  operation: GraphOperation;
}
