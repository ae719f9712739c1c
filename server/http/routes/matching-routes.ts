import * as z from 'zod/mini';
import {
  matchingReply,
  publishPreviewReply,
  wishesBody,
  wishesReply,
  wishPriceReply,
  type WishChangeBody,
} from '../../contract/matching-review.ts';
import { guid } from '../../contract/vocabulary.ts';
import type { WishChange } from '../../domain/matching/wishes.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { HOUR } from '../../domain/time/instant.ts';
import { previewPublishing } from '../../use-cases/matching/preview-publishing.ts';
import { priceWishes } from '../../use-cases/matching/price-wishes.ts';
import { reviewMatching } from '../../use-cases/matching/review-matching.ts';
import { setWishes } from '../../use-cases/matching/set-wishes.ts';
import { createQuota } from '../create-quota.ts';
import { localeOf, type RouteDeps, type TypedApp } from '../route-deps.ts';

const cohortParams = z.object({ cohortId: guid });
/** Of a whole tenant; each is a matching or two. */
const WISHES_TRIED = { most: 600, milliseconds: HOUR };

/** The administrator's review of a matching: what it found, and what wishes of theirs would change. */
export function matchingRoutes(app: TypedApp, deps: RouteDeps): void {
  const tryWish = createQuota(deps.clock, WISHES_TRIED);
  app.get(
    '/api/admin/cohorts/:cohortId/matching',
    {
      schema: {
        summary: 'The last matching: pairs with reasons, who has nobody and why, wishes',
        params: cohortParams,
        response: { 200: matchingReply },
      },
    },
    async (request) => {
      const caller = await deps.administratorOf(request);
      const locale = await localeOf(deps, request, caller);
      return reviewMatching(deps, { ...caller, cohortId: request.params.cohortId, locale });
    },
  );

  app.post(
    '/api/admin/cohorts/:cohortId/wishes/price',
    {
      schema: {
        summary: 'What pins and bans would change; nothing is stored',
        params: cohortParams,
        body: wishesBody,
        response: { 200: wishPriceReply },
      },
    },
    async (request) => {
      const caller = await deps.administratorOf(request);
      const locale = await localeOf(deps, request, caller);
      const input = { ...caller, cohortId: request.params.cohortId, changes: changesOf(request.body), locale };
      return tryWish(caller.tenantId, () => priceWishes(deps, input));
    },
  );

  app.post(
    '/api/admin/cohorts/:cohortId/wishes',
    {
      schema: {
        summary: 'Sets pins and bans, or takes them back, and matches anew; nothing is sent',
        params: cohortParams,
        body: wishesBody,
        response: { 200: wishesReply },
      },
    },
    async (request) => {
      const caller = await deps.administratorOf(request);
      const locale = await localeOf(deps, request, caller);
      const input = { ...caller, cohortId: request.params.cohortId, changes: changesOf(request.body), locale };
      return tryWish(caller.tenantId, () => setWishes(deps, input));
    },
  );

  app.get(
    '/api/admin/cohorts/:cohortId/publish-preview',
    {
      schema: {
        summary: 'Whom publishing would ask, and in which language; nothing is sent',
        params: cohortParams,
        response: { 200: publishPreviewReply },
      },
    },
    async (request) => {
      const caller = await deps.administratorOf(request);
      return previewPublishing(deps, { ...caller, cohortId: request.params.cohortId });
    },
  );
}

const changesOf = ({ changes }: { changes: readonly WishChangeBody[] }): WishChange[] =>
  changes.map(({ menteeId, mentorId, wish }) => ({
    menteeId: menteeId as PersonId,
    mentorId: mentorId as PersonId,
    wish,
  }));
