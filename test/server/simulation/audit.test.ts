import { describe, expect, it } from 'vitest';
import { HOUR, NEXT, NOW, PROGRAM, rulesBroken, SECOND, T0, type Spoil } from './good-run.ts';

describe('the audit', () => {
  it('finds nothing in a run in which everything is right', () => {
    expect(rulesBroken(() => undefined)).toEqual([]);
  });

  const copy = { ownerId: PROGRAM, eventId: 'copy', iCalUId: 'other', tag: 'key-1', isCancelled: false, isCopy: true };

  it('lets people copy an event of ours, and us put back a tag that they stripped', () => {
    const broken = rulesBroken(({ truth }) => {
      const [made] = truth.writes;
      truth.tagged.unshift(copy);
      truth.writes.push(
        { ...made, by: 'person:delegate', kind: 'update', at: T0, placed: [] },
        { ...made, kind: 'tag', at: T0 + HOUR, placed: [] },
      );
    });
    expect(broken).toEqual([]);
  });

  it('asks nothing of the calendar about a series that was lost with its mailbox', () => {
    const broken = rulesBroken(({ truth, records }) => {
      records.series[0].state = 'lost';
      truth.organizerItems = [];
    });
    expect(broken).toEqual([]);
  });

  it('takes no offence at a new series after the old one was over, and does at one before', () => {
    const restarted = (wasOverAt: number) =>
      rulesBroken(({ truth, records }) => {
        const again = { masterId: 'again', eventId: 'again', iCalUId: 'uid-2', transactionId: 'key-2' };
        truth.tagged.push({ ownerId: PROGRAM, eventId: 'again', tag: 'key-2', isCancelled: false });
        truth.writes.push({ ...truth.writes[0], ...again, at: NOW, placed: [] });
        records.series.push({
          ...records.series[0],
          seriesId: 'series-2',
          eventId: 'again',
          key: 'key-2',
          generation: 2,
        });
        records.series[0].state = 'cancelled';
        records.sessions.splice(1);
        truth.organizerItems.splice(1);
        Object.assign(truth.organizerItems[0], { seriesMasterId: 'master', end: wasOverAt });
      });
    expect(restarted(NOW - HOUR)).toEqual([]);
    expect(restarted(NOW + HOUR)).toEqual(['duplicateSeries']);
  });

  /** A date that was moved into somebody's evening, and who had proposed that. */
  const movedToEvening =
    (proposer: string): Spoil =>
    ({ truth }) => {
      const [made] = truth.writes;
      const [, place] = made.placed;
      const start = place.start;
      const response = { answer: 'declined', proposal: { start, end: place.end } };
      const responded = { ...made, by: `person:${proposer}`, kind: 'respond', iCalUId: place.iCalUId, placed: [] };
      truth.writes.push({ ...responded, at: made.at, response });
      place.outsideWorkingHours.push('mentor');
    };
  it('takes people at their word who propose an evening of their own', () => {
    expect(rulesBroken(movedToEvening('mentor'))).toEqual([]);
  });

  const planted: [string, string, Spoil][] = [
    [
      'a second living series of the pair',
      'duplicateSeries',
      ({ truth }) => truth.tagged.push({ ownerId: PROGRAM, eventId: 'copy', tag: 'key-1', isCancelled: false }),
    ],
    [
      'two single dates in the place of one session',
      'duplicateSeries',
      ({ truth, records }) => {
        records.dates.push({ key: 'date-a', sessionId: SECOND }, { key: 'date-b', sessionId: SECOND });
        for (const tag of ['date-a', 'date-b'])
          truth.tagged.push({ ownerId: PROGRAM, eventId: tag, tag, isCancelled: false });
      },
    ],
    [
      'a tagged event that the database does not know',
      'orphanSeries',
      ({ truth }) => truth.tagged.push({ ownerId: PROGRAM, eventId: 'x', tag: 'key-9', isCancelled: false }),
    ],
    [
      'a confirmed series that is gone without a cause',
      'orphanSeries',
      ({ truth }) => (truth.tagged[0].isCancelled = true),
    ],
    [
      'two of our sessions at once',
      'doubleBooking',
      ({ records }) => records.sessions.push({ ...records.sessions[0], sessionId: 'third', eventId: null }),
    ],
    [
      'a booking over a busy time',
      'bookedOverBusy',
      ({ truth }) =>
        truth.writes[0].placed[0].collisions.push({ personId: 'mentee', status: 'busy', start: T0, end: T0 + HOUR }),
    ],
    [
      'a booking over a tentative time',
      'bookedOverBusy',
      ({ truth }) =>
        truth.writes[0].placed[0].collisions.push({
          personId: 'mentee',
          status: 'tentative',
          start: T0,
          end: T0 + HOUR,
        }),
    ],
    [
      'a booking outside the working day',
      'outsideWorkingHours',
      ({ truth }) => truth.writes[0].placed[1].outsideWorkingHours.push('mentor'),
    ],
    ['an evening that the other one proposed', 'outsideWorkingHours', movedToEvening('mentee')],
    ['an answer that was thanked for and is not stored', 'lostFeedback', ({ records }) => (records.feedback = [])],
    [
      'a session that the calendar has at another time',
      'calendarDiffers',
      ({ truth }) => (truth.organizerItems[1].start += HOUR),
    ],
    ['a session that the calendar does not have', 'calendarDiffers', ({ truth }) => truth.organizerItems.pop()],
    [
      'a date of ours that is no session',
      'calendarDiffers',
      ({ truth }) => truth.organizerItems.push({ ...truth.organizerItems[1], eventId: 'date-3' }),
    ],
    [
      'a cancelled session that still stands',
      'calendarDiffers',
      ({ records }) => (records.sessions[1].state = 'cancelled'),
    ],
    ['a write of ours in a participant’s mailbox', 'foreignWrite', ({ truth }) => (truth.writes[0].ownerId = 'mentee')],
    ['a write of ours to an event without our tag', 'foreignWrite', ({ truth }) => (truth.writes[0].tags = {})],
    [
      'a write of ours to somebody’s copy',
      'foreignWrite',
      ({ truth }) => {
        truth.tagged.push(copy);
        truth.writes.push({ ...truth.writes[0], kind: 'update', eventId: 'copy', masterId: 'copy', placed: [] });
      },
    ],
    [
      'a tag that is put back twice',
      'foreignWrite',
      ({ truth }) => {
        for (const hours of [1, 2])
          truth.writes.push({ ...truth.writes[0], kind: 'tag', at: T0 + hours * HOUR, placed: [] });
      },
    ],
    [
      'a write of ours after a person moved the date',
      'humanUndone',
      ({ truth }) =>
        truth.writes.push(
          { ...truth.writes[0], by: 'person:delegate', kind: 'update', eventId: 'date-2', at: T0, placed: [] },
          { ...truth.writes[0], kind: 'update', eventId: 'date-2', at: T0 + HOUR, placed: [] },
        ),
    ],
    [
      'the same invitation twice',
      'doubledInvitation',
      ({ truth }) => truth.mailsTo.get('mentee').push({ kind: 'invitation', iCalUId: 'uid' }),
    ],
  ];
  it.each(planted)('finds %s', (_what, rule, spoil) => {
    expect(rulesBroken(spoil)).toContain(rule);
  });

  it('lets a date stand over a meeting only until it is moved at once to where the proposal put it', () => {
    const spoil: Spoil = ({ truth, records }) => {
      truth.writes[0].placed[1].collisions.push({ personId: 'mentor', status: 'busy', start: NEXT, end: NEXT + HOUR });
      records.sessions[1].plannedStart = NEXT + HOUR;
    };
    expect(rulesBroken(spoil)).toContain('bookedOverBusy');
    const moved: Spoil = (run) => {
      spoil(run);
      run.records.sessions[1].startsAt = NEXT + HOUR;
      run.records.sessions[1].endsAt = NEXT + 1.5 * HOUR;
      Object.assign(run.truth.organizerItems[1], { start: NEXT + HOUR, end: NEXT + 1.5 * HOUR });
      const start = NEXT + HOUR;
      run.truth.writes.push({
        ...run.truth.writes[0],
        kind: 'update',
        eventId: 'date-2',
        at: run.truth.writes[0].at + 60_000,
        placed: [{ start, end: start + HOUR / 2, collisions: [], outsideWorkingHours: [] }],
      });
    };
    expect(rulesBroken(moved)).toEqual([]);
  });
});
