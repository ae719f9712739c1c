import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person, PersonId, TenantId } from '../../../server/domain/people/person.ts';
import {
  DAY,
  MINUTE,
  parseInstant,
  plus,
  type Instant,
  type LocalDate,
  type WallTime,
  type ZoneId,
} from '../../../server/domain/time/instant.ts';
import { createAppInstaller } from '../../../server/graph/apps.ts';
import { createCalendar } from '../../../server/graph/calendar.ts';
import { createGraphClient } from '../../../server/graph/client.ts';
import { createDirectory } from '../../../server/graph/directory.ts';
import { parseNotices, type Notice } from '../../../server/graph/notices.ts';
import type { GraphClientOptions } from '../../../server/graph/types.ts';
import type {
  Calendar,
  Clock,
  DateMove,
  Directory,
  ReadResult,
  SeriesRequest,
  WriteResult,
} from '../../../server/ports.ts';
import { createVirtualClock, type VirtualClock } from '../../../server/sandbox/clock.ts';
import { startSandbox, type Sandbox } from '../../../server/sandbox/sandbox.ts';
import type { SandboxPerson } from '../../../server/sandbox/world.ts';
import { START } from '../../make/graph-double.ts';

const KEY = '0f2b7c7e-3d0a-5b64-9a44-6a8f2f0c9d11';
const STATE = 'k'.repeat(43);
/** A date of half an hour, moved. */
const moveOf = (eventId: string, start: Instant): DateMove => ({
  ...{ organizerId: organizer, eventId, start, end: plus(start, 30 * MINUTE), timeZone: ROME },
});
const ROME = 'Europe/Rome' as ZoneId;
const MANIFEST = 'a1b2c3d4-0000-4000-8000-000000000001';

let clock: VirtualClock;
let sandbox: Sandbox;
let product: Server;
let notices: Notice[];
let directory: Directory;
let calendar: Calendar;
let tenant: TenantId;
let organizer: PersonId;
let executive: SandboxPerson;
/** Mailboxes that the application may read. */
let readable: Set<string>;

const optionsFor = (clientId: string, credential: GraphClientOptions['credential']): GraphClientOptions => ({
  clock: clock as unknown as Clock,
  graphUrl: sandbox.origin,
  loginUrl: sandbox.origin,
  tenantId: tenant,
  clientId,
  credential,
  log: { debug: () => undefined, warn: () => undefined },
});

function done<T>(result: ReadResult<T> | WriteResult<T>): T {
  if (result.outcome !== 'done') throw new Error(`${result.outcome} ${result.code}`);
  return result.value;
}

beforeAll(async () => {
  clock = createVirtualClock(START);
  sandbox = await startSandbox({ seed: 7, clock, people: 40, weeks: 26, behavior: false, manifestId: MANIFEST });
  notices = [];
  product = createServer((request, response) => {
    const token = new URL(request.url ?? '', 'http://x').searchParams.get('validationToken');
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      if (token === null) notices.push(...(parseNotices(JSON.parse(text)) ?? []));
      response.writeHead(token === null ? 202 : 200, { 'content-type': 'text/plain' }).end(token ?? '');
    });
  });
  await new Promise<void>((resolve) => product.listen(0, '127.0.0.1', resolve));
  const loopbackOrigin = `http://127.0.0.1:${(product.address() as AddressInfo).port}`;
  sandbox.linkProduct({ botEndpoint: `${loopbackOrigin}/api/messages`, publicHost: 'inverso.example', loopbackOrigin });
  tenant = sandbox.tenantId as TenantId;
  const { graph } = sandbox.apps;
  const client = createGraphClient(optionsFor(graph.clientId, graph.certificate));
  directory = createDirectory(client);
  calendar = createCalendar(client, {
    notificationUrl: 'https://inverso.example/graph/notify',
    lifecycleUrl: 'https://inverso.example/graph/lifecycle',
  });
  const people = [...sandbox.world.people.values()];
  organizer = people.find(({ mail }) => mail === sandbox.programMailbox)!.id as PersonId;
  const { scope } = sandbox.world.exchangeAssignments.find(({ role }) => role === 'Application Calendars.Read')!;
  readable = new Set(scope.flatMap((one) => sandbox.world.groups.get(one.replace('group:', ''))?.memberIds ?? [one]));
  executive = people.find(
    ({ id, isExecutive, mailbox }) => isExecutive && mailbox.enabled && mailbox.readable && readable.has(id),
  )!;
});
afterAll(async () => {
  await sandbox.close();
  product.closeAllConnections();
  product.close();
});

describe('the directory', () => {
  it('gives everybody with manager, then what changed', async () => {
    const found = new Map<PersonId, Person>();
    const read = async (link: string | null): Promise<string> => {
      const round = await directory.readChanges(tenant, link, async (changes) => {
        for (const change of changes) {
          if (change.kind === 'person') found.set(change.person.personId, change.person);
          else found.delete(change.personId);
        }
      });
      if (round.outcome !== 'done') throw new Error(round.outcome);
      return round.value.deltaLink;
    };
    const link = await read(null);
    const live = [...sandbox.world.people.values()].filter(({ deletedAt }) => deletedAt === null);
    expect(found.size).toBe(live.length);
    for (const person of live) {
      const { displayName, mail, managerId } = found.get(person.id as PersonId)!;
      expect([displayName, mail, managerId]).toEqual([person.displayName, person.mail, person.managerId]);
    }
    const mover = live.find(({ managerId }) => managerId !== null)!;
    mover.jobTitle = 'Astronaut';
    found.clear();
    await read(link);
    expect([...found.values()]).toMatchObject([
      { personId: mover.id, jobTitle: 'Astronaut', managerId: mover.managerId },
    ]);
  });

  it('finds one person by their address, and nobody by another', async () => {
    const [one] = [...sandbox.world.people.values()].filter(({ accountEnabled }) => accountEnabled);
    const found = done(await directory.findPerson(tenant, one!.mail.toUpperCase()));
    expect(found).toMatchObject({ personId: one!.id, displayName: one!.displayName, mail: one!.mail });
    expect(done(await directory.findPerson(tenant, 'nobody@contoso.example'))).toBeNull();
  });

  it('gives groups, members and hints', async () => {
    const group = [...sandbox.world.groups.values()].find(({ memberIds }) => memberIds.length > 0)!;
    const found = done(await directory.findGroups(tenant, group.displayName.slice(0, 4)));
    expect(found).toContainEqual({ groupId: group.id, displayName: group.displayName });
    const members = done(await directory.readMembers(tenant, group.id));
    expect(members).toEqual(expect.arrayContaining(group.memberIds.filter((id) => sandbox.world.people.has(id))));
    const people = [...sandbox.world.people.values()].slice(0, 25);
    const hints = done(
      await directory.readProfileHints(
        tenant,
        people.map(({ id }) => id as PersonId),
      ),
    );
    expect(hints.get(people[24]!.id as PersonId)).toEqual({
      skills: people[24]!.skills,
      interests: people[24]!.interests,
    });
  });
});

describe('calendars', () => {
  it('gives settings', async () => {
    const settings = done(await calendar.readSettings(tenant, [executive.id as PersonId])).get(
      executive.id as PersonId,
    )!;
    expect(settings.locale).toBe(executive.mailbox.locale);
    expect(settings.timeZone ?? settings.unmappedTimeZone).toBeTruthy();
  });

  it('gives busy times, coarse and exact, that agree with the calendar', async () => {
    const from = parseInstant('2026-09-28T00:00:00Z');
    const to = plus(from, 70 * DAY);
    const mailboxes = [{ personId: executive.id as PersonId, address: executive.mail }];
    for (const exact of [false, true]) {
      const found = done(await calendar.readBusy(tenant, organizer, mailboxes, from, to, { exact })).get(
        executive.id as PersonId,
      )!;
      if (!found.readable) throw new Error(found.code);
      const truth = sandbox.world.exchange.view(executive.id, from, to).filter(({ showAs }) => showAs === 'busy');
      expect(truth.length).toBeGreaterThan(20);
      for (const item of truth) {
        expect(found.busy.some(({ start, end }) => start <= item.start && item.start < end)).toBe(true);
      }
    }
  });

  it('a mailbox that does not exist is not readable', async () => {
    const ghost = { personId: '00000000-0000-0000-0000-0000000000ff' as PersonId, address: 'ghost@contoso.example' };
    const found = done(await calendar.readBusy(tenant, organizer, [ghost], START, plus(START, DAY)));
    expect(found.get(ghost.personId)).toMatchObject({ readable: false });
  });

  it('books, finds, reads, moves, cancels, ends; a used key is told', async () => {
    const request: SeriesRequest = {
      key: KEY,
      organizerId: organizer,
      subject: 'Ada / Bo',
      bodyHtml: '<p>A session</p>',
      attendees: [{ address: executive.mail, displayName: executive.displayName }],
      start: '2026-10-13T09:30' as WallTime,
      minutes: 30,
      timeZone: ROME,
      recurrence: { kind: 'weekly', everyWeeks: 4, weekday: 'tuesday', firstDate: '2026-10-13' as LocalDate, count: 6 },
      isPrivate: false,
      isOnline: true,
    };
    const created = done(await calendar.createSeries(tenant, request));
    const found = done(await calendar.findSeriesByTag(tenant, organizer, KEY));
    expect(found).toMatchObject([{ eventId: created.eventId, iCalUId: created.iCalUId }]);
    expect(await calendar.createSeries(tenant, { ...request, subject: 'Another' })).toMatchObject({
      reason: 'duplicateKey',
    });

    const [from, to] = [parseInstant('2026-10-01T00:00:00Z'), parseInstant('2027-04-01T00:00:00Z')];
    const readDates = async () => done(await calendar.readSeriesDates(tenant, organizer, created.eventId, from, to));
    const dates = await readDates();
    expect(dates.map(({ start }) => new Date(start).toISOString())).toEqual([
      '2026-10-13T07:30:00.000Z',
      '2026-11-10T08:30:00.000Z',
      '2026-12-08T08:30:00.000Z',
      '2027-01-05T08:30:00.000Z',
      '2027-02-02T08:30:00.000Z',
      '2027-03-02T08:30:00.000Z',
    ]);
    expect(new Set(dates.map(({ iCalUId }) => iCalUId)).size).toBe(6);
    const window = done(await calendar.readOrganizerWindow(tenant, organizer, from, to));
    expect(window.map(({ eventId, seriesEventId }) => [eventId, seriesEventId])).toEqual(
      dates.map(({ eventId }) => [eventId, created.eventId]),
    );

    const second = dates[1]!;
    const moved = plus(second.start, DAY + 30 * MINUTE);
    const answer = done(await calendar.moveDate(tenant, moveOf(second.eventId, moved)));
    expect(answer).toMatchObject({ start: moved, end: plus(moved, 30 * MINUTE), originalStart: second.originalStart });
    const read = done(await calendar.readDate(tenant, organizer, second.eventId));
    expect(read).toMatchObject({ start: moved });
    // Whoever changes it in between is not overwritten: the state that was read is asked for.
    const again = moveOf(second.eventId, plus(moved, 30 * MINUTE));
    expect(await calendar.moveDate(tenant, { ...again, etag: second.etag! })).toMatchObject({ reason: 'changed' });
    done(await calendar.moveDate(tenant, { ...again, etag: read.etag! }));
    done(await calendar.moveDate(tenant, moveOf(second.eventId, moved)));
    const beyond = plus(second.start, 40 * DAY);
    expect(await calendar.moveDate(tenant, moveOf(second.eventId, beyond))).toMatchObject({
      reason: 'crossing',
    });

    done(await calendar.cancelEvent(tenant, organizer, dates[2]!.eventId, 'Not this time'));
    expect((await readDates()).map(({ originalStart }) => originalStart)).not.toContain(dates[2]!.originalStart);

    done(await calendar.endSeries(tenant, organizer, created.eventId, '2027-01-05' as LocalDate));
    expect((await readDates()).map(({ originalStart }) => originalStart)).toEqual(
      [0, 1, 3].map((index) => dates[index]!.originalStart),
    );
    done(await calendar.endSeries(tenant, organizer, created.eventId, '2027-01-05' as LocalDate));

    done(await calendar.cancelEvent(tenant, organizer, created.eventId, 'The end'));
    expect(done(await calendar.findSeriesByTag(tenant, organizer, KEY))).toEqual([]);
    expect(await calendar.readSeriesDates(tenant, organizer, created.eventId, from, to)).toMatchObject({
      outcome: 'refused',
      reason: 'notFound',
    });
  });

  it('puts a single date in the place of a lost one, finds it by its tag and sees it in the window', async () => {
    expect(done(await calendar.allowsOnlineMeetings(tenant, organizer))).toBe(true);
    const key = '1e2b7c7e-3d0a-5b64-9a44-6a8f2f0c9d12';
    const request = {
      key,
      organizerId: organizer,
      subject: 'Ada / Bo',
      bodyHtml: '<p>A session</p>',
      attendees: [{ address: executive.mail, displayName: executive.displayName }],
      start: '2026-11-03T10:00' as WallTime,
      minutes: 30,
      timeZone: ROME,
      isPrivate: false,
      isOnline: true,
    };
    const created = done(await calendar.createDate(tenant, request));
    expect(await calendar.createDate(tenant, { ...request, subject: 'Again' })).toMatchObject({
      reason: 'duplicateKey',
    });
    const start = parseInstant('2026-11-03T09:00:00Z');
    const stands = { eventId: created.eventId, seriesEventId: null, start, end: plus(start, 30 * MINUTE), tag: key };
    expect(done(await calendar.findDatesByTag(tenant, organizer, key))).toMatchObject([stands]);
    expect(done(await calendar.findSeriesByTag(tenant, organizer, key))).toEqual([]);
    const window = done(await calendar.readOrganizerWindow(tenant, organizer, start, plus(start, DAY)));
    expect(window).toContainEqual(expect.objectContaining(stands));

    const later = plus(start, 2 * DAY);
    const results = await calendar.writeTogether(tenant, [
      { kind: 'createDate', request: { ...request, key: '1e2b7c7e-3d0a-5b64-9a44-6a8f2f0c9d13' } },
      {
        kind: 'moveDate',
        organizerId: organizer,
        eventId: created.eventId,
        start: later,
        end: plus(later, 30 * MINUTE),
        timeZone: ROME,
      },
    ]);
    expect(results).toMatchObject([{ outcome: 'done' }, { outcome: 'done', value: { eventId: created.eventId } }]);
    expect(done(await calendar.readDate(tenant, organizer, created.eventId))).toMatchObject({ start: later });
    for (const { eventId } of [created, done(results[0]!)!])
      done(await calendar.cancelEvent(tenant, organizer, eventId, ''));
    expect(done(await calendar.findDatesByTag(tenant, organizer, key))).toEqual([]);
  });

  it('accepts a copy in the executive’s mailbox once it is there and the right to write is given', async () => {
    const request: SeriesRequest = {
      key: '2f2b7c7e-3d0a-5b64-9a44-6a8f2f0c9d14',
      organizerId: organizer,
      subject: 'Ada / Bo',
      bodyHtml: '<p>A session</p>',
      attendees: [{ address: executive.mail, displayName: executive.displayName }],
      start: '2026-11-04T10:00' as WallTime,
      minutes: 30,
      timeZone: ROME,
      recurrence: {
        kind: 'weekly',
        everyWeeks: 1,
        weekday: 'wednesday',
        firstDate: '2026-11-04' as LocalDate,
        count: 2,
      },
      isPrivate: false,
      isOnline: true,
    };
    const created = done(await calendar.createSeries(tenant, request));
    await clock.advanceTo(clock.now() + 10 * MINUTE);
    const mailbox = executive.id as PersonId;
    const [from, to] = [parseInstant('2026-11-01T00:00:00Z'), parseInstant('2026-12-01T00:00:00Z')];
    const answersOf = async () => {
      const series = await calendar.readDatesOfSeries(tenant, organizer, [created.eventId, 'nothing'], from, to);
      expect(series[1]).toMatchObject({ outcome: 'refused', reason: 'notFound' });
      return done(series[0]!).map(({ answers }) => answers[0]!.response);
    };
    const dates = done(await calendar.readSeriesDates(tenant, organizer, created.eventId, from, to));
    const moved = plus(dates[1]!.start, DAY);
    const exception = done(await calendar.moveDate(tenant, moveOf(dates[1]!.eventId, moved)));
    await clock.advanceTo(clock.now() + 10 * MINUTE);
    const copies = done(
      await calendar.findCopies(tenant, mailbox, [
        { iCalUId: created.iCalUId, at: null },
        { iCalUId: exception.iCalUId, at: { start: exception.start, end: exception.end } },
        { iCalUId: "a stranger's", at: null },
      ]),
    );
    expect(copies.map(({ iCalUId, response }) => [iCalUId, response])).toEqual([
      [created.iCalUId, 'notResponded'],
      [exception.iCalUId, 'notResponded'],
    ]);
    const accept = () =>
      calendar.writeTogether(
        tenant,
        copies.map(({ eventId }) => ({ kind: 'acceptEvent' as const, mailbox, eventId })),
      );
    expect(await accept()).toMatchObject([{ reason: 'forbidden' }, { reason: 'forbidden' }]);

    const { exchangeAssignments } = sandbox.world;
    exchangeAssignments.push({
      clientId: sandbox.apps.graph.clientId,
      role: 'Application Calendars.ReadWrite',
      scope: [executive.id],
    });
    expect(await accept()).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
    exchangeAssignments.pop();
    await clock.advanceTo(clock.now() + 10 * MINUTE);
    expect(await answersOf()).toEqual(['accepted', 'accepted']);
    done(await calendar.cancelEvent(tenant, organizer, created.eventId, ''));
  });

  it('a mailbox outside the scope is forbidden (F14)', async () => {
    const outside = [...sandbox.world.people.values()].find(({ id }) => id !== organizer && !readable.has(id))!;
    expect(await calendar.readDate(tenant, outside.id as PersonId, 'x')).toMatchObject({
      outcome: 'refused',
      reason: 'forbidden',
    });
  });

  it('watches a mailbox and is told of a change', async () => {
    const subscription = done(
      await calendar.subscribe(tenant, organizer, STATE, plus(clock.now() as Instant, 6 * DAY)),
    );
    const renewed = done(
      await calendar.renewSubscription(tenant, subscription.subscriptionId, plus(clock.now() as Instant, 6.5 * DAY)),
    );
    expect(renewed.expiresAt).toBeGreaterThan(subscription.expiresAt);
    sandbox.world.exchange.add(organizer, {
      subject: 'x',
      start: '2026-10-20T09:00',
      minutes: 30,
      zone: 'Europe/Rome',
      showAs: 'busy',
    });
    await clock.advanceTo(clock.now() + 10 * MINUTE);
    expect(notices).toContainEqual(
      expect.objectContaining({
        subscriptionId: subscription.subscriptionId,
        clientState: STATE,
        mailboxId: organizer,
        tenantId: tenant,
      }),
    );
  });
});

it('finds and installs the app, twice', async () => {
  const { main } = sandbox.apps;
  const client = createGraphClient(optionsFor(main.clientId, { secret: main.secret! }));
  const apps = createAppInstaller(client, { manifestId: MANIFEST });
  const catalogId = done(await apps.findCatalogApp(tenant));
  expect(catalogId).toBe(sandbox.world.catalog!.id);
  const person = executive.id as PersonId;
  done(await apps.install(tenant, person, catalogId!));
  expect(sandbox.world.installations.has(person)).toBe(true);
  done(await apps.install(tenant, person, catalogId!));
});
