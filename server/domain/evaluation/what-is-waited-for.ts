import type { WaitCode } from '../../contract/running.ts';
import type { PairState, ParticipantState, Side } from '../../contract/vocabulary.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../time/instant.ts';

/** What the program waits for, and until when; null: until somebody acts. */
export interface Wait {
  code: WaitCode;
  until: Instant | null;
}

/** A tenant that does not let us in, and calendars that do not answer, are asked again so often. */
const ASK_AGAIN = 15 * MINUTE;
/** A cohort that runs by itself looks for new matches so often (advance-cohorts). */
const MATCH_AGAIN = 2 * DAY;
/** What is due and waits for nothing is taken up within this: the timetable's own cadence is the net. */
const TAKEN_UP_WITHIN = 6 * HOUR;

/** What of the tenant keeps everything from going on. */
export interface TenantSituation {
  isAppRemoved: boolean;
  isShutOut: boolean;
  areWritesStopped: boolean;
  hasProgramMailbox: boolean;
  areCalendarsDown: boolean;
}

/** What keeps everybody waiting, the weightiest first. */
export function waitsOfTenant(tenant: TenantSituation, now: Instant): Wait[] {
  if (tenant.isAppRemoved) return [{ code: 'appRemoved', until: null }];
  const waits: Wait[] = [];
  if (tenant.isShutOut) waits.push({ code: 'shutOut', until: plus(now, ASK_AGAIN) });
  if (tenant.areWritesStopped) waits.push({ code: 'writesStopped', until: null });
  if (!tenant.hasProgramMailbox) waits.push({ code: 'noProgramMailbox', until: null });
  if (tenant.areCalendarsDown) waits.push({ code: 'calendarsDown', until: plus(now, ASK_AGAIN) });
  return waits;
}

export interface CohortSituation {
  state: 'draft' | 'inviting' | 'matched' | 'running' | 'closed';
  isAutomatic: boolean;
  /** When it is looked at next by itself. */
  dueAt: Instant | null;
  hasSafeContact: boolean;
  /** When the last of those who were invited and said nothing has no more time; null: nobody is waited for. */
  answersUntil: Instant | null;
}

/** What the cohort as a whole waits for. */
export function waitsOfCohort(cohort: CohortSituation, now: Instant): Wait[] {
  const { state, isAutomatic, dueAt, answersUntil } = cohort;
  const contact: Wait[] = cohort.hasSafeContact || state === 'closed' ? [] : [{ code: 'safeContact', until: null }];
  switch (state) {
    case 'draft':
      return [...contact, { code: 'inviteYou', until: null }];
    case 'inviting':
      if (answersUntil !== null && answersUntil > now) {
        const other: Wait = isAutomatic
          ? { code: 'matchItself', until: answersUntil }
          : { code: 'matchYou', until: null };
        return [...contact, { code: 'answers', until: answersUntil }, other];
      }
      return [...contact, isAutomatic ? matchItself(dueAt, now) : { code: 'matchYou', until: null }];
    case 'matched':
      return [...contact, { code: 'publishYou', until: null }];
    case 'running':
      return [...contact, isAutomatic ? matchItself(dueAt, now) : { code: 'matchYou', until: null }];
    case 'closed':
      return [{ code: 'cohortClosed', until: null }];
  }
}

const matchItself = (dueAt: Instant | null, now: Instant): Wait => ({
  code: 'matchItself',
  until: dueAt !== null && dueAt > now ? dueAt : plus(now, MATCH_AGAIN),
});

export interface ParticipantSituation {
  side: Side;
  state: ParticipantState;
  isTrained: boolean;
  isCalendarUnreadable: boolean;
  hasChat: boolean;
  isPrepared: boolean;
  /** Until when the invitation can be answered. */
  dueAt: Instant | null;
  /** Pairs that they still want, or take. */
  free: number;
}

/** What one participant waits for, with what the cohort waits for where that is it. */
export function waitsOfParticipant(person: ParticipantSituation, cohort: CohortSituation, now: Instant): Wait[] {
  const calendar: Wait[] = person.isCalendarUnreadable ? [{ code: 'mailboxUnreadable', until: null }] : [];
  switch (person.state) {
    case 'nominated':
      return [...calendar, ...waitsOfCohort({ ...cohort, state: 'draft' }, now)];
    case 'invited':
      if (!person.isPrepared || !person.hasChat) return [...calendar, { code: 'appNotInstalled', until: person.dueAt }];
      return [...calendar, { code: 'invitationAnswer', until: person.dueAt }];
    case 'joined': {
      if (person.free === 0) return [...calendar, { code: 'hasPairs', until: null }];
      const training: Wait[] = person.side === 'mentor' && !person.isTrained ? [{ code: 'training', until: null }] : [];
      return [...calendar, ...training, { code: 'nextMatch', until: null }, ...waitsOfCohort(cohort, now)];
    }
    case 'paused':
      return [{ code: 'paused', until: null }];
    // Which of the two it is would tell who declined.
    case 'declined':
    case 'left':
      return [{ code: 'noPart', until: null }];
  }
}

export interface PairSituation {
  state: PairState;
  /** When it is looked at next by itself. */
  dueAt: Instant | null;
  /** When the open question goes to the administrator. */
  expiresAt: Instant | null;
  /** Whether who is asked now has a chat with the app. */
  hasChat: boolean;
  isCalendarUnreadable: boolean;
  /** When the series is written next; null: at once. */
  writeAt: Instant | null;
  nextSession: Instant | null;
  /** All dates are over. */
  isOver: boolean;
}

/**
 * What one pair waits for.
 *
 * @example waitsOfPair({ ...pair, state: 'mentorAsked', expiresAt }, cohort, now)
 * // => [{ code: 'mentorAnswer', until: expiresAt }]
 */
export function waitsOfPair(pair: PairSituation, cohort: CohortSituation, now: Instant): Wait[] {
  const calendar: Wait[] = pair.isCalendarUnreadable ? [{ code: 'mailboxUnreadable', until: null }] : [];
  const chat: Wait[] = pair.hasChat ? [] : [{ code: 'noChat', until: null }];
  switch (pair.state) {
    case 'proposed':
      return cohort.state === 'draft' ? waitsOfCohort(cohort, now) : [{ code: 'publishYou', until: null }];
    case 'mentorAsked':
      return [{ code: 'mentorAnswer', until: pair.expiresAt }, ...chat];
    case 'mentorAgreed':
      if (pair.dueAt !== null && pair.dueAt > now) return [...calendar, { code: 'searchAgain', until: pair.dueAt }];
      return [...calendar, { code: 'searchNow', until: plus(now, TAKEN_UP_WITHIN) }];
    case 'noSlot':
      return [...calendar, { code: 'noSlotYou', until: null }];
    case 'menteeAsked':
      return [{ code: 'executiveAnswer', until: pair.expiresAt }, ...chat];
    case 'agreed':
      return [{ code: 'bookingNow', until: pair.writeAt !== null && pair.writeAt > now ? pair.writeAt : null }];
    case 'booked':
      if (pair.nextSession !== null) return [{ code: 'nextSession', until: pair.nextSession }];
      return [{ code: pair.isOver ? 'over' : 'noDate', until: null }];
    case 'waiting':
      return [{ code: 'silenceYou', until: null }];
    case 'suspended':
      return [{ code: 'pairPaused', until: null }];
    // Both ends of a match read the same: nobody learns who said no.
    case 'mentorDeclined':
    case 'menteeDeclined':
    case 'closed':
      return [{ code: 'ended', until: null }];
  }
}
