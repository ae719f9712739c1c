import type { PublishPreviewReply } from '../../contract/matching-review.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { findCohort, loadParticipants } from '../../db/cohorts.ts';
import { loadPairs } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { anyOf, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';

/**
 * The dry run of askMentors: which mentors would be asked, in which language, and about which executives. Nothing is
 * written to anybody. Throws `notFound`.
 */
export async function previewPublishing(
  { db }: { db: Database },
  { tenantId, cohortId }: { tenantId: TenantId; cohortId: string },
): Promise<PublishPreviewReply> {
  return inTenant(db, tenantId, async (tx) => {
    if (!(await findCohort(tx, cohortId))) throw new AppError('notFound');
    const pairs = await loadPairs(tx, { cohortId, states: ['proposed'] });
    const mentorIds = [...new Set(pairs.map(({ mentorId }) => mentorId))];
    const people = await loadPeopleById(tx, [...mentorIds, ...pairs.map(({ menteeId }) => menteeId)]);
    const rows = await loadParticipants(tx, { cohortId, personIds: mentorIds, side: 'mentor' });
    const locales = new Map<PersonId, Locale>(rows.map(({ personId, locale }) => [personId, locale]));
    const chats = await tx
      .selectFrom('conversations')
      .select('personId')
      .where('personId', '=', anyOf(mentorIds))
      .where('blockedAt', 'is', null)
      .where('stoppedAt', 'is', null)
      .execute();
    const reachable = new Set(chats.map(({ personId }) => personId));
    const nameOf = (id: PersonId): string => people.get(id)?.displayName ?? '';
    return {
      mentors: mentorIds
        // As askMentors does: who is no participant any more is not asked.
        .filter((id) => locales.has(id))
        .map((id) => ({
          displayName: nameOf(id),
          locale: locales.get(id)!,
          mentees: pairs.filter(({ mentorId }) => mentorId === id).map(({ menteeId }) => nameOf(menteeId)),
          isReachable: reachable.has(id),
        }))
        .sort((a, b) => (a.displayName < b.displayName ? -1 : a.displayName > b.displayName ? 1 : 0)),
    };
  });
}
