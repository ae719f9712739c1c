/** A field of the request that the server refused. */
export interface FieldFault {
  path: string;
  reason: string;
}

/** `network`, `timeout` and `badReply` arise here; the others are the server's (server/errors.ts). */
export type ApiErrorCode = 'network' | 'timeout' | 'badReply' | (string & {});

/** A request that did not succeed. `message` is a sentence of the server in the reader's language, where it gave one. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly fields: readonly FieldFault[];
  readonly requestId: string | null;

  constructor(
    code: ApiErrorCode,
    status: number,
    options: { message?: string; fields?: readonly FieldFault[]; requestId?: string; cause?: unknown } = {},
  ) {
    super(options.message ?? '', { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.fields = options.fields ?? [];
    this.requestId = options.requestId ?? null;
  }
}
