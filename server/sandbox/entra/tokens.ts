/** Who calls: an application as itself (`roles`), or a person through an application (`scopes`). */
export interface GraphCaller {
  clientId: string;
  /** Application permissions in the token; empty for a person's token. */
  roles: string[];
  /** Entra object id of the signed-in person, or null for an application as itself. */
  personId: string | null;
  /** Delegated permissions in the token; empty for an application as itself. */
  scopes: string[];
}

/**
 * Reads an `Authorization` header as an API does: the caller when the bearer token was signed by this tenant for
 * `audience` and holds now (virtual time), null otherwise.
 */
export type TokenVerifier = (authorization: string | undefined, audience: string) => Promise<GraphCaller | null>;
