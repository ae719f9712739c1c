/** A request as the parts of the sandbox see it: one from the network, or one inside a $batch. */
export interface SandboxRequest {
  method: string;
  /** Path without query, still percent-encoded, e.g. `/v1.0/users/abc/events`. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Raw body text ('' where there is none). */
  body: string;
}

/** `body`: an object is sent as JSON, a string as it is (give a content-type), a Buffer as bytes, undefined as nothing. */
export interface SandboxReply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Answers a request, or undefined when it is not its business. */
export type SandboxHandler = (request: SandboxRequest) => Promise<SandboxReply | undefined>;
