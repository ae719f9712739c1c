import { describe, expect, test } from 'vitest';
import { planWrite } from '../../../server/db/calendar-writes.ts';
import { addOffer, changeOffer } from '../../../server/db/session-offers.ts';
import { updateSession } from '../../../server/db/sessions.ts';
import { loadTenant } from '../../../server/db/tenants.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../../server/domain/time/instant.ts';
import type { EventCopy } from '../../../server/ports.ts';
import { acceptCopies } from '../../../server/use-cases/slots/accept-copies.ts';
import { linkSeriesDates } from '../../../server/use-cases/slots/link-series-dates.ts';
import { writeCalendar } from '../../../server/use-cases/slots/write-calendar.ts';
import { useDatabase } from '../../make/database.ts';
import { FIRST, offer, type MadePair } from '../../make/pair.ts';
import { refused, setStage, START, type Stage } from '../../make/server.ts';
import { agreedPair, readSessions } from '../../make/session.ts';

const db = useDatabase();

/** What the three jobs do together when they are woken. */
async function run(stage: Stage): Promise<Instant | null> {
  const { tenantId } = stage;
  await writeCalendar(stage, { tenantId });
  await linkSeriesDates(stage, { tenantId });
  await writeCalendar(stage, { tenantId });
  return acceptCopies(stage, { tenantId });
}

async function setFullStage(): Promise<Stage> {
  const stage = await setStage(db());
  await stage.tx((tx) => tx.updateTable('tenants').set({ calendarRights: 'full' }).execute());
  return stage;
}

/** The invitation arrives in the executive's mailbox; also for dates that stand apart, by their number. */
function deliver(stage: Stage, { mentee }: MadePair, apart: readonly number[] = []): EventCopy[] {
  const series = stage.calendar.series.at(-1)!;
  const ids = [series.iCalUId, ...apart.map((number) => series.dates[number - 1]!.iCalUId)];
  const copies = ids.map((iCalUId): EventCopy => ({
    eventId: `copy of ${iCalUId}`,
    iCalUId,
    response: 'notResponded',
  }));
  stage.calendar.copies.set(mentee.personId, copies);
  return copies;
}

/** The executive's card about the booking: what it says, and when it may be sent. */
const readCard = async (stage: Stage, { mentee }: MadePair) => {
  const row = await stage.tx((tx) =>
    tx
      .selectFrom('messages')
      .select(['data', 'notBefore'])
      .where('kind', '=', 'booked')
      .where('personId', '=', mentee.personId)
      .executeTakeFirstOrThrow(),
  );
  if (row.data.kind !== 'booked') throw new Error('another card');
  return { acceptOnce: row.data.acceptOnce, notBefore: row.notBefore };
};

describe('with basic rights', () => {
  test('nobody looks into the executive’s mailbox: the card asks for one click at once', async () => {
    const stage = await setStage(db());
    const pair = await agreedPair(stage);
    expect(await run(stage)).toBeNull();
    stage.clock.advance(DAY);
    await run(stage);
    expect(stage.calendar.count('findCopies')).toBe(0);
    expect(await readCard(stage, pair)).toEqual({ acceptOnce: true, notBefore: START });
  });
});

describe('with full rights', () => {
  test('the copy is accepted once it is there, before the card goes out', async () => {
    const stage = await setFullStage();
    const pair = await agreedPair(stage);
    expect(await run(stage)).toBe(plus(START, MINUTE));
    expect((await readCard(stage, pair)).notBefore).toBeGreaterThan(plus(START, MINUTE));
    const [copy] = deliver(stage, pair);
    stage.clock.advance(MINUTE);
    expect(await run(stage)).toBeNull();
    expect(copy!.response).toBe('accepted');
    expect(await readCard(stage, pair)).toEqual({ acceptOnce: false, notBefore: plus(START, MINUTE) });
    stage.clock.advance(DAY);
    await run(stage);
    expect(stage.calendar.count('acceptEvent')).toBe(1);
  });

  test('the master and each date that stands apart are accepted together', async () => {
    const stage = await setFullStage();
    const pair = await agreedPair(stage, offer({ moved: [2] }));
    await run(stage);
    const copies = deliver(stage, pair, [2]);
    stage.clock.advance(MINUTE);
    expect(await run(stage)).toBeNull();
    expect(copies.map(({ response }) => response)).toEqual(['accepted', 'accepted']);
    expect(stage.calendar.count('writeTogether')).toBe(1);
  });

  test.each([
    ['that the executive chose', 'mentee', 'accepted'],
    ['that the mentor chose, when the offer went over to them', 'mentor', 'notResponded'],
    ['to which it moved by itself', null, 'notResponded'],
  ] as const)('a date at a time %s is accepted only where they said yes to it', async (_, answeredBy, response) => {
    const stage = await setFullStage();
    const pair = await agreedPair(stage);
    await run(stage);
    deliver(stage, pair);
    stage.clock.advance(MINUTE);
    expect(await run(stage)).toBeNull();
    const { tenantId } = stage;
    const [, session] = await readSessions(stage, pair.pairId);
    const now = stage.clock.now();
    const [start, end] = [plus(session!.startsAt, HOUR), plus(session!.endsAt, HOUR)];
    await stage.tx(async (tx) => {
      if (answeredBy !== null) {
        const about = { tenantId, sessionId: session!.sessionId, pairId: pair.pairId, because: 'conflict' as const };
        const asked = { starts: [plus(start, HOUR), start], askedOf: pair[answeredBy].personId, answerBy: now, now };
        const open = await addOffer(tx, { ...about, ...asked });
        await changeOffer(tx, open, { state: 'answered', chosen: 1, answeredBy: pair[answeredBy].personId, now });
        await updateSession(tx, session!.sessionId, { locked: true, now });
      }
      const { salt } = await loadTenant(tx);
      const { seriesId, sessionId } = session!;
      const organizerId = stage.mailbox.personId;
      const data = { start, end };
      await planWrite(tx, { tenantId, salt, organizerId, seriesId, sessionId, kind: 'moveDate', data, now });
    });
    await run(stage);
    const [, copy] = deliver(stage, pair, [2]);
    stage.calendar.copies.get(pair.mentee.personId)![0]!.response = 'accepted';
    stage.clock.advance(MINUTE);
    expect(await run(stage)).toBeNull();
    expect((await readSessions(stage, pair.pairId))[1]).toMatchObject({ startsAt: start });
    expect(copy!.response).toBe(response);
  });

  test('an answer of the executive’s own is left alone', async () => {
    const stage = await setFullStage();
    const pair = await agreedPair(stage);
    await run(stage);
    const [copy] = deliver(stage, pair);
    copy!.response = 'tentativelyAccepted';
    stage.clock.advance(MINUTE);
    expect(await run(stage)).toBeNull();
    expect(stage.calendar.count('acceptEvent')).toBe(0);
    expect(copy!.response).toBe('tentativelyAccepted');
  });

  test('a copy that is not there yet is looked for a few times within a day, then not any more', async () => {
    const stage = await setFullStage();
    const pair = await agreedPair(stage, offer({ first: plus(FIRST, 7 * DAY) }));
    const looks: number[] = [];
    for (let next = await run(stage); next !== null; next = await run(stage)) {
      looks.push(next - START);
      stage.clock.set(next);
    }
    expect(looks).toHaveLength(4);
    expect(looks.at(-1)).toBeGreaterThan(24 * HOUR);
    expect(looks.at(-1)).toBeLessThan(25 * HOUR);
    expect(await readCard(stage, pair)).toEqual({ acceptOnce: true, notBefore: plus(START, MINUTE) });
  });

  test('one that comes late is accepted, and the card asks for nothing any more', async () => {
    const stage = await setFullStage();
    const pair = await agreedPair(stage);
    await run(stage);
    stage.clock.advance(MINUTE);
    const next = await run(stage);
    expect(await readCard(stage, pair)).toMatchObject({ acceptOnce: true });
    deliver(stage, pair);
    stage.clock.set(next!);
    expect(await run(stage)).toBeNull();
    expect(await readCard(stage, pair)).toMatchObject({ acceptOnce: false });
  });

  test('an outcome that is not known is read, never taken for granted', async () => {
    const stage = await setFullStage();
    const pair = await agreedPair(stage);
    await run(stage);
    const [copy] = deliver(stage, pair);
    stage.calendar.script('acceptEvent', async (go) => {
      await go();
      return { outcome: 'unknown' as const, notBefore: START, code: 'HTTP 504' };
    });
    stage.clock.advance(MINUTE);
    const next = await run(stage);
    stage.clock.set(next!);
    expect(await run(stage)).toBeNull();
    expect(copy!.response).toBe('accepted');
    expect(stage.calendar.count('acceptEvent')).toBe(1);
    expect(await readCard(stage, pair)).toMatchObject({ acceptOnce: false });
  });

  test('without the right to write there nobody’s copy is tried for a day, then again', async () => {
    const stage = await setFullStage();
    const first = await agreedPair(stage);
    await run(stage);
    deliver(stage, first);
    stage.clock.advance(MINUTE);
    stage.calendar.script('acceptEvent', refused('forbidden', 403, 'ErrorAccessDenied'));
    expect(await run(stage)).toBeNull();
    expect(await readCard(stage, first)).toMatchObject({ acceptOnce: true });
    const second = await agreedPair(stage, offer({ first: plus(FIRST, DAY) }));
    expect(await run(stage)).toBeNull();
    expect(await readCard(stage, second)).toEqual({ acceptOnce: true, notBefore: stage.clock.now() });
    stage.clock.advance(DAY);
    const third = await agreedPair(stage, offer({ first: plus(FIRST, 2 * DAY) }));
    const next = await run(stage);
    deliver(stage, third);
    stage.clock.set(next!);
    await run(stage);
    expect(stage.calendar.count('acceptEvent')).toBe(2);
    expect(await readCard(stage, third)).toMatchObject({ acceptOnce: false });
  });

  test('nothing is accepted while writes are stopped (R10)', async () => {
    const stage = await setFullStage();
    const pair = await agreedPair(stage);
    await run(stage);
    deliver(stage, pair);
    await stage.tx((tx) => tx.updateTable('tenants').set({ writesStopped: true }).execute());
    stage.clock.advance(MINUTE);
    await run(stage);
    expect(stage.calendar.count('findCopies')).toBe(0);
  });
});
