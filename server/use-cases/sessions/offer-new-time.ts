import type { NewTimeReason } from '../../contract/card-messages.ts';
import type { Side } from '../../contract/vocabulary.ts';
import { assistantsOf } from '../../db/assistants.ts';
import { closeQuestion, queueMessage } from '../../db/messages.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { addOffer, changeOffer, findOffer, type SessionOfferRow } from '../../db/session-offers.ts';
import type { SessionRow } from '../../db/sessions.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { isStanding } from '../../domain/sessions/is-standing.ts';
import { freezesAt } from '../../domain/sessions/freeze.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { addWorkingDays } from '../../domain/time/working-days.ts';
import { partnerName, type CareContext } from './care-context.ts';
import type { DoneText } from '../../contract/card-messages.ts';

/** So long one side has to answer before the same offer goes to the other (product.md D4). */
export const ANSWER_WORKING_DAYS = 3;

export const newTimeKey = (offer: Pick<SessionOfferRow, 'sessionId' | 'round'>): string =>
  `newTime:${offer.sessionId}:${offer.round}`;

/**
 * Offers other times for a session: one row, one card to whoever answers for the executive, or for one that did not take
 * place to the one who said so (`askedOf`). An older offer of the session is taken back first. The session's state must be stored before: one that does not stand cannot stay as it is.
 */
export async function offerNewTime(
  tx: TenantTransaction,
  context: CareContext,
  session: SessionRow,
  {
    because,
    starts,
    askedOf = context.pair.menteeId,
    now,
  }: { because: NewTimeReason; starts: readonly Instant[]; askedOf?: PersonId; now: Instant },
): Promise<void> {
  await withdrawOffer(tx, context, session.sessionId, now);
  const { tenant, pair } = context;
  const offer = await addOffer(tx, {
    tenantId: tenant.tenantId,
    sessionId: session.sessionId,
    pairId: pair.pairId,
    because,
    starts: [...starts],
    askedOf,
    answerBy: answerBy(context, session, starts, askedOf === pair.mentorId ? 'mentor' : 'mentee', now),
    now,
  });
  await sendOffer(tx, context, session, offer, now);
}

/**
 * Three working days of the one who is asked, but not beyond the moment from which nothing could be changed; that there is
 * no time left for a session that is over may be read until then.
 */
export function answerBy(
  { mentee, mentor }: CareContext,
  session: SessionRow,
  starts: readonly Instant[],
  side: Side,
  now: Instant,
): Instant {
  const asked = side === 'mentee' ? mentee : mentor;
  const latest = addWorkingDays(now, ANSWER_WORKING_DAYS, asked.timeZone, asked.workingHours);
  const last = isStanding(session) ? session.startsAt : (Math.max(...starts, session.startsAt) as Instant);
  if (last <= now) return latest;
  const freeze = freezesAt(last, mentee.timeZone, mentee.workingHours);
  return Math.max(now, Math.min(latest, freeze)) as Instant;
}

/** The card of an offer, to everybody who may answer it now. */
export async function sendOffer(
  tx: TenantTransaction,
  context: CareContext,
  session: SessionRow,
  offer: SessionOfferRow,
  now: Instant,
): Promise<void> {
  const { tenant } = context;
  for (const { personId, forName } of await readersOf(tx, context, session, offer)) {
    await queueMessage(tx, {
      tenantId: tenant.tenantId,
      salt: tenant.salt,
      personId,
      subjectKey: newTimeKey(offer),
      data: newTimeMessage(context, session, offer, { personId, forName }),
      notBefore: now,
      now,
    });
  }
}

/** What an offer says to one reader. `isRefreshed`: the time they tapped was taken meanwhile. */
export function newTimeMessage(
  context: CareContext,
  session: SessionRow,
  offer: SessionOfferRow,
  { personId, forName, isRefreshed = false }: { personId: PersonId; forName: string | null; isRefreshed?: boolean },
) {
  const { pair } = context;
  return {
    kind: 'newTime' as const,
    sessionId: session.sessionId,
    round: offer.round,
    partnerName: partnerName(context, forName === null ? personId : pair.menteeId),
    forName,
    start: session.startsAt,
    because: offer.because,
    starts: offer.starts,
    answerBy: offer.answerBy,
    canKeep: isStanding(session),
    isRefreshed,
  };
}

/**
 * Who gets the card: nobody who has just asked for the times on a page, where they stand; the mentor once it went over; else the executive's assistants, or the executive where none can be
 * reached. Of a session that did not take place only the one who said so: what they answered is not for assistants.
 */
async function readersOf(
  tx: TenantTransaction,
  { pair, people }: CareContext,
  session: SessionRow,
  offer: SessionOfferRow,
): Promise<{ personId: PersonId; forName: string | null }[]> {
  if (offer.because === 'wished') return [];
  if (offer.askedOf === pair.mentorId || session.held === 'notHeld')
    return [{ personId: offer.askedOf, forName: null }];
  const assistants = (await assistantsOf(tx, pair.menteeId)).map(({ personId }) => personId);
  const reachable =
    assistants.length === 0
      ? []
      : await tx
          .selectFrom('conversations')
          .select('personId')
          .where('personId', 'in', assistants)
          .where('blockedAt', 'is', null)
          .where('stoppedAt', 'is', null)
          .orderBy('personId')
          .execute();
  if (reachable.length === 0) return [{ personId: pair.menteeId, forName: null }];
  const forName = people.get(pair.menteeId)?.displayName ?? '';
  return reachable.map(({ personId }) => ({ personId, forName }));
}

/** Replaces every card of an offer, whoever got one. */
export async function closeOfferCards(
  tx: TenantTransaction,
  { tenant }: Pick<CareContext, 'tenant'>,
  offer: Pick<SessionOfferRow, 'sessionId' | 'round'>,
  textOf: (personId: PersonId) => DoneText,
  now: Instant,
): Promise<void> {
  const subjectKey = newTimeKey(offer);
  const cards = await tx
    .selectFrom('messages')
    .select('personId')
    .where('subjectKey', '=', subjectKey)
    .where('kind', '=', 'newTime')
    .orderBy('personId')
    .execute();
  for (const { personId } of cards) {
    const data = { kind: 'done' as const, text: textOf(personId) };
    await closeQuestion(tx, { tenantId: tenant.tenantId, salt: tenant.salt, personId, subjectKey, data, now });
  }
}

/** Takes an open offer back: what stood against the session is over, or a person settled it. */
export async function withdrawOffer(
  tx: TenantTransaction,
  context: Pick<CareContext, 'tenant'>,
  sessionId: string,
  now: Instant,
  text: DoneText = 'newTimeElsewhere',
): Promise<void> {
  const offer = await findOffer(tx, sessionId, { lock: true });
  if (!offer || !(await changeOffer(tx, offer, { state: 'withdrawn', now }))) return;
  await closeOfferCards(tx, context, offer, () => text, now);
}
