import type { CardMessage } from '../../../server/contract/card-messages.ts';
import { DONE_TEXTS, ERROR_TEXTS, NEW_TIME_REASONS } from '../../../server/contract/card-messages.ts';
import { TOPICS, type Locale } from '../../../server/contract/vocabulary.ts';
import { loadContent } from '../../../server/locales/load-content.ts';
import { writeGuide } from '../../../server/locales/write-guide.ts';

/** Ids of the messages below. */
export const COHORT = '00000000-0000-4000-8000-00000000c0c0';
export const PAIR = '00000000-0000-4000-8000-0000000a0a0a';
export const SESSION = '00000000-0000-4000-8000-000000005e55';

const DAY = 86_400_000;
const first = Date.parse('2026-10-15T07:30:00Z');
const dates = Array.from({ length: 6 }, (_, i) => ({
  start: first + i * 28 * DAY,
  end: first + i * 28 * DAY + 1_800_000,
  moved: i === 3,
}));

/** Every message that a card can say, with `text` wherever people write something. */
export function everyMessage(text: string, locale: Locale = 'en'): CardMessage[] {
  const partner = {
    personId: PAIR,
    displayName: text,
    jobTitle: text,
    department: text,
    languages: ['it', 'en'],
    topics: [...TOPICS].slice(0, 3),
    motivation: text,
  };
  const reasons = [
    { code: 'goalsCovered', covered: ['generative-ai', 'short-video'], of: 3 },
    { code: 'sharedInterests', interests: [text] },
    { code: 'sharedLanguages', languages: ['it'] },
    { code: 'overlapHours', hoursPerWeek: 32 },
    { code: 'otherDepartment', department: text },
    { code: 'otherOffice', office: text },
  ];
  const offer = (kind: 'mostDates' | 'bestTime' | 'earliestStart') => ({
    weekday: 'thursday' as const,
    time: '09:30',
    timeZone: 'Europe/Rome',
    kind,
    dates: dates.map((date) =>
      date.moved ? { ...date, start: date.start + 3_600_000, end: date.end + 3_600_000 } : date,
    ),
    reasons: [
      { code: 'movedDates', moved: 1, of: 6 },
      { code: 'noLunch' },
      { code: 'buffers' },
      { code: 'earlyStart', days: 9 },
    ],
  });
  const proposal = {
    kind: 'proposal' as const,
    pairId: PAIR,
    partner,
    reasons,
    offers: [offer('mostDates'), offer('bestTime'), offer('earliestStart')],
    everyWeeks: 4,
    sessions: 6,
    minutes: 30,
    answerBy: first,
    isReminder: false,
  };
  const session = { sessionId: SESSION, partnerName: text, start: first };
  const newTime = {
    ...session,
    kind: 'newTime' as const,
    round: 1,
    forName: null,
    starts: [first + DAY, first + 2 * DAY, first + 3 * DAY],
    answerBy: first,
    canKeep: true,
    isRefreshed: false,
  };
  const given = {
    tookPlace: true,
    usefulness: 4,
    nextTopic: 'short-video' as const,
    note: text,
    noteReader: 'onlyMe' as const,
  };
  const pulse = { tookPlace: true, rightMatch: 'unsure', safeToSpeak: 1, taughtBy: 'both' } as const;
  const feedback = { ...session, number: 2, of: 6, nextTopics: [...TOPICS], isReminder: true, given: null };
  return [
    { kind: 'welcome' },
    { kind: 'join', cohortId: COHORT, programName: text, suggested: ['short-video', 'own-systems'], isReminder: true },
    { kind: 'join', cohortId: COHORT, programName: text, suggested: [], isReminder: false },
    { kind: 'goals', cohortId: COHORT, programName: text, isReminder: true },
    { kind: 'mentorQuestion', pairId: PAIR, partner, reasons, isReminder: true },
    proposal,
    {
      kind: 'assistantProposal',
      pairId: PAIR,
      executiveName: text,
      partnerName: text,
      programName: text,
      timeZone: 'Europe/Rome',
      offers: proposal.offers.map(({ weekday, time, timeZone, kind, dates }) => ({
        weekday,
        time,
        timeZone,
        kind,
        dates,
      })),
      everyWeeks: 4,
      sessions: 6,
      minutes: 30,
      answerBy: first,
      isReminder: true,
      round: 2,
    },
    { kind: 'assistantAddress', pairId: PAIR },
    { ...proposal, offers: [], isReminder: true, round: 2 },
    {
      kind: 'booked',
      pairId: PAIR,
      partnerName: text,
      dates,
      joinUrl: 'https://teams.microsoft.com/l/meetup-join/1',
      acceptOnce: true,
    },
    { kind: 'booked', pairId: PAIR, partnerName: text, dates, joinUrl: null, acceptOnce: false },
    { ...feedback, kind: 'feedbackMentor' },
    { ...feedback, kind: 'feedbackMentee' },
    { ...feedback, kind: 'feedbackMentee', given },
    { ...feedback, kind: 'feedbackMentor', isReminder: false },
    { ...feedback, kind: 'feedbackMentee', isReminder: false },
    { ...feedback, kind: 'feedbackMentor', isReminder: false, given },
    { ...feedback, kind: 'feedbackMentee', isReminder: false, given: { tookPlace: false } },
    { kind: 'feedbackThanks', sessionId: SESSION, canEdit: true, tookPlace: true },
    { kind: 'feedbackThanks', sessionId: SESSION, canEdit: true, tookPlace: false },
    { ...feedback, kind: 'feedbackMentor', isPulse: true },
    { ...feedback, kind: 'feedbackMentee', isPulse: true, isReminder: false },
    { ...feedback, kind: 'feedbackMentee', isPulse: true, given: pulse },
    { kind: 'pulseWays', sessionId: SESSION, pairId: PAIR, cohortId: COHORT, contact: { contactId: PAIR, name: text } },
    { kind: 'pulseWays', sessionId: SESSION, pairId: PAIR, cohortId: COHORT, contact: null },
    { kind: 'safeContact', cohortId: COHORT, contactId: PAIR, contactName: text, mail: 'sara.safe@contoso.example' },
    { kind: 'safeContact', cohortId: COHORT, contactId: PAIR, contactName: text, mail: null },
    { kind: 'contactRequest', personName: text },
    { kind: 'feedbackThanks', sessionId: SESSION, canEdit: true, tookPlace: true, isPulse: true },
    { kind: 'feedbackThanks', sessionId: SESSION, canEdit: false, tookPlace: false },
    { kind: 'feedbackClosed', sessionId: SESSION },
    { ...session, kind: 'sessionChanged', what: 'moved', newStart: first + DAY },
    { ...session, kind: 'sessionChanged', what: 'cancelled', newStart: null },
    { ...session, kind: 'sessionChanged', what: 'restored', newStart: first },
    { ...session, kind: 'sessionChanged', what: 'moved', newStart: first + DAY, why: 'conflict' },
    { ...session, kind: 'sessionChanged', what: 'moved', newStart: first + DAY, why: 'request' },
    { ...session, kind: 'sessionChanged', what: 'moved', newStart: first + DAY, why: 'notHeld' },
    ...NEW_TIME_REASONS.map((because) => ({ ...newTime, because })),
    { ...newTime, because: 'declined', forName: text, canKeep: false, isRefreshed: true },
    { ...newTime, because: 'conflict', starts: [] },
    { ...newTime, because: 'notHeld', starts: [], canKeep: false },
    { kind: 'restart', pairId: PAIR, partnerName: text },
    { kind: 'pairEnded', pairId: PAIR, partnerName: text },
    { kind: 'partnerLeft', pairId: PAIR, partnerName: text },
    { kind: 'outsideHours', pairId: PAIR, partnerName: text, start: first },
    { ...session, kind: 'guide', guide: writeGuide(loadContent(null), 'generative-ai', locale) },
    ...DONE_TEXTS.map((done) => ({ kind: 'done' as const, text: done })),
    ...ERROR_TEXTS.map((error) => ({ kind: 'error' as const, text: error })),
  ];
}
