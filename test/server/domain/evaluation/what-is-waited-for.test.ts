import { describe, expect, test } from 'vitest';
import { PAIR_STATES, PARTICIPANT_STATES } from '../../../../server/contract/vocabulary.ts';
import {
  waitsOfCohort,
  waitsOfPair,
  waitsOfParticipant,
  waitsOfTenant,
  type CohortSituation,
  type PairSituation,
  type ParticipantSituation,
} from '../../../../server/domain/evaluation/what-is-waited-for.ts';
import { DAY, parseInstant, plus } from '../../../../server/domain/time/instant.ts';

const now = parseInstant('2026-10-05T08:00:00Z');
const later = plus(now, 3 * DAY);
const earlier = plus(now, -DAY);
const cohort: CohortSituation = {
  state: 'running',
  isAutomatic: false,
  dueAt: null,
  hasSafeContact: true,
  answersUntil: null,
};
const pair: PairSituation = {
  state: 'booked',
  dueAt: null,
  expiresAt: later,
  hasChat: true,
  isCalendarUnreadable: false,
  writeAt: null,
  nextSession: null,
  isOver: false,
};
const person: ParticipantSituation = {
  side: 'mentor',
  state: 'joined',
  isTrained: true,
  isCalendarUnreadable: false,
  hasChat: true,
  isPrepared: true,
  dueAt: later,
  free: 1,
};
const codes = (waits: { code: string }[]): string[] => waits.map(({ code }) => code);
const ofPair = (part: Partial<PairSituation>) => waitsOfPair({ ...pair, ...part }, cohort, now);
const ofPerson = (part: Partial<ParticipantSituation>, of: Partial<CohortSituation> = {}) =>
  codes(waitsOfParticipant({ ...person, ...part }, { ...cohort, ...of }, now));

describe('a pair', () => {
  test('waits for who is asked until the question runs out, and for a chat where there is none', () => {
    expect(ofPair({ state: 'mentorAsked' })).toEqual([{ code: 'mentorAnswer', until: later }]);
    expect(codes(ofPair({ state: 'menteeAsked', hasChat: false }))).toEqual(['executiveAnswer', 'noChat']);
  });

  test('waits for the next search on its day, or for one within hours', () => {
    expect(ofPair({ state: 'mentorAgreed', dueAt: later })).toEqual([{ code: 'searchAgain', until: later }]);
    expect(codes(ofPair({ state: 'mentorAgreed', dueAt: earlier, isCalendarUnreadable: true }))).toEqual([
      'mailboxUnreadable',
      'searchNow',
    ]);
  });

  test('waits for the calendar when it is paced, for its next session, or for nothing', () => {
    expect(ofPair({ state: 'agreed', writeAt: later })).toEqual([{ code: 'bookingNow', until: later }]);
    expect(ofPair({ state: 'agreed', writeAt: earlier })).toEqual([{ code: 'bookingNow', until: null }]);
    expect(ofPair({ nextSession: later })).toEqual([{ code: 'nextSession', until: later }]);
    expect(codes(ofPair({}))).toEqual(['noDate']);
    expect(codes(ofPair({ isOver: true }))).toEqual(['over']);
  });

  test('says something in every state, and never who said no', () => {
    for (const state of PAIR_STATES) expect(ofPair({ state })).not.toEqual([]);
    expect(ofPair({ state: 'mentorDeclined' })).toEqual(ofPair({ state: 'menteeDeclined' }));
    expect(ofPair({ state: 'mentorDeclined' })).toEqual(ofPair({ state: 'closed' }));
  });
});

describe('a participant', () => {
  test('waits for app, answer, training and match in this order', () => {
    expect(ofPerson({ state: 'nominated' })).toEqual(['inviteYou']);
    expect(ofPerson({ state: 'invited', hasChat: false })).toEqual(['appNotInstalled']);
    expect(ofPerson({ state: 'invited' })).toEqual(['invitationAnswer']);
    expect(ofPerson({ isTrained: false })).toEqual(['training', 'nextMatch', 'matchYou']);
    expect(ofPerson({ isTrained: false, side: 'mentee' })).toEqual(['nextMatch', 'matchYou']);
    expect(ofPerson({ free: 0 })).toEqual(['hasPairs']);
  });

  test('who declined reads like who left', () => {
    expect(ofPerson({ state: 'declined' })).toEqual(ofPerson({ state: 'left' }));
    for (const state of PARTICIPANT_STATES) expect(ofPerson({ state })).not.toEqual([]);
  });
});

describe('a cohort', () => {
  const of = (part: Partial<CohortSituation>) => waitsOfCohort({ ...cohort, ...part }, now);

  test('waits for answers, then for the administrator, or for itself', () => {
    expect(codes(of({ state: 'inviting', answersUntil: later }))).toEqual(['answers', 'matchYou']);
    expect(of({ state: 'inviting', answersUntil: later, isAutomatic: true })[1]).toEqual({
      code: 'matchItself',
      until: later,
    });
    expect(codes(of({ state: 'inviting', answersUntil: earlier }))).toEqual(['matchYou']);
    expect(codes(of({ state: 'matched' }))).toEqual(['publishYou']);
    expect(of({ isAutomatic: true, dueAt: later })).toEqual([{ code: 'matchItself', until: later }]);
  });

  test('waits for a safe contact first of all, unless it is closed', () => {
    expect(codes(of({ state: 'draft', hasSafeContact: false }))).toEqual(['safeContact', 'inviteYou']);
    expect(codes(of({ state: 'closed', hasSafeContact: false }))).toEqual(['cohortClosed']);
  });
});

test('a tenant without the app waits for that alone', () => {
  const tenant = {
    isAppRemoved: false,
    isShutOut: true,
    areWritesStopped: true,
    hasProgramMailbox: false,
    areCalendarsDown: true,
  };
  expect(codes(waitsOfTenant(tenant, now))).toEqual(['shutOut', 'writesStopped', 'noProgramMailbox', 'calendarsDown']);
  expect(codes(waitsOfTenant({ ...tenant, isAppRemoved: true }, now))).toEqual(['appRemoved']);
});
