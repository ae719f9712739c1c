import { describe, expect, it } from 'vitest';
import { audit } from '../../../server/simulation/audit.ts';
import { card, goodRun, rulesBroken, SESSION, type Spoil } from './good-run.ts';

/** Wednesday 09:00 in Rome, the morning after the session. */
const MORNING = '2026-10-07T07:00:00Z';

/** A reminder to somebody; `how`: what is otherwise than usual about its card. */
const remind =
  (at: string, number = 1, { personId = 'mentor', ...how }: { personId?: string } & object = {}): Spoil =>
  ({ truth, records }) => {
    truth.now = Date.parse('2026-10-20T12:00:00Z');
    const activityId = `reminder-${personId}-${number}`;
    truth.seen.cards.push({ ...card(activityId, personId, `reminder to ${personId}`), at: Date.parse(at), ...how });
    records.messages.push({ personId, subjectKey: `feedback:${SESSION}:reminder${number}`, activityId });
  };
const counted = (...spoils: Spoil[]) => {
  const run = goodRun();
  for (const spoil of spoils) spoil(run);
  return audit(run.truth, run.records, { tentativeIsFree: false }).counts.reminders;
};
const all =
  (...spoils: Spoil[]): Spoil =>
  (run) => {
    for (const spoil of spoils) spoil(run);
  };

describe('reminders', () => {
  it('come on working mornings, counted by person', () => {
    const good = [remind(MORNING), remind('2026-10-08T07:00:00Z', 2), remind(MORNING, 1, { personId: 'mentee' })];
    expect(rulesBroken(all(...good))).not.toContain('reminderAtNight');
    expect(rulesBroken(all(...good))).not.toContain('remindedTooOften');
    expect(counted(...good)).toEqual({ shown: 3, people: 2, mostForOne: 2, late: 0, atNight: 0 });
  });

  it.each([
    ['at 23:00', '2026-10-06T21:00:00Z', {}],
    ['on a Saturday', '2026-10-10T07:00:00Z', {}],
    ['in the afternoon', '2026-10-07T13:00:00Z', {}],
    ['in the night of the reader, whose zone is another', MORNING, { zone: 'America/Sao_Paulo' }],
    [
      'on a day on which the reader does not work',
      MORNING,
      { workingHours: { daysOfWeek: ['monday', 'friday'], start: '09:00:00', end: '17:00:00' } },
    ],
  ])('are found %s', (_when, at, how) => {
    expect(rulesBroken(remind(at, 1, how))).toContain('reminderAtNight');
  });

  it('are found by their words where the answer to them was lost', () => {
    const unknown: Spoil = ({ truth }) =>
      truth.seen.cards.push({
        ...card('unknown', 'mentor', 'reminder to mentor'),
        at: Date.parse('2026-10-07T21:00:00Z'),
      });
    expect(rulesBroken(all(remind(MORNING), unknown))).toContain('reminderAtNight');
  });

  it('may be late after the chat refused them in the morning, but not be at night', () => {
    const refused: Spoil = ({ truth }) =>
      truth.seen.requests.push({
        at: Date.parse(MORNING),
        thread: 'chat-mentor',
        fault: { kind: 'status', status: 503, when: 'before', retryAfterSeconds: null },
        question: null,
      });
    expect(counted(remind('2026-10-07T13:00:00Z'), refused)).toMatchObject({ late: 1, atNight: 0 });
    expect(rulesBroken(all(remind('2026-10-07T13:00:00Z'), refused))).not.toContain('reminderAtNight');
    expect(rulesBroken(all(remind('2026-10-07T20:00:00Z'), refused))).toContain('reminderAtNight');
  });

  it('are at most two for a mentor and one for an executive', () => {
    const days = ['2026-10-07', '2026-10-08', '2026-10-09'];
    const often = (times: number, personId: string): Spoil =>
      all(...days.slice(0, times).map((day, index) => remind(`${day}T07:00:00Z`, index + 1, { personId })));
    expect(rulesBroken(often(2, 'mentor'))).not.toContain('remindedTooOften');
    expect(rulesBroken(often(3, 'mentor'))).toContain('remindedTooOften');
    expect(rulesBroken(often(1, 'mentee'))).not.toContain('remindedTooOften');
    expect(rulesBroken(often(2, 'mentee'))).toContain('remindedTooOften');
  });
});
