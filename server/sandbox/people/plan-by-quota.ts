import { chance } from '../hash.ts';
import type { SessionAct } from './behavior-state.ts';

/** Shares of the sessions that somebody wants at another time, and that somebody takes away. */
export interface SessionRates {
  moved: number;
  cancelled: number;
}

/** A quiet company. */
export const CALM_RATES: SessionRates = { moved: 12 / 64, cancelled: 10 / 64 };

/** In the order in which shares are laid out; a share is split among its kinds, the first ones getting what is left over. */
const SESSION_ACTS: readonly [SessionAct, keyof SessionRates][] = [
  ['occurrenceDeclined', 'cancelled'],
  ['newTimeProposed', 'moved'],
  ['occurrenceDeleted', 'cancelled'],
  ['occurrenceMoved', 'moved'],
  ['occurrenceCancelled', 'cancelled'],
  ['outOfOfficeAdded', 'moved'],
  ['busyAdded', 'moved'],
];
/**
 * Shares that are exact in every block of so many sessions, and drawn only inside it, let each kind happen in every run
 * long enough, whatever the seed.
 */
const SESSION_BLOCK = 64;

function quotasOf(rates: SessionRates): [SessionAct, number][] {
  const shareOf = (act: SessionAct, part: keyof SessionRates): number => {
    const kinds = SESSION_ACTS.filter(([, other]) => other === part);
    const all = Math.round(SESSION_BLOCK * rates[part]);
    const place = kinds.findIndex(([kind]) => kind === act);
    return Math.floor(all / kinds.length) + (place < all % kinds.length ? 1 : 0);
  };
  return SESSION_ACTS.map(([act, part]) => [act, shareOf(act, part)]);
}

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
export function planSession(
  seed: number,
  cell: number,
  { rate, rates }: { rate: number; rates: SessionRates },
): SessionAct | null {
  return planByQuota(quotasOf(rates), { block: SESSION_BLOCK, cell, rate }, seed, 'session act');
}

/** How the invitation of the given number (two for each series) is answered. */
export function planInvitation(
  seed: number,
  cell: number,
  rate: number,
): 'accepted' | 'declined' | 'tentativelyAccepted' | 'ignored' {
  return planByQuota(INVITATION_QUOTAS, { block: INVITATION_BLOCK, cell, rate }, seed, 'invitation') ?? 'accepted';
}
