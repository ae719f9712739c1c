import type { ReadResult, WriteResult } from '../../ports.ts';

/** One line of the check. `skipped`: could not be looked at because of an earlier problem. */
export interface Finding {
  /** What was looked at; words of the check's own, never data. */
  name: string;
  state: 'ok' | 'problem' | 'skipped';
  /** What was found. Never names, addresses or calendar texts. */
  found: string;
  /** What to do about it; null where nothing is. */
  todo: string | null;
}

export const ok = (name: string, found: string): Finding => ({ name, state: 'ok', found, todo: null });
export const problem = (name: string, found: string, todo: string): Finding => ({
  name,
  state: 'problem',
  found,
  todo,
});
export const skipped = (name: string, found: string): Finding => ({ name, state: 'skipped', found, todo: null });

/** How a call that did not succeed ended, in a few words. */
export function describeResult(
  result: Exclude<ReadResult<unknown> | WriteResult<unknown>, { outcome: 'done' }>,
): string {
  return result.outcome === 'refused' ? `refused with ${result.status} ${result.code}` : `no answer (${result.code})`;
}
