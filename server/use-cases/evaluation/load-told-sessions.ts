import { at, anyOf, type TenantTransaction } from '../../db/schema.ts';
import { loadSessions, type SessionRow } from '../../db/sessions.ts';
import { lastClosedDay } from '../../domain/evaluation/closed-periods.ts';
import { heldFromAnswers } from '../../domain/sessions/feedback.ts';
import type { Instant } from '../../domain/time/instant.ts';

/**
 * Sessions of pairs as the administrator is told of them: whether one was held as the answers of closed days say. What
 * changes at once would tell when one of two people answered (reliability.md 87).
 */
export async function loadToldSessions(
  tx: TenantTransaction,
  pairIds: readonly string[],
  now: Instant,
): Promise<SessionRow[]> {
  const sessions = await loadSessions(tx, { pairIds });
  const today = lastClosedDay(now);
  const news = await presentAnswers(tx).where('feedback.givenAt', '>=', at(today)).execute();
  if (news.length === 0) return sessions;
  const isNews = new Set(news.map(({ sessionId }) => sessionId));
  const before = await presentAnswers(tx)
    .where('feedback.sessionId', '=', anyOf(isNews))
    .where('feedback.givenAt', '<', at(today))
    .execute();
  return sessions.map((session) => {
    if (!isNews.has(session.sessionId)) return session;
    const own = before.filter(({ sessionId }) => sessionId === session.sessionId);
    return { ...session, held: heldFromAnswers(own.map(({ tookPlace }) => tookPlace)) };
  });
}

/** About the date at which each session stands: what was said of another one before tells nothing of it. */
const presentAnswers = (tx: TenantTransaction) =>
  tx
    .selectFrom('feedback')
    .innerJoin('sessions', (join) =>
      join.onRef('sessions.sessionId', '=', 'feedback.sessionId').onRef('sessions.attempt', '=', 'feedback.attempt'),
    )
    .select(['feedback.sessionId', 'feedback.tookPlace']);
