import type { NewTimeReason } from '../contract/card-messages.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import { anyOf, at, json, type TenantTransaction } from './schema.ts';

/** Other times that were offered for one session. */
export interface SessionOfferRow {
  sessionId: string;
  round: number;
  pairId: string;
  because: NewTimeReason;
  starts: Instant[];
  state: 'open' | 'answered' | 'skipped' | 'expired' | 'withdrawn';
  askedOf: PersonId;
  askedAt: Instant;
  answerBy: Instant;
  /** Which of the starts was taken. */
  chosen: number | null;
  answeredAt: Instant | null;
}

const offers = (tx: TenantTransaction) =>
  tx
    .selectFrom('sessionOffers')
    .select([
      'sessionId',
      'round',
      'pairId',
      'because',
      'starts',
      'state',
      'askedOf',
      'askedAt',
      'answerBy',
      'chosen',
      'answeredAt',
    ]);

type Stored = Awaited<ReturnType<ReturnType<typeof offers>['execute']>>[number];
const read = ({ starts, because, ...row }: Stored): SessionOfferRow => ({
  ...row,
  because: because as NewTimeReason,
  starts: starts as Instant[],
});

/** The newest offer of a session, held until the transaction ends when `lock` is set. */
export async function findOffer(
  tx: TenantTransaction,
  sessionId: string,
  { lock = false } = {},
): Promise<SessionOfferRow | undefined> {
  let query = offers(tx).where('sessionId', '=', sessionId).orderBy('round', 'desc').limit(1);
  if (lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  return row && read(row);
}

/** Open offers, of some pairs or all; `dueBy`: whose time to answer is over. By session. */
export async function loadOpenOffers(
  tx: TenantTransaction,
  filter: { pairIds?: readonly string[]; dueBy?: Instant } = {},
): Promise<SessionOfferRow[]> {
  if (filter.pairIds?.length === 0) return [];
  let query = offers(tx).where('state', '=', 'open').orderBy('sessionId').orderBy('round');
  if (filter.pairIds) query = query.where('pairId', '=', anyOf(filter.pairIds));
  if (filter.dueBy !== undefined) query = query.where('answerBy', '<=', at(filter.dueBy));
  return (await query.execute()).map(read);
}

/** The question when the first open offer runs out, as a part of another; null: none is open. */
export const selectOfferDue = (tx: TenantTransaction) =>
  tx
    .selectFrom('sessionOffers')
    .select((eb) => eb.fn.min<Instant | null>('answerBy').as('due'))
    .where('state', '=', 'open');

/** Stores a new offer in the session's next round, which it returns. An older one of the session must be closed before. */
export async function addOffer(
  tx: TenantTransaction,
  offer: Pick<SessionOfferRow, 'sessionId' | 'pairId' | 'because' | 'starts' | 'askedOf' | 'answerBy'> & {
    tenantId: TenantId;
    now: Instant;
  },
): Promise<SessionOfferRow> {
  const round = ((await findOffer(tx, offer.sessionId))?.round ?? 0) + 1;
  const { now, starts, answerBy, ...rest } = offer;
  await tx
    .insertInto('sessionOffers')
    .values({ ...rest, round, starts: json(starts), state: 'open', askedAt: at(now), answerBy: at(answerBy) })
    .execute();
  return { ...offer, round, state: 'open', askedAt: now, chosen: null, answeredAt: null };
}

/** Changes an offer that is still open; false when it is not. */
export async function changeOffer(
  tx: TenantTransaction,
  { sessionId, round }: Pick<SessionOfferRow, 'sessionId' | 'round'>,
  change: {
    state?: SessionOfferRow['state'];
    starts?: readonly Instant[];
    askedOf?: PersonId;
    answerBy?: Instant;
    chosen?: number;
    answeredBy?: PersonId;
    now: Instant;
  },
): Promise<boolean> {
  const { starts, answerBy, now, ...rest } = change;
  const done = await tx
    .updateTable('sessionOffers')
    .set({
      ...rest,
      ...(starts === undefined ? {} : { starts: json(starts) }),
      ...(answerBy === undefined ? {} : { answerBy: at(answerBy) }),
      ...(change.answeredBy === undefined ? {} : { answeredAt: at(now) }),
    })
    .where('sessionId', '=', sessionId)
    .where('round', '=', round)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
