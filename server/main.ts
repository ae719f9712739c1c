import { sql } from 'kysely';
import type { FastifyBaseLogger } from 'fastify';
import { buildApp } from './app.ts';
import { createIncomingCheck } from './bot/incoming.ts';
import type { ActivityDeps } from './bot/conversation.ts';
import { handleActivity } from './bot/handle-activity.ts';
import { createCardRenderer, type CardRenderer } from './bot/render-card.ts';
import { createServiceUrlCheck } from './bot/service-urls.ts';
import { checkForPage } from './check-for-page.ts';
import { MICROSOFT, type Config } from './config.ts';
import { connectMicrosoft365, type GraphCounts } from './connect-microsoft365.ts';
import { openDatabase, type OpenDatabase } from './db/connection.ts';
import { migrate } from './db/migrate.ts';
import { at } from './db/schema.ts';
import { assertIsolation, inTenant } from './db/tenancy.ts';
import { ensureTenant, isRegistered } from './db/tenants.ts';
import type { PersonId, TenantId } from './domain/people/person.ts';
import { parseLifecycleNotices, parseNotices } from './graph/notices.ts';
import type { GraphClient, GraphClientOptions } from './graph/types.ts';
import { createAuth } from './http/auth.ts';
import { loadContent, type Content } from './locales/load-content.ts';
import { createInMemoryJobs } from './jobs/in-memory.ts';
import { createPgBossJobs } from './jobs/pg-boss.ts';
import { coalesceWakes } from './jobs/coalesce-wakes.ts';
import type { Work } from './jobs/timetable.ts';
import type { Calendar, Clock, Directory, JobName, Jobs, Matcher, Messenger } from './ports.ts';
import { createMatcher } from './threads/create-matcher.ts';
import { acceptNotices, type Notice } from './use-cases/sessions/accept-notice.ts';
import { advanceCohorts } from './use-cases/matching/advance-cohorts.ts';
import { answerCard } from './use-cases/sessions/answer-card.ts';
import { askFeedback } from './use-cases/sessions/ask-feedback.ts';
import { findNextSession, findReader, setStopped } from './use-cases/sessions/find-next-session.ts';
import { acceptCopies } from './use-cases/slots/accept-copies.ts';
import { linkSeriesDates } from './use-cases/slots/link-series-dates.ts';
import { offerSlots } from './use-cases/slots/offer-slots.ts';
import { publishFeedback } from './use-cases/evaluation/publish-feedback.ts';
import { eraseRemovedTenant } from './use-cases/people/erase-removed-tenant.ts';
import { findSafeContacts } from './use-cases/people/describe-safe-contacts.ts';
import { learnLateMailboxes } from './use-cases/people/learn-late-mailboxes.ts';
import { prepareParticipants, retryInstallations } from './use-cases/people/prepare-participants.ts';
import { reconcileSeries } from './use-cases/sessions/reconcile-series.ts';
import { forgetConversation, rememberConversation } from './use-cases/people/remember-conversation.ts';
import { remindAndExpire } from './use-cases/matching/remind-and-expire.ts';
import { renewSubscriptions } from './use-cases/sessions/renew-subscriptions.ts';
import { sendMessages } from './use-cases/sessions/send-messages.ts';
import { syncOrg } from './use-cases/people/sync-org.ts';
import { writeCalendar } from './use-cases/slots/write-calendar.ts';
import { signInConfig } from './sign-in-config.ts';
import { writeTexts, type AllTexts } from './write-texts.ts';

export interface ServerOptions {
  config: Config;
  clock: Clock;
  logger: FastifyBaseLogger;
  /** Folder of the built pages. */
  pageFolder: string;
  /** Folder of the embedded database, used without `config.databaseUrl`; null: in memory. */
  databaseFolder: string | null;
  /** Where it listens: 127.0.0.1 for the sandbox, 0.0.0.0 in production. */
  host: string;
  /** `pgBoss` shares jobs between replicas and needs PostgreSQL and the real clock. */
  jobs: 'inMemory' | 'pgBoss';
  /**
   * False where time is virtual: the same seed must give the same numbers on a slow machine, so nothing may hang on how
   * late its event loop is. True unless told.
   */
  shedsLoad?: boolean;
  /** Connections to PostgreSQL; see DatabaseOptions. */
  connections?: number;
  /** Makes each tenant's client of Graph; ours unless told. */
  createClient?: (options: GraphClientOptions) => GraphClient;
  /** Fixes the tenants' salt and the secrets of subscriptions, for reproducible runs. */
  salt?: string;
}

export interface RunningServer {
  port: number;
  database: OpenDatabase;
  /** Numbers of both Graph clients together. */
  graphCounts(): GraphCounts;
  /** Stops taking requests and work, waits for what is going on, closes the database. */
  close(): Promise<void>;
}

/** A booking or a move of many dates causes notifications for some seconds: they are read together, well within a minute. */
const SHOWER = 5_000;

/** Puts the parts together: database, Graph, bot, jobs, routes; then listens. The only wiring. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, clock, logger } = options;
  // Before anything is opened: a faulty file stops the start.
  const content = loadContent(config.contentDir);
  const database = await openDatabase({
    url: config.databaseUrl,
    folder: options.databaseFolder,
    clock,
    ...(options.connections === undefined ? {} : { connections: options.connections }),
  });
  try {
    return await startOn(database, options, content);
  } catch (error) {
    await database.close();
    throw error instanceof Error ? error : new Error(String(error));
  } finally {
    logger.debug('database open');
  }
}

async function startOn(database: OpenDatabase, options: ServerOptions, content: Content): Promise<RunningServer> {
  const { config, clock, logger } = options;
  const { db } = database;
  await migrate(db);
  await assertIsolation(db);
  const tenantIds = config.tenantIds as TenantId[];
  for (const tenantId of tenantIds) {
    await inTenant(db, tenantId, async (tx) => {
      await ensureTenant(tx, tenantId, clock.now(), options.salt);
      for (const personId of config.administrators) {
        await tx
          .insertInto('administrators')
          .values({ tenantId, personId: personId as PersonId, addedAt: at(clock.now()) })
          .onConflict((oc) => oc.doNothing())
          .execute();
      }
    });
  }

  const world = connectMicrosoft365(options);
  const texts = writeTexts(config.publicUrl, content);
  const laterJobs: { jobs: Jobs | null } = { jobs: null };
  const jobs: Jobs = { wake: (name) => laterJobs.jobs?.wake(name) };
  const matcher = createMatcher(clock);
  const renderCard = createCardRenderer(content);
  const ports: Ports = { db, clock, jobs, matcher, texts, renderCard, ...world.ports, ...secretsOf(options) };
  const jobOptions = {
    clock,
    tenants: tenantIds,
    work: ofRegistered(db, listWork(ports, config, logger)),
    onError: (name: JobName, tenantId: TenantId, error: unknown) =>
      logger.error({ job: name, tenantId, err: describe(error) }, 'job failed'),
  };
  const areJobsShared = options.jobs === 'pgBoss' && config.databaseUrl !== null;
  const running =
    areJobsShared && config.databaseUrl !== null
      ? createPgBossJobs({ ...jobOptions, databaseUrl: config.databaseUrl, takesWork: config.role !== 'web' })
      : createInMemoryJobs(jobOptions);
  laterJobs.jobs = running;

  const noticePorts = { ...ports, jobs: coalesceWakes(jobs, clock, SHOWER) };
  const app = await buildApp({
    ...ports,
    logger,
    pageFolder: options.pageFolder,
    shedsLoad: options.shedsLoad ?? true,
    publicHost: new URL(config.publicUrl).host,
    connectOrigins: config.loginUrl === MICROSOFT.login ? [] : [config.loginUrl],
    authenticate: createAuth({ clock, loginUrl: config.loginUrl, clientId: config.clientId, tenantIds }),
    hasNeighbors: tenantIds.length > 1,
    config: signInConfig(config),
    runChecks: checkForPage(config),
    isReady: async () => void (await sql`select 1`.execute(db)),
    handleActivity: listenToTeams(options, ports, world.messenger),
    readNotices,
    acceptNotices: (notices) => acceptNotices(noticePorts, notices),
  });
  await app.listen({ port: config.port, host: options.host });
  const address = app.server.address();
  // A web replica with shared jobs takes no work, but wakes those that do.
  if (config.role !== 'web' || areJobsShared) await running.start();
  return {
    port: typeof address === 'object' && address ? address.port : config.port,
    database,
    graphCounts: world.counts,
    async close() {
      // A matching may take longer than who waits for the end: nothing of it is stored, and its request is told so.
      await matcher.stop();
      await app.close();
      await running.stop();
      await database.close();
    },
  };
}

interface Ports {
  db: OpenDatabase['db'];
  clock: Clock;
  jobs: Jobs;
  matcher: Matcher;
  texts: AllTexts;
  renderCard: CardRenderer;
  directory: Directory;
  calendar: Calendar;
  messenger: Messenger;
  newSecret?: () => string;
}

const secretsOf = ({ salt, clock }: ServerOptions): { newSecret?: () => string } =>
  salt === undefined
    ? {}
    : { newSecret: () => Buffer.from(`${salt}:${clock.now()}`.padEnd(32, '-')).toString('base64url') };

/** Which piece of work each job of the timetable is. */
function listWork(ports: Ports, config: Config, logger: FastifyBaseLogger): Record<JobName, Work> {
  return {
    syncOrganization: async ({ tenantId }) => {
      const isNews = await syncOrg(ports, { tenantId, programMailbox: config.programMailbox });
      if (isNews) ports.jobs.wake('prepareParticipants');
    },
    prepareParticipants: async ({ tenantId }) => {
      await prepareParticipants(ports, { tenantId });
      await retryInstallations(ports, { tenantId });
      return learnLateMailboxes(ports, { tenantId });
    },
    advanceCohorts: ({ tenantId }) => advanceCohorts(ports, { tenantId }),
    offerSlots: ({ tenantId }) => offerSlots(ports, { tenantId }),
    remindAndExpire: async ({ tenantId }) => {
      if (!(await eraseRemovedTenant(ports, { tenantId }))) return remindAndExpire(ports, { tenantId });
      logger.warn({ tenantId }, 'the application was removed from the tenant: all of its data is erased');
      return null;
    },
    bookSeries: async ({ tenantId }) => {
      const dates = await linkSeriesDates(ports, { tenantId });
      const copies = await acceptCopies(ports, { tenantId });
      return dates === null || (copies !== null && copies < dates) ? copies : dates;
    },
    writeCalendar: ({ tenantId }) => writeCalendar(ports, { tenantId }),
    reconcileSeries: ({ tenantId }) => reconcileSeries(ports, { tenantId }),
    askFeedback: async ({ tenantId }) => {
      await publishFeedback(ports, { tenantId });
      return askFeedback(ports, { tenantId });
    },
    sendMessages: ({ tenantId }) => sendMessages(ports, { tenantId }),
    renewSubscriptions: ({ tenantId }) => renewSubscriptions(ports, { tenantId }),
  };
}

/** The same work for tenants that have a row; of one that was erased there is nothing to do. */
function ofRegistered(db: OpenDatabase['db'], work: Record<JobName, Work>): Record<JobName, Work> {
  const only =
    (one: Work): Work =>
    async (input) =>
      (await inTenant(db, input.tenantId, isRegistered)) ? one(input) : null;
  return Object.fromEntries(Object.entries(work).map(([name, one]) => [name, only(one)])) as Record<JobName, Work>;
}

/** The bot's side: prove the token, then answer; refusals carry no detail. */
function listenToTeams(
  { config, clock, logger }: ServerOptions,
  ports: Ports,
  messenger: ActivityDeps['messenger'],
): (authorization: string | undefined, activity: unknown) => Promise<{ status: number; body?: unknown }> {
  const check = createIncomingCheck({
    openIdUrl: config.botOpenIdUrl,
    appId: config.clientId,
    allowedTenants: config.tenantIds,
    isAllowedServiceUrl: createServiceUrlCheck(config.connectorUrl),
    clock,
  });
  const deps: ActivityDeps = {
    messenger,
    renderCard: ports.renderCard,
    rememberConversation: (caller, reference, options) =>
      rememberConversation(ports, { ...caller, ...reference, ...options }),
    forgetConversation: (caller) => forgetConversation(ports, caller),
    answerCard: (caller, action) => answerCard(ports, caller, action),
    findReader: (caller) => findReader(ports, caller),
    findNextSession: (caller) => findNextSession(ports, caller),
    findSafeContacts: (caller) => findSafeContacts(ports, caller),
    setStopped: (caller, isStopped) => setStopped(ports, { ...caller, isStopped }),
    report: (error) => logger.error({ err: describe(error) }, 'bot'),
  };
  return async (authorization, body) => {
    const result = await check(authorization, body);
    if (result.ok) {
      // What still runs in Teams of a tenant that was erased must not bring anything of it back.
      if (!(await inTenant(ports.db, result.verified.tenantId, isRegistered))) return { status: 403 };
      return handleActivity(deps, result.verified, result.activity);
    }
    logger.warn({ status: result.status, reason: result.reason }, 'activity refused');
    return { status: result.status };
  };
}

/** Notifications and lifecycle events in the shape that the use case takes. */
function readNotices(body: unknown, kind: 'change' | 'lifecycle'): Notice[] | null {
  if (kind === 'change') return parseNotices(body)?.map((notice) => ({ ...notice, lifecycle: null })) ?? null;
  return (
    parseLifecycleNotices(body)?.map((notice) => ({
      ...notice,
      mailboxId: null,
      eventId: null,
      lifecycle: notice.lifecycleEvent,
    })) ?? null
  );
}

/** What of a fault goes into the log: never what people wrote. */
function describe(error: unknown): { name: string; message: string; stack: string | undefined } {
  const fault = error instanceof Error ? error : new Error(String(error));
  return { name: fault.name, message: fault.message, stack: fault.stack };
}
