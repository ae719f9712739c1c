/** A step of an agenda. */
interface Step {
  minutes: number;
  text: string;
}

/** Where a session stands: the step that goes on, and how much is left of it; `index` behind the last once time is over. */
export interface AgendaPoint {
  index: number;
  secondsLeft: number;
}

/**
 * Which step of an agenda goes on after so many seconds.
 *
 * agendaPoint([{ minutes: 5, text: 'a' }, { minutes: 10, text: 'b' }], 301) // => { index: 1, secondsLeft: 599 }
 */
export function agendaPoint(agenda: readonly Step[], seconds: number): AgendaPoint {
  let end = 0;
  for (const [index, { minutes }] of agenda.entries()) {
    end += minutes * 60;
    if (seconds < end) return { index, secondsLeft: end - seconds };
  }
  return { index: agenda.length, secondsLeft: 0 };
}

/** Minutes and seconds as a clock shows them. clockOf(65) // => '1:05' */
export const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
