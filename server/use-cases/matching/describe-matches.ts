import type { MatchReply } from '../../contract/administrator.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { MatchingResult, Unmatched } from '../../domain/matching/types.ts';
import type { TenantId } from '../../domain/people/person.ts';

/** Sentences on why somebody has no match; main wires them to the locales. */
export interface UnmatchedTexts {
  unmatched(reasons: Unmatched['reasons'], locale: Locale): string[];
}

/** A matching as the administrator reads it: numbers, and who has no match and why. */
export async function describeMatches(
  { db, texts }: { db: Database; texts: UnmatchedTexts },
  { tenantId, result, locale }: { tenantId: TenantId; result: MatchingResult; locale: Locale },
): Promise<MatchReply> {
  const names = await inTenant(db, tenantId, (tx) =>
    loadPeopleById(
      tx,
      result.unmatched.map((row) => row.personId),
    ),
  );
  return {
    pairs: result.pairs.length,
    seats: result.seats,
    worst: result.worst,
    total: result.total,
    blockingPairs: result.blockingPairs,
    unmatched: result.unmatched.map((row) => ({
      personId: row.personId,
      displayName: names.get(row.personId)?.displayName ?? '',
      reasons: texts.unmatched(row.reasons, locale),
    })),
  };
}
