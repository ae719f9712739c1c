import type { Person } from '../../../server/domain/people/person.ts';
import type { SlotOffer } from '../../../server/domain/slots/types.ts';
import { companyRoles } from '../../../server/sandbox/people/company-roles.ts';
import { seedCalendars } from '../../../server/sandbox/people/seed-calendars.ts';
import { cohort, pair, participant, type MadePair } from '../../make/pair.ts';
import type { FaultStage } from '../faults/stage.ts';
import { HOUR, MINUTE } from '../faults/units.ts';
import { countCalls } from './count-calls.ts';

type Counts = ReturnType<typeof countCalls>;

export interface CohortWish {
  pairs: number;
  /** Dates of a series, every two weeks. */
  dates: number;
  /** Everybody has a full calendar; without it nobody has a meeting. */
  hasMeetings?: boolean;
}

/** What a cohort has cost in calls to Graph, step by step. */
export interface CohortCalls {
  people: number;
  /** Of how many days the search has to know. */
  days: number;
  offers: ReadonlyMap<string, SlotOffer[]>;
  preparation: Counts;
  search: Counts;
  booking: Counts;
}

/**
 * Takes a cohort from the mentors' yes to booked series, against the sandbox over HTTP: all are searched at once, and all
 * executives say yes on one morning.
 */
export async function bookCohort(stage: FaultStage, { pairs, dates, hasMeetings }: CohortWish): Promise<CohortCalls> {
  const { rows, calls } = stage;
  const cohortId = await cohort(rows, { sessions: dates });
  await rows.tx((tx) =>
    tx.updateTable('cohorts').set({ everyWeeks: 2, firstWithinDays: 14 }).where('cohortId', '=', cohortId).execute(),
  );
  let from = calls.length;
  const people: [mentor: Person, mentee: Person][] = [];
  const hire = async (side: 'mentor' | 'mentee', number: number): Promise<Person> => {
    const one = stage.hire(`${side} ${String.fromCharCode(97 + (number % 26))}${number}`);
    await participant(rows, cohortId, side, one, { hasChat: false, isPrepared: !hasMeetings });
    return one;
  };
  for (let i = 0; i < pairs; i++) people.push([await hire('mentor', i), await hire('mentee', i)]);
  if (hasMeetings) {
    const roles = {
      ...companyRoles(stage.sandbox.world),
      executives: people.map(([, mentee]) => mentee.personId),
      volunteers: people.map(([mentor]) => mentor.personId),
    };
    seedCalendars(stage.sandbox.world, roles, { from: stage.clock.now(), weeks: 2 * dates + 4 });
    // They have just joined: their mailboxes' settings are read, every six hours.
    await stage.pass(6 * HOUR + MINUTE);
  }
  const preparation = countCalls(calls.slice(from));
  const made: MadePair[] = [];
  for (const [mentor, mentee] of people) made.push(await pair(rows, 'mentorAgreed', { cohortId, mentor, mentee }));

  from = calls.length;
  // The search looks every six hours; the mentors' yeses stand together by then.
  await stage.pass(6 * HOUR + MINUTE);
  const search = countCalls(calls.slice(from));
  const offers = await rows.tx(async (tx) => {
    const found = await tx.selectFrom('proposals').select(['pairId', 'offers']).execute();
    return new Map(found.map((row) => [row.pairId, row.offers]));
  });

  from = calls.length;
  const stop = (writesStopped: boolean) => rows.tx((tx) => tx.updateTable('tenants').set({ writesStopped }).execute());
  // All yeses of a busy morning: nothing is written before the last.
  await stop(true);
  const [last, ...others] = made.filter(({ pairId }) => offers.has(pairId));
  for (const one of others) await stage.agree(one);
  await stop(false);
  if (last) await stage.agree(last);
  await stage.pass(10 * MINUTE);
  const booking = countCalls(calls.slice(from));
  return { people: 2 * pairs, days: 14 + 7 * 2 * (dates - 1) + 8, offers, preparation, search, booking };
}
