import { calendarReply, type CalendarReply } from '../../server/contract/running.ts';
import type { ApiClient } from './client.ts';

/** Where each pair of a cohort stands with its calendar. */
export function readCalendar(client: ApiClient, cohortId: string, signal?: AbortSignal): Promise<CalendarReply> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/calendar`;
  return client.send({ method: 'GET', path, reply: calendarReply, signal });
}
