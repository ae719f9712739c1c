import { guid } from '../../hash.ts';
import { GraphRefusal } from '../refusal.ts';

/** Where a client stands in a delta query; everything it asked for at first is kept in here. */
export interface DeltaPosition {
  /** Mark of the journal at which this round began (and its delta link goes on from). */
  mark: number;
  /** Mark since which changes are told; null: a full round. */
  since: number | null;
  /** Id of the last person given, within a round. */
  after: string | null;
  /** Names in `$select`; null: the standard ones. */
  select: string[] | null;
  /** Ids in `$filter`; null: everybody. */
  ids: string[] | null;
  issuedAt: number;
  /** The page before this one was empty; no two are in a row. */
  paused: boolean;
}

/** Directory tokens hold for seven days. */
export const DELTA_TOKEN_LIFE = 7 * 86_400_000;

/** An opaque token for a place in a delta query. */
export function writeDeltaToken(position: DeltaPosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * Reads it back. Refuses an unreadable one (400 `syncStateInvalid`) and an old one: 410 with a `Location` that starts
 * anew, under either of the two codes that Graph uses.
 */
export function readDeltaToken(token: string, now: number, base: string): DeltaPosition {
  let position: DeltaPosition;
  try {
    position = JSON.parse(Buffer.from(token, 'base64url').toString()) as DeltaPosition;
    if (typeof position.mark !== 'number' || typeof position.issuedAt !== 'number') throw new Error('not a position');
  } catch {
    throw new GraphRefusal(400, 'syncStateInvalid', 'The sync state generation is invalid.');
  }
  if (now - position.issuedAt > DELTA_TOKEN_LIFE) {
    const select = position.select === null ? '' : `$select=${encodeURIComponent(position.select.join(','))}&`;
    const code = guid('gone', token) < '8' ? 'syncStateNotFound' : 'resyncRequired';
    const message =
      'The sync state generation is not found; it is expired or unavailable. Please perform a full synchronization.';
    throw new GraphRefusal(410, code, message, { Location: `${base}/users/delta?${select}$deltatoken=` });
  }
  return position;
}
