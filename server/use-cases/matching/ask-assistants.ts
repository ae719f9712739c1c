import type { DoneText } from '../../contract/card-messages.ts';
import { assistantsOf } from '../../db/assistants.ts';
import { findCohort, loadBoth } from '../../db/cohorts.ts';
import { closeQuestion, dropMessage, queueMessage } from '../../db/messages.ts';
import type { PairRow, ProposalRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';

/** Under which subject the assistants' cards of a proposal are sent. */
export const assistantKey = (pairId: string, generation: number): string => `assist:${pairId}:${generation}`;

/**
 * Queues a card for each assistant of the executive (`only` one of them): times, names and the purpose of the program,
 * never goals or reasons (product.md, Who sees what). Returns how many were asked; 0: nobody can be.
 */
export async function askAssistants(
  tx: TenantTransaction,
  {
    tenant,
    pair,
    proposal,
    only,
    now,
  }: {
    tenant: Pick<TenantRow, 'tenantId' | 'salt'>;
    pair: PairRow;
    proposal: Pick<ProposalRow, 'generation' | 'offers' | 'answerBy'>;
    only?: PersonId;
    now: Instant;
  },
): Promise<number> {
  const assistants = (await assistantsOf(tx, pair.menteeId)).filter(
    ({ personId }) => only === undefined || personId === only,
  );
  const cohort = await findCohort(tx, pair.cohortId);
  if (assistants.length === 0 || !cohort) return 0;
  const people = await loadPeopleById(tx, [pair.menteeId, pair.mentorId]);
  const { mentee } = await loadBoth(tx, pair);
  for (const { personId } of assistants) {
    await queueMessage(tx, {
      tenantId: tenant.tenantId,
      salt: tenant.salt,
      personId,
      subjectKey: assistantKey(pair.pairId, proposal.generation),
      data: {
        kind: 'assistantProposal',
        pairId: pair.pairId,
        executiveName: people.get(pair.menteeId)?.displayName ?? '',
        partnerName: people.get(pair.mentorId)?.displayName ?? '',
        programName: cohort.programName,
        timeZone: mentee?.timeZone ?? 'UTC',
        offers: proposal.offers.map(({ weekday, time, timeZone, kind, dates }) => ({
          weekday,
          time,
          timeZone,
          kind,
          dates: dates.map((date) => ({ start: date.start, end: date.end, moved: date.isMoved })),
        })),
        everyWeeks: cohort.everyWeeks,
        everyMonths: cohort.everyMonths,
        sessions: cohort.sessions,
        minutes: cohort.minutes,
        answerBy: proposal.answerBy,
        isReminder: false,
        round: proposal.generation,
      },
      notBefore: now,
      now,
    });
  }
  return assistants.length;
}

/**
 * Shows `text` in place of all assistants' cards of a proposal; the card of `except` says `own`. A card that was never
 * delivered is taken back.
 */
export async function closeAssistantCards(
  tx: TenantTransaction,
  {
    tenant,
    subjectKey,
    text,
    except,
    now,
  }: {
    tenant: Pick<TenantRow, 'tenantId' | 'salt'>;
    subjectKey: string;
    text: DoneText;
    except?: { personId: PersonId; text: DoneText };
    now: Instant;
  },
): Promise<void> {
  const asked = await tx
    .selectFrom('messages')
    .select('personId')
    .where('subjectKey', '=', subjectKey)
    .orderBy('personId')
    .execute();
  for (const { personId } of asked) {
    await dropMessage(tx, personId, subjectKey);
    await closeQuestion(tx, {
      tenantId: tenant.tenantId,
      salt: tenant.salt,
      personId,
      subjectKey,
      data: { kind: 'done', text: personId === except?.personId ? except.text : text },
      now,
    });
  }
}
