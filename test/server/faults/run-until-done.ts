import type { FaultStage } from './stage.ts';
import { SECOND } from './units.ts';

/** Waits for work that itself waits for virtual time; half an hour at most. */
export async function runUntilDone<T>(stage: FaultStage, work: Promise<T>): Promise<T> {
  let isOver = false;
  const end = (): void => void (isOver = true);
  work.then(end, end);
  for (let step = 0; !isOver && step < 90; step++) await stage.pass(20 * SECOND);
  return work;
}
