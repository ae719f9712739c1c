import type { WishChangeBody } from '../../../server/contract/matching-review.ts';
import type { NamedPair } from './select-pairs.ts';

/** What the administrator is about to wish. */
export type Plan =
  | { kind: 'pin' | 'forbid' | 'clear'; menteeId: string; mentorId: string; menteeName: string; mentorName: string }
  /** Another mentor for somebody; `current` null: they have none now. */
  | { kind: 'other'; menteeId: string; menteeName: string; current: NamedPair | null };

const wishOf = (menteeId: string, mentorId: string, wish: WishChangeBody['wish']): WishChangeBody => ({
  menteeId,
  mentorId,
  wish,
});

/** The changes of a plan without a choice. */
export const changesOf = ({ kind, menteeId, mentorId }: Exclude<Plan, { kind: 'other' }>): WishChangeBody[] => [
  wishOf(menteeId, mentorId, kind === 'pin' ? 'pinned' : kind === 'forbid' ? 'forbidden' : null),
];

/**
 * The changes that give somebody the chosen mentor. The present pair stays no pin, since its mentee may have no second
 * place; `swap`: the pair of the chosen mentor whose mentee gets the present mentor in return.
 */
export function changesForMentor(
  { menteeId, current }: Extract<Plan, { kind: 'other' }>,
  mentorId: string,
  swap: NamedPair | null,
): WishChangeBody[] {
  const changes = [wishOf(menteeId, mentorId, 'pinned')];
  if (current?.isPinned) changes.push(wishOf(menteeId, current.mentorId, null));
  if (!swap || !current) return changes;
  changes.push(wishOf(swap.menteeId, current.mentorId, 'pinned'));
  if (swap.isPinned) changes.push(wishOf(swap.menteeId, mentorId, null));
  return changes;
}
