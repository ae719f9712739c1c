import type { HeldState, SessionState } from '../../contract/vocabulary.ts';

/**
 * Whether a session stands at its date: not one that was lost, nor one of which somebody says that it did not take place
 * then. Only what stands may be left as it is; in the place of the rest another date may be put.
 * isStanding({ state: 'booked', held: 'notHeld' }) // => false
 */
export const isStanding = ({ state, held }: { state: SessionState; held: HeldState }): boolean =>
  state === 'booked' && held !== 'notHeld';
