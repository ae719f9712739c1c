import { describe, expect, test } from 'vitest';
import { loadProposals, movePair } from '../../../server/db/pairs.ts';
import { json } from '../../../server/db/schema.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import type { SlotOffer } from '../../../server/domain/slots/types.ts';
import { DAY, HOUR, MINUTE, plus, type LocalDate, type ZoneId } from '../../../server/domain/time/instant.ts';
import { offerSlots } from '../../../server/use-cases/slots/offer-slots.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, pair, participant, readPair } from '../../make/pair.ts';
import { person } from '../../make/person.ts';
import { refused, setStage, START, type Stage } from '../../make/server.ts';

const db = useDatabase();
const run = (stage: Stage) => offerSlots(stage, { tenantId: stage.tenantId });
const offersOf = async (stage: Stage, pairId: string): Promise<SlotOffer[]> =>
  (await stage.tx((tx) => loadProposals(tx, [pairId]))).get(pairId)?.offers ?? [];
const overlap = (a: SlotOffer, b: SlotOffer): boolean =>
  a.dates.some((one) => b.dates.some((two) => one.start < two.end && two.start < one.end));

describe('no proposal is made', () => {
  test('without a program mailbox to look through', async () => {
    const stage = await setStage(db());
    const { pairId } = await pair(stage, 'mentorAgreed');
    await stage.tx((tx) => tx.updateTable('tenants').set({ programMailboxId: null }).execute());
    expect(await run(stage)).toBe(plus(START, 30 * MINUTE));
    expect((await readPair(stage, pairId)).state).toBe('mentorAgreed');
  });

  test('while the calendars cannot be asked: the wait is kept, and the administrator hears of a refusal', async () => {
    const stage = await setStage(db());
    const { pairId } = await pair(stage, 'mentorAgreed');
    stage.calendar.script('readBusy', { outcome: 'later', notBefore: plus(START, 7 * MINUTE), code: 'HTTP 429' });
    expect(await run(stage)).toBe(plus(START, 7 * MINUTE));
    stage.clock.advance(7 * MINUTE);
    stage.calendar.script('readBusy', refused('forbidden', 403, 'ErrorAccessDenied'));
    await run(stage);
    expect((await readPair(stage, pairId)).state).toBe('mentorAgreed');
    const log = await stage.tx((tx) => tx.selectFrom('runLog').select('kind').execute());
    expect(log).toEqual([{ kind: 'calendarUnreachable' }]);
  });

  test('over a calendar that may not be read: it is never taken as free', async () => {
    const stage = await setStage(db());
    const { pairId, mentee } = await pair(stage, 'mentorAgreed');
    stage.calendar.unreadable.add(mentee.personId);
    await run(stage);
    expect(await offersOf(stage, pairId)).toEqual([]);
    expect(await stage.tx((tx) => tx.selectFrom('runLog').select('kind').execute())).toEqual([
      { kind: 'calendarNotReadable' },
    ]);
  });

  test('for somebody whose zone nobody knows: never as if it were UTC (F42)', async () => {
    const stage = await setStage(db());
    const { pairId, mentor } = await pair(stage, 'mentorAgreed');
    await stage.tx((tx) =>
      tx
        .updateTable('participants')
        .set({ timeZoneNote: 'Mars Standard Time' })
        .where('personId', '=', mentor.personId)
        .execute(),
    );
    stage.calendar.script('readBusy', async (go) => {
      const answer = await go();
      const own = answer.outcome === 'done' ? answer.value.get(mentor.personId) : undefined;
      if (own?.readable) own.timeZone = null;
      return answer;
    });
    await run(stage);
    expect(await offersOf(stage, pairId)).toEqual([]);
    stage.clock.advance(DAY);
    await run(stage);
    expect(await offersOf(stage, pairId)).toHaveLength(3);
  });

  test('for a pair of which one has left, nor where one leaves while the calendars are read (F38)', async () => {
    const leave = (stage: Stage, personId: PersonId) =>
      stage.tx((tx) =>
        tx.updateTable('people').set({ accountEnabled: false }).where('personId', '=', personId).execute(),
      );
    const stage = await setStage(db());
    const before = await pair(stage, 'mentorAgreed');
    await leave(stage, before.mentor.personId);
    await run(stage);
    expect(stage.calendar.count('readBusy')).toBe(0);
    expect((await readPair(stage, before.pairId)).state).toBe('closed');
    expect(stage.jobs.woken).toContain('advanceCohorts');
    const meanwhile = await pair(stage, 'mentorAgreed');
    const other = await pair(stage, 'mentorAgreed', { cohortId: meanwhile.cohortId });
    stage.calendar.script('readBusy', async (go) => {
      await leave(stage, meanwhile.mentee.personId);
      return go();
    });
    await run(stage);
    expect(await offersOf(stage, meanwhile.pairId)).toEqual([]);
    expect(await offersOf(stage, other.pairId)).toHaveLength(3);
    await run(stage);
    expect((await readPair(stage, meanwhile.pairId)).state).toBe('closed');
    const asked = await stage.tx((tx) => tx.selectFrom('messages').select('personId').execute());
    expect(asked).toEqual([{ personId: other.mentee.personId }]);
  });

  test('for a match that ended while the calendars were read', async () => {
    const stage = await setStage(db());
    const { pairId } = await pair(stage, 'mentorAgreed');
    stage.calendar.script('readBusy', async (go) => {
      await stage.tx((tx) => movePair(tx, pairId, 'close', { now: stage.clock.now() }));
      return go();
    });
    await run(stage);
    expect(await stage.tx((tx) => tx.selectFrom('messages').select('kind').execute())).toEqual([]);
  });

  test('when there is no time: searched again the next day, six times, then the administrator is asked', async () => {
    const stage = await setStage(db());
    const { pairId, mentor } = await pair(stage, 'mentorAgreed');
    stage.calendar.busy.set(mentor.personId, [{ start: START, end: plus(START, 400 * DAY), status: 'oof' }]);
    for (let search = 1; search <= 6; search++) {
      await run(stage);
      expect((await readPair(stage, pairId)).slotSearches).toBe(search);
      await run(stage);
      stage.clock.advance(20 * HOUR);
    }
    expect((await readPair(stage, pairId)).state).toBe('noSlot');
  });
});

describe('a proposal', () => {
  test('keeps to the clock of the zone that somebody moved to, and so does everything after it (F43)', async () => {
    const stage = await setStage(db());
    const { pairId, mentee } = await pair(stage, 'mentorAgreed');
    const lisbon = 'Europe/Lisbon' as ZoneId;
    stage.calendar.script('readBusy', async (go) => {
      const answer = await go();
      const own = answer.outcome === 'done' ? answer.value.get(mentee.personId) : undefined;
      if (own?.readable) own.timeZone = lisbon;
      return answer;
    });
    await run(stage);
    const offers = await offersOf(stage, pairId);
    expect(offers.map((offer) => offer.timeZone)).toEqual([lisbon, lisbon, lisbon]);
    for (const { time } of offers) expect(time >= '09:00' && time < '17:00').toBe(true);
    const row = await stage.tx((tx) =>
      tx
        .selectFrom('participants')
        .select(['timeZone', 'timeZoneNote'])
        .where('personId', '=', mentee.personId)
        .executeTakeFirstOrThrow(),
    );
    expect(row).toEqual({ timeZone: lisbon, timeZoneNote: null });
  });

  test('holds times that are free for both, in both working days, and a deadline', async () => {
    const stage = await setStage(db());
    const { pairId, mentor, mentee } = await pair(stage, 'mentorAgreed');
    const wholeDay = { start: plus(START, 8 * DAY), end: plus(START, 8 * DAY + 12 * HOUR), status: 'busy' as const };
    stage.calendar.busy.set(mentee.personId, [wholeDay]);
    stage.calendar.busy.set(mentor.personId, [
      { ...wholeDay, start: plus(START, 10 * DAY), end: plus(START, 10 * DAY + 12 * HOUR) },
    ]);
    await run(stage);
    const offers = await offersOf(stage, pairId);
    expect(offers.map((one) => one.kind)).toEqual(['mostDates', 'bestTime', 'earliestStart']);
    for (const one of offers) {
      expect(one.dates).toHaveLength(3);
      for (const date of one.dates) {
        for (const id of [mentor.personId, mentee.personId]) {
          for (const busy of stage.calendar.busy.get(id)!)
            expect(date.start < busy.end && busy.start < date.end).toBe(false);
        }
        expect(date.start).toBeGreaterThanOrEqual(plus(START, DAY));
        const hour = new Date(date.start).getUTCHours() + 2;
        expect(hour).toBeGreaterThanOrEqual(9);
        expect(hour).toBeLessThan(18);
      }
    }
    expect((await readPair(stage, pairId)).state).toBe('menteeAsked');
    expect(stage.jobs.woken).toContain('sendMessages');
    const [asked] = await stage.tx((tx) =>
      tx.selectFrom('participants').select('asks').where('personId', '=', mentee.personId).execute(),
    );
    expect(asked!.asks).toBe(1);
  });

  test('keeps away from public holidays of either country, and from protected hours', async () => {
    const stage = await setStage(db());
    const { pairId, mentor, mentee, cohortId } = await pair(stage, 'mentorAgreed');
    // Wednesday 11 November, the first day of all, is one in Poland; Tuesday 8 December in Italy.
    const holidays = ['2026-11-11', '2026-12-08'];
    await stage.tx(async (tx) => {
      await tx.updateTable('people').set({ country: 'Italia' }).where('personId', '=', mentee.personId).execute();
      await tx.updateTable('people').set({ country: 'PL' }).where('personId', '=', mentor.personId).execute();
      await tx
        .updateTable('cohorts')
        .set({ startsOn: '2026-11-11' as LocalDate })
        .where('cohortId', '=', cohortId)
        .execute();
      const day = [['00:00', '24:00']];
      const preferences = json({ protected: { monday: day, thursday: day, friday: day } });
      await tx.updateTable('participants').set({ preferences }).where('personId', '=', mentor.personId).execute();
    });
    await run(stage);
    const offers = await offersOf(stage, pairId);
    expect(offers).toHaveLength(3);
    for (const { weekday, dates } of offers) {
      expect(['tuesday', 'wednesday']).toContain(weekday);
      for (const { start } of dates) expect(holidays).not.toContain(new Date(start).toISOString().slice(0, 10));
    }
  });

  test('by months keeps to the same weekday of the month', async () => {
    const stage = await setStage(db());
    const { pairId, cohortId } = await pair(stage, 'mentorAgreed');
    await stage.tx((tx) =>
      tx.updateTable('cohorts').set({ everyMonths: 1 }).where('cohortId', '=', cohortId).execute(),
    );
    await run(stage);
    const offers = await offersOf(stage, pairId);
    expect(offers).toHaveLength(3);
    for (const { index, dates } of offers) {
      expect(['first', 'second', 'third', 'fourth', 'last']).toContain(index);
      const months = dates.map(({ originalStart }) => new Date(originalStart).getUTCMonth());
      expect(months).toEqual([0, 1, 2].map((n) => (months[0]! + n) % 12));
    }
  });

  test('never holds a time of a mentor that another open proposal holds, made in one run or in two', async () => {
    const stage = await setStage(db());
    const cohortId = await cohort(stage);
    const mentor = await participant(stage, cohortId, 'mentor', person('Mia Mentor'));
    await stage.tx((tx) =>
      tx.updateTable('participants').set({ seats: 3 }).where('personId', '=', mentor.personId).execute(),
    );
    const pairs = [];
    for (let i = 0; i < 3; i++) {
      pairs.push(
        await pair(stage, 'mentorAgreed', {
          cohortId,
          mentor,
          mentee: await participant(stage, cohortId, 'mentee', person(`Executive ${i}`)),
          dueAt: plus(START, i === 2 ? DAY : 0),
        }),
      );
    }
    await run(stage);
    stage.clock.advance(DAY);
    await run(stage);
    const offers = await Promise.all(pairs.map(({ pairId }) => offersOf(stage, pairId)));
    expect(offers.map((list) => list.length)).toEqual([3, 3, 3]);
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      for (const one of offers[a]!) for (const two of offers[b]!) expect(overlap(one, two)).toBe(false);
    }
  });

  test('is not made twice', async () => {
    const stage = await setStage(db());
    const { pairId } = await pair(stage, 'mentorAgreed');
    await run(stage);
    const before = json(await offersOf(stage, pairId));
    await run(stage);
    expect(json(await offersOf(stage, pairId))).toBe(before);
    expect(stage.calendar.count('readBusy')).toBe(1);
  });
});
