import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorReply } from '../contract/http.ts';
import { AppError, type ErrorCode, type FieldFault } from '../errors.ts';

/** The one map from refusals to HTTP. */
const STATUS: Record<ErrorCode, number> = {
  badInput: 400,
  signedOut: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  closed: 409,
  busy: 429,
  unavailable: 503,
};

/** Words for people, where the page has none of its own for the code. */
const MESSAGE: Record<ErrorCode, string> = {
  badInput: 'Something in the request cannot be used.',
  signedOut: 'Sign in to go on.',
  forbidden: 'This is not yours to do.',
  notFound: 'This does not exist, or not for you.',
  conflict: 'This has changed meanwhile. Look again.',
  closed: 'This cannot be answered any more.',
  busy: 'Too many requests. Try again in a moment.',
  unavailable: 'This is not available right now. Nothing was lost; try again.',
};

/** Database faults that mean "not now" rather than "never" (reliability.md F49, F50). */
const DATABASE_AWAY = /^(08|53|57P|25006)|ECONN|the embedded database has stopped/;

/** A refusal is never much longer than a person reads, however much was wrong: names of fields come from the sender. */
const MOST_FIELDS = 20;
const MOST_CHARACTERS = 300;
const clip = (text: string): string => (text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}...`);

/** Turns whatever was thrown into a reply without internal text; unknown faults are logged and answered 500. */
export function replyWithError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const refusal = toRefusal(error);
  if (refusal === null) {
    request.log.error({ err: { name: error.name, message: error.message, stack: error.stack } }, 'request failed');
    return reply.code(500).send(body('internal', 'Something went wrong here. It has been noted.', request.id));
  }
  const { code, details } = refusal;
  logRefusal(refusal, request);
  if (details.retryAfterSeconds !== undefined) void reply.header('retry-after', String(details.retryAfterSeconds));
  else if (code === 'unavailable') void reply.header('retry-after', '5');
  // Who may not see a thing learns nothing about it, not even why.
  const isSilent = code === 'signedOut' || code === 'forbidden' || code === 'notFound';
  return reply
    .code(STATUS[code])
    .send(
      body(!isSilent && details.reason ? `${code}.${details.reason}` : code, MESSAGE[code], request.id, details.fields),
    );
}

/** Answers a method that no address has. */
export function refuseMethod(request: FastifyRequest, reply: FastifyReply, allowed: readonly string[]): FastifyReply {
  const refusal = body('methodNotAllowed', 'This cannot be asked in this way.', request.id);
  return reply.code(405).header('allow', allowed.join(', ')).send(refusal);
}

/** Every refusal leaves a line that says what was refused and where, and nothing of what the request held. */
function logRefusal({ code, details, cause }: AppError, request: FastifyRequest): void {
  const line = {
    refused: code,
    status: STATUS[code],
    method: request.method,
    route: request.routeOptions.url ?? null,
    ...(details.reason === undefined ? {} : { reason: details.reason }),
    ...(cause instanceof Error && codeOf(cause) !== '' ? { cause: codeOf(cause) } : {}),
  };
  if (code === 'unavailable') request.log.warn(line, 'request refused');
  else request.log.info(line, 'request refused');
}

function toRefusal(error: FastifyError | Error): AppError | null {
  if (error instanceof AppError) return error;
  const fault = error as FastifyError & { validation?: { instancePath?: string; message?: string }[] };
  if (fault.validation) {
    const fields: FieldFault[] = fault.validation.slice(0, MOST_FIELDS).map((issue) => ({
      path: (issue.instancePath ?? '').replace(/^\//, '').replaceAll('/', '.') || 'body',
      reason: clip(issue.message ?? 'cannot be used'),
    }));
    return new AppError('badInput', { fields });
  }
  // How long to wait stands in the reply's header already.
  if (fault.statusCode === 429) return new AppError('busy');
  if (fault.statusCode === 413) return new AppError('badInput', { fields: [{ path: 'body', reason: 'is too large' }] });
  if (fault.statusCode !== undefined && fault.statusCode >= 400 && fault.statusCode < 500) {
    return new AppError('badInput', { fields: [{ path: 'body', reason: 'is not valid JSON of the expected kind' }] });
  }
  if (fault.statusCode === 503) return new AppError('unavailable', {}, error);
  if (DATABASE_AWAY.test(codeOf(error)) || DATABASE_AWAY.test(error.message))
    return new AppError('unavailable', {}, error);
  return null;
}

/** The error's own code, where it has one that is text. */
function codeOf(error: object): string {
  const code = 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}

function body(code: string, message: string, requestId: string, fields?: FieldFault[]): ErrorReply {
  return { error: { code, message, requestId, ...(fields ? { fields } : {}) } };
}
