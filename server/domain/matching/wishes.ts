import type { PersonId } from '../people/person.ts';
import type { PinRefused } from './match-profiles.ts';

/** What the administrator wishes of two people: a pair, or never one. */
export type Wish = 'pinned' | 'forbidden';

/** Why a pin cannot be kept: a hard rule, nobody there who looks for somebody, or no seat left. */
export type PinProblem = PinRefused['rule'];

/** A wish that is set, or with null taken back. */
export interface WishChange {
  menteeId: PersonId;
  mentorId: PersonId;
  wish: Wish | null;
}
