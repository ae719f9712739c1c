import { describe, expect, it } from 'vitest';
import type { SeedAppointment } from '../../../../server/sandbox/world.ts';
import { makeTenant, person, seriesBody, type Reply, type Tenant, type Json } from './make-tenant.ts';

const mail = (id: string): string => `${id}@contoso.example`;

function question(schedules: string[], overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    schedules,
    startTime: { dateTime: '2026-10-06T09:00:00', timeZone: 'W. Europe Standard Time' },
    endTime: { dateTime: '2026-10-06T12:00:00', timeZone: 'W. Europe Standard Time' },
    availabilityViewInterval: 30,
    ...overrides,
  };
}

const ask = (tenant: Tenant, body: Record<string, unknown>, prefer = ''): Promise<Reply> =>
  tenant.call('POST', '/users/org/calendar/getSchedule', body, { prefer });

const appointment = (start: string, minutes: number, more: Partial<SeedAppointment> = {}): SeedAppointment => ({
  subject: 'Own',
  start: `2026-10-06T${start}`,
  minutes,
  zone: 'Europe/Rome',
  showAs: 'busy',
  ...more,
});

describe('getSchedule', () => {
  it('gives exact edges and a view in which the worst status wins', async () => {
    const tenant = makeTenant();
    const { exchange } = tenant.part;
    exchange.seed('exec', appointment('09:10', 30, { subject: 'Lunch' }));
    exchange.seed('exec', appointment('10:00', 60, { showAs: 'tentative', sensitivity: 'private', subject: 'Secret' }));
    exchange.seed('exec', appointment('10:30', 30, { showAs: 'oof' }));
    exchange.seed('exec', appointment('11:00', 30, { showAs: 'workingElsewhere' }));
    exchange.seed('exec', appointment('11:30', 30, { showAs: 'free' }));
    const { body } = await ask(tenant, question([mail('exec')]), 'outlook.timezone="W. Europe Standard Time"');
    const [info] = body.value;
    expect(info.scheduleId).toBe(mail('exec'));
    expect(info.availabilityView).toBe('221340');
    expect(info.scheduleItems[0]).toEqual({
      isPrivate: false,
      status: 'busy',
      subject: 'Lunch',
      location: '',
      start: { dateTime: '2026-10-06T09:10:00.0000000', timeZone: 'W. Europe Standard Time' },
      end: { dateTime: '2026-10-06T09:40:00.0000000', timeZone: 'W. Europe Standard Time' },
    });
    expect(Object.keys(info.scheduleItems[1]).toSorted()).toEqual(['end', 'isPrivate', 'start', 'status']);
    expect(info.scheduleItems[1].isPrivate).toBe(true);
    expect(info.workingHours).toEqual({
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      startTime: '08:00:00.0000000',
      endTime: '17:00:00.0000000',
      timeZone: { name: 'W. Europe Standard Time' },
    });
  });

  it('answers in UTC by default, takes names in any case, and intervals of 30 minutes by default', async () => {
    const tenant = makeTenant();
    tenant.part.exchange.seed('exec', appointment('10:00', 30));
    const asked = question([mail('exec')]);
    const body = Object.fromEntries(
      Object.entries(asked)
        .filter(([name]) => name !== 'availabilityViewInterval')
        .map(([name, value]) => [name[0]!.toUpperCase() + name.slice(1), value]),
    );
    const reply = await ask(tenant, body);
    expect(reply.body.value[0].availabilityView).toBe('002000');
    expect(reply.body.value[0].scheduleItems[0].start).toEqual({
      dateTime: '2026-10-06T08:00:00.0000000',
      timeZone: 'UTC',
    });
  });

  it('shows an invitation as tentative once it has arrived, and as free once it is cancelled', async () => {
    const tenant = makeTenant();
    const { body: event } = await tenant.call('POST', '/users/org/events', seriesBody());
    const view = async (): Promise<string> =>
      (await ask(tenant, question([mail('exec')]))).body.value[0].availabilityView;
    expect(await view()).toBe('000000');
    await tenant.settle();
    expect(await view()).toBe('001000');
    await tenant.call('POST', `/users/org/events/${event.id}/cancel`, {});
    await tenant.settle();
    expect(await view()).toBe('000000');
  });

  it('fails for each mailbox apart', async () => {
    const tenant = makeTenant([
      person('closed', { readable: false }),
      person('onprem', { enabled: false }),
      { ...person('left'), deletedAt: 1 },
    ]);
    const schedules = ['exec', 'ghost', 'closed', 'onprem', 'left'].map(mail);
    const reply = await ask(tenant, question([...schedules, '00000000-0000-4000-8000-000000000009']));
    expect(reply.status).toBe(200);
    expect(reply.body.value.map((each: Json) => each.error?.responseCode ?? 'ok')).toEqual([
      'ok',
      'ErrorMailRecipientNotFound',
      'ErrorAccessDenied',
      'ErrorMailRecipientNotFound',
      'ErrorMailRecipientNotFound',
      'ErrorMailRecipientNotFound',
    ]);
    expect(reply.body.value[1]).toMatchObject({ scheduleId: mail('ghost'), availabilityView: '' });
    expect(reply.body.value[1]).not.toHaveProperty('scheduleItems');
  });

  it('counts the members of a distribution group', async () => {
    const many = Array.from({ length: 20 }, (_, i) => person(`p${i}`));
    const tenant = makeTenant(many);
    tenant.part.exchange.seed('p3', appointment('11:00', 30));
    tenant.world.groups.set('g', {
      id: 'g',
      displayName: 'G',
      mail: mail('team'),
      mailEnabled: true,
      securityEnabled: false,
      memberIds: many.map(({ id }) => id),
    });
    const alone = await ask(tenant, question([mail('team')]));
    expect(alone.body.value).toMatchObject([{ scheduleId: mail('team'), availabilityView: '000020' }]);
    expect((await ask(tenant, question([mail('team'), mail('exec')]))).status).toBe(400);
  });

  it.each([
    ['21 schedules', question(Array.from({ length: 21 }, (_, i) => mail(`x${i}`))), 'ErrorTooManySchedules'],
    ['no schedules', question([]), 'ErrorInvalidRequest'],
    [
      '62 days',
      question([mail('exec')], { endTime: { dateTime: '2026-12-07T08:00:00', timeZone: 'UTC' } }),
      'ErrorTimeIntervalTooBig',
    ],
    [
      'an end before the start',
      question([mail('exec')], { endTime: { dateTime: '2026-10-06T06:00:00', timeZone: 'UTC' } }),
      'ErrorInvalidTimeInterval',
    ],
    ['4 minutes', question([mail('exec')], { availabilityViewInterval: 4 }), 'ErrorInvalidMergedFreeBusyInterval'],
    [
      '1441 minutes',
      question([mail('exec')], { availabilityViewInterval: 1441 }),
      'ErrorInvalidMergedFreeBusyInterval',
    ],
    [
      'an unknown zone',
      question([mail('exec')], { endTime: { dateTime: '2026-10-06T12:00:00', timeZone: 'Mars' } }),
      'TimeZoneNotSupportedException',
    ],
    ['no end', question([mail('exec')], { endTime: undefined }), 'ErrorInvalidRequest'],
  ])('refuses %s', async (_name, body, code) => {
    const reply = await ask(makeTenant(), body);
    expect(reply.status).toBe(400);
    expect(reply.body.error.code).toBe(code);
  });

  it('takes 20 schedules, a minute less than 62 days, and 1440 minutes', async () => {
    const tenant = makeTenant();
    const schedules = Array.from({ length: 20 }, (_, i) => mail(`x${i}`));
    const endTime = { dateTime: '2026-12-07T07:59:00', timeZone: 'UTC' };
    const startTime = { dateTime: '2026-10-06T08:00:00', timeZone: 'UTC' };
    const reply = await ask(tenant, question(schedules, { startTime, endTime, availabilityViewInterval: 1440 }));
    expect(reply.status).toBe(200);
    expect(reply.body.value).toHaveLength(20);
  });

  it('gives 5006 for more than 1000 entries', async () => {
    const tenant = makeTenant();
    for (let i = 0; i < 1001; i++) tenant.part.exchange.seed('exec', appointment('10:00', 5, { subject: `S${i}` }));
    const { body } = await ask(tenant, question([mail('exec'), mail('mentor')]));
    expect(body.value[0].error.responseCode).toBe('5006');
    expect(body.value[1]).not.toHaveProperty('error');
  });
});

describe('working hours', () => {
  it('in a customized zone carry its rules; a mailbox without any has none', async () => {
    const tenant = makeTenant([
      person('pacific', { zone: 'America/Los_Angeles', zoneName: 'Customized Time Zone' }),
      person('rome', { zoneName: 'Customized Time Zone' }),
      person('india', { zone: 'Asia/Kolkata', zoneName: 'Customized Time Zone' }),
      person('free', { workingHours: null }),
    ]);
    const { body } = await ask(tenant, question(['pacific', 'rome', 'india', 'free'].map(mail)));
    const zones = body.value.map((each: Json) => each.workingHours?.timeZone);
    expect(zones[0]).toEqual({
      '@odata.type': '#microsoft.graph.customTimeZone',
      bias: 480,
      name: 'Customized Time Zone',
      standardOffset: { time: '02:00:00.0000000', dayOccurrence: 1, dayOfWeek: 'sunday', month: 11, year: 0 },
      daylightOffset: {
        daylightBias: -60,
        time: '02:00:00.0000000',
        dayOccurrence: 2,
        dayOfWeek: 'sunday',
        month: 3,
        year: 0,
      },
    });
    expect(zones[1]).toMatchObject({
      bias: -60,
      standardOffset: { time: '03:00:00.0000000', dayOccurrence: 5, month: 10 },
    });
    expect(zones[2]).toMatchObject({ bias: -330, daylightOffset: { daylightBias: 0, month: 0 } });
    expect(zones[3]).toBeUndefined();
  });
});
