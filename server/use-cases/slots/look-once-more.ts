import { findCohort, loadBoth } from '../../db/cohorts.ts';
import { findPair } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { ParticipantRow } from '../../db/cohorts.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { currentHours } from '../../domain/people/current-hours.ts';
import { isStillFree, type TimeSpan } from '../../domain/slots/is-still-free.ts';
import { isWithinHours } from '../../domain/slots/is-within-hours.ts';
import { MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Availability, Mailbox } from '../../ports.ts';
import { noteReach } from '../people/note-reach.ts';
import { parkTenant } from '../people/park-tenant.ts';
import { hoursKnown } from './hours-known.ts';
import type { WriteCalendarPorts, WriteWork } from './settle-write.ts';

/** How long a mailbox that could not be read is left alone before it is asked again. */
const ASK_AGAIN = 15 * MINUTE;
/** A pattern's broken dates were looked at with the series; so long after it that look still holds. */
export const LOOK_HOLDS = 5 * MINUTE;

/** `noCalendar`: somebody's cannot be read, though all others can. */
export type LookOutcome =
  { outcome: 'fits' } | { outcome: 'taken' } | { outcome: 'noCalendar' } | { outcome: 'later'; notBefore: Instant };

/** What is looked at for one write. */
interface Look {
  /** Where the write puts sessions. */
  dates: TimeSpan[];
  /** Where the pair's own session stands now: busy there is ours. */
  ours: TimeSpan[];
  /** A whole series also has to lie in the hours that both work by now. */
  needsHours: boolean;
  people: { mailbox: Mailbox; row: ParticipantRow | undefined }[];
  tentativeIsFree: boolean;
}

/**
 * Looks at all calendars once more, right before sessions are written (reliability.md F17, I7): one look for all
 * together (a getSchedule holds ten pairs), with exact edges. A calendar that cannot be read right now is `later`,
 * never free; of two writes that want the same time of one person the first gets it. Outcomes by write id; a write that
 * puts no session anywhere fits.
 */
export async function lookOnceMore(
  ports: WriteCalendarPorts,
  tenantId: TenantId,
  works: readonly WriteWork[],
): Promise<Map<string, LookOutcome>> {
  const { db, calendar, clock } = ports;
  const now = clock.now();
  const outcomes = new Map<string, LookOutcome>(works.map(({ write }) => [write.writeId, { outcome: 'fits' }]));
  const looking = works.filter((work) => needsLook(work, now));
  if (looking.length === 0) return outcomes;
  const looks = await inTenant(db, tenantId, async (tx) => {
    const found = new Map<string, Look>();
    for (const work of looking) found.set(work.write.writeId, await loadLook(tx, work));
    return found;
  });
  for (const [writeId, { dates }] of looks) {
    if (dates.length > 0 && dates.every(({ start }) => start > now)) continue;
    outcomes.set(writeId, { outcome: 'taken' });
    looks.delete(writeId);
  }
  if (looks.size === 0) return outcomes;
  const answer = await calendar.readBusy(
    tenantId,
    askThrough(looking),
    [
      ...new Map([...looks.values()].flatMap((look) => look.people).map((one) => [one.mailbox.personId, one.mailbox])),
    ].map(([, mailbox]) => mailbox),
    earliest(looks),
    latest(looks),
    { exact: true },
  );
  await noteReach(ports, looking[0]!.tenant, answer.outcome !== 'later', now);
  if (answer.outcome === 'refused' && answer.reason === 'signedOut') await parkTenant(ports, tenantId, answer, now);
  const held = new Map<PersonId, TimeSpan[]>();
  for (const [writeId, look] of looks) {
    if (answer.outcome !== 'done') {
      const notBefore = answer.outcome === 'later' ? answer.notBefore : plus(now, ASK_AGAIN);
      outcomes.set(writeId, { outcome: 'later', notBefore });
    } else outcomes.set(writeId, judge(look, answer.value, held, now));
  }
  return outcomes;
}

function needsLook({ write, series, session }: WriteWork, now: Instant): boolean {
  if (write.kind === 'create' || write.kind === 'createDate') return true;
  if (write.kind !== 'moveDate') return false;
  return !(session?.state === 'planned' && series.confirmedAt !== null && now - series.confirmedAt <= LOOK_HOLDS);
}

/** The one organizer, or the program mailbox where several are at work: its rights were used for the search, too. */
function askThrough(works: readonly WriteWork[]): PersonId {
  const [first] = works as [WriteWork];
  const { organizerId } = first.series;
  const isOne = works.every(({ series }) => series.organizerId === organizerId);
  return isOne ? organizerId : (first.tenant.programMailboxId ?? organizerId);
}

async function loadLook(tx: TenantTransaction, { write, series, session, sessions }: WriteWork): Promise<Look> {
  const pair = await findPair(tx, series.pairId);
  const found = await loadPeopleById(tx, pair ? [pair.mentorId, pair.menteeId] : []);
  const cohort = pair ? await findCohort(tx, pair.cohortId) : undefined;
  const both = pair ? await loadBoth(tx, pair) : { mentor: undefined, mentee: undefined };
  const { start, end } = write.data as { start?: Instant; end?: Instant };
  const isSeries = write.kind === 'create';
  return {
    dates: isSeries
      ? sessions.map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt }))
      : start === undefined || end === undefined
        ? []
        : [{ start, end }],
    ours: isSeries || !session ? [] : [standingAt(session)],
    needsHours: isSeries,
    people: [...found.values()].flatMap(({ personId, mail }) => {
      const row = [both.mentor, both.mentee].find((candidate) => candidate?.personId === personId);
      return mail === null ? [] : [{ mailbox: { personId, address: mail }, row }];
    }),
    tentativeIsFree: cohort?.tentativeIsFree ?? false,
  };
}

/** A date that is still to be moved away from the pattern stands where the pattern put it. */
function standingAt({ state, originalStart, startsAt, endsAt }: NonNullable<WriteWork['session']>): TimeSpan {
  return state === 'planned'
    ? { start: originalStart, end: plus(originalStart, endsAt - startsAt) }
    : { start: startsAt, end: endsAt };
}

function judge(
  look: Look,
  answer: ReadonlyMap<PersonId, Availability>,
  held: Map<PersonId, TimeSpan[]>,
  now: Instant,
): LookOutcome {
  const { dates, ours, tentativeIsFree } = look;
  for (const { mailbox, row } of look.people) {
    const availability = answer.get(mailbox.personId);
    if (!availability?.readable) return { outcome: 'noCalendar' };
    const taken = (held.get(mailbox.personId) ?? []).map((span) => ({ ...span, status: 'busy' as const }));
    if (!isStillFree(dates, availability.busy, { tentativeIsFree, ours })) return { outcome: 'taken' };
    if (!isStillFree(dates, taken, { tentativeIsFree })) return { outcome: 'taken' };
    if (!look.needsHours) continue;
    const { timeZone, workingHours } = currentHours(hoursKnown(row), availability, now);
    if (timeZone === null || !isWithinHours(dates, timeZone, workingHours)) return { outcome: 'taken' };
  }
  for (const { mailbox } of look.people) held.set(mailbox.personId, [...(held.get(mailbox.personId) ?? []), ...dates]);
  return { outcome: 'fits' };
}

const earliest = (looks: ReadonlyMap<string, Look>): Instant =>
  Math.min(...[...looks.values()].flatMap(({ dates }) => dates.map(({ start }) => start))) as Instant;

const latest = (looks: ReadonlyMap<string, Look>): Instant =>
  plus(Math.max(...[...looks.values()].flatMap(({ dates }) => dates.map(({ end }) => end))) as Instant, MINUTE);
