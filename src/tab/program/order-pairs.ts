import type { OverviewReply } from '../../../server/contract/administrator.ts';

type Row = OverviewReply['pairs'][number];
type Pair = Pick<Row, 'state' | 'nextSession'> & Partial<Pick<Row, 'wantsAnotherMatch'>>;

/** Whether a pair does not go on, or not as it wishes, without the administrator. */
export function needsAdministrator({ state, wantsAnotherMatch = false }: Pair): boolean {
  return state === 'waiting' || state === 'noSlot' || wantsAnotherMatch;
}

/** First what needs the administrator, then what is under way by its next session, at last what is over. */
function rankOf(pair: Pair): number {
  if (needsAdministrator(pair)) return 0;
  if (pair.state === 'suspended' || pair.state === 'closed') return 3;
  return pair.nextSession === null ? 2 : 1;
}

/** The pairs in the order in which an administrator wants to read them; those alike keep their order. */
export function orderPairs<P extends Pair>(pairs: readonly P[]): P[] {
  return pairs.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.nextSession ?? '').localeCompare(b.nextSession ?? ''));
}
