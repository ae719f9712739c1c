import type { Instant } from '../time/instant.ts';

/** An action and the number of the session in which it was agreed. */
interface Agreed {
  number: number;
  createdAt: Instant;
  doneAt: Instant | null;
}

/**
 * Which actions stand on a session's page: those agreed in it or in the one before, and older ones that are open, or were done
 * since the session before began. `previous`: start of the session before; null for the first.
 *
 * actionsOf([{ number: 1, createdAt, doneAt: null }], { number: 3, previous }) // => the same action
 */
export const actionsOf = <Action extends Agreed>(
  actions: readonly Action[],
  { number, previous }: { number: number; previous: Instant | null },
): Action[] =>
  actions.filter(
    (action) =>
      action.number <= number &&
      (number - action.number <= 1 || action.doneAt === null || previous === null || action.doneAt >= previous),
  );
