import * as z from 'zod/mini';
import { assistantBody, assistantView } from '../../contract/assistants.ts';
import { doneReply } from '../../contract/http.ts';
import { guid } from '../../contract/vocabulary.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { nameAssistant } from '../../use-cases/people/name-assistant.ts';
import { removeAssistant } from '../../use-cases/people/remove-assistant.ts';
import type { RouteDeps, TypedApp } from '../route-deps.ts';

/** Who answers for an executive. What assistants see and answer is at home and with the proposal, as everybody's is. */
export function assistantRoutes(app: TypedApp, deps: RouteDeps): void {
  app.post(
    '/api/assistants',
    {
      schema: {
        summary: 'An executive names somebody who answers for them',
        body: assistantBody,
        response: { 200: assistantView },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      return nameAssistant(deps, { ...caller, address: request.body.address });
    },
  );

  app.post(
    '/api/assistants/:personId/remove',
    {
      schema: {
        summary: 'That somebody answers for the executive is taken back, at once',
        params: z.object({ personId: guid }),
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      await removeAssistant(deps, { ...caller, assistantId: request.params.personId as PersonId });
      return { ok: true } as const;
    },
  );
}
