import * as z from 'zod/mini';
import {
  cohortBody,
  cohortReply,
  groupsReply,
  matchReply,
  overviewReply,
  programExportReply,
  safeContactBody,
  safeContactReply,
} from '../../contract/administrator.ts';
import { doneReply } from '../../contract/http.ts';
import { guid } from '../../contract/vocabulary.ts';
import { HOUR } from '../../domain/time/instant.ts';
import { askMentors } from '../../use-cases/matching/ask-mentors.ts';
import { buildOverview } from '../../use-cases/evaluation/build-overview.ts';
import { exportProgram } from '../../use-cases/evaluation/export-program.ts';
import { createCohort } from '../../use-cases/people/create-cohort.ts';
import { describeMatches } from '../../use-cases/matching/describe-matches.ts';
import { findGroups } from '../../use-cases/people/find-groups.ts';
import { inviteParticipants } from '../../use-cases/people/invite-participants.ts';
import { nameSafeContact } from '../../use-cases/people/name-safe-contact.ts';
import { proposeMatches } from '../../use-cases/matching/propose-matches.ts';
import { releasePair } from '../../use-cases/matching/release-pair.ts';
import { createQuota } from '../create-quota.ts';
import { localeOf, type RouteDeps, type TypedApp } from '../route-deps.ts';

const done = { ok: true } as const;
const cohortParams = z.object({ cohortId: guid });
const pairParams = z.object({ pairId: guid });
/** Of a whole tenant: a program is not written down more often than that. */
const EXPORTS_OF_PROGRAM = { most: 20, milliseconds: HOUR };
/** Of a whole tenant; each may take a minute of a core. */
const MATCHINGS = { most: 60, milliseconds: HOUR };
const groupQuery = z.object({ startsWith: z.optional(z.string().check(z.maxLength(100))) });

/** What only an administrator of the program may do. */
export function administratorRoutes(app: TypedApp, deps: RouteDeps): void {
  const exportOnce = createQuota(deps.clock, EXPORTS_OF_PROGRAM);
  const matchOnce = createQuota(deps.clock, MATCHINGS);
  app.get(
    '/api/admin/overview',
    { schema: { summary: 'How the program stands', response: { 200: overviewReply } } },
    async (request) => {
      const caller = await deps.administratorOf(request);
      return buildOverview(deps, { ...caller, locale: await localeOf(deps, request, caller) });
    },
  );

  app.get(
    '/api/admin/export',
    { schema: { summary: 'The whole program, to keep elsewhere', response: { 200: programExportReply } } },
    async (request) => {
      const caller = await deps.administratorOf(request);
      const locale = await localeOf(deps, request, caller);
      return exportOnce(caller.tenantId, () => exportProgram(deps, { ...caller, locale }));
    },
  );

  app.get(
    '/api/admin/groups',
    {
      schema: {
        summary: 'Groups of the directory to nominate from',
        querystring: groupQuery,
        response: { 200: groupsReply },
      },
    },
    async (request) => {
      const caller = await deps.administratorOf(request);
      return { groups: await findGroups(deps, { ...caller, startsWith: request.query.startsWith ?? '' }) };
    },
  );

  app.post(
    '/api/admin/cohorts',
    {
      schema: { summary: 'Opens a cohort and nominates two groups', body: cohortBody, response: { 200: cohortReply } },
    },
    async (request) => {
      const caller = await deps.administratorOf(request);
      return createCohort(deps, { tenantId: caller.tenantId, callerId: caller.personId, body: request.body });
    },
  );

  app.post(
    '/api/admin/cohorts/:cohortId/safe-contact',
    {
      schema: {
        summary: 'Names another safe contact of a cohort',
        params: cohortParams,
        body: safeContactBody,
        response: { 200: safeContactReply },
      },
    },
    async (request) => {
      const caller = await deps.administratorOf(request);
      return nameSafeContact(deps, { ...caller, cohortId: request.params.cohortId, address: request.body.address });
    },
  );

  app.post(
    '/api/admin/cohorts/:cohortId/invite',
    { schema: { summary: 'Invites everybody who is nominated', params: cohortParams, response: { 200: doneReply } } },
    async (request) => {
      const caller = await deps.administratorOf(request);
      await inviteParticipants(deps, { ...caller, cohortId: request.params.cohortId });
      return done;
    },
  );

  app.post(
    '/api/admin/cohorts/:cohortId/match',
    { schema: { summary: 'Proposes matches; nothing is sent', params: cohortParams, response: { 200: matchReply } } },
    async (request) => {
      const caller = await deps.administratorOf(request);
      const { cohortId } = request.params;
      const { result } = await matchOnce(caller.tenantId, () => proposeMatches(deps, { ...caller, cohortId }));
      return describeMatches(deps, { ...caller, result, locale: await localeOf(deps, request, caller) });
    },
  );

  app.post(
    '/api/admin/cohorts/:cohortId/publish',
    {
      schema: {
        summary: 'Asks the mentors of the proposed matches',
        params: cohortParams,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.administratorOf(request);
      await askMentors(deps, { ...caller, cohortId: request.params.cohortId });
      return done;
    },
  );

  app.post(
    '/api/admin/pairs/:pairId/release',
    {
      schema: {
        summary: 'Ends a match that waits, so that both can be matched again',
        params: pairParams,
        response: { 200: doneReply },
      },
    },
    async (request) => {
      const caller = await deps.administratorOf(request);
      await releasePair(deps, { ...caller, pairId: request.params.pairId });
      return done;
    },
  );
}
