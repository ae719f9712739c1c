import { describe, expect, it } from 'vitest';
import { makeTenant, person, seriesBody, singleBody, times, type Reply } from './make-tenant.ts';

const weekly = { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'] };
const recurrence = (pattern: unknown, range: unknown): Record<string, unknown> =>
  seriesBody({ recurrence: { pattern, range } });

async function post(body: unknown): Promise<Reply> {
  return makeTenant().call('POST', '/users/org/events', body);
}

describe('what Graph refuses of a new event', () => {
  it.each([
    ['an unknown property', singleBody({ titel: 'x' }), 'RequestBodyRead', /property 'titel' does not exist/],
    ['an unknown inner property', singleBody({ body: { contentTyp: 'html' } }), 'RequestBodyRead', /contentTyp/],
    ['a name from the prototype', JSON.parse('{"constructor":1}'), 'RequestBodyRead', /constructor/],
    ['a wrong type', singleBody({ isReminderOn: 'yes' }), 'RequestBodyRead', /Edm.Boolean/],
    ['a value that is no member', singleBody({ showAs: 'away' }), 'RequestBodyRead', /'away' was not found/],
    ['no end', singleBody({ end: undefined }), 'ErrorPropertyValidationFailure', /Event.End/],
    [
      'an end that is not after the start',
      singleBody(times('2026-10-06T10:00:00', '2026-10-06T10:00:00')),
      'ErrorPropertyValidationFailure',
      /after/,
    ],
    [
      'an unknown zone',
      singleBody(times('2026-10-06T10:00:00', '2026-10-06T11:00:00', 'Mars Standard Time')),
      'TimeZoneNotSupportedException',
      /A valid TimeZone value must be specified.*Mars/,
    ],
    [
      'the zone name that only answers have',
      singleBody(times('2026-10-06T10:00:00', '2026-10-06T11:00:00', 'Customized Time Zone')),
      'TimeZoneNotSupportedException',
      /Customized/,
    ],
    ['an unreadable time', singleBody(times('6 Oct', '7 Oct')), 'ErrorPropertyValidationFailure', /6 Oct/],
    ['an all-day event at ten', singleBody({ isAllDay: true }), 'ErrorPropertyValidationFailure', /midnight/],
    [
      'an attendee without an address',
      singleBody({ attendees: [{ emailAddress: { name: 'x' } }] }),
      'ErrorInvalidRecipients',
      /not resolved/,
    ],
    [
      'an extended property without type and name',
      singleBody({ singleValueExtendedProperties: [{ id: 'Series', value: '1' }] }),
      'ErrorInvalidProperty',
      /Series/,
    ],
    [
      'a range that begins another day',
      recurrence(weekly, { type: 'noEnd', startDate: '2026-10-13' }),
      'ErrorPropertyValidationFailure',
      /StartDate/,
    ],
    [
      'a weekly pattern without days',
      recurrence({ type: 'weekly', interval: 1 }, { type: 'noEnd', startDate: '2026-10-06' }),
      'ErrorPropertyValidationFailure',
      /DaysOfWeek/,
    ],
    [
      'an interval of 0',
      recurrence({ ...weekly, interval: 0 }, { type: 'noEnd', startDate: '2026-10-06' }),
      'ErrorPropertyValidationFailure',
      /Interval/,
    ],
    [
      'a numbered range of none',
      recurrence(weekly, { type: 'numbered', startDate: '2026-10-06', numberOfOccurrences: 0 }),
      'ErrorPropertyValidationFailure',
      /greater than 0/,
    ],
    [
      'an end before the start of the range',
      recurrence(weekly, { type: 'endDate', startDate: '2026-10-06', endDate: '2026-10-05' }),
      'ErrorPropertyValidationFailure',
      /EndDate/,
    ],
    [
      'a monthly pattern without a day',
      recurrence({ type: 'absoluteMonthly', interval: 1 }, { type: 'noEnd', startDate: '2026-10-06' }),
      'ErrorPropertyValidationFailure',
      /DayOfMonth/,
    ],
    ['a pattern without a range', recurrence(weekly, undefined), 'ErrorPropertyValidationFailure', /Range/],
  ])('%s', async (_name, body, code, message) => {
    const reply = await post(body);
    expect(reply.status).toBe(400);
    expect(reply.body.error.code).toBe(code);
    expect(reply.body.error.message).toMatch(message);
  });

  it('a body that is not JSON', async () => {
    const { part } = makeTenant();
    const request = {
      method: 'POST',
      path: '/users/org/events',
      query: new URLSearchParams(),
      headers: {},
      body: '{"subject":',
    };
    const reply = await part.handle(request, { clientId: 'a', roles: [], personId: null, scopes: [] });
    expect(reply).toMatchObject({ status: 400, body: { error: { code: 'BadRequest' } } });
  });

  it('and does nothing then', async () => {
    const tenant = makeTenant();
    await tenant.call('POST', '/users/org/events', singleBody({ end: undefined }));
    await tenant.settle();
    expect(tenant.part.exchange.writes()).toEqual([]);
    expect(tenant.mails).toEqual([]);
  });
});

describe('zones that Graph takes', () => {
  it.each(['W. Europe Standard Time', 'Europe/Warsaw', 'Europe/Kyiv', 'UTC', 'India Standard Time'])(
    '%s',
    async (zone) => {
      const reply = await post(singleBody(times('2026-10-06T10:00:00', '2026-10-06T11:00:00', zone)));
      expect(reply.status).toBe(201);
      expect(reply.body.originalStartTimeZone).toBe(zone);
    },
  );
});

describe('mailboxes that cannot be reached', () => {
  const tenant = makeTenant([
    person('onprem', { enabled: false }),
    person('closed', { readable: false }),
    { ...person('left'), deletedAt: 1 },
  ]);

  it.each([
    ['onprem', 404, 'MailboxNotEnabledForRESTAPI'],
    ['closed', 403, 'ErrorAccessDenied'],
    ['left', 404, 'ErrorInvalidUser'],
    ['nobody', 404, 'ErrorInvalidUser'],
  ])('%s: %i %s', async (owner, status, code) => {
    const reply = await tenant.call('GET', `/users/${owner}/events`);
    expect(reply.status).toBe(status);
    expect(reply.body.error.code).toBe(code);
  });

  it('other paths are not its business, and other methods are refused', async () => {
    const ask = (method: string, path: string) =>
      tenant.part.handle(
        { method, path, query: new URLSearchParams(), headers: {}, body: '' },
        { clientId: 'a', roles: [], personId: null, scopes: [] },
      );
    expect(await ask('GET', '/users/org/manager')).toBeUndefined();
    expect(await ask('GET', '/groups/x/calendar')).toBeUndefined();
    expect(await ask('POST', '/users/org/events/x/forward')).toBeUndefined();
    expect(await ask('PUT', '/users/org/events')).toMatchObject({ status: 405 });
    expect(await ask('POST', '/users/org/calendarView')).toMatchObject({ status: 405 });
  });
});
