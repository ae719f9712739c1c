import { authorizationOf, type TypedApp } from '../route-deps.ts';

export interface BotDeps {
  /**
   * Handles one activity of the Bot Connector: proves the token first, then answers. The status and body are what
   * Teams expects; a refusal carries no detail.
   */
  handleActivity(authorization: string | undefined, activity: unknown): Promise<{ status: number; body?: unknown }>;
}

/** Cards with pictures never come in; what Teams sends is a few kilobytes. */
const MOST_BODY_BYTES = 262_144;

/** Where Teams delivers what people do in the chat. A person's own token is never accepted here. */
export function botRoutes(app: TypedApp, deps: BotDeps): void {
  app.post(
    '/api/messages',
    { bodyLimit: MOST_BODY_BYTES, config: { rateLimit: false }, schema: { hide: true } },
    async (request, reply) => {
      const answer = await deps.handleActivity(authorizationOf(request), request.body);
      return reply.code(answer.status).send(answer.body);
    },
  );
}
