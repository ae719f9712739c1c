import * as z from 'zod/mini';
import { doneReply } from '../../contract/http.ts';
import { actionBody, actionChangeBody, noteBody, workReply } from '../../contract/session-work.ts';
import { guid } from '../../contract/vocabulary.ts';
import { HOUR } from '../../domain/time/instant.ts';
import { addAction } from '../../use-cases/sessions/add-action.ts';
import { askNewTime } from '../../use-cases/sessions/ask-new-time.ts';
import { changeAction } from '../../use-cases/sessions/change-action.ts';
import { keepNote } from '../../use-cases/sessions/keep-note.ts';
import { readWork } from '../../use-cases/sessions/read-work.ts';
import { createQuota } from '../create-quota.ts';
import type { RouteDeps, TypedApp } from '../route-deps.ts';

const done = { ok: true } as const;
const sessionParams = z.object({ sessionId: guid });
/** Of one person; each reads two calendars. */
const TIMES_ASKED = { most: 30, milliseconds: HOUR };

/** What two people do around a session: notes, actions until the next one, and another time for it (product.md E2, E3). */
export function sessionWorkRoutes(app: TypedApp, deps: RouteDeps): void {
  const askOnce = createQuota(deps.clock, TIMES_ASKED);
  app.get(
    '/api/sessions/:sessionId/work',
    {
      schema: {
        summary: 'My notes about a session, what my partner shared, and our actions',
        params: sessionParams,
        response: { 200: workReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      return readWork(deps, { ...caller, sessionId: request.params.sessionId });
    },
  );

  app.post(
    '/api/sessions/:sessionId/note',
    {
      schema: {
        summary: 'Keeps my note, for me alone or shared with my partner',
        params: sessionParams,
        body: noteBody,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      await keepNote(deps, { ...caller, sessionId: request.params.sessionId, body: request.body });
      return done;
    },
  );

  app.post(
    '/api/sessions/:sessionId/actions',
    {
      schema: {
        summary: 'What I will try until we meet again',
        params: sessionParams,
        body: actionBody,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      await addAction(deps, { ...caller, sessionId: request.params.sessionId, text: request.body.text });
      return done;
    },
  );

  app.post(
    '/api/actions/:actionId',
    {
      schema: {
        summary: 'Ticks an action of mine, opens it again or takes it away',
        params: z.object({ actionId: guid }),
        body: actionChangeBody,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      await changeAction(deps, { ...caller, actionId: request.params.actionId, change: request.body.change });
      return done;
    },
  );

  app.post(
    '/api/sessions/:sessionId/other-times',
    {
      schema: {
        summary: 'I want to move or skip this session: which other times suit both? Nothing is changed',
        params: sessionParams,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      const { sessionId } = request.params;
      await askOnce(`${caller.tenantId} ${caller.personId}`, () => askNewTime(deps, { ...caller, sessionId }));
      return done;
    },
  );
}
