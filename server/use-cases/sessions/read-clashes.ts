import type { Side } from '../../contract/vocabulary.ts';
import { loadParticipants } from '../../db/cohorts.ts';
import { loadPairs, type PairRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database } from '../../db/schema.ts';
import type { SeriesRow, SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { Person, PersonId, TenantId, WorkingHours } from '../../domain/people/person.ts';
import { isClashing } from '../../domain/sessions/is-clashing.ts';
import { hasAccepted, type Addresses, type SeenDate } from '../../domain/sessions/reconcile.ts';
import { DAY, MINUTE, plus, type Instant, type ZoneId } from '../../domain/time/instant.ts';
import { hoursOrAssumed, isWorkingTime } from '../../domain/time/working-days.ts';
import type { Availability, Calendar } from '../../ports.ts';
import { lookKey, readCopies, type OwnLook } from './read-copies.ts';

/** A session as it stands in the organizer's calendar. */
export interface StandingSession {
  series: SeriesRow;
  session: SessionRow;
  seen: SeenDate;
  addresses: Addresses;
}

/** What the calendars of the two showed; a side that was not read says nothing. */
export interface Clashes {
  /** Sides with something blocking over the session, of sessions of which both calendars could be read. */
  bySession: ReadonlyMap<string, readonly Side[]>;
  /** With full rights: each side's own copy, by `lookKey`; null: none near the session. */
  copies: ReadonlyMap<string, OwnLook['copy']>;
  /** What each mailbox said of its owner's hours. */
  availability: ReadonlyMap<PersonId, Availability>;
}

/** Whose sessions are looked at: of people at work now, of everybody, or of these. */
export type Whose = 'atWork' | 'everybody' | ReadonlySet<PersonId>;

type Wanted = StandingSession & { pair: PairRow };
export const NO_CLASHES: Clashes = { bySession: new Map(), copies: new Map(), availability: new Map() };

/**
 * Reads what stands over the sessions in the calendars of both: with full rights in their own calendars, else, and where
 * those may not be read, by getSchedule. Sessions of whom one could not be read are left out, never taken as undisturbed.
 */
export async function readClashes(
  ports: { db: Database; calendar: Calendar },
  tenantId: TenantId,
  through: PersonId,
  standing: readonly StandingSession[],
  { whose, rights, now }: { whose: Whose; rights: 'basic' | 'full'; now: Instant },
): Promise<Clashes | { notBefore: Instant }> {
  const ahead = standing.filter(({ session }) => session.startsAt > now);
  if (ahead.length === 0) return NO_CLASHES;
  const who = await loadWho(ports.db, tenantId, ahead);
  const wanted = ahead.flatMap((one): Wanted[] => {
    const pair = who.pairs.get(one.session.pairId);
    return pair && [pair.menteeId, pair.mentorId].some((id) => isMeant(whose, who.hours.get(id), id, now))
      ? [{ ...one, pair }]
      : [];
  });
  if (wanted.length === 0) return NO_CLASHES;
  const looks = rights === 'full' ? await readCopies(ports.calendar, tenantId, wanted) : new Map<string, OwnLook>();
  if ('notBefore' in looks) return looks;
  // Their hours come with free and busy alone, so once a day everybody is asked for those too.
  const isMissing = ({ session }: Wanted, side: Side): boolean => !looks.has(lookKey(session.sessionId, side));
  const ids = wanted.flatMap((one) => [
    ...(whose === 'everybody' || isMissing(one, 'mentee') ? [one.pair.menteeId] : []),
    ...(whose === 'everybody' || isMissing(one, 'mentor') ? [one.pair.mentorId] : []),
  ]);
  const availability = await readAvailability(ports.calendar, tenantId, { through, ids, people: who.people }, wanted);
  if ('notBefore' in availability) return availability;
  const bySession = new Map<string, readonly Side[]>();
  for (const one of wanted) {
    const sides = clashesOf(one, looks, availability);
    if (sides) bySession.set(one.session.sessionId, sides);
  }
  return { bySession, copies: new Map([...looks].map(([key, { copy }]) => [key, copy])), availability };
}

type Hours = { timeZone: ZoneId; workingHours: WorkingHours | null };

function isMeant(whose: Whose, hours: Hours | undefined, id: PersonId, now: Instant): boolean {
  if (whose === 'everybody') return true;
  if (whose !== 'atWork') return whose.has(id);
  return hours !== undefined && isWorkingTime(now, hours.timeZone, hoursOrAssumed(hours.workingHours));
}

async function readAvailability(
  calendar: Calendar,
  tenantId: TenantId,
  { through, ids, people }: { through: PersonId; ids: readonly PersonId[]; people: ReadonlyMap<PersonId, Person> },
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<PersonId, Availability> | { notBefore: Instant }> {
  const mailboxes = [...new Set(ids)].sort().flatMap((personId) => {
    const mail = people.get(personId)?.mail;
    return mail ? [{ personId, address: mail }] : [];
  });
  if (mailboxes.length === 0) return new Map();
  const from = Math.min(...wanted.map(({ session }) => session.startsAt)) as Instant;
  const to = plus(Math.max(...wanted.map(({ session }) => session.endsAt)) as Instant, MINUTE);
  const answer = await calendar.readBusy(tenantId, through, mailboxes, from, to, {
    apart: true,
    only: daysOf(wanted),
  });
  if (answer.outcome === 'later') return { notBefore: answer.notBefore };
  return answer.outcome === 'done' ? answer.value : new Map();
}

/** Day by day the span of its sessions, of their people: what lies between is nobody's business, and much to read. */
function daysOf(wanted: readonly Wanted[]): { from: Instant; to: Instant; people: Set<PersonId> }[] {
  const days = new Map<number, { from: Instant; to: Instant; people: Set<PersonId> }>();
  for (const { session, pair } of wanted) {
    const { startsAt, endsAt } = session;
    const day = Math.floor(startsAt / DAY);
    const span = days.get(day) ?? { from: startsAt, to: endsAt, people: new Set<PersonId>() };
    span.from = Math.min(span.from, startsAt) as Instant;
    span.to = Math.max(span.to, endsAt) as Instant;
    span.people.add(pair.menteeId).add(pair.mentorId);
    days.set(day, span);
  }
  return [...days.values()];
}

/** The sides in whose calendar something lies over the session; null when one of the two could not be read. */
function clashesOf(
  { pair, series, session, seen, addresses }: Wanted,
  looks: ReadonlyMap<string, OwnLook>,
  availability: ReadonlyMap<PersonId, Availability>,
): Side[] | null {
  const clashing: Side[] = [];
  for (const side of ['mentee', 'mentor'] as const) {
    const personId = side === 'mentee' ? pair.menteeId : pair.mentorId;
    const look = looks.get(lookKey(session.sessionId, side));
    const found = availability.get(personId);
    if (!look && !found?.readable) return null;
    const span = { start: session.startsAt, end: session.endsAt };
    const isAccepted = series.organizerId === personId || hasAccepted(seen, addresses, side);
    const isOver = look ? look.isClashing : found?.readable === true && isClashing(found.busy, span, isAccepted);
    if (isOver) clashing.push(side);
  }
  return clashing;
}

async function loadWho(db: Database, tenantId: TenantId, standing: readonly StandingSession[]) {
  return inTenant(db, tenantId, async (tx) => {
    const pairs = await loadPairs(tx, { pairIds: [...new Set(standing.map(({ session }) => session.pairId))] });
    const ids = [...new Set(pairs.flatMap((pair) => [pair.menteeId, pair.mentorId]))];
    const hours = new Map<PersonId, Hours>();
    for (const row of ids.length === 0 ? [] : await loadParticipants(tx, { personIds: ids }))
      hours.set(row.personId, row);
    return {
      pairs: new Map(pairs.map((pair) => [pair.pairId, pair])),
      people: await loadPeopleById(tx, ids),
      hours,
    };
  });
}
