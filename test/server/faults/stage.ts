import { inTenant } from '../../../server/db/tenancy.ts';
import type { Person, PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { instant, plus, type Instant, type LocalDate, type ZoneId } from '../../../server/domain/time/instant.ts';
import { createGraphClient } from '../../../server/graph/client.ts';
import type { GraphClient } from '../../../server/graph/types.ts';
import type { RunningServer } from '../../../server/main.ts';
import { createVirtualClock, type VirtualClock } from '../../../server/sandbox/clock.ts';
import type { FaultRule } from '../../../server/sandbox/kernel/faults.ts';
import { companyRoles } from '../../../server/sandbox/people/company-roles.ts';
import { startSandbox, type Sandbox } from '../../../server/sandbox/sandbox.ts';
import type { CalendarItem } from '../../../server/sandbox/world.ts';
import { audit, type Violation } from '../../../server/simulation/audit.ts';
import { readRecords, type Records } from '../../../server/simulation/records.ts';
import { watchSandbox } from '../../../server/simulation/seen.ts';
import { readTruth } from '../../../server/simulation/truth.ts';
import { cohort, pair, participant, type MadePair, type Rows } from '../../make/pair.ts';
import { hireSomebody, type Hire } from './hire-somebody.ts';
import { makeOffer } from './make-offer.ts';
import { recordCalls, type SeenCall } from './record-calls.ts';
import { startProduct, type ProductOptions } from './start-product.ts';
import { DAY, MINUTE } from './units.ts';

/** Monday, 08:00 in Rome. */
const START = Date.parse('2026-09-28T06:00:00Z');

/** What the pair is booked with. */
export interface PairWish {
  /** The first session; the Tuesday after next, 10:00 in Rome, unless told. */
  first?: Instant;
  count?: number;
  /** Dates (from 1) that stand two hours later than the pattern. */
  moved?: readonly number[];
  mentor?: Hire;
  mentee?: Hire;
  /** The bot is installed for both. */
  hasChats?: boolean;
}

/** What the product is to find times for. */
export interface SearchWish extends Pick<PairWish, 'mentor' | 'mentee'> {
  sessions: number;
  every: { weeks: number } | { months: number };
  /** First day of the cohort; today unless told. */
  startsOn?: string;
  /** By then the first session has to be, in days; three weeks unless told. */
  firstWithinDays?: number;
}

/** A tiny company, the product beside it, and what tests of faults do and look at. */
export interface FaultStage {
  clock: VirtualClock;
  sandbox: Sandbox;
  server(): RunningServer;
  /** The client of Graph with which the product reads and writes calendars. */
  client(): GraphClient;
  origin(): string;
  rows: Rows;
  tenantId: TenantId;
  mailboxId: PersonId;
  /** Every request that reached Graph, those in batches one by one. */
  calls: SeenCall[];
  /** What the product logged as warnings and errors. */
  log(): string[];
  /** Adds somebody to company and program: in Rome, nine to six, with an empty calendar, unless told otherwise. */
  hire(name: string, change?: Hire): Person;
  /** Two people whose executive has been offered one time, which both have free. */
  propose(wish?: PairWish): Promise<MadePair>;
  /** Two people whose mentor has just said yes over HTTP, and for whom the product itself found times. */
  search(wish: SearchWish): Promise<MadePair>;
  /** The executive says yes over HTTP. */
  agree(made: MadePair): Promise<void>;
  /** A pair whose series stands in the calendars, with invitations delivered. */
  book(wish?: PairWish): Promise<MadePair>;
  /** Lets time pass. */
  pass(milliseconds: number): Promise<void>;
  /** Asks the product as a person. */
  ask(
    personId: string,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }>;
  /** Meets requests with a fault until the end of the test. */
  fault(rule: FaultRule): () => void;
  records(): Promise<Records>;
  /** What the administrator's log holds of one kind, oldest first. */
  runLog(kind: string): Promise<{ at: Instant }[]>;
  /** Living events in the program mailbox that carry the key of a series of the pair. */
  eventsOf(pairId: string): Promise<{ eventId: string }[]>;
  /** Dates of the pair's series as somebody's calendar shows them. */
  datesOf(pairId: string, ownerId: string): Promise<CalendarItem[]>;
  /** Our own calendar writes since an instant. */
  ourWrites(since: number): ReturnType<Sandbox['world']['exchange']['writes']>;
  /** Ends all faults, gives the product its quarter of an hour (I10), and holds database against calendars. */
  violations(): Promise<(Violation | { invariant: 'openWrites'; detail: string })[]>;
  /** Stops the product, and starts it again on the same database. */
  restart(whileStopped?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Sets the stage of a file of tests: each test takes a pair of its own. */
export async function setFaultStage(
  options: ProductOptions & { seed?: number; pageFolder?: string } = {},
): Promise<FaultStage> {
  const clock = createVirtualClock(START);
  const sandbox = await startSandbox({
    seed: options.seed ?? 5,
    clock,
    people: 12,
    executives: 1,
    weeks: 1,
    behavior: false,
    ...(options.pageFolder === undefined ? {} : { pageFolder: options.pageFolder }),
  });
  const clients: { clientId: string; client: GraphClient }[] = [];
  const { createClient = createGraphClient } = options;
  const productOptions: ProductOptions = {
    ...options,
    createClient: (given) => {
      const client = createClient(given);
      clients.push({ clientId: given.clientId, client });
      return client;
    },
  };
  let running = await startProduct(sandbox, productOptions);
  const { world } = sandbox;
  const tenantId = sandbox.tenantId as TenantId;
  const mailboxId = companyRoles(world).programMailboxId as PersonId;
  const calls = recordCalls(sandbox);
  const { seen } = watchSandbox(sandbox);
  const tx: Rows['tx'] = (work) => inTenant(running.server.database.db, tenantId, work);
  const rows: Rows = { tenantId, tx, clock: { now: () => instant(clock.now()) } };
  let cohortId: string | null = null;

  const pass = (milliseconds: number): Promise<void> => clock.advanceTo(clock.now() + milliseconds);
  const records = (): Promise<Records> => readRecords(running.server.database.db, tenantId);
  // What the product does at its start: it reads the directory and watches the mailbox.
  await pass(MINUTE);

  const stage: FaultStage = {
    clock,
    sandbox,
    rows,
    tenantId,
    mailboxId,
    calls,
    server: () => running.server,
    client: () => clients.findLast(({ clientId }) => clientId === sandbox.apps.graph.clientId)!.client,
    origin: () => running.origin,
    log: () => running.log,
    hire: (name, change) => hireSomebody(world, name, change),
    pass,
    records,
    async propose(wish = {}) {
      cohortId ??= await cohort(rows);
      const mentor = stage.hire('Mia Mentor', wish.mentor);
      const mentee = stage.hire('Elio Executive', wish.mentee);
      await participant(rows, cohortId, 'mentor', mentor, { hasChat: false });
      await participant(rows, cohortId, 'mentee', mentee, { hasChat: false });
      if (wish.hasChats) for (const { personId } of [mentor, mentee]) await world.chats.install(personId);
      const offers = [makeOffer(instant(clock.now()), wish)];
      const dueAt = plus(instant(clock.now()), 7 * DAY);
      return pair(rows, 'menteeAsked', { cohortId, mentor, mentee, offers, dueAt });
    },
    async search({ sessions, every, startsOn, firstWithinDays, ...who }) {
      const own = await cohort(rows, { sessions });
      const isMonthly = 'months' in every;
      await tx((t) =>
        t
          .updateTable('cohorts')
          .set({
            startsOn: (startsOn ?? new Date(clock.now()).toISOString().slice(0, 10)) as LocalDate,
            everyWeeks: isMonthly ? 4 : every.weeks,
            everyMonths: isMonthly ? every.months : null,
            ...(firstWithinDays === undefined ? {} : { firstWithinDays }),
          })
          .where('cohortId', '=', own)
          .execute(),
      );
      const [mentor, mentee] = [stage.hire('Mia Mentor', who.mentor), stage.hire('Elio Executive', who.mentee)];
      for (const [side, person, hire] of [
        ['mentor', mentor, who.mentor],
        ['mentee', mentee, who.mentee],
      ] as const) {
        await participant(rows, own, side, person, { hasChat: false });
        const { zone } = world.people.get(person.personId)!.mailbox;
        if (hire)
          await tx((t) =>
            t
              .updateTable('participants')
              .set({ timeZone: zone as ZoneId, workingHours: null })
              .where('personId', '=', person.personId)
              .execute(),
          );
      }
      const made = await pair(rows, 'mentorAsked', {
        cohortId: own,
        mentor,
        mentee,
        dueAt: plus(instant(clock.now()), DAY),
      });
      const { status } = await stage.ask(mentor.personId, 'POST', `/api/pairs/${made.pairId}/mentor-answer`, {
        answer: 'agree',
      });
      if (status !== 200) throw new Error(`the mentor's yes was answered ${status}`);
      await pass(MINUTE);
      return made;
    },
    async agree({ pairId, mentee }) {
      const answer = { answer: 'agree', offer: 0 };
      const { status, body } = await stage.ask(mentee.personId, 'POST', `/api/pairs/${pairId}/proposal-answer`, answer);
      if (status !== 200) throw new Error(`the yes was answered ${status}: ${JSON.stringify(body)}`);
    },
    async book(wish) {
      const made = await stage.propose(wish);
      await stage.agree(made);
      await pass(5 * MINUTE);
      return made;
    },
    async ask(personId, method, path, body) {
      const token = await sandbox.userToken(personId);
      const reply = await fetch(running.origin + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answered = /^\/api\/sessions\/([^/]+)\/feedback$/.exec(path)?.[1];
      if (answered !== undefined) {
        const { tookPlace, usefulness } = body as { tookPlace: boolean; usefulness?: number };
        const data = { tookPlace: tookPlace ? 'yes' : 'no', ...(usefulness === undefined ? {} : { usefulness }) };
        seen.answers.push({ at: clock.now(), personId, sessionId: answered, data });
      }
      return { status: reply.status, body: await reply.json() };
    },
    fault: (rule) => sandbox.faults.add(rule),
    runLog: (kind) =>
      tx(
        async (t) =>
          (await t
            .selectFrom('runLog')
            .select('at')
            .where('kind', '=', kind as never)
            .orderBy('at')
            .execute()) as { at: Instant }[],
      ),
    async eventsOf(pairId) {
      const keys = (await records()).series.filter((series) => series.pairId === pairId).map(({ key }) => key);
      return world.exchange
        .tagged('InversoSeries')
        .filter(({ ownerId, tag, isCancelled }) => ownerId === mailboxId && keys.includes(tag) && !isCancelled);
    },
    async datesOf(pairId, ownerId) {
      const { series } = await records();
      const own = series.filter((one) => one.pairId === pairId);
      return world.exchange
        .view(ownerId, clock.now() - 60 * DAY, clock.now() + 400 * DAY)
        .filter((item) => own.some(({ key }) => item.tags['InversoSeries'] === key));
    },
    ourWrites: (since) => world.exchange.writes().filter(({ at, by }) => at >= since && by.startsWith('app:')),
    async violations() {
      sandbox.faults.clear();
      await pass(16 * MINUTE);
      const found = await records();
      const people = found.participants.map(({ personId }) => personId);
      const truth = readTruth(sandbox, {
        programMailboxId: mailboxId,
        from: START,
        to: clock.now() + 400 * DAY,
        people,
        seen,
      });
      // Who has no chat in the first place gets no card either.
      const closedChats = new Set([...truth.closedChats, ...people.filter((id) => !world.chats.of(id))]);
      const open = found.openWrites;
      return [
        ...audit({ ...truth, closedChats }, found, { tentativeIsFree: false }).violations,
        ...(open > 0 ? [{ invariant: 'openWrites' as const, detail: `${open} writes are still open` }] : []),
      ];
    },
    async restart(whileStopped) {
      await running.server.close();
      await whileStopped?.();
      running = await startProduct(sandbox, productOptions);
      await pass(MINUTE);
    },
    async close() {
      await running.server.close();
      await sandbox.close();
    },
  };
  return stage;
}
