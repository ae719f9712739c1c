import type { OwnPairState } from '../../contract/own-data.ts';
import type { PairState, Side } from '../../contract/vocabulary.ts';

/**
 * What one of the two may know of how far their pair has come; null: they were never asked about it, and are not told that
 * it was thought of. An executive never learns of a mentor's no, and nobody what the other one answered (product.md, Who
 * sees what). `isOffered`: the executive has seen a proposal; `isAgreed`: both have said yes.
 *
 * ownPairState('mentee', 'mentorDeclined', { isOffered: false, isAgreed: false }) // => null
 * ownPairState('mentor', 'menteeDeclined', { isOffered: true, isAgreed: false }) // => 'answered'
 */
export function ownPairState(
  side: Side,
  state: PairState,
  { isOffered, isAgreed }: { isOffered: boolean; isAgreed: boolean },
): OwnPairState | null {
  const isMentor = side === 'mentor';
  switch (state) {
    case 'proposed':
      return null;
    case 'mentorAsked':
      return isMentor ? 'asked' : null;
    case 'mentorDeclined':
      return isMentor ? 'declined' : null;
    case 'mentorAgreed':
    case 'noSlot':
      return isMentor || isOffered ? 'answered' : null;
    case 'menteeAsked':
      return isMentor ? 'answered' : 'asked';
    case 'menteeDeclined':
      return isMentor ? 'answered' : 'declined';
    case 'waiting':
      if (isOffered) return isMentor ? 'answered' : 'asked';
      return isMentor ? 'asked' : null;
    case 'closed':
      return isAgreed ? 'closed' : null;
    case 'agreed':
    case 'booked':
    case 'suspended':
      return state;
  }
}
