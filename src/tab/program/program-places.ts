import type { OverviewReply } from '../../../server/contract/administrator.ts';

/** Where a place stands: `next` waits for the administrator, `done` is settled, `open` can be looked at at any time. */
export type PlaceState = 'next' | 'done' | 'open';

/** One of the administrator's pages, reached from the overview. */
export interface ProgramPlace {
  to: `/program/${string}`;
  /** Its name and what it is for are `program:places.<title>` and `program:places.<title>Lead`. */
  title: 'setup' | 'participants' | 'messages' | 'matching' | 'calendar' | 'running';
  /** Null: there is nothing behind it yet, and it is not shown. */
  state: (overview: OverviewReply) => PlaceState | null;
}

/** The ways from the overview, in the order in which a cohort takes them. */
export const PROGRAM_PLACES: readonly ProgramPlace[] = [
  { to: '/program/setup', title: 'setup', state: ({ cohort }) => (cohort ? 'done' : 'next') },
  {
    to: '/program/participants',
    title: 'participants',
    state: ({ cohort }) => (cohort ? (cohort.nextStep === 'invite' ? 'next' : 'open') : null),
  },
  { to: '/program/messages', title: 'messages', state: ({ cohort }) => (cohort ? 'open' : null) },
  {
    to: '/program/matching',
    title: 'matching',
    state: ({ cohort }) => {
      if (!cohort || cohort.nextStep === 'invite') return null;
      return cohort.nextStep === 'running' ? 'open' : 'next';
    },
  },
  {
    to: '/program/calendar',
    title: 'calendar',
    state: ({ cohort }) => (cohort?.nextStep === 'running' || cohort?.nextStep === 'publish' ? 'open' : null),
  },
  { to: '/program/running', title: 'running', state: ({ cohort }) => (cohort ? 'open' : null) },
];
