import { assistantsOf, endAssistant } from '../../db/assistants.ts';
import { closeQuestion, dropMessage, queueMessage } from '../../db/messages.ts';
import { loadPairs, loadProposals, type PairRow } from '../../db/pairs.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { loadProposalCard } from '../matching/describe-proposal.ts';
import { proposalKey } from '../matching/make-proposal.ts';

/**
 * Takes back that somebody answers for the caller. At once they may see and answer nothing more, and their open cards are
 * replaced. Where nobody is left whom the executive asked, the question is the executive's again. Removing the same
 * person twice is the same as once. Throws `notFound` for somebody whom the caller never named.
 */
export async function removeAssistant(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  { tenantId, personId, assistantId }: { tenantId: TenantId; personId: PersonId; assistantId: PersonId },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const row = await tx
      .selectFrom('assistants')
      .select('removedAt')
      .where('menteeId', '=', personId)
      .where('assistantId', '=', assistantId)
      .executeTakeFirst();
    if (!row) throw new AppError('notFound');
    // The pairs before the assistants, as an answer takes them: of two at once one waits for the other.
    const pairs = (await loadPairs(tx, { personId })).filter((pair) => pair.menteeId === personId);
    for (const { pairId } of pairs)
      await tx.selectFrom('pairs').select('pairId').where('pairId', '=', pairId).forUpdate().execute();
    if (!(await endAssistant(tx, personId, assistantId, now))) return;
    const tenant = await loadTenant(tx);
    await closeCards(tx, { tenant, pairs, assistantId, now });
    await forgetInstallation(tx, assistantId);
    if ((await assistantsOf(tx, personId)).length === 0) await giveBack(tx, { tenant, menteeId: personId, now });
  });
  jobs.wake('sendMessages');
}

/** Everything that was asked of the assistant about these pairs and their sessions: its subject names one of their ids. */
async function closeCards(
  tx: TenantTransaction,
  {
    tenant,
    pairs,
    assistantId,
    now,
  }: { tenant: TenantRow; pairs: readonly PairRow[]; assistantId: PersonId; now: Instant },
): Promise<void> {
  const pairIds = pairs.map((pair) => pair.pairId);
  const sessions = await loadSessions(tx, { pairIds });
  const ids = new Set([...pairIds, ...sessions.map((session) => session.sessionId)]);
  const cards = await tx
    .selectFrom('messages')
    .select('subjectKey')
    .where('personId', '=', assistantId)
    .where('kind', '!=', 'done')
    .orderBy('subjectKey')
    .execute();
  for (const { subjectKey } of cards) {
    if (!subjectKey.split(':').some((part) => ids.has(part))) continue;
    await dropMessage(tx, assistantId, subjectKey);
    await closeQuestion(tx, {
      tenantId: tenant.tenantId,
      salt: tenant.salt,
      personId: assistantId,
      subjectKey,
      data: { kind: 'done', text: 'noLongerNeeded' },
      now,
    });
  }
}

/** An app that was not installed yet, and that nobody else needs there, stays away. */
async function forgetInstallation(tx: TenantTransaction, assistantId: PersonId): Promise<void> {
  await tx
    .deleteFrom('installations')
    .where('personId', '=', assistantId)
    .where('state', '=', 'planned')
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('participants').select('personId').where('personId', '=', assistantId))),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('assistants')
            .select('assistantId')
            .where('assistantId', '=', assistantId)
            .where('removedAt', 'is', null),
        ),
      ),
    )
    .execute();
}

async function giveBack(
  tx: TenantTransaction,
  { tenant, menteeId, now }: { tenant: TenantRow; menteeId: PersonId; now: Instant },
): Promise<void> {
  const { tenantId, salt } = tenant;
  const pairs = await loadPairs(tx, { personId: menteeId, states: ['menteeAsked', 'mentorAgreed'] });
  for (const pair of pairs) {
    if (pair.menteeId !== menteeId || pair.answer !== 'askAssistant') continue;
    await tx.updateTable('pairs').set({ answer: null }).where('pairId', '=', pair.pairId).execute();
    const proposal = (await loadProposals(tx, [pair.pairId])).get(pair.pairId);
    if (proposal?.state !== 'open') continue;
    const data = await loadProposalCard(tx, pair, proposal);
    if (!data) continue;
    const subjectKey = proposalKey(pair.pairId, proposal.generation);
    await queueMessage(tx, { tenantId, salt, personId: menteeId, subjectKey, data, notBefore: now, now });
  }
}
