import { auditAnswers, type AnswerCounts } from './audit-answers.ts';
import { auditCards, type CardCounts } from './audit-cards.ts';
import { auditCare, MOVED_WITHIN } from './audit-care.ts';
import { auditOffers, type OfferCounts } from './audit-offers.ts';
import { auditReminders, type ReminderCounts } from './audit-reminders.ts';
import { auditSends, type SendCounts } from './audit-sends.ts';
import { readBookedDates } from './booked-dates.ts';
import type { Records } from './records.ts';
import { seriesOfTag, type Truth } from './truth.ts';

/** Something that must never be, with the rule it breaks. */
export interface Violation {
  invariant:
    | 'duplicateSeries'
    | 'orphanSeries'
    | 'doubleBooking'
    | 'bookedOverBusy'
    | 'outsideWorkingHours'
    | 'cardForUnheldSession'
    | 'missingCard'
    | 'doubledCard'
    | 'cardAtWrongTime'
    | 'lostFeedback'
    | 'doubledFeedback'
    | 'sentTooFast'
    | 'reminderAtNight'
    | 'remindedTooOften'
    | 'offeredTwice'
    | 'fewAlternatives'
    | 'calendarDiffers'
    | 'foreignWrite'
    | 'humanUndone'
    | 'doubledInvitation'
    | 'changedWhenFrozen'
    | 'movedTooOften'
    | 'twoStates'
    | 'unattended';
  detail: string;
}

/** What the audit counted on its way. */
export interface AuditCounts {
  cards: CardCounts;
  answers: AnswerCounts;
  sends: SendCounts;
  reminders: ReminderCounts;
  offers: OfferCounts;
  /** Sessions by how often we moved them by ourselves. */
  autoMoves: Record<string, number>;
}

/**
 * Holds the database against the truth in mailboxes and chats. Each rule is a function of its own; the meanings are
 * those of reliability.md's invariants I1-I10, of product.md D4 (audit-care, audit-offers) and F1 (audit-cards,
 * audit-reminders).
 */
export function audit(
  truth: Truth,
  records: Records,
  policy: { tentativeIsFree: boolean },
): { violations: Violation[]; counts: AuditCounts } {
  const dates = readBookedDates(truth, records);
  const cards = auditCards(truth, records, dates);
  const answers = auditAnswers(truth, records, dates);
  const sends = auditSends(truth.seen);
  const reminders = auditReminders(truth, records);
  const offers = auditOffers(truth, records, dates);
  const care = auditCare(truth, records, dates);
  return {
    violations: [
      ...duplicateSeries(truth, records),
      ...orphanSeries(truth, records),
      ...doubleBookings(records),
      ...badPlacements(truth, records, policy),
      ...calendarDiffers(truth, records),
      ...leftStanding(truth, records),
      ...foreignWrites(truth),
      ...humanUndone(truth),
      ...doubledInvitations(truth),
      ...[cards, answers, sends, reminders, offers, care].flatMap(({ violations }) => violations),
    ],
    counts: {
      cards: cards.counts,
      answers: answers.counts,
      sends: sends.counts,
      reminders: reminders.counts,
      offers: offers.counts,
      autoMoves: care.autoMoves,
    },
  };
}

/**
 * I1: at most one living series per pair, one living single date per session, and one event per key. Copies by people are
 * theirs; a series that was over before the next one began, because the pair rested in between, is no second one.
 */
function duplicateSeries(truth: Truth, records: Records): Violation[] {
  const { tagged, programMailboxId } = truth;
  const living = tagged.filter(
    ({ ownerId, isCancelled, isCopy }) => ownerId === programMailboxId && !isCancelled && !isCopy,
  );
  const byOwner = new Map<string, string[]>();
  for (const { tag, eventId } of living) {
    const series = seriesOfTag(records.series, tag);
    const date = dateOfTag(records, tag);
    const owner = series ? `pair ${series.pairId}` : date ? `session ${date.sessionId}` : `key ${tag}`;
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), eventId]);
  }
  return [...byOwner].flatMap(([owner, eventIds]): Violation[] => {
    const n = countLiving(truth, eventIds);
    return n > 1 ? [{ invariant: 'duplicateSeries', detail: `${owner} has ${n} living events` }] : [];
  });
}

/** How many of the events lived beside a later one, the last one included. */
function countLiving({ organizerItems, writes }: Truth, eventIds: readonly string[]): number {
  const bornAt = (eventId: string): number =>
    writes.find((write) => write.kind === 'create' && write.eventId === eventId)?.at ?? 0;
  const inOrder = eventIds.toSorted((a, b) => bornAt(a) - bornAt(b));
  return inOrder.filter((eventId, index) => {
    const next = inOrder[index + 1];
    const ends = organizerItems
      .filter((item) => (item.seriesMasterId ?? item.eventId) === eventId)
      .map(({ end }) => end);
    return next === undefined || ends.length === 0 || Math.max(...ends) > bornAt(next);
  }).length;
}

const dateOfTag = ({ dates }: Records, tag: string) => dates.find(({ key }) => key === tag);

/** I2: every tagged series is known, and every confirmed one stands or was ended with a cause. */
function orphanSeries({ tagged, programMailboxId, writes }: Truth, records: Records): Violation[] {
  const found: Violation[] = [];
  const own = tagged.filter(({ ownerId, isCopy }) => ownerId === programMailboxId && !isCopy);
  for (const event of own) {
    if (!seriesOfTag(records.series, event.tag) && !dateOfTag(records, event.tag))
      found.push({ invariant: 'orphanSeries', detail: `event tagged ${event.tag} is unknown to the database` });
  }
  const endedByPeople = new Set(
    writes
      .filter((write) => write.by.startsWith('person:') && (write.kind === 'cancel' || write.kind === 'delete'))
      .map((write) => write.masterId),
  );
  for (const series of records.series) {
    if (series.state !== 'confirmed') continue;
    const event = own.find((candidate) => candidate.tag === series.key);
    if (event && !event.isCancelled) continue;
    if (series.eventId !== null && endedByPeople.has(series.eventId)) continue;
    found.push({ invariant: 'orphanSeries', detail: `series ${series.seriesId} is confirmed but gone` });
  }
  return found;
}

/** D6: nobody has two of our sessions at once. Times that people chose themselves are theirs. */
function doubleBookings({ sessions, pairs }: Records): Violation[] {
  const found: Violation[] = [];
  const byPerson = new Map<string, { start: number; end: number; id: string }[]>();
  for (const session of sessions) {
    if (session.state !== 'booked' || session.wasMoved) continue;
    const pair = pairs.find((candidate) => candidate.pairId === session.pairId);
    for (const id of pair ? [pair.mentorId, pair.menteeId] : []) {
      const list = byPerson.get(id) ?? [];
      list.push({ start: session.startsAt, end: session.endsAt, id: session.sessionId });
      byPerson.set(id, list);
    }
  }
  for (const [person, list] of byPerson) {
    list.sort((a, b) => a.start - b.start);
    for (let i = 1; i < list.length; i++) {
      if (list[i]!.start < list[i - 1]!.end)
        found.push({
          invariant: 'doubleBooking',
          detail: `${person}: sessions ${list[i - 1]!.id} and ${list[i]!.id} overlap`,
        });
    }
  }
  return found;
}

/**
 * I7: judged at each write of ours from what stood in the calendars then. Who proposed a time outside the own working day is
 * taken at their word; nobody else's evening is.
 */
function badPlacements({ writes }: Truth, records: Records, policy: { tentativeIsFree: boolean }): Violation[] {
  const found: Violation[] = [];
  const proposed = (iCalUId: string, start: number, before: number): Set<string> =>
    new Set(
      writes
        .filter((write) => write.iCalUId === iCalUId && write.at <= before && write.response?.proposal?.start === start)
        .map(({ by }) => by),
    );
  for (const write of writes) {
    if (!write.by.startsWith('app:') || (write.kind !== 'create' && write.kind !== 'update')) continue;
    const series = records.series.find((candidate) => candidate.eventId === write.masterId);
    const own = records.sessions.filter((session) => session.seriesId === series?.seriesId);
    for (const placed of write.placed) {
      const moved = own.find(
        (session) => session.originalStart === placed.start && session.plannedStart !== placed.start,
      );
      const isMovedAtOnce =
        write.kind === 'create' &&
        moved !== undefined &&
        writes.some(
          (later) =>
            later.masterId === write.masterId &&
            later.by.startsWith('app:') &&
            later.at >= write.at &&
            later.at <= write.at + MOVED_WITHIN &&
            (later.placed.some((place) => place.start === moved.plannedStart) || later.kind === 'cancel'),
        );
      if (isMovedAtOnce) continue;
      const where = `${write.kind} ${new Date(placed.start).toISOString()} of ${write.masterId}`;
      const hard = placed.collisions.filter(
        ({ status }) => status === 'busy' || status === 'oof' || (status === 'tentative' && !policy.tentativeIsFree),
      );
      for (const collision of hard)
        found.push({ invariant: 'bookedOverBusy', detail: `${where}: ${collision.personId} is ${collision.status}` });
      const askers = proposed(placed.iCalUId, placed.start, write.at);
      for (const person of placed.outsideWorkingHours.filter((id) => !askers.has(`person:${id}`)))
        found.push({ invariant: 'outsideWorkingHours', detail: `${where}: ${person}` });
    }
  }
  return found;
}

/**
 * I10: every session to come stands in the organizer's calendar where the database says (what stands there besides:
 * leftStanding). A series that is recorded as lost with its mailbox stands in its people's copies alone (F34).
 */
function calendarDiffers({ now, organizerItems }: Truth, records: Records): Violation[] {
  const found: Violation[] = [];
  const byId = new Map(organizerItems.map((item) => [item.eventId, item]));
  const lost = new Set(records.series.flatMap(({ seriesId, state }) => (state === 'lost' ? seriesId : [])));
  for (const session of records.sessions) {
    if (lost.has(session.seriesId)) continue;
    if (session.state !== 'booked' || session.startsAt <= now || session.eventId === null) continue;
    const item = byId.get(session.eventId);
    if (!item || item.isCancelled)
      found.push({
        invariant: 'calendarDiffers',
        detail: `session ${session.sessionId} is booked, but not in the calendar`,
      });
    else if (item.start !== session.startsAt || item.end !== session.endsAt) {
      found.push({
        invariant: 'calendarDiffers',
        detail: `session ${session.sessionId} is at ${new Date(item.start).toISOString()}, not ${new Date(session.startsAt).toISOString()}`,
      });
    }
  }
  return found;
}

/**
 * I10: nothing of ours stands in the organizer's calendar that the database does not count on. What one side declined or
 * deleted is left as that person left it; as long as something is still to be written, the calendar may be behind.
 */
function leftStanding({ now, organizerItems, tagged }: Truth, records: Records): Violation[] {
  if (records.openWrites > 0) return [];
  const ours = new Set<string | null>(records.series.map(({ eventId }) => eventId));
  for (const { eventId, tag, isCopy } of tagged) if (!isCopy && dateOfTag(records, tag)) ours.add(eventId);
  ours.delete(null);
  const stateOf = new Map(records.sessions.map(({ eventId, state }) => [eventId, state]));
  return organizerItems
    .filter(({ start, isCancelled, seriesMasterId, eventId }) => {
      if (start <= now || isCancelled || !(ours.has(seriesMasterId) || ours.has(eventId))) return false;
      const state = stateOf.get(eventId);
      return state === undefined || state === 'cancelled';
    })
    .map(({ eventId, start }) => ({
      invariant: 'calendarDiffers',
      detail: `${eventId} of ${new Date(start).toISOString()} stands, but is no session (${stateOf.get(eventId) ?? 'unknown'})`,
    }));
}

/**
 * I4, I5: our application writes in the program mailbox alone, and only what carries our tag; never to somebody's copy of
 * it (F33), and a tag that was stripped is put back once (F32).
 */
function foreignWrites({ writes, tagged, programMailboxId }: Truth): Violation[] {
  const copies = new Set(tagged.flatMap(({ eventId, isCopy }) => (isCopy ? eventId : [])));
  const retagged = new Set<string>();
  return writes
    .filter((write) => {
      if (!write.by.startsWith('app:')) return false;
      const isAgain = write.kind === 'tag' && retagged.has(write.masterId);
      if (write.kind === 'tag') retagged.add(write.masterId);
      const isOurs = write.ownerId === programMailboxId && Object.keys(write.tags).length > 0;
      return !isOurs || isAgain || copies.has(write.masterId);
    })
    .map((write) => ({
      invariant: 'foreignWrite',
      detail: `${write.kind} of ${write.eventId} in the mailbox of ${write.ownerId}`,
    }));
}

/** I6: once a person cancelled, deleted, moved or edited a date, no later write of ours touches it, but for its tag. */
function humanUndone({ writes }: Truth): Violation[] {
  const found: Violation[] = [];
  const touched = new Map<string, number>();
  for (const write of writes) {
    if (write.by.startsWith('person:') && write.kind !== 'respond' && write.kind !== 'create')
      touched.set(write.eventId, write.at);
    else if (write.by.startsWith('app:') && write.kind !== 'tag' && touched.has(write.eventId))
      found.push({ invariant: 'humanUndone', detail: `${write.kind} of ${write.eventId} after a person's act` });
  }
  return found;
}

/** I9: one invitation per series and attendee. */
function doubledInvitations({ mailsTo }: Truth): Violation[] {
  const found: Violation[] = [];
  for (const [person, mails] of mailsTo) {
    const seen = new Map<string, number>();
    for (const mail of mails) if (mail.kind === 'invitation') seen.set(mail.iCalUId, (seen.get(mail.iCalUId) ?? 0) + 1);
    for (const [uid, n] of seen)
      if (n > 1) found.push({ invariant: 'doubledInvitation', detail: `${person} was invited ${n} times to ${uid}` });
  }
  return found;
}
