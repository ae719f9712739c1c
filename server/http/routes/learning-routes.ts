import * as z from 'zod/mini';
import { trainingModule } from '../../contract/content.ts';
import {
  agreementReply,
  checkBody,
  checkReply,
  executivePageReply,
  libraryGuideReply,
  libraryReply,
  moduleReply,
  trainingReply,
} from '../../contract/training.ts';
import { guid, topic } from '../../contract/vocabulary.ts';
import { answerCheck } from '../../use-cases/learning/answer-check.ts';
import { listTraining } from '../../use-cases/learning/list-training.ts';
import { readExecutivePage } from '../../use-cases/learning/read-executive-page.ts';
import { listGuides, readGuide } from '../../use-cases/learning/read-library.ts';
import { readModule } from '../../use-cases/learning/read-module.ts';
import { readAgreement } from '../../use-cases/matching/read-agreement.ts';
import { localeOf, type RouteDeps, type TypedApp } from '../route-deps.ts';

const moduleParams = z.object({ moduleId: trainingModule });

/** What people learn before and between sessions: training, the executives' two minutes, guides, the agreement. */
export function learningRoutes(app: TypedApp, deps: RouteDeps): void {
  app.get(
    '/api/training',
    { schema: { summary: 'The modules and my progress', response: { 200: trainingReply } } },
    async (request) => {
      const caller = await deps.callerOf(request);
      return listTraining(deps, { ...caller, locale: await localeOf(deps, request, caller) });
    },
  );

  app.get(
    '/api/training/executive',
    { schema: { summary: 'Two minutes for executives', response: { 200: executivePageReply } } },
    async (request) => {
      const caller = await deps.callerOf(request);
      return readExecutivePage(deps, { ...caller, locale: await localeOf(deps, request, caller) });
    },
  );

  app.get(
    '/api/training/:moduleId',
    { schema: { summary: 'One module to read', params: moduleParams, response: { 200: moduleReply } } },
    async (request) => {
      const caller = await deps.callerOf(request);
      const { moduleId } = request.params;
      return readModule(deps, { ...caller, moduleId, locale: await localeOf(deps, request, caller) });
    },
  );

  app.post(
    '/api/training/:moduleId/check',
    {
      schema: {
        summary: 'What I answer to the check of a module',
        params: moduleParams,
        body: checkBody,
        response: { 200: checkReply },
      },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      const { moduleId } = request.params;
      const { answers } = request.body;
      return answerCheck(deps, { ...caller, moduleId, answers, locale: await localeOf(deps, request, caller) });
    },
  );

  app.get(
    '/api/guides',
    { schema: { summary: 'All guides, to look ahead', response: { 200: libraryReply } } },
    async (request) => {
      const caller = await deps.callerOf(request);
      return listGuides(deps, { ...caller, locale: await localeOf(deps, request, caller) });
    },
  );

  app.get(
    '/api/guides/:topic',
    { schema: { summary: 'The guide of a topic', params: z.object({ topic }), response: { 200: libraryGuideReply } } },
    async (request) => {
      const caller = await deps.callerOf(request);
      return readGuide(deps, {
        ...caller,
        topic: request.params.topic,
        locale: await localeOf(deps, request, caller),
      });
    },
  );

  app.get(
    '/api/pairs/:pairId/agreement',
    {
      schema: { summary: 'What we agreed to', params: z.object({ pairId: guid }), response: { 200: agreementReply } },
    },
    async (request) => {
      const caller = await deps.callerOf(request);
      return readAgreement(deps, {
        ...caller,
        pairId: request.params.pairId,
        locale: await localeOf(deps, request, caller),
      });
    },
  );
}
