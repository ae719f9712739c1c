import type { OverviewReply } from '../../../server/contract/administrator.ts';
import type { OwnDataReply } from '../../../server/contract/own-data.ts';
import type {
  AskView,
  HomeReply,
  MeReply,
  PairView,
  PartnerView,
  SessionReply,
  SessionView,
} from '../../../server/contract/http.ts';

/** A GUID that ends in the number. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const NOW = '2026-10-05T08:00:00Z';

export const me = (part: Partial<MeReply> = {}): MeReply => ({
  personId: id(1),
  displayName: 'Marco Bianchi',
  locale: 'en',
  timeZone: 'Europe/Rome',
  roles: ['mentee'],
  programName: 'Learning from below',
  now: NOW,
  ...part,
});

export const partner = (part: Partial<PartnerView> = {}): PartnerView => ({
  personId: id(2),
  displayName: 'Olha Kovalenko',
  jobTitle: 'Data Analyst',
  department: 'Insight',
  languages: ['en', 'it'],
  topics: ['generative-ai'],
  motivation: 'I like to explain.',
  ...part,
});

export const session = (part: Partial<SessionView> = {}): SessionView => ({
  sessionId: id(100),
  number: 1,
  of: 6,
  start: '2026-10-06T07:30:00Z',
  end: '2026-10-06T08:00:00Z',
  timeZone: 'Europe/Rome',
  state: 'booked',
  held: 'open',
  topic: 'generative-ai',
  joinUrl: 'https://teams.microsoft.com/l/meetup-join/1',
  feedback: 'notYet',
  ...part,
});

export const pair = (part: Partial<PairView> = {}): PairView => ({
  pairId: id(50),
  side: 'mentee',
  state: 'booked',
  partner: partner(),
  reasons: ['Covers two of your goals.'],
  sessions: [session()],
  nextSessionId: id(100),
  ...part,
});

export const proposal = (): Extract<AskView, { kind: 'proposal' }> => ({
  kind: 'proposal',
  pairId: id(50),
  partner: partner(),
  reasons: ['Covers two of your goals.'],
  agreement: ['Six sessions of 30 minutes.'],
  offers: (['tuesday', 'thursday'] as const).map((weekday, index) => ({
    weekday,
    time: '09:30',
    timeZone: 'Europe/Rome',
    kind: index === 0 ? ('mostDates' as const) : ('bestTime' as const),
    dates: [
      { start: '2026-10-06T07:30:00Z', end: '2026-10-06T08:00:00Z', moved: false },
      { start: '2026-11-04T08:30:00Z', end: '2026-11-04T09:00:00Z', moved: true },
    ],
    reasons: ['Beside your weekly planning.'],
  })),
  answerBy: '2026-10-12T08:00:00Z',
  round: 1,
  assistants: [],
  isAssistantAsked: false,
});

export const home = (part: Partial<HomeReply> = {}): HomeReply => ({
  now: NOW,
  asks: [],
  pairs: [],
  training: null,
  assistants: null,
  assisting: [],
  safeContacts: [],
  contactRequests: [],
  ...part,
});

export const sessionReply = (part: Partial<SessionReply> = {}): SessionReply => ({
  now: '2026-10-06T09:00:00Z',
  session: session({ held: 'presumed', feedback: 'open' }),
  pairId: id(50),
  side: 'mentee',
  partner: partner(),
  guide: {
    topic: 'generative-ai',
    title: 'A first look',
    agenda: [{ minutes: 5, text: 'The mentor opens.' }],
    preparation: { mentor: ['Bring an example.'], mentee: ['Bring a text that is no secret.'] },
    prompts: ['What surprised you?'],
    belief: 'It knows everything.',
    takeaway: 'One prompt to keep.',
    action: 'Try it once a week.',
  },
  answer: null,
  isPulse: false,
  isHardlySafe: false,
  safeContact: null,
  nextTopics: ['short-video', 'data-literacy'],
  attempt: 1,
  ...part,
});

/** Of a pilot that is too small for anything to be shown. */
export const feedbackOverview = (part: Partial<OverviewReply['feedback']> = {}): OverviewReply['feedback'] => ({
  answers: null,
  published: { scores: [], topics: [], comments: [] },
  hidden: {
    answers: 'Enough people must be asked.',
    scores: 'Enough people must give a score.',
    topics: 'Enough people must answer.',
    comments: 'Enough people must write.',
  },
  notes: [],
  ...part,
});

export const overview = (part: Partial<OverviewReply> = {}): OverviewReply => ({
  now: NOW,
  cohort: {
    cohortId: id(60),
    programName: 'Learning',
    cohortName: 'Autumn',
    nextStep: 'match',
    automatic: false,
    safeContact: { displayName: 'Sara Safe', problem: null, people: [] },
  },
  participants: [
    { side: 'mentee', state: 'joined', count: 12 },
    { side: 'mentor', state: 'joined', count: 18 },
  ],
  pairs: [
    {
      pairId: id(50),
      mentorName: 'Olha Kovalenko',
      menteeName: 'Marco Bianchi',
      state: 'menteeDeclined',
      sessionsBooked: 6,
      sessionsHeld: 2,
      sessionsConfirmed: 1,
      sessionsNotHeld: 1,
      nextSession: '2026-10-06T07:30:00Z',
      answersWaiting: 1,
      wantsAnotherMatch: false,
    },
  ],
  sessions: { booked: 6, held: 2, confirmed: 1, notHeld: 1 },
  feedback: feedbackOverview(),
  calendarsDownSince: null,
  erasedAt: null,
  runLog: [{ at: NOW, text: 'Invitations were sent.' }],
  ...part,
});

export const ownData = (part: Partial<OwnDataReply> = {}): OwnDataReply => ({
  exportedAt: NOW,
  person: {
    personId: id(1),
    displayName: 'Marco Bianchi',
    mail: 'marco@contoso.example',
    formerMail: null,
    jobTitle: 'Director',
    department: 'Board',
    officeLocation: 'Milano',
    country: 'Italy',
    preferredLanguage: 'it',
    accountEnabled: true,
    isGuest: false,
    managerId: null,
    removedAt: null,
    seenAt: NOW,
  },
  administratorSince: null,
  participations: [
    {
      programName: 'Learning from below',
      cohortName: 'Autumn',
      side: 'mentee',
      state: 'joined',
      seats: 1,
      goals: [{ topic: 'generative-ai', level: 3 }],
      skills: [],
      interests: [],
      languages: ['en', 'it'],
      motivation: null,
      locale: 'en',
      timeZone: 'Europe/Rome',
      timeZoneNote: null,
      workingHours: {
        monday: [
          ['09:00', '12:30'],
          ['13:30', '18:00'],
        ],
      },
      preferences: {},
      calendar: 'readable',
      asks: 1,
      trainedAt: null,
      invitedAt: NOW,
      joinedAt: NOW,
      preparedAt: NOW,
      dueAt: null,
      remindedAt: null,
    },
  ],
  training: [{ module: 'trust', finishedAt: NOW }],
  unmatched: [],
  matchWishes: [],
  notes: [],
  actions: [],
  pairs: [
    {
      programName: 'Learning from below',
      side: 'mentee',
      partnerName: 'Olha Kovalenko',
      state: 'booked',
      answer: null,
      since: NOW,
      agreedAt: NOW,
      agreementVersion: 1,
      sessions: [
        {
          number: 1,
          start: '2026-10-06T07:30:00Z',
          end: '2026-10-06T08:00:00Z',
          state: 'booked',
          held: 'confirmed',
          topic: null,
        },
      ],
    },
  ],
  feedback: [
    {
      sessionStart: '2026-10-06T07:30:00Z',
      partnerName: 'Olha Kovalenko',
      tookPlace: true,
      usefulness: 4,
      nextTopic: 'short-video',
      note: 'Very clear.',
      noteReader: 'onlyMe',
      rightMatch: null,
      safeToSpeak: null,
      taughtBy: null,
      version: 1,
      givenAt: NOW,
      answeredAt: NOW,
      department: 'Finance',
      office: 'Rome',
      scoresWeek: null,
      topicsWeek: null,
      commentsWeek: null,
    },
  ],
  feedbackAsked: [],
  newTimes: [],
  contactsAsked: [],
  safeContactOf: [],
  contactRequests: [],
  assistants: [{ displayName: 'Hanna Helper', namedAt: NOW, removedAt: null }],
  assists: [],
  chat: null,
  cards: [],
  mailbox: null,
  cohortsCreated: [],
  log: [],
  erasure: null,
  ...part,
});

/** Somebody of whom nothing is kept. */
export const noData = (part: Partial<OwnDataReply> = {}): OwnDataReply =>
  ownData({ person: null, participations: [], training: [], pairs: [], feedback: [], assistants: [], ...part });
