import { bookCohort } from '../../server/calls/book-cohort.ts';
import { countCalls, type CallKind } from '../../server/calls/count-calls.ts';
import { setFaultStage } from '../../server/faults/stage.ts';

/** Calls to Graph that a whole cohort needed, with the bound of each kind. */
export interface BookingCalls {
  pairs: number;
  booked: number;
  lines: { name: string; calls: number; bound: number | null }[];
}

const DATES = 12;

/**
 * Books a cohort with full calendars by the product itself, over HTTP against the sandbox, and counts the calls. The first
 * line is what the search and the writes need: 1.05 of ceil(users / 999) + ceil(ceil(people / 20) * ceil(days / 61) / 20) +
 * ceil(pairs / 4).
 */
export async function countBooking(pairs: number): Promise<BookingCalls> {
  const stage = await setFaultStage({ seed: 7 });
  try {
    const directory = countCalls(stage.calls).calls.directory ?? 0;
    const { people, days, preparation, search, booking } = await bookCohort(stage, {
      pairs,
      dates: DATES,
      hasMeetings: true,
    });
    const booked = booking.requests.creates ?? 0;
    const of = (kind: CallKind): number => (search.calls[kind] ?? 0) + (booking.calls[kind] ?? 0);
    const users = stage.sandbox.world.people.size;
    const least =
      Math.ceil(users / 999) + Math.ceil((Math.ceil(people / 20) * Math.ceil(days / 61)) / 20) + Math.ceil(booked / 4);
    return {
      pairs,
      booked,
      lines: [
        {
          name: 'organization, search and new series',
          calls: directory + (search.calls.schedules ?? 0) + of('creates'),
          bound: 1.05 * least,
        },
        { name: 'look before the writes', calls: booking.calls.schedules ?? 0, bound: Math.ceil(booked / 10) },
        { name: 'settings of mailboxes', calls: preparation.calls.settings ?? 0, bound: Math.ceil(people / 20) },
        {
          name: 'subscriptions',
          calls: countCalls(stage.calls).calls.subscriptions ?? 0,
          bound: Math.ceil(people / 20),
        },
        { name: 'app installed for people', calls: preparation.calls.installs ?? 0, bound: people + 1 },
        { name: 'link of Teams, looked for', calls: of('links'), bound: null },
        { name: 'dates of new series, read', calls: of('dates'), bound: null },
        { name: 'dates moved', calls: of('moves'), bound: booking.requests.moves ?? 0 },
        { name: 'watching the calendar', calls: of('window') + of('care'), bound: null },
        { name: 'others', calls: of('other'), bound: 0 },
      ],
    };
  } finally {
    await stage.close();
  }
}
