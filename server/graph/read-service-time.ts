import type { Instant } from '../domain/time/instant.ts';

const DEADLINE_MILLISECONDS = 10_000;

/** The time that a service tells in the Date header of its answer, whatever the answer is; null when it tells none. */
export async function readServiceTime(url: string): Promise<Instant | null> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(DEADLINE_MILLISECONDS) });
    await answer.body?.cancel();
    const time = Date.parse(answer.headers.get('date') ?? '');
    return Number.isNaN(time) ? null : (time as Instant);
  } catch {
    return null;
  }
}
