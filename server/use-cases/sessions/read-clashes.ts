import type { Side } from '../../contract/vocabulary.ts';
import { loadParticipants } from '../../db/cohorts.ts';
import { loadPairs, type PairRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database } from '../../db/schema.ts';
import type { SeriesRow, SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId, WorkingHours } from '../../domain/people/person.ts';
import { isClashing } from '../../domain/sessions/is-clashing.ts';
import { hasAccepted, type Addresses, type SeenDate } from '../../domain/sessions/reconcile.ts';
import { MINUTE, plus, type Instant, type ZoneId } from '../../domain/time/instant.ts';
import { hoursOrAssumed, isWorkingTime } from '../../domain/time/working-days.ts';
import type { Availability, Calendar, Later } from '../../ports.ts';

/** A session as it stands in the organizer's calendar. */
export interface StandingSession {
  series: SeriesRow;
  session: SessionRow;
  seen: SeenDate;
  addresses: Addresses;
}

/** What the calendars of the two showed; a side that was not read says nothing. */
export interface Clashes {
  bySession: ReadonlyMap<string, readonly Side[]>;
  /** What each mailbox said of its owner's hours. */
  availability: ReadonlyMap<PersonId, Availability>;
}

/**
 * Reads by getSchedule what stands over the sessions in the calendars of both, of those sessions of which somebody is at
 * work now (`everybody`: of all). Sessions of whom one could not be read are left out, never taken as undisturbed.
 */
export async function readClashes(
  { db, calendar }: { db: Database; calendar: Calendar },
  tenantId: TenantId,
  through: PersonId,
  standing: readonly StandingSession[],
  { everybody, now }: { everybody: boolean; now: Instant },
): Promise<{ outcome: 'done'; value: Clashes } | Later> {
  const nothing = { outcome: 'done' as const, value: { bySession: new Map(), availability: new Map() } };
  const ahead = standing.filter(({ session }) => session.startsAt > now);
  if (ahead.length === 0) return nothing;
  const { pairs, people, hours } = await loadWho(db, tenantId, ahead);
  const isAtWork = (id: PersonId): boolean => {
    const known = hours.get(id);
    return known !== undefined && isWorkingTime(now, known.timeZone, hoursOrAssumed(known.workingHours));
  };
  const wanted = ahead.flatMap((one) => {
    const pair = pairs.get(one.session.pairId);
    return pair && (everybody || isAtWork(pair.menteeId) || isAtWork(pair.mentorId)) ? [{ ...one, pair }] : [];
  });
  const ids = [...new Set(wanted.flatMap(({ pair }) => [pair.menteeId, pair.mentorId]))].sort();
  const mailboxes = ids.flatMap((personId) => {
    const mail = people.get(personId)?.mail;
    return mail ? [{ personId, address: mail }] : [];
  });
  if (mailboxes.length === 0) return nothing;
  const to = plus(Math.max(...wanted.map(({ session }) => session.endsAt)) as Instant, MINUTE);
  const answer = await calendar.readBusy(tenantId, through, mailboxes, now, to, { apart: true });
  if (answer.outcome === 'later') return answer;
  if (answer.outcome === 'refused') return nothing;
  const bySession = new Map<string, readonly Side[]>();
  for (const one of wanted) {
    const sides = clashesOf(one, answer.value);
    if (sides) bySession.set(one.session.sessionId, sides);
  }
  return { outcome: 'done', value: { bySession, availability: answer.value } };
}

/** The sides in whose calendar something lies over the session; null when one of the two could not be read. */
function clashesOf(
  { pair, series, session, seen, addresses }: StandingSession & { pair: PairRow },
  availability: ReadonlyMap<PersonId, Availability>,
): Side[] | null {
  const clashing: Side[] = [];
  for (const side of ['mentee', 'mentor'] as const) {
    const personId = side === 'mentee' ? pair.menteeId : pair.mentorId;
    const found = availability.get(personId);
    if (!found?.readable) return null;
    const span = { start: session.startsAt, end: session.endsAt };
    const isAccepted = series.organizerId === personId || hasAccepted(seen, addresses, side);
    if (isClashing(found.busy, span, isAccepted)) clashing.push(side);
  }
  return clashing;
}

async function loadWho(db: Database, tenantId: TenantId, standing: readonly StandingSession[]) {
  return inTenant(db, tenantId, async (tx) => {
    const pairs = await loadPairs(tx, { pairIds: [...new Set(standing.map(({ session }) => session.pairId))] });
    const ids = [...new Set(pairs.flatMap((pair) => [pair.menteeId, pair.mentorId]))];
    const hours = new Map<PersonId, { timeZone: ZoneId; workingHours: WorkingHours | null }>();
    for (const row of ids.length === 0 ? [] : await loadParticipants(tx, { personIds: ids }))
      hours.set(row.personId, row);
    return {
      pairs: new Map(pairs.map((pair) => [pair.pairId, pair])),
      people: await loadPeopleById(tx, ids),
      hours,
    };
  });
}
