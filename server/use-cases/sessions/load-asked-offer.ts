import type { NewTimeAnswer } from '../../contract/vocabulary.ts';
import { assistantsOf } from '../../db/assistants.ts';
import { findPair } from '../../db/pairs.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { findOffer, type SessionOfferRow } from '../../db/session-offers.ts';
import { findSeries, loadSessions, type SessionRow } from '../../db/sessions.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { isFrozen } from '../../domain/sessions/freeze.ts';
import { isStanding } from '../../domain/sessions/is-standing.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { AppError, badInput } from '../../errors.ts';
import { loadCareContext, type CareContext } from './care-context.ts';

export interface NewTimeInput {
  tenantId: TenantId;
  personId: PersonId;
  sessionId: string;
  round: number;
  answer: NewTimeAnswer;
  /** The time that is taken, for `take`. */
  start?: Instant;
}

/** An open offer, and what is known of its session. */
export interface AskedOffer {
  context: CareContext;
  session: SessionRow;
  offer: SessionOfferRow;
}

const DONE = { take: 'taken', keep: 'kept', skip: 'skipped' } as const;

/**
 * The open offer that is answered, held until the transaction ends; what was answered the same way before is done. Throws
 * `notFound` for whom it does not concern, `closed` when it is past answering, `badInput` for an answer that was not offered.
 */
export async function loadAskedOffer(
  tx: TenantTransaction,
  { personId, sessionId, round, answer, start }: NewTimeInput,
  now: Instant,
): Promise<AskedOffer | { outcome: 'taken' | 'kept' | 'skipped' }> {
  const session = await loadForAnswer(tx, sessionId);
  const offer = session && (await findOffer(tx, sessionId, { lock: true }));
  const series = session && (await findSeries(tx, session.seriesId));
  const context = series && (await loadCareContext(tx, await loadTenant(tx), series));
  if (!session || !offer || !context || !(await mayAnswer(tx, context, session, offer, personId)))
    throw new AppError('notFound');
  if (offer.round !== round) throw new AppError('closed', { reason: 'answeredElsewhere' });
  if (offer.state !== 'open') {
    if (isSameAgain(offer, answer, start)) return { outcome: DONE[answer] };
    throw new AppError('closed', { reason: 'answeredElsewhere' });
  }
  const { timeZone, workingHours } = context.mentee;
  // A session that stands is left alone from its freeze on; Outlook remains.
  if (isStanding(session) && answer !== 'keep' && isFrozen(session.startsAt, now, timeZone, workingHours))
    throw new AppError('closed', { reason: 'tooLate' });
  if (answer === 'keep' && !isStanding(session)) throw badInput('answer', 'this session does not stand any more');
  if (answer === 'take' && (start === undefined || !offer.starts.includes(start)))
    throw badInput('start', 'this time was not offered');
  return { context, session, offer };
}

/**
 * Of a session that did not take place the answer may be changed at the same moment, which locks the pair: only then is it
 * known which came first.
 */
async function loadForAnswer(tx: TenantTransaction, sessionId: string): Promise<SessionRow | undefined> {
  const [session] = await loadSessions(tx, { sessionIds: [sessionId] });
  if (session?.held !== 'notHeld') return session;
  await findPair(tx, session.pairId, true);
  return (await loadSessions(tx, { sessionIds: [sessionId] }))[0];
}

/**
 * The executive and who answers for them; the mentor once the offer went over. Of a session that did not take place only the
 * one who was asked.
 */
async function mayAnswer(
  tx: TenantTransaction,
  { pair }: CareContext,
  session: SessionRow,
  offer: SessionOfferRow,
  personId: PersonId,
): Promise<boolean> {
  if (session.held === 'notHeld') return offer.askedOf === personId;
  if (personId === pair.mentorId) return offer.askedOf === pair.mentorId;
  // What the mentor wished for is the mentor's to choose.
  if (offer.because === 'wished' && offer.askedOf === pair.mentorId) return false;
  if (personId === pair.menteeId) return true;
  return (await assistantsOf(tx, pair.menteeId)).some((assistant) => assistant.personId === personId);
}

/** The answer that was given before, once more: a second click or a repeated delivery. */
function isSameAgain(offer: SessionOfferRow, answer: NewTimeAnswer, start: Instant | undefined): boolean {
  if (answer === 'skip') return offer.state === 'skipped';
  if (offer.state !== 'answered') return false;
  return answer === 'keep' ? offer.chosen === null : offer.chosen !== null && offer.starts[offer.chosen] === start;
}
