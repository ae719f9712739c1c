import * as z from 'zod/mini';
import { calendarReply, offeringReply, runningReply, waitingQuery, waitingReply } from '../../contract/running.ts';
import { guid } from '../../contract/vocabulary.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { HOUR } from '../../domain/time/instant.ts';
import { describeCalendar } from '../../use-cases/evaluation/describe-calendar.ts';
import { describeRunning } from '../../use-cases/evaluation/describe-running.ts';
import { explainWaiting } from '../../use-cases/evaluation/explain-waiting.ts';
import { previewOffering } from '../../use-cases/slots/preview-offering.ts';
import { createQuota } from '../create-quota.ts';
import { localeOf, type RouteDeps, type TypedApp } from '../route-deps.ts';

const cohortParams = z.object({ cohortId: guid });
/** Of a whole tenant; each reads the calendars of many people. */
const DRY_RUNS = { most: 30, milliseconds: HOUR };

/** How a cohort runs: its calendars, pairs at risk, and what the program waits for. */
export function runningRoutes(app: TypedApp, deps: RouteDeps): void {
  const tryOffering = createQuota(deps.clock, DRY_RUNS);
  app.get(
    '/api/admin/cohorts/:cohortId/running',
    {
      schema: {
        summary: 'Pairs at risk and the log of a cohort',
        params: cohortParams,
        response: { 200: runningReply },
      },
    },
    async (request) => {
      const caller = await deps.administratorOf(request);
      const locale = await localeOf(deps, request, caller);
      return describeRunning(deps, { ...caller, cohortId: request.params.cohortId, locale });
    },
  );

  app.get(
    '/api/admin/cohorts/:cohortId/waiting',
    {
      schema: {
        summary: 'Why did nothing happen? What is waited for, and until when',
        params: cohortParams,
        querystring: waitingQuery,
        response: { 200: waitingReply },
      },
    },
    async (request) => {
      const { tenantId } = await deps.administratorOf(request);
      const { pairId, personId, side } = request.query;
      const { cohortId } = request.params;
      return explainWaiting(deps, { tenantId, cohortId, pairId, side, personId: personId as PersonId | undefined });
    },
  );

  app.get(
    '/api/admin/cohorts/:cohortId/calendar',
    {
      schema: {
        summary: 'Where each pair stands with its calendar',
        params: cohortParams,
        response: { 200: calendarReply },
      },
    },
    async (request) => {
      const caller = await deps.administratorOf(request);
      return describeCalendar(deps, { ...caller, cohortId: request.params.cohortId });
    },
  );

  app.post(
    '/api/admin/cohorts/:cohortId/offering-preview',
    {
      schema: {
        summary: 'How many pairs would find a time; calendars are read, nothing is written',
        params: cohortParams,
        response: { 200: offeringReply },
      },
    },
    async (request) => {
      const { tenantId } = await deps.administratorOf(request);
      const { cohortId } = request.params;
      return tryOffering(tenantId, () => previewOffering(deps, { tenantId, cohortId }));
    },
  );
}
