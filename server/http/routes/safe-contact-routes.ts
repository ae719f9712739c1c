import * as z from 'zod/mini';
import { contactBody, doneReply } from '../../contract/http.ts';
import { guid } from '../../contract/vocabulary.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { askContact } from '../../use-cases/people/ask-contact.ts';
import { leavePair } from '../../use-cases/sessions/leave-pair.ts';
import { wishAnotherMatch } from '../../use-cases/sessions/wish-another-match.ts';
import type { RouteDeps, TypedApp } from '../route-deps.ts';

const done = { ok: true } as const;

/** Turning to the safe contact, and the other ways on for somebody who feels hardly safe to speak (product.md F6). */
export function safeContactRoutes(app: TypedApp, deps: RouteDeps): void {
  app.post(
    '/api/contact-requests',
    {
      schema: {
        summary: 'Asks my safe contact to get in touch: sends my name only',
        body: contactBody,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      const { cohortId, contactId } = request.body;
      await askContact(deps, { ...caller, cohortId, contactId: contactId as PersonId });
      return done;
    },
  );

  app.post(
    '/api/sessions/:sessionId/another-match',
    {
      schema: {
        summary: 'I would like another match',
        params: z.object({ sessionId: guid }),
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      await wishAnotherMatch(deps, { ...caller, sessionId: request.params.sessionId });
      return done;
    },
  );

  app.post(
    '/api/pairs/:pairId/leave',
    {
      schema: {
        summary: 'I stop this pair; nobody is told who or why',
        params: z.object({ pairId: guid }),
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      await leavePair(deps, { ...caller, pairId: request.params.pairId });
      return done;
    },
  );
}
