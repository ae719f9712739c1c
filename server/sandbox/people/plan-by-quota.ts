import { chance } from '../hash.ts';
import type { SessionAct } from './behavior-state.ts';

/**
 * Sessions in 64: rates as a company has them, a little above for the rarest. Shares that are exact in every block of 64,
 * and drawn only inside it, let each kind happen in every run long enough, whatever the seed.
 */
const SESSION_QUOTAS: readonly [SessionAct, number][] = [
  ['occurrenceDeclined', 4],
  ['newTimeProposed', 3],
  ['occurrenceDeleted', 3],
  ['occurrenceMoved', 3],
  ['occurrenceCancelled', 3],
  ['outOfOfficeAdded', 3],
  ['busyAdded', 3],
];
const SESSION_BLOCK = 64;

/** Invitations in 16; all others are accepted. Declines of a whole series are rare, yet each run must show some. */
const INVITATION_QUOTAS: readonly ['declined' | 'tentativelyAccepted' | 'ignored', number][] = [
  ['declined', 2],
  ['tentativelyAccepted', 2],
  ['ignored', 2],
];
const INVITATION_BLOCK = 16;

/** What is due for one cell of a numbered row: each block of it holds every kind as often as its quota says. */
function planByQuota<Kind extends string>(
  quotas: readonly [Kind, number][],
  { block, cell, rate }: { block: number; cell: number; rate: number },
  ...parts: readonly (string | number)[]
): Kind | null {
  const number = Math.floor(cell / block);
  const own = chance(...parts, number, cell % block);
  let rank = 0;
  for (let i = 0; i < block; i++) if (chance(...parts, number, i) < own) rank++;
  for (const [kind, quota] of quotas) {
    const scaled = Math.round(quota * rate);
    if (rank < scaled) return kind;
    rank -= scaled;
  }
  return null;
}

/** What happens to the session of the given number (first sessions of all mentees first), or null: it goes as booked. */
export function planSession(seed: number, cell: number, rate: number): SessionAct | null {
  return planByQuota(SESSION_QUOTAS, { block: SESSION_BLOCK, cell, rate }, seed, 'session act');
}

/** How the invitation of the given number (two for each series) is answered. */
export function planInvitation(
  seed: number,
  cell: number,
  rate: number,
): 'accepted' | 'declined' | 'tentativelyAccepted' | 'ignored' {
  return planByQuota(INVITATION_QUOTAS, { block: INVITATION_BLOCK, cell, rate }, seed, 'invitation') ?? 'accepted';
}
