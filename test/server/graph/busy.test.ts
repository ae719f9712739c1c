import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { DAY, HOUR, MINUTE, parseInstant, plus, toIso } from '../../../server/domain/time/instant.ts';
import { createCalendar } from '../../../server/graph/calendar.ts';
import type { Calendar, Mailbox } from '../../../server/ports.ts';
import {
  clientOfDouble,
  createSteppingClock,
  graphError,
  startGraphDouble,
  TENANT,
  type GraphDouble,
  type Json,
} from '../../make/graph-double.ts';

const id = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}` as PersonId;
const mailbox = (n: number): Mailbox => ({ personId: id(n), address: `Person${n}@contoso.com` });
const FROM = parseInstant('2026-10-12T09:00:00Z');
const cells = (json: Json): number =>
  (Date.parse(`${json.endTime.dateTime}Z`) - Date.parse(`${json.startTime.dateTime}Z`)) / (15 * MINUTE);
const freeFor = (json: Json) => ({
  value: json.schedules.map((s: string) => ({ scheduleId: s, availabilityView: '0'.repeat(cells(json)) })),
});
const free = (json: Json) => ({ json: freeFor(json) });
/** The questions of a call, alone or in a batch. */
const questionsOf = (json: Json): Json[] => json.requests?.map(({ body }: Json) => body) ?? [json];
/** Answers each question of a call, alone or in a batch, as `answer` says. */
const eachOf = (json: Json, answer: (body: Json) => object) => ({
  json: json.requests
    ? { responses: json.requests.map(({ id, body }: Json) => ({ id, status: 200, body: answer(body) })) }
    : answer(json),
});

let double: GraphDouble;
let calendar: Calendar;
beforeEach(async () => {
  double = await startGraphDouble();
  calendar = createCalendar(clientOfDouble(double, createSteppingClock()), {
    notificationUrl: 'https://h/n',
    lifecycleUrl: 'https://h/l',
  });
});
afterEach(() => double.close());

const readOne = async (schedule: object, options?: { exact?: boolean }) => {
  double.script(({ json }) => ({ json: { value: [{ scheduleId: json.schedules[0].toLowerCase(), ...schedule }] } }));
  const result = await calendar.readBusy(TENANT, id(1), [mailbox(2)], FROM, plus(FROM, HOUR), options);
  if (result.outcome !== 'done') throw new Error(result.code);
  return result.value.get(id(2));
};
const at = (time: string) => ({ dateTime: `2026-10-12T${time}:00.0000000`, timeZone: 'UTC' });
const interval = (start: string, end: string, status: string) => ({
  start: parseInstant(`2026-10-12T${start}:00Z`),
  end: parseInstant(`2026-10-12T${end}:00Z`),
  status,
});

describe('the request', () => {
  it('is what getSchedule takes', async () => {
    double.script(({ json }) => free(json));
    await calendar.readBusy(TENANT, id(1), [mailbox(2)], FROM, plus(FROM, HOUR));
    expect(double.seen[0]).toMatchObject({
      method: 'POST',
      path: `/v1.0/users/${id(1)}/calendar/getSchedule`,
      json: {
        schedules: ['Person2@contoso.com'],
        startTime: { dateTime: '2026-10-12T09:00:00', timeZone: 'UTC' },
        endTime: { dateTime: '2026-10-12T10:00:00', timeZone: 'UTC' },
        availabilityViewInterval: 15,
      },
    });
    expect(double.seen[0]!.headers['prefer']).toBe('IdType="ImmutableId", outlook.timezone="UTC"');
  });

  it('holds 20 addresses and less than 62 days', async () => {
    double.script(({ json }) => eachOf(json, freeFor));
    const mailboxes = Array.from({ length: 45 }, (_, i) => mailbox(i));
    const result = await calendar.readBusy(TENANT, id(1), mailboxes, FROM, plus(FROM, 182 * DAY));
    expect(double.seen).toHaveLength(1);
    const { requests } = double.seen[0]!.json;
    expect(requests.map(({ body }: Json) => [body.schedules.length, cells(body) / 96])).toEqual(
      [61, 61, 60].flatMap((days) => [
        [20, days],
        [20, days],
        [5, days],
      ]),
    );
    expect(
      result.outcome === 'done' && [...result.value.values()].every((one) => one.readable && one.busy.length === 0),
    ).toBe(true);
  });

  it('comes 20 at a time', async () => {
    double.script(({ json }) => eachOf(json, freeFor));
    const mailboxes = Array.from({ length: 260 }, (_, i) => mailbox(i));
    const result = await calendar.readBusy(TENANT, id(1), mailboxes, FROM, plus(FROM, 182 * DAY));
    expect(double.seen.map(({ json }) => json.requests.length)).toEqual([20, 19]);
    expect(result.outcome === 'done' && result.value.size).toBe(260);
  });

  it('that is not answered properly makes nobody look free', async () => {
    double.script(({ json }, index) =>
      index === 0
        ? { json: { responses: [] } }
        : eachOf(json, (body) => ({ value: body.schedules.length === 5 ? freeFor(body).value : [] })),
    );
    const mailboxes = Array.from({ length: 25 }, (_, i) => mailbox(i));
    const result = await calendar.readBusy(TENANT, id(1), mailboxes, FROM, plus(FROM, HOUR));
    const of = (n: number) => (result.outcome === 'done' ? result.value.get(id(n)) : undefined);
    expect([of(0), of(19), of(20)]).toMatchObject([
      { readable: false, code: 'NotAnswered' },
      { readable: false, code: 'NotAnswered' },
      { readable: true },
    ]);
  });

  it('stands on the grid of cells', async () => {
    double.script(({ json }) => free(json));
    await calendar.readBusy(TENANT, id(1), [mailbox(2)], plus(FROM, 7 * MINUTE), plus(FROM, 50 * MINUTE));
    expect(double.seen[0]!.json).toMatchObject({
      startTime: { dateTime: '2026-10-12T09:00:00' },
      endTime: { dateTime: '2026-10-12T10:00:00' },
    });
  });
});

describe('the answer', () => {
  it('cells become intervals with their status; 4 is working elsewhere; the unknown is busy', async () => {
    expect(await readOne({ availabilityView: '0122' })).toMatchObject({
      readable: true,
      busy: [interval('09:15', '09:30', 'tentative'), interval('09:30', '10:00', 'busy')],
    });
    expect(await readOne({ availabilityView: '347?' })).toMatchObject({
      busy: [
        interval('09:00', '09:15', 'oof'),
        interval('09:15', '09:30', 'workingElsewhere'),
        interval('09:30', '10:00', 'busy'),
      ],
    });
  });

  it('exact gives the edges of the items, and keeps marked cells that no item explains', async () => {
    const scheduleItems = [
      { status: 'Busy', start: at('09:20'), end: at('09:25') },
      { status: 'free', start: at('09:00'), end: at('09:10') },
      { status: 'busy', start: at('09:25'), end: at('09:35') },
    ];
    expect(await readOne({ availabilityView: '0223', scheduleItems }, { exact: true })).toMatchObject({
      busy: [interval('09:20', '09:35', 'busy'), interval('09:45', '10:00', 'oof')],
    });
  });

  it.each([
    [
      'an error',
      { availabilityView: '', error: { message: '', responseCode: 'ErrorMailRecipientNotFound' } },
      'ErrorMailRecipientNotFound',
    ],
    ['an error beside a view', { availabilityView: '0000', error: { message: '', responseCode: '5009' } }, '5009'],
    ['an error without code', { availabilityView: '0000', error: {} }, 'UnknownError'],
    ['no view', {}, 'IncompleteView'],
    ['a short view', { availabilityView: '00' }, 'IncompleteView'],
    ['another address', { scheduleId: 'x@contoso.com', availabilityView: '0000' }, 'NotAnswered'],
  ])('%s is unreadable, never free', async (_, schedule, code) => {
    expect(await readOne(schedule)).toEqual({ readable: false, code });
  });

  it('an item that is not understood makes the exact answer unreadable', async () => {
    const scheduleItems = [
      {
        status: 'busy',
        start: { dateTime: '2026-10-12T09:00:00', timeZone: 'Customized Time Zone' },
        end: at('09:30'),
      },
    ];
    expect(await readOne({ availabilityView: '2200', scheduleItems }, { exact: true })).toEqual({
      readable: false,
      code: 'UnreadableItem',
    });
  });

  it('gives working hours and their zone, custom zones without a zone', async () => {
    const workingHours = {
      daysOfWeek: ['monday', 'tuesday'],
      startTime: '08:00:00.0000000',
      endTime: '17:00:00.0000000',
    };
    const hours = { monday: [['08:00', '17:00']], tuesday: [['08:00', '17:00']] };
    expect(
      await readOne({
        availabilityView: '0000',
        workingHours: { ...workingHours, timeZone: { name: 'Pacific Standard Time' } },
      }),
    ).toMatchObject({
      workingHours: hours,
      timeZone: 'America/Los_Angeles',
    });
    const custom = { '@odata.type': '#microsoft.graph.customTimeZone', bias: 480, name: 'Customized Time Zone' };
    expect(
      await readOne({ availabilityView: '0000', workingHours: { ...workingHours, timeZone: custom } }),
    ).toMatchObject({ workingHours: hours, timeZone: null });
    expect(await readOne({ availabilityView: '0000' })).toMatchObject({ workingHours: null, timeZone: null });
  });

  it('5006 halves the window for that mailbox alone', async () => {
    double.script(({ json }) =>
      eachOf(json, (question) => {
        const days = cells(question) / 96;
        const body = freeFor(question);
        for (const one of body.value) {
          if (one.scheduleId === 'Person2@contoso.com' && days > 10)
            Object.assign(one, { availabilityView: '', error: { responseCode: '5006' } });
          else if (one.scheduleId === 'Person2@contoso.com') one.availabilityView = `2${one.availabilityView.slice(1)}`;
        }
        return body;
      }),
    );
    const result = await calendar.readBusy(TENANT, id(1), [mailbox(2), mailbox(3)], FROM, plus(FROM, 40 * DAY));
    if (result.outcome !== 'done') throw new Error(result.code);
    expect(
      double.seen.map(({ json }) => questionsOf(json).map((one) => [one.schedules.length, cells(one) / 96])),
    ).toEqual([
      [[2, 40]],
      [
        [1, 20],
        [1, 20],
      ],
      Array.from({ length: 4 }, () => [1, 10]),
    ]);
    const person = result.value.get(id(2));
    expect(person?.readable && person.busy.map(({ start }) => toIso(start).slice(0, 10))).toEqual([
      '2026-10-12',
      '2026-10-22',
      '2026-11-01',
      '2026-11-11',
    ]);
    expect(result.value.get(id(3))).toMatchObject({ readable: true, busy: [] });
  });

  it('5006 for ever ends as unreadable', async () => {
    double.script(({ json }) =>
      eachOf(json, ({ schedules }) => ({
        value: schedules.map((s: string) => ({ scheduleId: s, error: { responseCode: '5006' } })),
      })),
    );
    const result = await calendar.readBusy(TENANT, id(1), [mailbox(2)], FROM, plus(FROM, 4 * DAY));
    expect(result.outcome === 'done' && result.value.get(id(2))).toEqual({ readable: false, code: '5006' });
    expect(double.seen.flatMap(({ json }) => questionsOf(json))).toHaveLength(7);
  });

  it('is asked for through the mailbox itself where another one cannot read it (platform.md correction 11)', async () => {
    const asked: string[] = [];
    const answer = (path: string, body: Json): Json => {
      const [, owner = ''] = /users\/([^/]+)\//.exec(path) ?? [];
      asked.push(`${owner.slice(-1)}: ${body.schedules.join()}`);
      if (owner === id(1))
        return {
          value: freeFor(body).value.map((one: Json) =>
            one.scheduleId === 'Person2@contoso.com'
              ? one
              : { ...one, error: { responseCode: 'ErrorNoFreeBusyAccess' } },
          ),
        };
      return owner === id(4) ? { value: [] } : freeFor(body);
    };
    double.script(({ json, path }) => {
      if (!json.requests) return { json: answer(path, json) };
      const responses = json.requests.map(({ id: number, url, body }: Json) =>
        url.includes(id(5))
          ? { id: number, status: 403, body: { error: { code: 'ErrorAccessDenied', message: '' } } }
          : { id: number, status: 200, body: answer(url, body) },
      );
      return { json: { responses } };
    });
    const mailboxes = [2, 3, 4, 5].map(mailbox);
    const result = await calendar.readBusy(TENANT, id(1), mailboxes, FROM, plus(FROM, HOUR));
    if (result.outcome !== 'done') throw new Error(result.code);
    expect(asked).toEqual([
      `1: ${mailboxes.map(({ address }) => address).join()}`,
      '3: Person3@contoso.com',
      '4: Person4@contoso.com',
    ]);
    expect([2, 3, 4, 5].map((n) => result.value.get(id(n)))).toMatchObject([
      { readable: true },
      { readable: true },
      { readable: false, code: 'ErrorNoFreeBusyAccess' },
      { readable: false, code: 'ErrorNoFreeBusyAccess' },
    ]);
  });

  it('a mailbox that may not be asked through is refused', async () => {
    double.script(() => graphError(403, 'ErrorAccessDenied'));
    expect(await calendar.readBusy(TENANT, id(1), [mailbox(2)], FROM, plus(FROM, DAY))).toMatchObject({
      outcome: 'refused',
      reason: 'forbidden',
    });
  });
});
