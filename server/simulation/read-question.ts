import { createHash } from 'node:crypto';
import { readCard } from '../sandbox/people/read-card.ts';

/** What a card wants to know, as its buttons say it. */
export interface Question {
  /** Of the first button; empty without one. */
  verb: string;
  sessionId: string | null;
  /** Which offer of other times it is, and how many there are to choose from. */
  round: number | null;
  times: number;
  /** Two cards with the same words and buttons have the same. */
  print: string;
}

/** Reads what an Adaptive Card asks. */
export function readQuestion(card: Record<string, unknown>): Question {
  const { actions } = readCard(card);
  const all = actions.map(({ action }) => (action.data ?? {}) as Record<string, unknown>);
  const first = all.find(({ sessionId }) => typeof sessionId === 'string');
  return {
    verb: actions[0]?.verb ?? '',
    sessionId: first ? String(first.sessionId) : null,
    round: typeof first?.round === 'number' ? first.round : null,
    times: all.filter(({ answer }) => answer === 'take').length,
    print: createHash('sha1').update(JSON.stringify(card)).digest('base64url'),
  };
}
