import { assistantsOf } from '../../db/assistants.ts';
import { loadParticipants } from '../../db/cohorts.ts';
import { loadPairs, loadProposals, movePair, type PairRow } from '../../db/pairs.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { CardMessage } from '../../contract/card-messages.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { DAY, plus, type Instant, type ZoneId } from '../../domain/time/instant.ts';
import { answerDeadlines, judgeDeadline } from '../../domain/matching/deadlines.ts';
import { nextWorkingMorning } from '../../domain/time/working-days.ts';
import { queueMessage } from '../../db/messages.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { INVITATION_DAYS } from '../people/invite-participants.ts';
import { assistantKey, closeAssistantCards } from './ask-assistants.ts';
import { proposalKey } from './make-proposal.ts';

/**
 * Reminds once and lets questions run out: silence is never consent, so an unanswered match goes to the administrator
 * (product.md C4). Participants who never said whether they join are reminded on the first working morning of the second
 * half of their time, and then left in peace. Returns when to run next, or null.
 */
export async function remindAndExpire(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const now = clock.now();
  const { changed, next } = await inTenant(db, tenantId, async (tx) => {
    const { salt } = await loadTenant(tx);
    const due = await loadPairs(tx, { states: ['mentorAsked', 'menteeAsked'], dueBy: now });
    for (const pair of due) {
      const side = pair.state === 'mentorAsked' ? 'mentor' : 'mentee';
      const reader = side === 'mentor' ? pair.mentorId : pair.menteeId;
      const [row] = await loadParticipants(tx, { cohortId: pair.cohortId, personId: reader, side });
      const deadlines = answerDeadlines(pair.stateSince, row?.timeZone ?? ('UTC' as ZoneId), row?.workingHours);
      const { act } = judgeDeadline({ remindedAt: pair.remindedAt, ...deadlines }, now);
      if (act === 'remind') {
        await remindPair(tx, { tenantId, salt, pair, reader, expiresAt: deadlines.expiresAt, now });
      } else if (act === 'expire') {
        await tx
          .updateTable('proposals')
          .set({ state: 'expired' })
          .where('pairId', '=', pair.pairId)
          .where('state', '=', 'open')
          .execute();
        await closeCardsOfAssistants(tx, { tenantId, salt, pair, now });
        await movePair(tx, pair.pairId, 'expire', { now });
        await addToRunLog(tx, tenantId, {
          at: now,
          kind: 'waitingForAdministrator',
          cohortId: pair.cohortId,
          subjectId: pair.pairId,
        });
      }
    }
    const invited = await remindInvited(tx, tenantId, salt, now);
    const asked = await loadPairs(tx, { states: ['mentorAsked', 'menteeAsked'] });
    return {
      changed: due.length + invited.reminded,
      next: earliest([...asked.map((pair) => pair.dueAt), invited.next], now),
    };
  });
  if (changed > 0) {
    jobs.wake('sendMessages');
    jobs.wake('advanceCohorts');
  }
  return next;
}

/** The first of the instants that are still to come. */
function earliest(instants: readonly (Instant | null)[], now: Instant): Instant | null {
  const ahead = instants.filter((at): at is Instant => at !== null && at > now);
  return ahead.length === 0 ? null : (Math.min(...ahead) as Instant);
}

async function remindPair(
  tx: TenantTransaction,
  {
    tenantId,
    salt,
    pair,
    reader,
    expiresAt,
    now,
  }: { tenantId: TenantId; salt: string; pair: PairRow; reader: PersonId; expiresAt: Instant; now: Instant },
): Promise<void> {
  const proposal = (await loadProposals(tx, [pair.pairId])).get(pair.pairId);
  const subjectKey =
    pair.state === 'mentorAsked' || !proposal ? `match:${pair.pairId}` : proposalKey(pair.pairId, proposal.generation);
  await tx
    .updateTable('pairs')
    .set({ remindedAt: at(now), dueAt: at(expiresAt) })
    .where('pairId', '=', pair.pairId)
    .execute();
  if (proposal && pair.answer === 'askAssistant') {
    const assistants = await assistantsOf(tx, pair.menteeId);
    for (const { personId } of assistants)
      await remind(tx, {
        tenantId,
        salt,
        reader: personId,
        subjectKey: assistantKey(pair.pairId, proposal.generation),
        now,
      });
    if (assistants.length > 0) return;
  }
  await remind(tx, { tenantId, salt, reader, subjectKey, now });
}

/** What ran out needs no answer of an assistant any more. */
async function closeCardsOfAssistants(
  tx: TenantTransaction,
  { tenantId, salt, pair, now }: { tenantId: TenantId; salt: string; pair: PairRow; now: Instant },
): Promise<void> {
  const proposal = (await loadProposals(tx, [pair.pairId])).get(pair.pairId);
  if (!proposal) return;
  await closeAssistantCards(tx, {
    tenant: { tenantId, salt },
    subjectKey: assistantKey(pair.pairId, proposal.generation),
    text: 'noLongerNeeded',
    now,
  });
}

/** Reminds those who were invited half the time ago and said nothing: how many, and when the next one's turn is. */
async function remindInvited(
  tx: TenantTransaction,
  tenantId: TenantId,
  salt: string,
  now: Instant,
): Promise<{ reminded: number; next: Instant | null }> {
  const waiting = await loadParticipants(tx, { states: ['invited'] });
  const dues: Instant[] = [];
  let reminded = 0;
  for (const row of waiting) {
    if (row.preparedAt === null || row.remindedAt !== null || row.dueAt === null) continue;
    const halfWay = plus(row.dueAt, -(INVITATION_DAYS / 2) * DAY);
    const remindAt = nextWorkingMorning(halfWay, row.timeZone, row.workingHours);
    if (now < remindAt) {
      dues.push(remindAt);
      continue;
    }
    await tx
      .updateTable('participants')
      .set({ remindedAt: at(now) })
      .where('cohortId', '=', row.cohortId)
      .where('personId', '=', row.personId)
      .where('side', '=', row.side)
      .execute();
    await remind(tx, { tenantId, salt, reader: row.personId, subjectKey: `ask:${row.cohortId}:${row.side}`, now });
    reminded++;
  }
  return { reminded, next: earliest(dues, now) };
}

/** Shows the question again as a reminder; a card that was never delivered is left as it is. */
async function remind(
  tx: TenantTransaction,
  {
    tenantId,
    salt,
    reader,
    subjectKey,
    now,
  }: { tenantId: TenantId; salt: string; reader: PersonId; subjectKey: string; now: Instant },
): Promise<void> {
  const sent = await tx
    .selectFrom('messages')
    .select(['data', 'state', 'activityId'])
    .where('personId', '=', reader)
    .where('subjectKey', '=', subjectKey)
    .executeTakeFirst();
  if (!sent || sent.state !== 'sent' || !('isReminder' in sent.data)) return;
  const data: CardMessage = { ...sent.data, isReminder: true };
  // A reminder is a message of its own, since a replaced card notifies nobody; the first card stays answerable.
  await queueMessage(tx, {
    tenantId,
    salt,
    personId: reader,
    subjectKey: `${subjectKey}:reminder`,
    data,
    notBefore: now,
    now,
  });
}
