import type { OverviewReply } from '../../../server/contract/administrator.ts';

type Pair = Pick<OverviewReply['pairs'][number], 'state' | 'nextSession'>;

/** Whether a pair does not go on without the administrator. */
export function needsAdministrator({ state }: Pair): boolean {
  return state === 'waiting' || state === 'noSlot';
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
