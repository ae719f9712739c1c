import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import { matchingLine, progressLine, type MatchingLine, type ProgressLine } from '../../contract/matching-review.ts';
import { guid } from '../../contract/vocabulary.ts';
import { HOUR } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import { proposeMatches } from '../../use-cases/matching/propose-matches.ts';
import { readProgress } from '../../use-cases/matching/read-progress.ts';
import { createQuota } from '../create-quota.ts';
import type { RouteDeps, TypedApp } from '../route-deps.ts';
import { sendLines, type Lines } from '../send-lines.ts';

const cohortParams = z.object({ cohortId: guid });
/** Of a whole tenant; each may take a minute of a core. */
const MATCHINGS = { most: 60, milliseconds: HOUR };
/** Real time, also where the product's clock is virtual: it is a person who waits. */
const LOOK_EVERY_MS = 1_000;
/** A reply ends by then; who still wants to know asks again. Half-open connections do not stay for good. */
const LONGEST_REPLY_MS = 5 * 60_000;

/** Long work that is followed while it goes on: replies whose lines come one by one. */
export function progressRoutes(app: TypedApp, deps: RouteDeps): void {
  const matchOnce = createQuota(deps.clock, MATCHINGS);
  const ending = new AbortController();
  // Open replies would keep the server from closing.
  app.addHook('preClose', async () => ending.abort());

  app.post(
    '/api/admin/cohorts/:cohortId/match/stream',
    {
      compress: false,
      schema: {
        summary: 'Proposes matches and tells how far it is, line by line; nothing is sent',
        params: cohortParams,
        response: { 200: matchingLine },
      },
    },
    async (request, reply) => {
      const caller = await deps.administratorOf(request);
      const { cohortId } = request.params;
      let lines: Lines<MatchingLine> | null = null;
      const work = matchOnce(caller.tenantId, () =>
        proposeMatches(deps, {
          ...caller,
          cohortId,
          onPhase(phase) {
            // What cannot begin at all is refused as everywhere: the first line goes out after the reading.
            if (phase === 'matching') lines ??= sendLines(reply);
            lines?.write({ kind: 'phase', phase });
          },
        }),
      );
      try {
        await work;
        (lines as Lines<MatchingLine> | null)?.write({ kind: 'done' });
      } catch (error) {
        const open = lines as Lines<MatchingLine> | null;
        if (!open) throw error;
        request.log.warn({ failed: codeOf(error) }, 'matching failed');
        open.write({ kind: 'failed', code: codeOf(error) });
      } finally {
        (lines as Lines<MatchingLine> | null)?.end();
      }
      return reply;
    },
  );

  app.get(
    '/api/admin/cohorts/:cohortId/progress',
    {
      compress: false,
      schema: {
        summary: 'How far offering and booking has come, line by line until nothing is under way',
        params: cohortParams,
        response: { 200: progressLine },
      },
    },
    async (request, reply) => {
      const caller = await deps.administratorOf(request);
      const { cohortId } = request.params;
      let told = await readProgress(deps, { ...caller, cohortId });
      const lines = sendLines<ProgressLine>(reply);
      lines.write(told);
      const signal = AbortSignal.any([lines.signal, ending.signal, AbortSignal.timeout(LONGEST_REPLY_MS)]);
      try {
        while (told.searching + told.booking > 0) {
          await pause(LOOK_EVERY_MS, undefined, { signal });
          const now = await readProgress(deps, { ...caller, cohortId });
          if (JSON.stringify(now) !== JSON.stringify(told)) lines.write(now);
          told = now;
        }
      } catch (error) {
        if (!signal.aborted) request.log.warn({ failed: codeOf(error) }, 'progress failed');
      } finally {
        lines.end();
      }
      return reply;
    },
  );
}

const codeOf = (error: unknown): string =>
  error instanceof AppError ? [error.code, error.details.reason].filter(Boolean).join('.') : 'internal';
