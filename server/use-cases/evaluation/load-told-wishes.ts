import { anyOf, at, type TenantTransaction } from '../../db/schema.ts';
import { lastClosedDay } from '../../domain/evaluation/closed-periods.ts';
import { FEEDBACK_OPEN_DAYS } from '../../domain/sessions/due-for-feedback.ts';
import { DAY, plus, type Instant } from '../../domain/time/instant.ts';

/**
 * Pairs of which the program team may know that one of the two would like another match: on the day after the form of that
 * session closed for both. Until then an answer can still be changed, and the moment in which the wish appeared or went
 * would point at who was asked, or answered, just then. Which of the two it is, or both, no query here tells.
 */
export async function loadToldWishes(
  tx: TenantTransaction,
  pairIds: readonly string[],
  now: Instant,
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('feedback')
    .innerJoin('sessions', 'sessions.sessionId', 'feedback.sessionId')
    .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
    .select(['pairs.pairId', 'feedback.personId', 'feedback.rightMatch'])
    .where('pairs.pairId', '=', anyOf(pairIds))
    .where('pairs.state', 'in', ['booked', 'suspended'])
    .where('feedback.rightMatch', 'is not', null)
    .where('sessions.endsAt', '<', at(plus(lastClosedDay(now), -FEEDBACK_OPEN_DAYS * DAY)))
    .orderBy('sessions.startsAt')
    .orderBy('sessions.sessionId')
    .orderBy('feedback.attempt')
    .execute();
  // What a person said last counts.
  const last = new Map(rows.map((row) => [`${row.pairId}:${row.personId}`, row]));
  return new Set([...last.values()].flatMap(({ pairId, rightMatch }) => (rightMatch === 'another' ? [pairId] : [])));
}
