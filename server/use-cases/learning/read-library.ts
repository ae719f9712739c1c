import type { LibraryGuideReply, LibraryReply } from '../../contract/training.ts';
import type { Locale, Topic } from '../../contract/vocabulary.ts';
import { findCohort, loadParticipants } from '../../db/cohorts.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { Identity } from '../people/load-caller.ts';
import type { GuideTexts } from '../sessions/read-session.ts';
import { checkLearner } from './check-learner.ts';
import type { LearningTexts } from './learning-texts.ts';

/** All guides in a line each, to look ahead. Throws `forbidden` for who takes no part in a program. */
export async function listGuides(
  { db, texts }: { db: Database; texts: LearningTexts },
  caller: Identity & { locale: Locale },
): Promise<LibraryReply> {
  await checkLearner(db, caller);
  return {
    guides: texts
      .library(caller.locale)
      .map(({ topic, title, belief, takeaway }) => ({ topic, title, belief, takeaway })),
  };
}

/** One guide, for sessions as long as those of the caller's newest cohort. Throws `forbidden` as the list does. */
export async function readGuide(
  { db, texts }: { db: Database; texts: GuideTexts },
  { topic, ...caller }: Identity & { locale: Locale; topic: Topic },
): Promise<LibraryGuideReply> {
  await checkLearner(db, caller);
  const minutes = await inTenant(db, caller.tenantId, async (tx) => {
    const rows = await loadParticipants(tx, { personId: caller.personId });
    const cohorts = await Promise.all(
      rows.filter(({ state }) => state !== 'nominated' && state !== 'left').map((row) => findCohort(tx, row.cohortId)),
    );
    const newest = cohorts.filter((cohort) => cohort !== undefined).sort((a, b) => (a.startsOn < b.startsOn ? 1 : -1));
    return newest[0]?.minutes;
  });
  return { guide: texts.guide(topic, caller.locale, minutes) };
}
