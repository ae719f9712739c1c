import type { TFunction } from 'i18next';
import type { SessionView } from '../../server/contract/http.ts';

/** The one word for where a session stands: what became of it once it is over, else its state in the calendars. */
export function sessionStatus(t: TFunction, session: Pick<SessionView, 'state' | 'held'>): string {
  return session.held === 'open' ? t(`session.states.${session.state}`) : t(`session.held.${session.held}`);
}

/** Whether a session still lies ahead and stands in the calendars. */
export function isAhead(session: Pick<SessionView, 'state' | 'held' | 'end'>, now: string): boolean {
  return session.state === 'booked' && session.held === 'open' && session.end > now;
}
