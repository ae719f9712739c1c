import type { TenantId } from '../domain/people/person.ts';
import { DAY, HOUR, type Instant } from '../domain/time/instant.ts';
import type { JobName } from '../ports.ts';

/** A piece of timed work: looks at what is due for one tenant, does it, and says when to look again (null: only when woken). */
export type Work = (input: { tenantId: TenantId }) => Promise<Instant | null | void>;

/**
 * The whole clock of the product on one screen: each job, how often it looks at the latest, and what it is for. Most say
 * themselves when something is due next; the cadence here is the net below them. What is
 * due stands in the database; a job that is woken or run twice does nothing twice.
 */
export const TIMETABLE: readonly { name: JobName; everyMilliseconds: number; what: string }[] = [
  { name: 'syncOrganization', everyMilliseconds: 3 * HOUR, what: 'reads what changed in the directory' },
  {
    name: 'prepareParticipants',
    everyMilliseconds: 6 * HOUR,
    what: 'reads mailbox settings, installs the app, asks the first question',
  },
  {
    name: 'advanceCohorts',
    everyMilliseconds: 6 * HOUR,
    what: 'takes cohorts that run by themselves to their next step',
  },
  { name: 'offerSlots', everyMilliseconds: 6 * HOUR, what: 'finds times and makes the proposals' },
  {
    name: 'remindAndExpire',
    everyMilliseconds: 3 * HOUR,
    what: 'reminds once, then hands silence to the administrator',
  },
  // After a time off the mailboxes are watched and read again before anything is written (reliability.md F24).
  { name: 'renewSubscriptions', everyMilliseconds: DAY, what: 'keeps the program mailbox watched' },
  { name: 'reconcileSeries', everyMilliseconds: 6 * HOUR, what: 'reads watched mailboxes and records what people did' },
  {
    name: 'bookSeries',
    everyMilliseconds: 6 * HOUR,
    what: 'learns the dates of booked series and plans the moved ones',
  },
  { name: 'writeCalendar', everyMilliseconds: 6 * HOUR, what: 'sends due calendar writes and resolves unknown ones' },
  {
    name: 'askFeedback',
    everyMilliseconds: 6 * HOUR,
    what: 'closes sessions that ended, asks for feedback, and publishes that of a closed week',
  },
  { name: 'sendMessages', everyMilliseconds: 6 * HOUR, what: 'sends and replaces cards' },
];
