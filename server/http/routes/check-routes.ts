import { checkReply, type FindingReply } from '../../contract/check.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { HOUR } from '../../domain/time/instant.ts';
import { createQuota } from '../create-quota.ts';
import { localeOf, type RouteDeps, type TypedApp } from '../route-deps.ts';

/** Looks at everything that the server needs for one tenant, with words for a reader. */
export interface CheckDeps {
  runChecks: (tenantId: TenantId, locale: Locale) => Promise<FindingReply[]>;
}

/** Of a whole tenant: each look is some thirty calls to Microsoft 365. */
const CHECKS = { most: 30, milliseconds: HOUR };

/** The self-check, for administrators of the program. */
export function checkRoutes(app: TypedApp, deps: RouteDeps & CheckDeps): void {
  const checkOnce = createQuota(deps.clock, CHECKS);
  app.post(
    '/api/admin/check',
    { schema: { summary: 'What the server can and cannot reach, and what to do', response: { 200: checkReply } } },
    async (request) => {
      const caller = await deps.administratorOf(request);
      const locale = await localeOf(deps, request, caller);
      const findings = await checkOnce(caller.tenantId, () => deps.runChecks(caller.tenantId, locale));
      return { checkedAt: new Date(deps.clock.now()).toISOString(), findings };
    },
  );
}
