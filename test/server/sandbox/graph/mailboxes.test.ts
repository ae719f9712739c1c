import { describe, expect, it } from 'vitest';
import { DAY, errorOf, grantMailboxes, GRAPH_APP, id, makeBench, makePerson, START, TAB_APP } from './make-graph.ts';

const url = (n: number, tail = 'events'): string => `/v1.0/users/${id(n)}/${tail}`;

describe('rights on mailboxes', () => {
  it('opens what an assignment covers: people, and direct members of a group', async () => {
    const { ask, world, calendarCalls } = makeBench();
    const group = { displayName: 'G', mail: null, mailEnabled: false, securityEnabled: true };
    world.groups.set(id(500), { ...group, id: id(500), memberIds: [id(3), id(501)] });
    world.groups.set(id(501), { ...group, id: id(501), memberIds: [id(4)] });
    grantMailboxes(world, 'Calendars.Read', [id(2), `group:${id(500)}`]);
    expect((await ask('GET', url(2))).status).toBe(200);
    expect((await ask('GET', url(3))).status).toBe(200);
    const outside = await ask('GET', url(4));
    expect(errorOf(outside)).toEqual([403, 'ErrorAccessDenied']);
    expect(outside.json.error.message).toBe('Access is denied. Check credentials and try again.');
    expect(calendarCalls).toEqual([`GET /users/${id(2)}/events`, `GET /users/${id(3)}/events`]);
  });

  it('tells reading from writing; getSchedule reads, judged by the mailbox in the path', async () => {
    const { ask, world } = makeBench();
    grantMailboxes(world, 'Calendars.Read', [id(2)]);
    grantMailboxes(world, 'Calendars.ReadWrite', [id(3)]);
    expect(errorOf(await ask('POST', url(2), { body: {} }))).toEqual([403, 'ErrorAccessDenied']);
    expect((await ask('POST', url(3), { body: {} })).status).toBe(200);
    expect((await ask('GET', url(3, 'calendarView'))).status).toBe(200);
    expect((await ask('POST', url(2, 'calendar/getSchedule'), { body: { schedules: ['x@y'] } })).status).toBe(200);
    expect(errorOf(await ask('POST', url(4, 'calendar/getSchedule'), { body: {} }))).toEqual([
      403,
      'ErrorAccessDenied',
    ]);
    expect(errorOf(await ask('GET', url(2), { token: `app:${TAB_APP}` }))).toEqual([403, 'ErrorAccessDenied']);
  });

  it('adds tenant-wide roles of the token', async () => {
    const { ask, world } = makeBench();
    grantMailboxes(world, 'Calendars.ReadWrite', [id(2)]);
    world.apps.get(GRAPH_APP)!.graphRoles.push('Calendars.Read');
    expect((await ask('GET', url(7))).status).toBe(200);
    expect((await ask('POST', url(7), { body: {} })).status).toBe(403);
    expect((await ask('POST', url(2), { body: {} })).status).toBe(200);
  });

  it('knows no mailbox of strangers', async () => {
    const { ask } = makeBench();
    expect(errorOf(await ask('GET', url(77)))).toEqual([404, 'ErrorInvalidUser']);
  });
});

describe('mailboxSettings', () => {
  it('gives zone, language and hours as the mailbox has them', async () => {
    const { ask, world } = makeBench();
    grantMailboxes(world, 'MailboxSettings.Read', [id(2)]);
    const settings = (await ask('GET', url(2, 'mailboxSettings'))).json;
    expect(settings).toMatchObject({
      timeZone: 'W. Europe Standard Time',
      language: { locale: 'de-DE', displayName: 'German (Germany)' },
      workingHours: {
        daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
        startTime: '09:00:00.0000000',
        endTime: '17:30:00.0000000',
        timeZone: { name: 'W. Europe Standard Time' },
      },
      automaticRepliesSetting: { status: 'disabled' },
    });
    expect((await ask('GET', url(2, 'mailboxSettings/timeZone'))).json.value).toBe('W. Europe Standard Time');
    expect((await ask('GET', url(2, 'mailboxSettings/userPurpose'))).json.value).toBe('user');
    expect((await ask('GET', url(2, 'mailboxSettings/language'))).json.locale).toBe('de-DE');
    expect(Object.keys((await ask('GET', url(2, 'mailboxSettings?$select=timeZone'))).json)).toEqual([
      '@odata.context',
      'timeZone',
    ]);
    expect(errorOf(await ask('GET', url(2, 'mailboxSettings/mood')))).toEqual([400, 'BadRequest']);
    expect(errorOf(await ask('GET', url(3, 'mailboxSettings')))).toEqual([403, 'ErrorAccessDenied']);
  });

  it('gives nothing where nothing is set, and no mailbox where there is none', async () => {
    const { mailbox } = makePerson(1);
    const bare = makePerson(2, { mailbox: { ...mailbox, locale: null, workingHours: null } });
    const off = makePerson(3, { mailbox: { ...mailbox, enabled: false } });
    const { ask, world } = makeBench([bare, off]);
    grantMailboxes(world, 'MailboxSettings.Read', [id(2), id(3)]);
    const settings = (await ask('GET', url(2, 'mailboxSettings'))).json;
    expect(settings.language).toEqual({ locale: null, displayName: null });
    expect('workingHours' in settings).toBe(false);
    expect(errorOf(await ask('GET', url(3, 'mailboxSettings')))).toEqual([404, 'MailboxNotEnabledForRESTAPI']);
  });

  it('gives a customized zone by its rules and scheduled automatic replies', async () => {
    const { mailbox } = makePerson(1);
    const custom = { ...mailbox, zone: 'America/Los_Angeles', zoneName: 'Customized Time Zone' };
    const person = makePerson(2, { mailbox: { ...custom, automaticReplies: { from: START, to: START + DAY } } });
    const { ask, world } = makeBench([person]);
    grantMailboxes(world, 'MailboxSettings.Read', [id(2)]);
    const settings = (await ask('GET', url(2, 'mailboxSettings'))).json;
    expect(settings.workingHours.timeZone).toEqual({
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
    expect(settings.automaticRepliesSetting).toMatchObject({
      status: 'scheduled',
      scheduledStartDateTime: { dateTime: '2026-09-28T06:00:00.0000000', timeZone: 'UTC' },
      scheduledEndDateTime: { dateTime: '2026-09-29T06:00:00.0000000', timeZone: 'UTC' },
    });
  });
});

describe('supportedTimeZones', () => {
  it('gives Windows names, or IANA names where asked for', async () => {
    const { ask } = makeBench();
    const aliases = async (call: string): Promise<string[]> =>
      (await ask('GET', url(2, `outlook/${call}`))).json.value.map((each: { alias: string }) => each.alias);
    expect(await aliases('supportedTimeZones')).toContain('W. Europe Standard Time');
    const iana = await aliases("supportedTimeZones(TimeZoneStandard=microsoft.graph.timeZoneStandard'Iana')");
    expect(iana).toContain('Europe/Rome');
    expect(iana).not.toContain('W. Europe Standard Time');
    expect(errorOf(await ask('GET', url(2, 'outlook/masterCategories')))).toEqual([400, 'BadRequest']);
  });
});
