import { DAY, type Instant } from '../domain/time/instant.ts';
import type { Calendar } from '../ports.ts';
import { guid, MAILBOX_HEADERS, query } from './paths.ts';
import { calendar } from './replies.ts';
import type { GraphClient } from './types.ts';

/** Licenses change seldom, and a wrong answer costs no more than a link. */
const KEEP_FOR = DAY;

/** Asks a calendar whether it makes Teams meetings, at most once a day; see `Calendar.allowsOnlineMeetings`. */
export function createOnlineCheck(
  of: (tenantId: Parameters<Calendar['allowsOnlineMeetings']>[0]) => GraphClient,
): Calendar['allowsOnlineMeetings'] {
  const known = new Map<string, { at: Instant; isAllowed: boolean }>();
  return async (tenantId, organizerId) => {
    const client = of(tenantId);
    const key = `${tenantId} ${guid(organizerId, 'organizerId')}`;
    const kept = known.get(key);
    if (kept && client.now() - kept.at < KEEP_FOR) return { outcome: 'done', value: kept.isAllowed };
    const path = `/users/${guid(organizerId, 'organizerId')}/calendar${query({ $select: 'allowedOnlineMeetingProviders' })}`;
    const answer = await client.read({ method: 'GET', path, headers: MAILBOX_HEADERS, reply: calendar });
    if (answer.outcome !== 'done') return answer;
    const isAllowed = answer.value.allowedOnlineMeetingProviders?.includes('teamsForBusiness') ?? false;
    known.set(key, { at: client.now(), isAllowed });
    return { outcome: 'done', value: isAllowed };
  };
}
