import type { AgreementReply } from '../../contract/training.ts';
import type { Locale, Side } from '../../contract/vocabulary.ts';
import { findCohort } from '../../db/cohorts.ts';
import { findPair } from '../../db/pairs.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { can } from '../../domain/access.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { PageTexts } from '../evaluation/build-home.ts';
import type { SeriesShape } from '../people/describe-assisting.ts';
import type { AgreementVersion } from './answer-mentor.ts';

/** The agreement in words; main wires it to the content files. */
export type AgreementTexts = AgreementVersion &
  Pick<PageTexts, 'agreement'> & {
    expectations(side: Side, series: SeriesShape, locale: Locale, version?: number): string[];
  };

/** A pair is nobody's yet while it is only proposed, and an executive knows it from their question on. */
const NOT_YET: Record<Side, readonly string[]> = {
  mentor: ['proposed'],
  mentee: ['proposed', 'mentorAsked', 'mentorAgreed', 'mentorDeclined', 'noSlot'],
};

/**
 * What one of the two of a pair agreed to, in the version of then; before their yes, what they are asked to agree to.
 * Throws `notFound` for anybody else, and while they do not know of the pair.
 */
export async function readAgreement(
  { db, texts }: { db: Database; texts: AgreementTexts },
  { tenantId, personId, pairId, locale }: { tenantId: TenantId; personId: PersonId; pairId: string; locale: Locale },
): Promise<AgreementReply> {
  return inTenant(db, tenantId, async (tx) => {
    const pair = await findPair(tx, pairId);
    const people = pair
      ? [
          { personId: pair.mentorId, side: 'mentor' as const },
          { personId: pair.menteeId, side: 'mentee' as const },
        ]
      : [];
    if (!pair || !can({ tenantId, personId, roles: [] }, 'seePair', { tenantId, people }))
      throw new AppError('notFound');
    const side: Side = pair.mentorId === personId ? 'mentor' : 'mentee';
    const cohort = await findCohort(tx, pair.cohortId);
    const accepted = side === 'mentor' ? pair.mentorAgreement : pair.menteeAgreement;
    if (!cohort || (accepted === null && NOT_YET[side].includes(pair.state))) throw new AppError('notFound');
    const version = accepted ?? texts.agreementVersion;
    return {
      version,
      paragraphs: texts.agreement(cohort, locale, version),
      expectations: texts.expectations(side, cohort, locale, version),
    };
  });
}
