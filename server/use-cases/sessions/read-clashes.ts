import type { Side } from '../../contract/vocabulary.ts';
import type { Hours } from '../../db/cohorts.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { isClashing } from '../../domain/sessions/is-clashing.ts';
import { hasAccepted } from '../../domain/sessions/reconcile.ts';
import { DAY, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import { hoursOrAssumed, isWorkingTime } from '../../domain/time/working-days.ts';
import type { Availability, Calendar } from '../../ports.ts';
import type { StandingSession } from './match-dates.ts';
import { lookKey, readCopies, type OwnLook } from './read-copies.ts';

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

export const NO_CLASHES: Clashes = { bySession: new Map(), copies: new Map(), availability: new Map() };

/**
 * Reads what stands over the sessions in the calendars of both: with full rights in their own calendars, else, and where
 * those may not be read, by getSchedule. Sessions of whom one could not be read are left out, never taken as undisturbed.
 */
export async function readClashes(
  calendar: Calendar,
  tenantId: TenantId,
  through: PersonId,
  standing: readonly StandingSession[],
  {
    whose,
    rights,
    hours,
    now,
  }: { whose: Whose; rights: 'basic' | 'full'; hours: ReadonlyMap<PersonId, Hours>; now: Instant },
): Promise<Clashes | { notBefore: Instant }> {
  const wanted = standing.filter(
    ({ session, pair }) =>
      session.startsAt > now && [pair.menteeId, pair.mentorId].some((id) => isMeant(whose, hours.get(id), id, now)),
  );
  if (wanted.length === 0) return NO_CLASHES;
  const looks = rights === 'full' ? await readCopies(calendar, tenantId, wanted) : new Map<string, OwnLook>();
  if ('notBefore' in looks) return looks;
  // Their hours come with free and busy alone, so once a day everybody is asked for those too.
  const isMissing = ({ session }: StandingSession, side: Side): boolean => !looks.has(lookKey(session.sessionId, side));
  const mails = new Map<PersonId, string>();
  for (const one of wanted)
    for (const side of ['mentee', 'mentor'] as const) {
      const mail = one.pair.addresses[side];
      if (mail && (whose === 'everybody' || isMissing(one, side)))
        mails.set(side === 'mentee' ? one.pair.menteeId : one.pair.mentorId, mail);
    }
  const availability = await readAvailability(calendar, tenantId, through, mails, wanted);
  if ('notBefore' in availability) return availability;
  const bySession = new Map<string, readonly Side[]>();
  for (const one of wanted) {
    const sides = clashesOf(one, looks, availability);
    if (sides) bySession.set(one.session.sessionId, sides);
  }
  return { bySession, copies: new Map([...looks].map(([key, { copy }]) => [key, copy])), availability };
}

function isMeant(whose: Whose, hours: Hours | undefined, id: PersonId, now: Instant): boolean {
  if (whose === 'everybody') return true;
  if (whose !== 'atWork') return whose.has(id);
  return hours !== undefined && isWorkingTime(now, hours.timeZone, hoursOrAssumed(hours.workingHours));
}

async function readAvailability(
  calendar: Calendar,
  tenantId: TenantId,
  through: PersonId,
  mails: ReadonlyMap<PersonId, string>,
  wanted: readonly StandingSession[],
): Promise<ReadonlyMap<PersonId, Availability> | { notBefore: Instant }> {
  const mailboxes = [...mails.keys()].sort().map((personId) => ({ personId, address: mails.get(personId)! }));
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
function daysOf(wanted: readonly StandingSession[]): { from: Instant; to: Instant; people: Set<PersonId> }[] {
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
  { pair, series, session, seen }: StandingSession,
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
    const isAccepted = series.organizerId === personId || hasAccepted(seen, pair.addresses, side);
    const isOver = look ? look.isClashing : found?.readable === true && isClashing(found.busy, span, isAccepted);
    if (isOver) clashing.push(side);
  }
  return clashing;
}
