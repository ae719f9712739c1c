import type { PairState } from '../contract/vocabulary.ts';
import { stateAfter, statesBefore, type PairAct } from '../domain/matching/pair.ts';
import type { MatchReason } from '../domain/matching/reasons.ts';
import type { ScoreParts } from '../domain/matching/settings.ts';
import type { PersonId } from '../domain/people/person.ts';
import type { Addresses } from '../domain/sessions/reconcile.ts';
import type { SlotOffer } from '../domain/slots/types.ts';
import type { Instant } from '../domain/time/instant.ts';
import { anyOf, at, atOrNull, type TenantTransaction } from './schema.ts';

export interface PairRow {
  pairId: string;
  cohortId: string;
  mentorId: PersonId;
  menteeId: PersonId;
  generation: number;
  state: PairState;
  score: number;
  parts: ScoreParts;
  reasons: MatchReason[];
  stateSince: Instant;
  dueAt: Instant | null;
  remindedAt: Instant | null;
  slotSearches: number;
  /** What the executive said last; `askAssistant`: their assistants may answer (product.md D5). */
  answer: string | null;
  /** Version of the agreement to which each side said yes; null: not yet, or before versions were kept. */
  mentorAgreement: number | null;
  menteeAgreement: number | null;
}

const COLUMNS = [
  'pairId',
  'cohortId',
  'mentorId',
  'menteeId',
  'generation',
  'state',
  'score',
  'parts',
  'reasons',
  'stateSince',
  'dueAt',
  'remindedAt',
  'slotSearches',
  'answer',
  'mentorAgreement',
  'menteeAgreement',
] as const;

/** Pairs by any of the given properties, in a stable order. */
export async function loadPairs(
  tx: TenantTransaction,
  filter: {
    cohortId?: string;
    pairIds?: readonly string[];
    personId?: PersonId;
    /** Pairs of any of these people. */
    personIds?: readonly PersonId[];
    states?: readonly PairState[];
    dueBy?: Instant;
  } = {},
): Promise<PairRow[]> {
  let query = tx.selectFrom('pairs').select(COLUMNS).orderBy('cohortId').orderBy('menteeId').orderBy('mentorId');
  if (filter.cohortId !== undefined) query = query.where('cohortId', '=', filter.cohortId);
  if (filter.pairIds?.length === 0) return [];
  if (filter.pairIds !== undefined) query = query.where('pairId', '=', anyOf(filter.pairIds));
  if (filter.states !== undefined) query = query.where('state', 'in', [...filter.states]);
  if (filter.dueBy !== undefined) query = query.where('dueAt', '<=', at(filter.dueBy));
  const personIds = filter.personId === undefined ? filter.personIds : [filter.personId];
  if (personIds !== undefined)
    query = query.where((eb) => eb.or([eb('mentorId', '=', anyOf(personIds)), eb('menteeId', '=', anyOf(personIds))]));
  return query.execute();
}

/** The two of a pair, and where their invitations go. */
export interface Two extends Pick<PairRow, 'mentorId' | 'menteeId'> {
  addresses: Addresses;
}

/** The two of each of the given pairs. */
export async function loadTwos(tx: TenantTransaction, pairIds: Iterable<string>): Promise<Map<string, Two>> {
  const rows = await tx
    .selectFrom('pairs')
    .leftJoin('people as mentors', 'mentors.personId', 'pairs.mentorId')
    .leftJoin('people as mentees', 'mentees.personId', 'pairs.menteeId')
    .select(['pairs.pairId', 'pairs.mentorId', 'pairs.menteeId', 'mentors.mail as mentor', 'mentees.mail as mentee'])
    .select(['mentors.formerMail as formerMentor', 'mentees.formerMail as formerMentee'])
    .where('pairs.pairId', '=', anyOf(pairIds))
    .execute();
  return new Map(
    rows.map(({ pairId, mentorId, menteeId, mentor, mentee, formerMentor, formerMentee }) => {
      const former = { mentor: formerMentor, mentee: formerMentee };
      return [pairId, { mentorId, menteeId, addresses: { mentor, mentee, former } }];
    }),
  );
}

/** One pair, or undefined; `lock` holds it until the transaction ends. */
export async function findPair(tx: TenantTransaction, pairId: string, lock = false): Promise<PairRow | undefined> {
  let query = tx.selectFrom('pairs').select(COLUMNS).where('pairId', '=', pairId);
  if (lock) query = query.forUpdate();
  return query.executeTakeFirst();
}

/** Moves a pair on by an act; false when it was not in one of the states from which the act may come. */
export async function movePair(
  tx: TenantTransaction,
  pairId: string,
  act: PairAct,
  change: {
    now: Instant;
    dueAt?: Instant | null;
    answer?: string;
    agreedAt?: Instant;
    slotSearches?: number;
    generation?: number;
    mentorAgreement?: number;
    menteeAgreement?: number;
  },
): Promise<boolean> {
  const { now, dueAt, agreedAt, ...rest } = change;
  const result = await tx
    .updateTable('pairs')
    .set({
      ...rest,
      state: stateAfter(act),
      stateSince: at(now),
      dueAt: atOrNull(dueAt ?? null),
      remindedAt: null,
      ...(agreedAt === undefined ? {} : { agreedAt: at(agreedAt) }),
    })
    .where('pairId', '=', pairId)
    .where('state', 'in', [...statesBefore(act)])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface ProposalRow {
  pairId: string;
  generation: number;
  offers: SlotOffer[];
  state: 'open' | 'answered' | 'expired' | 'superseded';
  chosen: number | null;
  offeredAt: Instant;
  answerBy: Instant;
}

/** The newest proposal of each of the given pairs. */
export async function loadProposals(
  tx: TenantTransaction,
  pairIds: readonly string[],
): Promise<Map<string, ProposalRow>> {
  if (pairIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('proposals')
    .select(['pairId', 'generation', 'offers', 'state', 'chosen', 'offeredAt', 'answerBy'])
    .where('pairId', '=', anyOf(pairIds))
    .orderBy('generation')
    .execute();
  return new Map(rows.map((row) => [row.pairId, row]));
}
