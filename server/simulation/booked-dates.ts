import type { CalendarWrite } from '../sandbox/world.ts';
import type { Records } from './records.ts';
import { seriesOfTag, type Truth } from './truth.ts';

/** One date of ours in the calendars, from its booking on, as the writes to the mailboxes tell it. */
export interface BookedDate {
  iCalUId: string;
  masterId: string;
  /** Null: no session of the database stands for it. A session that did not take place may have another date later. */
  sessionId: string | null;
  mentorId: string;
  menteeId: string;
  /** Where it was put, and when; the last one is where it stands, or stood. */
  places: { at: number; start: number; end: number; by: string }[];
  /** When it left the organizer's calendar; null: it did not. */
  goneAt: number | null;
  /** What the two did to their own copies and answers, in order. */
  acts: PersonsAct[];
}

/**
 * `copyMoved`: somebody moved the own copy alone. `start`: where the person wants it, for a request. `isOfSeries`: it was
 * about all dates at once.
 */
export interface PersonsAct {
  at: number;
  personId: string;
  kind: 'declined' | 'answered' | 'proposed' | 'removed' | 'copyMoved';
  start?: number;
  isOfSeries: boolean;
}

/** Every date that ever stood in the program mailbox for a pair, with all that people and we did to it. */
export function readBookedDates({ writes, tagged, programMailboxId }: Truth, records: Records): BookedDate[] {
  const owners = readOwners({ tagged }, records);
  const dates = new Map<string, BookedDate>();
  const ofMaster = new Map<string, BookedDate[]>();
  /** iCalUIds of series, which their masters carry, to the ids of the masters. */
  const masters = new Map<string, string>();
  const find = ({ iCalUId }: CalendarWrite): readonly BookedDate[] => {
    const one = dates.get(iCalUId);
    return one ? [one] : (ofMaster.get(masters.get(iCalUId) ?? '') ?? []);
  };
  for (const write of writes) {
    const owner = owners.get(write.masterId);
    if (write.ownerId !== programMailboxId) {
      if (write.kind !== 'create') for (const date of find(write)) noteAct(date, write);
      continue;
    }
    if (!owner) continue;
    if (write.eventId === write.masterId) masters.set(write.iCalUId, write.masterId);
    for (const { iCalUId, start, end } of write.placed) {
      const known = dates.get(iCalUId);
      const place = { at: write.at, start, end, by: write.by };
      if (known) known.places.push(place);
      else {
        const { masterId } = write;
        const { mentorId, menteeId } = owner;
        const whose = { iCalUId, masterId, sessionId: owner.sessionAt(start), mentorId, menteeId };
        const date: BookedDate = { ...whose, places: [place], goneAt: null, acts: [] };
        dates.set(iCalUId, date);
        ofMaster.set(masterId, [...(ofMaster.get(masterId) ?? []), date]);
      }
    }
    const removed = (write.removed ?? []).flatMap((iCalUId) => dates.get(iCalUId) ?? []);
    for (const date of write.kind === 'cancel' || write.kind === 'delete' ? find(write) : removed)
      date.goneAt ??= write.at;
  }
  return [...dates.values()];
}

function noteAct(date: BookedDate, write: CalendarWrite): void {
  const { at, by, ownerId: personId, kind, response, placed } = write;
  if (personId !== date.mentorId && personId !== date.menteeId) return;
  const isOfSeries = write.iCalUId !== date.iCalUId;
  const note = (what: PersonsAct['kind'], start?: number): void =>
    void date.acts.push({ at, personId, kind: what, isOfSeries, ...(start === undefined ? {} : { start }) });
  if (kind === 'delete') note('removed');
  if (kind === 'update' && by.startsWith('person:')) note('copyMoved', placed[0]?.start);
  if (response?.proposal) note('proposed', response.proposal.start);
  if (response) note(response.answer === 'declined' ? 'declined' : 'answered');
}

interface Owner {
  mentorId: string;
  menteeId: string;
  /** The session whose pattern has this start. */
  sessionAt(start: number): string | null;
}

/** For each event of ours, by its id, whose it is. */
function readOwners(
  { tagged }: Pick<Truth, 'tagged'>,
  { series, sessions, pairs, dates }: Records,
): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const { eventId, tag, isCopy } of tagged) {
    if (isCopy) continue;
    const single = dates.find(({ key }) => key === tag);
    const session = single && sessions.find(({ sessionId }) => sessionId === single.sessionId);
    const one = seriesOfTag(series, tag);
    const pair = pairs.find(({ pairId }) => pairId === (one ?? session)?.pairId);
    if (!pair) continue;
    const own = one ? sessions.filter(({ seriesId }) => seriesId === one.seriesId) : [];
    const byStart = new Map<number, string>(own.map(({ originalStart, sessionId }) => [originalStart, sessionId]));
    const { mentorId, menteeId } = pair;
    owners.set(eventId, {
      mentorId,
      menteeId,
      sessionAt: session ? () => session.sessionId : (start) => byStart.get(start) ?? null,
    });
  }
  return owners;
}

/** Where a date stands, or stood last. */
export const lastPlace = ({ places }: BookedDate): BookedDate['places'][number] => places.at(-1)!;

/** Where a date stood at an instant; undefined before its booking. */
export const placeAt = ({ places }: BookedDate, at: number): BookedDate['places'][number] | undefined =>
  places.findLast((place) => place.at <= at);

/**
 * What became of a date by its real end. `deletedSilently`: from one's own calendar, without a word to anybody.
 * `declinedWithSeries`: by an answer to the series after the date was moved out of its pattern; the date keeps answers of
 * its own in the organizer's calendar, which shows nothing of it (platform.md: unconfirmed for Exchange).
 */
export type Fate = 'held' | 'gone' | 'declined' | 'declinedWithSeries' | 'deletedSilently' | 'toCome';

/** What the organizer's calendar cannot show: asked about or not, both are right. */
export const isUnseen = (fate: Fate): fate is 'declinedWithSeries' | 'deletedSilently' =>
  fate === 'declinedWithSeries' || fate === 'deletedSilently';

/** The fate of a date, with the acts that came in before `by` (its end, unless told) taken into account. */
export function fateOf(date: BookedDate, now: number, by = lastPlace(date).end): Fate {
  const { end, at: placedAt } = lastPlace(date);
  if (date.goneAt !== null && date.goneAt < by) return 'gone';
  if (end > now) return 'toCome';
  // A new time asks everybody again: what was answered about the old one does not count.
  const since = date.acts.filter(({ at }) => at >= placedAt && at < by);
  const people = [date.mentorId, date.menteeId];
  const last = people.map((id) =>
    since.findLast((act) => act.personId === id && (act.kind === 'declined' || act.kind === 'answered')),
  );
  const declines = last.filter((act) => act?.kind === 'declined');
  const isSeen = date.places.length === 1 || declines.some((act) => !act?.isOfSeries);
  if (declines.length > 0) return isSeen ? 'declined' : 'declinedWithSeries';
  return since.some(({ kind }) => kind === 'removed') ? 'deletedSilently' : 'held';
}
