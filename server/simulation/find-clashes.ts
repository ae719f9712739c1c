import { DAY, MINUTE, plus, type Instant, type ZoneId } from '../domain/time/instant.ts';
import { addWorkingDays, isWorkingTime, nextWorkingMorning, ASSUMED_HOURS } from '../domain/time/working-days.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Clash } from './audit-care.ts';
import type { Records } from './records.ts';

/** Sessions of the next days are looked after every quarter of an hour; twice that leaves room for one slow round. */
const ROUND = 30 * MINUTE;
const NEAR = 14 * DAY;

/**
 * What people have put over sessions of ours that are to come, with the moment by which a round must have seen it. Left
 * out: what stood there before the session, sessions further away than the rounds reach, and those that were frozen by then.
 */
export function findClashes(
  sandbox: Sandbox,
  { sessions, pairs, series }: Pick<Records, 'sessions' | 'pairs' | 'series'>,
): (Clash & { dueBy: Instant })[] {
  const { exchange, people, clock } = sandbox.world;
  const now = clock.now() as Instant;
  const putAt = new Map<string, number>();
  for (const write of exchange.writes())
    if (write.kind === 'create' && write.by === `person:${write.ownerId}`) putAt.set(write.eventId, write.at);
  const found: (Clash & { dueBy: Instant })[] = [];
  for (const session of sessions) {
    if (session.state !== 'booked' || session.startsAt <= now || session.startsAt > now + NEAR) continue;
    const pair = pairs.find(({ pairId }) => pairId === session.pairId);
    const zone = series.find(({ seriesId }) => seriesId === session.seriesId)?.timeZone;
    for (const personId of pair && zone ? [pair.menteeId, pair.mentorId] : []) {
      const person = people.get(personId);
      if (!person?.accountEnabled) continue;
      for (const item of exchange.view(personId, session.startsAt, session.endsAt)) {
        const since = putAt.get(item.eventId);
        if (since === undefined || (item.showAs !== 'busy' && item.showAs !== 'oof')) continue;
        const dueBy = seenBy(Math.max(since, session.changedAt) as Instant, person.mailbox.zone as ZoneId);
        const frozenFrom = addWorkingDays(session.startsAt, -1, zone!, null);
        if (dueBy < frozenFrom && session.startsAt - dueBy < NEAR)
          found.push({ sessionId: session.sessionId, personId: personId, since: since as Instant, dueBy });
      }
    }
  }
  return found;
}

/** A round within working hours, or the first one of the next working morning. */
function seenBy(since: Instant, zone: ZoneId): Instant {
  const soon = plus(since, ROUND);
  const isAtWork = isWorkingTime(since, zone, ASSUMED_HOURS) && isWorkingTime(soon, zone, ASSUMED_HOURS);
  return isAtWork ? soon : plus(nextWorkingMorning(soon, zone), ROUND);
}
