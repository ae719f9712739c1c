import * as z from 'zod/mini';
import {
  doneReply,
  feedbackBody,
  goalsBody,
  homeReply,
  joinBody,
  mentorAnswerBody,
  newTimeBody,
  restartBody,
  meReply,
  proposalAnswerBody,
  sessionLookup,
  sessionLookupReply,
  sessionReply,
} from '../../contract/http.ts';
import { ownDataReply } from '../../contract/own-data.ts';
import { guid } from '../../contract/vocabulary.ts';
import { badInput } from '../../errors.ts';
import { HOUR, parseInstant, toIso } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import { askErasure } from '../../use-cases/people/ask-erasure.ts';
import { exportOwnData } from '../../use-cases/people/export-own-data.ts';
import { answerInvitation } from '../../use-cases/people/answer-invitation.ts';
import { answerMentor } from '../../use-cases/matching/answer-mentor.ts';
import { answerProposal } from '../../use-cases/matching/answer-proposal.ts';
import { buildHome } from '../../use-cases/evaluation/build-home.ts';
import { nameAssistant } from '../../use-cases/people/name-assistant.ts';
import { loadCaller } from '../../use-cases/people/load-caller.ts';
import { answerNewTime } from '../../use-cases/sessions/answer-new-time.ts';
import { answerRestart } from '../../use-cases/sessions/answer-restart.ts';
import { removeCopiesLeft } from '../../use-cases/sessions/copies-left.ts';
import { lookUpSession, readSession } from '../../use-cases/sessions/read-session.ts';
import { recordFeedback } from '../../use-cases/sessions/record-feedback.ts';
import { createQuota } from '../create-quota.ts';
import { localeOf, type RouteDeps, type TypedApp } from '../route-deps.ts';

const done = { ok: true } as const;
const pairParams = z.object({ pairId: guid });
const sessionParams = z.object({ sessionId: guid });
/** Copies of all that is kept about somebody: nobody needs more of them in an hour. */
const EXPORTS_OF_PERSON = { most: 20, milliseconds: HOUR };

/** What everybody in a program may do: see what is theirs and answer what they are asked. */
export function participantRoutes(app: TypedApp, deps: RouteDeps): void {
  const exportOnce = createQuota(deps.clock, EXPORTS_OF_PERSON);
  app.get(
    '/api/me',
    { schema: { summary: 'Who am I in the program?', response: { 200: meReply } } },
    async (request) => {
      const caller = await deps.callerOf(request);
      const profile = await loadCaller(deps, caller);
      return { personId: caller.personId, ...profile, now: toIso(deps.clock.now()) };
    },
  );

  app.get(
    '/api/me/export',
    { schema: { summary: 'All that is kept about me', response: { 200: ownDataReply } } },
    async (request) => {
      const caller = await deps.callerOf(request);
      return exportOnce(`${caller.tenantId} ${caller.personId}`, () => exportOwnData(deps, caller));
    },
  );

  app.post(
    '/api/me/erasure',
    { schema: { summary: 'I want to be erased from the program', response: { 200: doneReply } } },
    async (request) => {
      await askErasure(deps, await deps.callerOf(request));
      return done;
    },
  );

  app.get(
    '/api/home',
    { schema: { summary: 'What am I asked, and what is mine?', response: { 200: homeReply } } },
    async (request) => {
      const caller = await deps.callerOf(request);
      return buildHome(deps, { ...caller, locale: await localeOf(deps, request, caller) });
    },
  );

  app.post(
    '/api/asks/goals',
    { schema: { summary: 'An executive says what they want to learn', body: goalsBody, response: { 200: doneReply } } },
    async (request) => {
      const caller = await deps.callerOf(request);
      const { cohortId, goals } = request.body;
      await answerInvitation(deps, { ...caller, cohortId, side: 'mentee', answer: { kind: 'goals', goals } });
      return done;
    },
  );

  app.post(
    '/api/asks/join',
    { schema: { summary: 'A mentor joins, or does not', body: joinBody, response: { 200: doneReply } } },
    async (request) => {
      const caller = await deps.callerOf(request);
      const { body } = request;
      const answer =
        body.answer === 'join'
          ? { kind: 'join' as const, skills: body.skills, motivation: body.motivation ?? null }
          : { kind: 'decline' as const };
      await answerInvitation(deps, { ...caller, cohortId: body.cohortId, side: 'mentor', answer });
      return done;
    },
  );

  app.post(
    '/api/pairs/:pairId/mentor-answer',
    {
      schema: {
        summary: 'The mentor agrees to a match, or not',
        params: pairParams,
        body: mentorAnswerBody,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      await answerMentor(deps, { ...caller, pairId: request.params.pairId, answer: request.body.answer });
      return done;
    },
  );

  app.post(
    '/api/pairs/:pairId/proposal-answer',
    {
      schema: {
        summary: 'The executive, or the assistant whom they asked, answers the one proposal',
        params: pairParams,
        body: proposalAnswerBody,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      const { answer, offer, round, address } = request.body;
      if (answer === 'askAssistant' && address !== undefined) await nameAssistant(deps, { ...caller, address });
      const answered = await answerProposal(deps, {
        ...caller,
        pairId: request.params.pairId,
        answer,
        ...(offer === undefined ? {} : { offer }),
        ...(round === undefined ? {} : { round }),
      });
      if (answered.outcome === 'needsAssistant') throw badInput('address', 'nobody is named yet');
      return done;
    },
  );

  app.post(
    '/api/pairs/:pairId/restart',
    {
      schema: {
        summary: 'Whether to look for new times when all dates are gone',
        params: pairParams,
        body: restartBody,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      await answerRestart(deps, { ...caller, pairId: request.params.pairId, answer: request.body.answer });
      return done;
    },
  );

  app.post(
    '/api/pairs/:pairId/remove-copies',
    {
      schema: {
        summary: 'Take what is left of a series without organizer out of my calendar',
        params: pairParams,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      await removeCopiesLeft(deps, { ...caller, pairId: request.params.pairId });
      return done;
    },
  );

  app.post(
    '/api/sessions/:sessionId/new-time',
    {
      schema: {
        summary: 'One of the other times for a session, the session as it is, or none',
        params: sessionParams,
        body: newTimeBody,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      const { round, answer, start } = request.body;
      const { outcome } = await answerNewTime(deps, {
        ...caller,
        sessionId: request.params.sessionId,
        round,
        answer,
        ...(start === undefined ? {} : { start: parseInstant(start) }),
      });
      // The page reads anew after a conflict, and finds the times that are free now.
      if (outcome === 'refreshed') throw new AppError('conflict', { reason: 'timeTaken' });
      return done;
    },
  );

  app.get(
    '/api/sessions/lookup',
    {
      schema: {
        summary: 'Which of my sessions is this meeting?',
        querystring: sessionLookup,
        response: { 200: sessionLookupReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      const { organizer, start } = request.query;
      return lookUpSession(deps, {
        ...caller,
        organizer: organizer ?? null,
        start: start === undefined ? null : parseInstant(start),
      });
    },
  );

  app.get(
    '/api/sessions/:sessionId',
    { schema: { summary: 'One of my sessions', params: sessionParams, response: { 200: sessionReply } } },
    async (request) => {
      const caller = await deps.callerOf(request);
      return readSession(deps, {
        ...caller,
        sessionId: request.params.sessionId,
        locale: await localeOf(deps, request, caller),
      });
    },
  );

  app.post(
    '/api/sessions/:sessionId/feedback',
    {
      schema: {
        summary: 'What I say about a session',
        params: sessionParams,
        body: feedbackBody,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      await recordFeedback(deps, { ...caller, sessionId: request.params.sessionId, body: request.body, via: 'page' });
      return done;
    },
  );
}
