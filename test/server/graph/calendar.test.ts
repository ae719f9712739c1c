import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../../server/domain/people/person.ts';
import {
  DAY,
  parseInstant,
  plus,
  type LocalDate,
  type WallTime,
  type ZoneId,
} from '../../../server/domain/time/instant.ts';
import { createCalendar } from '../../../server/graph/calendar.ts';
import type { Calendar, EventWrite, SeriesRequest } from '../../../server/ports.ts';
import {
  clientOfDouble,
  createSteppingClock,
  graphError,
  START,
  startGraphDouble,
  TENANT,
  type GraphDouble,
  type Json,
} from '../../make/graph-double.ts';

const ORGANIZER = '00000000-0000-0000-0000-000000000001' as PersonId;
const STRANGER = '00000000-0000-0000-0000-000000000002' as PersonId;
const KEY = '0f2b7c7e-3d0a-5b64-9a44-6a8f2f0c9d11';
const TAG = 'String {2f1a8c0e-6b7d-4c35-9e02-8d4a51c7b3f6} Name InversoSeries';
const URLS = {
  notificationUrl: 'https://host.example/graph/notify',
  lifecycleUrl: 'https://host.example/graph/lifecycle',
};
const ROME = 'Europe/Rome' as ZoneId;
const REQUEST: SeriesRequest = {
  key: KEY,
  organizerId: ORGANIZER,
  subject: 'Ada / Bo',
  bodyHtml: '<p>hi</p>',
  attendees: [{ address: 'exec@contoso.com', displayName: 'E' }],
  start: '2026-10-13T09:30' as WallTime,
  minutes: 30,
  timeZone: ROME,
  recurrence: { kind: 'weekly', everyWeeks: 4, weekday: 'tuesday', firstDate: '2026-10-13' as LocalDate, count: 6 },
  isPrivate: false,
  isOnline: true,
};
const utc = (dateTime: string) => ({ dateTime: `${dateTime}:00.0000000`, timeZone: 'UTC' });
const occurrence = (day: string, more: object = {}) => ({
  '@odata.etag': 'W/"x"',
  id: `OID.${day}`,
  seriesMasterId: 'MASTER=',
  type: 'occurrence',
  iCalUId: `uid-${day}`,
  start: utc(`${day}T07:30`),
  end: utc(`${day}T08:00`),
  originalStart: `${day}T07:30:00Z`,
  isCancelled: false,
  onlineMeeting: { joinUrl: 'https://teams.microsoft.com/l/meetup-join/1' },
  attendees: [
    {
      type: 'required',
      status: { response: 'accepted', time: '2026-10-01T00:00:00Z' },
      emailAddress: { name: 'E', address: 'exec@contoso.com' },
    },
  ],
  ...more,
});

const created = {
  id: 'AAMk=',
  iCalUId: '0400',
  type: 'seriesMaster',
  onlineMeeting: { joinUrl: 'https://teams.microsoft.com/l/1' },
};

let double: GraphDouble;
let calendar: Calendar;
beforeEach(async () => {
  double = await startGraphDouble();
  calendar = createCalendar(clientOfDouble(double, createSteppingClock()), URLS);
});
afterEach(async () => {
  for (const { headers, path } of double.seen) {
    if (!path.includes('$batch')) expect(headers['prefer']).toBe('IdType="ImmutableId", outlook.timezone="UTC"');
  }
  await double.close();
});

describe('createSeries', () => {
  it('posts the documented event', async () => {
    double.script(() => ({ status: 201, json: { ...created, '@odata.context': 'x', subject: 's' } }));
    expect(await calendar.createSeries(TENANT, REQUEST)).toEqual({
      outcome: 'done',
      value: { eventId: 'AAMk=', iCalUId: '0400', joinUrl: 'https://teams.microsoft.com/l/1' },
    });
    expect(double.seen[0]).toMatchObject({ method: 'POST', path: `/v1.0/users/${ORGANIZER}/events` });
    expect(double.seen[0]!.json).toEqual({
      subject: 'Ada / Bo',
      body: { contentType: 'HTML', content: '<p>hi</p>' },
      start: { dateTime: '2026-10-13T09:30:00', timeZone: 'W. Europe Standard Time' },
      end: { dateTime: '2026-10-13T10:00:00', timeZone: 'W. Europe Standard Time' },
      recurrence: {
        pattern: { type: 'weekly', interval: 4, daysOfWeek: ['tuesday'], firstDayOfWeek: 'monday' },
        range: {
          type: 'numbered',
          startDate: '2026-10-13',
          numberOfOccurrences: 6,
          recurrenceTimeZone: 'W. Europe Standard Time',
        },
      },
      attendees: [{ type: 'required', emailAddress: { address: 'exec@contoso.com', name: 'E' } }],
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      allowNewTimeProposals: true,
      responseRequested: true,
      hideAttendees: false,
      sensitivity: 'normal',
      showAs: 'busy',
      transactionId: KEY,
      singleValueExtendedProperties: [{ id: TAG, value: KEY }],
    });
  });

  it('monthly and private', async () => {
    double.script(() => ({ status: 201, json: created }));
    const recurrence = {
      kind: 'monthly',
      everyMonths: 1,
      weekday: 'tuesday',
      index: 'second',
      firstDate: '2026-10-13' as LocalDate,
      count: 6,
    } as const;
    await calendar.createSeries(TENANT, { ...REQUEST, recurrence, isPrivate: true, timeZone: 'Europe/Kyiv' as ZoneId });
    expect(double.seen[0]!.json).toMatchObject({
      start: { timeZone: 'FLE Standard Time' },
      recurrence: { pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday'], index: 'second' } },
      sensitivity: 'private',
    });
  });

  it('without a link, or with one that is not https, the series counts and has no link', async () => {
    for (const onlineMeeting of [null, undefined, { joinUrl: null }, { joinUrl: 'javascript:alert(1)' }]) {
      double.script(() => ({ status: 201, json: { ...created, onlineMeeting } }));
      expect(await calendar.createSeries(TENANT, REQUEST)).toMatchObject({ outcome: 'done', value: { joinUrl: null } });
    }
  });

  it('a used key is told', async () => {
    double.script(() => graphError(400, 'ErrorDuplicateTransactionId'));
    expect(await calendar.createSeries(TENANT, REQUEST)).toMatchObject({ outcome: 'refused', reason: 'duplicateKey' });
  });

  it('a zone that Windows lacks is refused, never written as UTC', async () => {
    const result = await calendar.createSeries(TENANT, { ...REQUEST, timeZone: 'Antarctica/Troll' as ZoneId });
    expect(result).toMatchObject({ outcome: 'refused', reason: 'invalid', code: 'TimeZoneNotSupported' });
    expect(double.seen).toHaveLength(0);
  });

  it('names what is wrong with a request', async () => {
    await expect(calendar.createSeries(TENANT, { ...REQUEST, key: "x' or 1 eq 1" })).rejects.toThrow(/key/);
    await expect(calendar.createSeries(TENANT, { ...REQUEST, start: '2026-10-14T09:30' as WallTime })).rejects.toThrow(
      /firstDate/,
    );
    const recurrence = { ...REQUEST.recurrence, count: 0 };
    await expect(calendar.createSeries(TENANT, { ...REQUEST, recurrence })).rejects.toThrow(/count/);
  });
});

describe('findSeriesByTag', () => {
  it('filters by the tag and takes live series of the organizer only', async () => {
    const tagged = [{ id: TAG, value: KEY }];
    const master = {
      id: 'A',
      iCalUId: 'u',
      type: 'seriesMaster',
      isCancelled: false,
      isOrganizer: true,
      onlineMeeting: null,
      singleValueExtendedProperties: tagged,
    };
    double.script(() => ({
      json: {
        value: [
          master,
          { ...master, id: 'B', isCancelled: true },
          { ...master, id: 'C', isOrganizer: false },
          { ...master, id: 'D', type: 'exception' },
          { ...master, id: 'E', singleValueExtendedProperties: [{ id: TAG, value: 'other' }] },
          { ...master, id: 'F', singleValueExtendedProperties: undefined },
          { ...master, id: 'G' },
        ],
      },
    }));
    expect(await calendar.findSeriesByTag(TENANT, ORGANIZER, KEY)).toEqual({
      outcome: 'done',
      value: [
        { eventId: 'A', iCalUId: 'u', joinUrl: null },
        { eventId: 'G', iCalUId: 'u', joinUrl: null },
      ],
    });
    const { searchParams } = new URL(double.seen[0]!.rawPath, 'http://x');
    expect(searchParams.get('$filter')).toBe(
      `singleValueExtendedProperties/Any(ep: ep/id eq '${TAG}' and ep/value eq '${KEY}')`,
    );
    expect(searchParams.get('$expand')).toBe(`singleValueExtendedProperties($filter=id eq '${TAG}')`);
    await expect(calendar.findSeriesByTag(TENANT, ORGANIZER, "' or 1 eq 1")).rejects.toThrow(/key/);
  });
});

describe('tags', () => {
  it('are listed for the whole mailbox: living events of its own, whatever kind', async () => {
    const master = {
      id: 'A',
      iCalUId: 'u',
      type: 'seriesMaster',
      isOrganizer: true,
      singleValueExtendedProperties: [{ id: TAG, value: KEY }],
    };
    double.script(() => ({
      json: {
        value: [
          master,
          { ...master, id: 'B', isCancelled: true },
          { ...master, id: 'C', isOrganizer: false },
          { ...master, id: 'D', type: 'singleInstance', iCalUId: 'v' },
          { ...master, id: 'E', singleValueExtendedProperties: undefined },
        ],
      },
    }));
    expect(await calendar.listTagged(TENANT, ORGANIZER)).toEqual({
      outcome: 'done',
      value: [
        { eventId: 'A', iCalUId: 'u', tag: KEY },
        { eventId: 'D', iCalUId: 'v', tag: KEY },
      ],
    });
    expect(new URL(double.seen[0]!.rawPath, 'http://x').searchParams.get('$filter')).toBe(
      `singleValueExtendedProperties/Any(ep: ep/id eq '${TAG}' and ep/value ne null)`,
    );
  });

  it('are read of one event, and put back without another word', async () => {
    double.script(() => ({ json: { id: 'A', iCalUId: 'u', type: 'seriesMaster' } }));
    expect(await calendar.readTag(TENANT, ORGANIZER, 'A')).toEqual({
      outcome: 'done',
      value: { eventId: 'A', iCalUId: 'u', tag: null },
    });
    expect(await calendar.tagEvent(TENANT, ORGANIZER, 'A', KEY)).toEqual({ outcome: 'done', value: null });
    expect(double.seen[1]).toMatchObject({
      method: 'PATCH',
      rawPath: `/v1.0/users/${ORGANIZER}/events/A`,
      json: { singleValueExtendedProperties: [{ id: TAG, value: KEY }] },
    });
    await expect(calendar.tagEvent(TENANT, ORGANIZER, 'A', 'x')).rejects.toThrow(/key/);
  });
});

describe('reading dates', () => {
  const from = parseInstant('2026-10-01T00:00:00Z');
  const to = parseInstant('2027-04-01T00:00:00Z');
  const SELECT = 'id,seriesMasterId,type,iCalUId,start,end,originalStart,isCancelled,attendees,onlineMeeting';

  it('instances over pages, with moved dates and proposals', async () => {
    const pages = [
      {
        value: [occurrence('2026-10-13')],
        '@odata.nextLink': `https://graph.microsoft.com/v1.0/users/${ORGANIZER}/events/MASTER%3D/instances?$skip=1`,
      },
      {
        value: [
          occurrence('2026-11-10', {
            type: 'exception',
            start: utc('2026-11-11T10:00'),
            end: utc('2026-11-11T10:30'),
            attendees: [
              {
                status: { response: 'tentativelyAccepted' },
                emailAddress: { address: 'exec@contoso.com' },
                proposedNewTime: {
                  start: { dateTime: '2026-11-12T12:00:00.0000000', timeZone: 'Pacific Standard Time' },
                  end: { dateTime: '2026-11-12T12:30:00.0000000', timeZone: 'Pacific Standard Time' },
                },
              },
              { status: { response: 'someday' }, emailAddress: { address: 'mentor@contoso.com' } },
            ],
          }),
        ],
      },
    ];
    double.script((_, index) => ({ json: pages[index] }));
    const result = await calendar.readSeriesDates(TENANT, ORGANIZER, 'MASTER=', from, to);
    expect(double.seen[0]!.rawPath).toBe(
      `/v1.0/users/${ORGANIZER}/events/MASTER%3D/instances?$select=${SELECT}&$top=200&startDateTime=2026-10-01T00%3A00%3A00.000Z&endDateTime=2027-04-01T00%3A00%3A00.000Z`,
    );
    expect(result).toEqual({
      outcome: 'done',
      value: [
        {
          eventId: 'OID.2026-10-13',
          seriesEventId: 'MASTER=',
          iCalUId: 'uid-2026-10-13',
          originalStart: parseInstant('2026-10-13T07:30:00Z'),
          start: parseInstant('2026-10-13T07:30:00Z'),
          end: parseInstant('2026-10-13T08:00:00Z'),
          isCancelled: false,
          etag: 'W/"x"',
          joinUrl: 'https://teams.microsoft.com/l/meetup-join/1',
          tag: null,
          answers: [{ address: 'exec@contoso.com', response: 'accepted', proposed: null }],
        },
        expect.objectContaining({
          originalStart: parseInstant('2026-11-10T07:30:00Z'),
          start: parseInstant('2026-11-11T10:00:00Z'),
          answers: [
            {
              address: 'exec@contoso.com',
              response: 'tentativelyAccepted',
              proposed: { start: parseInstant('2026-11-12T20:00:00Z'), end: parseInstant('2026-11-12T20:30:00Z') },
            },
            { address: 'mentor@contoso.com', response: 'none', proposed: null },
          ],
        }),
      ],
    });
  });

  it('a series that is gone is told, half a list never given', async () => {
    double.script(() => graphError(404, 'ErrorItemNotFound'));
    expect(await calendar.readSeriesDates(TENANT, ORGANIZER, 'M', from, to)).toMatchObject({
      outcome: 'refused',
      reason: 'notFound',
    });
    double.script(() => ({
      json: { value: [occurrence('2026-10-13'), occurrence('2026-11-10', { type: 'exception', originalStart: null })] },
    }));
    expect(await calendar.readSeriesDates(TENANT, ORGANIZER, 'M', from, to)).toMatchObject({
      outcome: 'later',
      code: 'UnreadableAnswer',
    });
  });

  it('the window of the organizer holds dates of series and single dates with our tag, without subjects', async () => {
    const single = { type: 'singleInstance', seriesMasterId: null };
    double.script(() => ({
      json: {
        value: [
          occurrence('2026-10-13'),
          occurrence('2026-10-14', single),
          occurrence('2026-10-15', { ...single, singleValueExtendedProperties: [{ id: TAG, value: KEY }] }),
        ],
      },
    }));
    const result = await calendar.readOrganizerWindow(TENANT, ORGANIZER, from, to);
    expect(result.outcome === 'done' && result.value.map(({ eventId, tag }) => [eventId, tag])).toEqual([
      ['OID.2026-10-13', null],
      ['OID.2026-10-15', KEY],
    ]);
    expect(double.seen[0]!.path).toContain(`/v1.0/users/${ORGANIZER}/calendarView?$select=${SELECT}&$expand=`);
    expect(double.seen[0]!.path).toContain(`&$expand=singleValueExtendedProperties($filter=id eq '${TAG}')&$top=200`);
  });

  it('single dates by tag: live ones of our own with this very tag', async () => {
    const tagged = [{ id: TAG, value: KEY.toUpperCase() }];
    const single = occurrence('2026-10-14', {
      type: 'singleInstance',
      seriesMasterId: null,
      isOrganizer: true,
      singleValueExtendedProperties: tagged,
    });
    double.script(() => ({
      json: {
        value: [
          single,
          { ...single, id: 'B', isCancelled: true },
          { ...single, id: 'C', isOrganizer: false },
          { ...single, id: 'D', type: 'seriesMaster' },
          { ...single, id: 'E', singleValueExtendedProperties: [] },
        ],
      },
    }));
    const result = await calendar.findDatesByTag(TENANT, ORGANIZER, KEY);
    expect(result.outcome === 'done' && result.value.map(({ eventId }) => eventId)).toEqual(['OID.2026-10-14']);
    await expect(calendar.findDatesByTag(TENANT, ORGANIZER, "' or 1 eq 1")).rejects.toThrow(/key/);
  });

  it('one event by id, whatever its characters', async () => {
    double.script(() => ({ json: occurrence('2026-10-13') }));
    expect(await calendar.readDate(TENANT, ORGANIZER, 'A/../B?x=%2f')).toMatchObject({ outcome: 'done' });
    expect(double.seen[0]!.rawPath).toBe(`/v1.0/users/${ORGANIZER}/events/A%2F..%2FB%3Fx%3D%252f?$select=${SELECT}`);
    await expect(calendar.readDate(TENANT, ORGANIZER, '..')).rejects.toThrow(/eventId/);
    await expect(calendar.readDate(TENANT, 'me' as PersonId, 'x')).rejects.toThrow(/organizerId/);
  });
});

describe('several writes together', () => {
  const { recurrence: _, ...single } = REQUEST;
  const start = parseInstant('2026-11-11T10:00:00Z');
  const end = plus(start, 30 * 60_000);
  const writes: EventWrite[] = [
    { kind: 'createSeries', request: REQUEST },
    { kind: 'createDate', request: { ...single, timeZone: 'Etc/Unknown' as ZoneId } },
    { kind: 'moveDate', organizerId: ORGANIZER, eventId: 'OID', start, end, timeZone: ROME },
    { kind: 'cancelEvent', organizerId: ORGANIZER, eventId: 'OID', comment: 'See you' },
  ];

  it('go in one batch and have an outcome each; what Windows has no zone for is not sent', async () => {
    double.script(({ json }) => ({
      json: {
        responses: json.requests
          .map((request: Json, index: number) => ({
            id: request.id,
            status: [201, 200, 202][index],
            ...(index === 2 ? {} : { body: index === 0 ? created : occurrence('2026-11-10', { type: 'exception' }) }),
          }))
          .reverse(),
      },
    }));
    expect(await calendar.writeTogether(TENANT, writes)).toMatchObject([
      { outcome: 'done', value: { eventId: created.id } },
      { outcome: 'refused', code: 'TimeZoneNotSupported' },
      { outcome: 'done', value: { eventId: 'OID.2026-11-10' } },
      { outcome: 'done', value: null },
    ]);
    expect(double.seen).toHaveLength(1);
    expect(double.seen[0]!.json.requests.map((request: Json) => `${request.method} ${request.url}`)).toEqual([
      `POST /users/${ORGANIZER}/events`,
      `PATCH /users/${ORGANIZER}/events/OID`,
      `POST /users/${ORGANIZER}/events/OID/cancel`,
    ]);
  });

  it('are four at most', async () => {
    await expect(calendar.writeTogether(TENANT, [...writes, writes[0]!])).rejects.toThrow(/5 writes/);
  });
});

describe('a single date', () => {
  it('is created with key and tag, and with a link only where the calendar makes one', async () => {
    const { recurrence: _, ...request } = REQUEST;
    double.script(() => ({ status: 201, json: created }));
    expect(await calendar.createDate(TENANT, request)).toMatchObject({ outcome: 'done' });
    await calendar.createDate(TENANT, { ...request, isOnline: false });
    expect(double.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array.from({ length: 2 }, () => `POST /v1.0/users/${ORGANIZER}/events`),
    );
    const [online, offline] = double.seen.map(({ json }) => json);
    expect(online).toMatchObject({
      transactionId: KEY,
      singleValueExtendedProperties: [{ id: TAG, value: KEY }],
      isOnlineMeeting: true,
    });
    expect(online).not.toHaveProperty('recurrence');
    expect(offline).not.toHaveProperty('isOnlineMeeting');
    expect(offline).not.toHaveProperty('onlineMeetingProvider');
  });

  it('asks a calendar once a day whether it makes links', async () => {
    const clock = createSteppingClock();
    const again = createCalendar(clientOfDouble(double, clock), URLS);
    double.script((_, index) => ({ json: { allowedOnlineMeetingProviders: index === 0 ? ['teamsForBusiness'] : [] } }));
    expect(await again.allowsOnlineMeetings(TENANT, ORGANIZER)).toEqual({ outcome: 'done', value: true });
    clock.advance(DAY - 1);
    expect(await again.allowsOnlineMeetings(TENANT, ORGANIZER)).toEqual({ outcome: 'done', value: true });
    expect(double.seen).toHaveLength(1);
    clock.advance(1);
    expect(await again.allowsOnlineMeetings(TENANT, ORGANIZER)).toEqual({ outcome: 'done', value: false });
    double.script(() => graphError(403, 'ErrorAccessDenied'));
    expect(await again.allowsOnlineMeetings(TENANT, STRANGER)).toMatchObject({ outcome: 'refused' });
  });
});

describe('changing', () => {
  it('moves a date in its own zone', async () => {
    double.script(() => ({ json: occurrence('2026-11-10', { type: 'exception' }) }));
    const start = parseInstant('2026-11-11T10:00:00Z');
    const move = { organizerId: ORGANIZER, eventId: 'OID', start, end: plus(start, 30 * 60_000), timeZone: ROME };
    expect(await calendar.moveDate(TENANT, move)).toMatchObject({
      outcome: 'done',
      value: { eventId: 'OID.2026-11-10' },
    });
    expect(double.seen[0]).toMatchObject({ method: 'PATCH', path: `/v1.0/users/${ORGANIZER}/events/OID` });
    expect(double.seen[0]!.json).toEqual({
      start: { dateTime: '2026-11-11T11:00:00', timeZone: 'W. Europe Standard Time' },
      end: { dateTime: '2026-11-11T11:30:00', timeZone: 'W. Europe Standard Time' },
    });
    double.script(() => graphError(400, 'ErrorOccurrenceCrossingBoundary'));
    expect(await calendar.moveDate(TENANT, move)).toMatchObject({
      outcome: 'refused',
      reason: 'crossing',
    });
  });

  it('cancels with a note', async () => {
    double.script(() => ({ status: 202 }));
    expect(await calendar.cancelEvent(TENANT, ORGANIZER, 'OID', 'See you soon')).toEqual({
      outcome: 'done',
      value: null,
    });
    expect(double.seen[0]).toMatchObject({
      method: 'POST',
      path: `/v1.0/users/${ORGANIZER}/events/OID/cancel`,
      json: { comment: 'See you soon' },
    });
    double.script(() => ({ status: 200, text: '<html>', headers: { 'content-type': 'text/html' } }));
    expect((await calendar.cancelEvent(TENANT, ORGANIZER, 'OID', '')).outcome).toBe('unknown');
  });

  const master = (range: object, pattern: object = {}) => ({
    id: 'M',
    recurrence: {
      pattern: {
        type: 'weekly',
        interval: 4,
        month: 0,
        dayOfMonth: 0,
        daysOfWeek: ['tuesday'],
        firstDayOfWeek: 'monday',
        index: 'first',
        ...pattern,
      },
      range: {
        startDate: '2026-10-13',
        numberOfOccurrences: 6,
        recurrenceTimeZone: 'W. Europe Standard Time',
        endDate: '0001-01-01',
        ...range,
      },
    },
  });

  it('ends a series after a date, keeping its pattern', async () => {
    double.script(({ method }) => (method === 'GET' ? { json: master({ type: 'numbered' }) } : { json: { id: 'M' } }));
    expect(await calendar.endSeries(TENANT, ORGANIZER, 'M', '2026-12-08' as LocalDate)).toEqual({
      outcome: 'done',
      value: null,
    });
    expect(double.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /v1.0/users/${ORGANIZER}/events/M?$select=id,recurrence`,
      `PATCH /v1.0/users/${ORGANIZER}/events/M`,
    ]);
    expect(double.seen[1]!.json).toEqual({
      recurrence: {
        pattern: { type: 'weekly', interval: 4, daysOfWeek: ['tuesday'], firstDayOfWeek: 'monday' },
        range: {
          type: 'endDate',
          startDate: '2026-10-13',
          endDate: '2026-12-08',
          recurrenceTimeZone: 'W. Europe Standard Time',
        },
      },
    });
  });

  it('ends a monthly series', async () => {
    double.script(({ method }) =>
      method === 'GET'
        ? { json: master({ type: 'numbered' }, { type: 'relativeMonthly', interval: 1, index: 'second' }) }
        : { json: {} },
    );
    await calendar.endSeries(TENANT, ORGANIZER, 'M', '2026-12-08' as LocalDate);
    expect(double.seen[1]!.json.recurrence.pattern).toEqual({
      type: 'relativeMonthly',
      interval: 1,
      daysOfWeek: ['tuesday'],
      index: 'second',
    });
  });

  it('does not write what is ended already, nor an end before the beginning', async () => {
    double.script(() => ({ json: master({ type: 'endDate', endDate: '2026-12-08' }) }));
    expect(await calendar.endSeries(TENANT, ORGANIZER, 'M', '2026-12-08' as LocalDate)).toEqual({
      outcome: 'done',
      value: null,
    });
    expect(await calendar.endSeries(TENANT, ORGANIZER, 'M', '2026-10-12' as LocalDate)).toMatchObject({
      outcome: 'refused',
      code: 'EndBeforeFirstDate',
    });
    expect(double.seen.every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('readSettings', () => {
  it('maps zones by the region of the language, reports what it cannot map, leaves out what may not be read', async () => {
    const days = ['monday', 'friday'];
    const hours = { daysOfWeek: days, startTime: '08:30:00.0000000', endTime: '17:00:00.0000000' };
    const bodies = [
      {
        timeZone: 'W. Europe Standard Time',
        language: { locale: 'it-IT', displayName: 'x' },
        workingHours: { ...hours, timeZone: { name: 'W. Europe Standard Time' } },
      },
      {
        timeZone: 'Customized Time Zone',
        language: null,
        workingHours: { ...hours, timeZone: { name: 'Customized Time Zone', bias: -60 } },
      },
      {
        timeZone: 'Europe/Kyiv',
        language: { locale: 'uk-UA' },
        workingHours: { ...hours, timeZone: { name: 'Pacific Standard Time' } },
      },
      {
        timeZone: 'UTC',
        workingHours: { ...hours, startTime: '22:00:00', endTime: '06:00:00', timeZone: { name: 'UTC' } },
      },
      {},
    ];
    double.script(({ json }) => ({
      json: {
        responses: json.requests.map((request: Json, i: number) =>
          bodies[i]
            ? { id: request.id, status: 200, body: bodies[i] }
            : {
                id: request.id,
                status: i === 5 ? 403 : 404,
                body: { error: { code: i === 5 ? 'ErrorAccessDenied' : 'MailboxNotEnabledForRESTAPI' } },
              },
        ),
      },
    }));
    const people = Array.from({ length: 7 }, (_, i) => `00000000-0000-0000-0000-00000000001${i}` as PersonId);
    const result = await calendar.readSettings(TENANT, people);
    const workingHours = { monday: [['08:30', '17:00']], friday: [['08:30', '17:00']] };
    expect(result).toEqual({
      outcome: 'done',
      value: new Map([
        [people[0], { timeZone: 'Europe/Rome', unmappedTimeZone: null, locale: 'it-IT', workingHours }],
        [people[1], { timeZone: null, unmappedTimeZone: 'Customized Time Zone', locale: null, workingHours }],
        [people[2], { timeZone: 'Europe/Kyiv', unmappedTimeZone: null, locale: 'uk-UA', workingHours: null }],
        [people[3], { timeZone: 'UTC', unmappedTimeZone: null, locale: null, workingHours: null }],
        [people[4], { timeZone: null, unmappedTimeZone: null, locale: null, workingHours: null }],
      ]),
    });
    expect(double.seen[0]!.json.requests[0]).toEqual({
      id: '0',
      method: 'GET',
      url: `/users/${people[0]}/mailboxSettings?$select=timeZone,language,workingHours`,
      headers: { Prefer: 'IdType="ImmutableId", outlook.timezone="UTC"' },
    });
  });
});

describe('subscriptions', () => {
  const state = 'a'.repeat(43);
  const SUBSCRIPTION = '7f105c7d-2dc5-4530-97cd-4e7ae6534c07';
  const expires = plus(START, 6 * DAY);

  it('subscribes to the events of a mailbox', async () => {
    double.script(({ json }) => ({ status: 201, json: { id: SUBSCRIPTION, ...json } }));
    expect(await calendar.subscribe(TENANT, ORGANIZER, state, expires)).toEqual({
      outcome: 'done',
      value: { subscriptionId: SUBSCRIPTION, expiresAt: expires },
    });
    expect(double.seen[0]).toMatchObject({ method: 'POST', path: '/v1.0/subscriptions' });
    expect(double.seen[0]!.json).toEqual({
      changeType: 'created,updated,deleted',
      notificationUrl: URLS.notificationUrl,
      lifecycleNotificationUrl: URLS.lifecycleUrl,
      resource: `/users/${ORGANIZER}/events`,
      expirationDateTime: '2026-10-04T06:00:00.000Z',
      clientState: state,
      latestSupportedTlsVersion: 'v1_2',
    });
  });

  it('subscribes to many mailboxes and renews, 20 in a call, an outcome each', async () => {
    const mailboxes = Array.from({ length: 25 }, (_, i) => `00000000-0000-0000-0000-0000000001${i + 10}` as PersonId);
    double.script(({ json }) => ({
      json: {
        responses: json.requests.map(({ id, body }: Json) =>
          body.resource?.includes(mailboxes[3])
            ? { id, status: 403, body: { error: { code: 'ExtensionError', message: '' } } }
            : { id, status: 201, body: { id: SUBSCRIPTION, expirationDateTime: body.expirationDateTime } },
        ),
      },
    }));
    const made = await calendar.subscribeAll(
      TENANT,
      mailboxes.map((mailbox) => ({ mailbox, clientState: state, expiresAt: expires })),
    );
    expect(made.map((one) => one.outcome)).toEqual(mailboxes.map((_, i) => (i === 3 ? 'refused' : 'done')));
    expect(double.seen.map(({ json }) => json.requests.length)).toEqual([20, 5]);
    const subscriptions = Array.from({ length: 21 }, () => ({ subscriptionId: SUBSCRIPTION, expiresAt: expires }));
    const renewed = await calendar.renewSubscriptions(TENANT, subscriptions);
    expect(renewed).toHaveLength(21);
    expect(double.seen.slice(2).map(({ json }) => json.requests.length)).toEqual([20, 1]);
  });

  it('never asks for more than a week', async () => {
    double.script(({ json }) => ({ status: 201, json: { id: SUBSCRIPTION, ...json } }));
    await calendar.subscribe(TENANT, ORGANIZER, state, plus(START, 30 * DAY));
    await calendar.renewSubscription(TENANT, SUBSCRIPTION, plus(START, 30 * DAY));
    expect(double.seen.map(({ json }) => json.expirationDateTime)).toEqual([
      '2026-10-05T05:50:00.000Z',
      '2026-10-05T05:50:00.000Z',
    ]);
    expect(double.seen[1]).toMatchObject({ method: 'PATCH', path: `/v1.0/subscriptions/${SUBSCRIPTION}` });
  });

  it('forbidden means polling only; a short secret and a plain URL are mistakes', async () => {
    double.script(() => graphError(403, 'ExtensionError'));
    expect(await calendar.subscribe(TENANT, ORGANIZER, state, expires)).toMatchObject({
      outcome: 'refused',
      reason: 'forbidden',
    });
    await expect(calendar.subscribe(TENANT, ORGANIZER, 'short', expires)).rejects.toThrow(/clientState/);
    const client = clientOfDouble(double, createSteppingClock());
    expect(() => createCalendar(client, { ...URLS, lifecycleUrl: 'http://host.example/l' })).toThrow(/lifecycleUrl/);
  });
});
