import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Notice } from '../../use-cases/sessions/accept-notice.ts';
import type { TypedApp } from '../route-deps.ts';

export interface NoticeDeps {
  /** The notices of a body, or null when it is none of Graph's. */
  readNotices(body: unknown, kind: 'change' | 'lifecycle'): Notice[] | null;
  /** Marks mailboxes; called after the reply. */
  acceptNotices(notices: readonly Notice[]): Promise<unknown>;
}

const MOST_TOKEN_CHARACTERS = 2_048;
const MOST_BODY_BYTES = 1_048_576;

/** Change notifications and lifecycle events of Graph: answered at once, believed never, read later (reliability.md R5). */
export function noticeRoutes(app: TypedApp, deps: NoticeDeps): void {
  for (const kind of ['change', 'lifecycle'] as const) {
    const url = kind === 'change' ? '/graph/notifications' : '/graph/lifecycle';
    app.post(
      url,
      { bodyLimit: MOST_BODY_BYTES, config: { rateLimit: false }, schema: { hide: true } },
      async (request, reply) => {
        const token = (request.query as Record<string, unknown>)['validationToken'];
        if (token !== undefined) return answerHandshake(token, reply);
        const notices = deps.readNotices(request.body, kind);
        if (notices === null) return reply.code(400).send();
        void accept(deps, notices, request);
        return reply.code(202).send();
      },
    );
  }
  // The handshake comes as text without a body that could be parsed.
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, text, done) => done(null, text));
}

async function accept(deps: NoticeDeps, notices: readonly Notice[], request: FastifyRequest): Promise<void> {
  try {
    await deps.acceptNotices(notices);
  } catch (error) {
    // Nothing is lost: the reconciler reads every mailbox in its own time.
    request.log.error({ err: { message: (error as Error).message } }, 'notices not stored');
  }
}

/** The handshake echoes the token as plain text, never as something a browser would run (hostile input 37). */
function answerHandshake(token: unknown, reply: FastifyReply): FastifyReply {
  if (typeof token !== 'string' || token.length === 0 || token.length > MOST_TOKEN_CHARACTERS)
    return reply.code(400).send();
  return reply
    .code(200)
    .header('content-type', 'text/plain; charset=utf-8')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'")
    .send(token);
}
