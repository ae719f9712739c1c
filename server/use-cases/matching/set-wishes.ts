import type { WishesReply } from '../../contract/matching-review.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { loadWishes } from '../../db/match-wishes.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { WishChange } from '../../domain/matching/wishes.ts';
import type { TenantId } from '../../domain/people/person.ts';
import type { Clock, Matcher } from '../../ports.ts';
import { describeRejection, type WishTexts } from './price-wishes.ts';
import { proposeMatches } from './propose-matches.ts';

/**
 * Sets wishes of the administrator and matches anew with them, both or neither. Gives the changes that take it back. A pin
 * that breaks a hard rule is refused with the rule's name, and nothing is changed. Throws as proposeMatches does.
 */
export async function setWishes(
  ports: { db: Database; clock: Clock; matcher: Matcher; texts: WishTexts },
  {
    tenantId,
    cohortId,
    changes,
    locale,
  }: { tenantId: TenantId; cohortId: string; changes: readonly WishChange[]; locale: Locale },
): Promise<WishesReply> {
  const before = await inTenant(ports.db, tenantId, (tx) => loadWishes(tx, cohortId));
  const matched = await proposeMatches(ports, { tenantId, cohortId, changes });
  if ('rejected' in matched) {
    const text = await describeRejection(ports, { tenantId, rejected: matched.rejected, locale });
    return { outcome: 'refused', text };
  }
  const undo = changes.map(({ menteeId, mentorId }) => ({
    menteeId,
    mentorId,
    wish: before.find((row) => row.menteeId === menteeId && row.mentorId === mentorId)?.wish ?? null,
  }));
  return { outcome: 'changed', undo };
}
